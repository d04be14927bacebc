#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>

#include "cli/commands.hpp"
#include "cli/ledger_commands.hpp"

namespace kith::cli {
namespace {

/// Options that every command over a data folder takes.
struct DataOptions {
    std::string data = "/var/lib/kith", epochs, master_key, anchor;
    int passphrase_fd = -1;

    void add_to(CLI::App& command) {
        command.add_option("--data", data, "Folder of the partnership's data")->capture_default_str();
        command.add_option("--epochs", epochs,
                           "Folder of the epoch keys; keep it out of backups (default: DATA/epochs)");
        command.add_option("--passphrase-fd", passphrase_fd,
                           "File descriptor to read the master key's pass phrase from (default: the service credential "
                           "master-passphrase, else the terminal)");
        command.add_option("--anchor", anchor,
                           "Folder of what must not go back in time with the data: the signed custody key, the highest "
                           "key list number, the list of what is gone (default: DATA/anchor)");
        command.add_option("--master-key", master_key,
                           "File of the master key (default: the service credential, else DATA/master.key)");
    }
    Places places() const {
        Places out = places_in(data);
        if (!epochs.empty()) out.epochs = epochs;
        if (!anchor.empty()) out.anchor = anchor;
        if (!master_key.empty()) out.master_key = master_key;
        out.passphrase.descriptor = passphrase_fd;
        const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
        if (credentials == nullptr) return out;
        const std::filesystem::path key = std::filesystem::path(credentials) / "master-key";
        const std::filesystem::path phrase = std::filesystem::path(credentials) / "master-passphrase";
        if (std::filesystem::exists(phrase)) out.passphrase.credential = phrase;
        if (master_key.empty() && out.passphrase.credential.empty()) out.master_key = key;
        return out;
    }
};

}  // namespace

Places places_in(const std::filesystem::path& data) {
    return {data, data / "epochs", data / "master.key", data / "anchor"};
}

int say(const Error& error, std::string_view doing) {
    std::cerr << "kith: could not " << doing << ": " << error.what << '\n';
    return 2;
}

int run(Machinery& machinery, int argc, char** argv) {
    CLI::App app("Kith: sharing information to keep children safe");
    app.require_subcommand(1);
    app.set_help_all_flag("--help-all", "Help of every command");
    int status = 0;
    DataOptions data;

    auto* init = app.add_subcommand("init", "Found a partnership: its keys, first administrator and first custodian");
    data.add_to(*init);
    InitOptions init_options;
    init->add_option("--administrator", init_options.administrator,
                     "Name and e-mail: \"Ann Example <ann@example.org>\"")
        ->required();
    init->add_option("--custodian", init_options.custodian, "Name and e-mail of the first custodian")->required();
    init->add_flag("--passphrase", init_options.passphrase,
                   "Make the master key from a pass phrase, asked for at each start, and keep it in no file");
    init->callback([&] { status = init_partnership(machinery, data.places(), init_options, std::cout); });

    auto* serve_command = app.add_subcommand("serve", "Serve the pages, behind a proxy on this machine that does TLS");
    data.add_to(*serve_command);
    ServeCommand serve_options;
    serve_command->add_option("--listen", serve_options.listen, "127.0.0.1:PORT or unix:PATH")->capture_default_str();
    serve_command->add_option("--smtp", serve_options.smtp_url, "smtp://HOST:PORT for messages to staff");
    serve_command->add_option("--mail-from", serve_options.mail_from, "Address that messages come from");
    serve_command->add_option("--public-url", serve_options.public_url,
                              "https address people use, for links in messages");
    serve_command->callback([&] { status = serve(machinery, data.places(), serve_options, std::cout); });

    auto* demo = app.add_subcommand("demo", "Make (once) and serve a demonstration with invented people");
    DemoOptions demo_options;
    std::string demo_data = "var/demo";
    demo->add_option("--data", demo_data, "Folder of the demonstration; refused if it is anything else")
        ->capture_default_str();
    demo->add_option("--port", demo_options.port, "Port on 127.0.0.1; 0 takes any that is free")->capture_default_str();
    demo->add_option("--seed", demo_options.seed, "For the same people and worries again");
    demo->add_option("--worries", demo_options.worries, "How many worries to invent")->capture_default_str();
    demo->add_option("--smtp", demo_options.smtp_url, "smtp://HOST:PORT that catches messages to the invented staff");
    demo->add_flag("--make-only", demo_options.make_only, "Make it and do not serve it");
    demo->callback([&] { status = demonstrate(machinery, places_in(demo_data), demo_options, std::cout); });

    auto* key = app.add_subcommand("key", "The master key");
    key->require_subcommand(1);
    auto* key_new = key->add_subcommand("new", "Write a new master key file, readable by its owner alone");
    std::string key_path;
    key_new->add_option("file", key_path, "Where")->required();
    key_new->callback([&] {
        const auto made = machinery.new_master_key(key_path);
        status = made ? 0 : say(made.error(), "write the master key");
    });

    add_ledger_commands(
        app, {machinery, [&](CLI::App& command) { data.add_to(command); }, [&] { return data.places(); }, status});

    auto* user = app.add_subcommand("user", "People who work here");
    user->require_subcommand(1);
    auto* user_list = user->add_subcommand("list", "Names, roles, and whether they hold an admitted key pair");
    data.add_to(*user_list);
    user_list->callback([&] { status = list_users(machinery, data.places(), std::cout); });

    auto* pack = app.add_subcommand("pack", "Protocol packs");
    pack->require_subcommand(1);
    auto* pack_check = pack->add_subcommand("check", "Check a pack's folder, or the packs of this program");
    std::string pack_folder;
    pack_check->add_option("folder", pack_folder, "Folder with pack.toml and clauses.tsv (default: all shipped packs)");
    pack_check->callback([&] { status = check_packs(pack_folder, std::cout); });

    add_table_commands(app, status);

    auto* calendar = app.add_subcommand("calendar", "Bank holidays");
    calendar->require_subcommand(1);
    auto* calendar_import =
        calendar->add_subcommand("import", "Take newer bank holidays, in the shape of GOV.UK's file");
    data.add_to(*calendar_import);
    std::string calendar_file;
    calendar_import->add_option("file", calendar_file, "bank-holidays.json")->required();
    calendar_import->callback([&] { status = import_calendar(machinery, data.places(), calendar_file, std::cout); });

    auto* backup = app.add_subcommand("backup", "Copy the sealed store, also while Kith serves");
    data.add_to(*backup);
    std::string backup_file;
    backup->add_option("file", backup_file, "Where; never written over")->required();
    backup->callback([&] { status = back_up(machinery, data.places(), backup_file, std::cout); });

    auto* restore_command = app.add_subcommand(
        "restore", "Put a backup into an empty folder, verify it, and do again what is gone since it was made");
    data.add_to(*restore_command);
    restore_command->add_option("file", backup_file, "The backup")->required();
    restore_command->callback([&] { status = restore(machinery, data.places(), backup_file, std::cout); });

    auto* gone = app.add_subcommand(
        "begin-gone-list", "Where the list of what is gone was lost with every copy, and the data was never put back");
    data.add_to(*gone);
    gone->callback([&] { status = begin_gone_list(machinery, data.places(), std::cout); });

    auto* health = app.add_subcommand("health", "Say what an administrator should look at");
    data.add_to(*health);
    health->callback([&] { status = report_health(machinery, data.places(), std::cout); });

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    return status;
}

}  // namespace kith::cli
