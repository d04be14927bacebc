#include "cli/ledger_commands.hpp"

#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/commands.hpp"

namespace kith::cli {
namespace {

/// The options live as long as the commands that fill them.
template <class Options>
std::shared_ptr<Options> kept() {
    return std::make_shared<Options>();
}

void add_verify(CLI::App& ledger, const CommandGround& ground) {
    auto* verify =
        ledger.add_subcommand("verify", "Compute every hash again and compare it with the signed checkpoints");
    verify->footer(
        "  kith ledger verify                                 the data folder\n"
        "  kith ledger verify --against kept                  and whether it continues what somebody kept of it: only\n"
        "                                                     this shows that it was cut back, or made again with its\n"
        "                                                     own key\n"
        "  kith ledger verify --export DIR --key KEY          an export, anywhere, without the data folder\n"
        "0: nothing is wrong, 1: something is, and it is named, 2: could not.");
    ground.add_data_options(*verify);
    const auto options = kept<VerifyOptions>();
    verify->add_option("--against", options->against,
                       "A checkpoint, a receipt (kith ledger prove) or an export that was kept; may be repeated");
    verify->add_option("--export", options->exported, "Verify this export instead");
    verify->add_option("--key", options->keys,
                       "The ledger's key, from elsewhere than the export, and those of witnesses; may be repeated");
    verify->callback(
        [ground, options] { ground.status = ledger_verify(ground.machinery, ground.places(), *options, std::cout); });
}

void add_export(CLI::App& ledger, const CommandGround& ground) {
    auto* exporting = ledger.add_subcommand(
        "export", "Write the ledger as C2SP tiles, or add to those that are there what is new since");
    exporting->footer(
        "Only files are added; the checkpoint is put in place last, so that what was cut short is the old export "
        "still.\n"
        "Entries say what was done when and by whom, in words and random numbers, never who told or what: they are "
        "for\n"
        "auditors, not for publishing.");
    ground.add_data_options(*exporting);
    const auto to = kept<std::filesystem::path>();
    exporting->add_option("folder", *to, "Where")->required();
    exporting->callback(
        [ground, to] { ground.status = ledger_export(ground.machinery, ground.places(), *to, std::cout); });
}

struct WitnessOptions {
    std::filesystem::path folder;
    std::string name, key, request, origin, listen = "127.0.0.1:8090";
};

using WitnessAct = std::function<int(Machinery&, const WitnessOptions&)>;

CLI::App* add_witness_act(CLI::App& witness, const CommandGround& ground,
                          const std::shared_ptr<WitnessOptions>& options, const std::string& name,
                          const std::string& words, const WitnessAct& act) {
    auto* command = witness.add_subcommand(name, words);
    command->add_option("folder", options->folder, "The witness's own folder")->required();
    command->callback([ground, options, act] { ground.status = act(ground.machinery, *options); });
    return command;
}

void add_witness(CLI::App& ledger, const CommandGround& ground) {
    auto* witness = ledger.add_subcommand("witness", "Cosign another agency's ledger, so that it cannot be made again");
    witness->require_subcommand(1);
    witness->footer(
        "A witness keeps the newest checkpoint that it cosigned of each ledger, and cosigns only what continues it.\n"
        "  there:  kith ledger witness new FOLDER --name witness.example/w1     prints its key: give it to the others\n"
        "          kith ledger witness watch FOLDER LEDGER-KEY\n"
        "  here:   kith ledger prove --since SIZE > request                     SIZE: what it cosigned last, or 0\n"
        "  there:  kith ledger witness cosign FOLDER request > answer\n"
        "  here:   kith ledger cosigned --witness WITNESS-KEY request answer\n"
        "Never restore a witness's folder from a backup: it would forget what it cosigned since.");
    const auto options = kept<WitnessOptions>();
    using Given = const WitnessOptions&;
    add_witness_act(*witness, ground, options, "new", "Make a witness with a key of its own, and print that",
                    [](Machinery& m, Given o) { return new_witness(m, o.folder, o.name, std::cout); })
        ->add_option("--name", options->name, "As others know it: an address without scheme, witness.example/w1")
        ->required();
    add_witness_act(*witness, ground, options, "key", "Print the witness's key, as others are given it",
                    [](Machinery& m, Given o) { return witness_key(m, o.folder, std::cout); });
    add_witness_act(*witness, ground, options, "watch", "Trust a ledger's key from now on",
                    [](Machinery& m, Given o) { return witness_watch(m, o.folder, o.key, std::cout); })
        ->add_option("key", options->key, "What kith ledger checkpoint --key prints there")
        ->required();
    add_witness_act(*witness, ground, options, "cosign",
                    "Answer one request. 0: cosigned, 1: refused, and why is named, 2: could not",
                    [](Machinery& m, Given o) { return witness_cosign(m, o.folder, o.request, std::cout); })
        ->add_option("request", options->request, "File of the request (C2SP tlog-witness), - for stdin")
        ->required();
    add_witness_act(*witness, ground, options, "latest", "Print the newest checkpoint that was cosigned of a ledger",
                    [](Machinery& m, Given o) { return witness_latest(m, o.folder, o.origin, std::cout); })
        ->add_option("origin", options->origin, "The ledger's name: the first line of its checkpoints")
        ->required();
    add_witness_act(*witness, ground, options, "serve",
                    "Answer requests by HTTP (POST /add-checkpoint), behind a proxy that does TLS",
                    [](Machinery& m, Given o) { return witness_serve(m, o.folder, o.listen, std::cout); })
        ->add_option("--listen", options->listen, "127.0.0.1:PORT or unix:PATH")
        ->capture_default_str();
}

void add_cosigned(CLI::App& ledger, const CommandGround& ground) {
    auto* cosigned = ledger.add_subcommand("cosigned", "Keep a witness's answer with the checkpoint that it cosigned");
    ground.add_data_options(*cosigned);
    const auto options = kept<CosignedOptions>();
    cosigned->add_option("--witness", options->witness, "The witness's key, as it handed it out")->required();
    cosigned->add_option("request", options->request, "What it was asked: what kith ledger prove --since printed")
        ->required();
    cosigned->add_option("answer", options->answer, "The lines that it answered, - for stdin")->required();
    cosigned->callback(
        [ground, options] { ground.status = keep_cosigned(ground.machinery, ground.places(), *options, std::cout); });
}

void add_checkpoint(CLI::App& ledger, const CommandGround& ground) {
    auto* checkpoint =
        ledger.add_subcommand("checkpoint", "Print the newest signed checkpoint and the key that verifies it");
    checkpoint->footer(
        "The note is a C2SP tlog-checkpoint, with the lines of the witnesses that cosigned it. Hand the key out once, "
        "on another way than the checkpoints.");
    ground.add_data_options(*checkpoint);
    const auto options = kept<CheckpointOptions>();
    auto* note = checkpoint->add_flag_callback(
        "--note", [options] { options->print = CheckpointOptions::Print::note; },
        "The note alone, byte for byte, to be kept or sent");
    checkpoint
        ->add_flag_callback(
            "--key", [options] { options->print = CheckpointOptions::Print::key; },
            "The key alone, as others are given it")
        ->excludes(note);
    auto* size = checkpoint->add_option("--size", options->size, "The checkpoint of so many entries");
    checkpoint->add_flag("--cosigned", options->cosigned, "The newest that a witness cosigned")->excludes(size);
    checkpoint->callback([ground, options] {
        ground.status = ledger_checkpoint(ground.machinery, ground.places(), *options, std::cout);
    });
}

void add_proofs(CLI::App& ledger, const CommandGround& ground) {
    auto* entry = ledger.add_subcommand("entry", "Print an entry's bytes, as they were hashed");
    ground.add_data_options(*entry);
    const auto index = kept<std::uint64_t>();
    entry->add_option("index", *index, "Its number; the first is 0")->required();
    entry->callback(
        [ground, index] { ground.status = ledger_entry(ground.machinery, ground.places(), *index, std::cout); });

    auto* prove = ledger.add_subcommand("prove", "Print a proof that others check without us");
    prove->footer(
        "  kith ledger prove --entry 41 > 41.tlog-proof    that entry 41 is in the newest checkpoint (C2SP "
        "tlog-proof);\n"
        "                                                  it goes with what `kith ledger entry 41` prints\n"
        "  kith ledger prove --since 42 > request          that the ledger still begins with what it was at 42 "
        "entries;\n"
        "                                                  this is also what a witness is asked with (C2SP "
        "tlog-witness)\n"
        "Both end in the signed checkpoint. How to check them with Python and openssl: docs/ledger-format.md.");
    ground.add_data_options(*prove);
    const auto options = kept<ProveOptions>();
    auto* what = prove->add_option_group("what");
    what->add_option("--entry", options->entry, "That this entry is there; the first is 0");
    what->add_option("--since", options->since, "That the ledger begins with what it was at so many entries");
    what->require_option(1);
    prove->add_option("--size", options->size, "In the checkpoint of so many entries (default: the newest)");
    prove->callback(
        [ground, options] { ground.status = ledger_prove(ground.machinery, ground.places(), *options, std::cout); });
}

}  // namespace

void add_ledger_commands(CLI::App& app, const CommandGround& ground) {
    auto* ledger = app.add_subcommand("ledger", "The ledger: that nothing was altered, and proof of it for others");
    ledger->require_subcommand(1);
    add_verify(*ledger, ground);
    add_checkpoint(*ledger, ground);
    add_proofs(*ledger, ground);
    add_export(*ledger, ground);
    add_witness(*ledger, ground);
    add_cosigned(*ledger, ground);
}

}  // namespace kith::cli
