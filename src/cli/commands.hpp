// The commands, one file each. Each says what it did; the exit status means something: 0 done, 1 found something wrong,
// 2 could not.
#pragma once
#include <iosfwd>
#include <optional>

#include "cli/machinery.hpp"

namespace CLI {
class App;
}

namespace kith::cli {

struct InitOptions {
    std::string administrator, custodian;
    bool passphrase = false;  ///< the master key is made from one, and in no file
};
int init_partnership(Machinery& machinery, const Places& places, const InitOptions& options, std::ostream& out);

struct ServeCommand {
    std::string listen = "127.0.0.1:8080", smtp_url, mail_from, public_url;
};
int serve(Machinery& machinery, const Places& places, const ServeCommand& options, std::ostream& out);

struct DemoOptions {
    std::uint16_t port = 8080;
    std::uint64_t seed = 0;  ///< 0: another each time
    std::size_t worries = 60;
    bool make_only = false;
    std::string smtp_url;
};
int demonstrate(Machinery& machinery, const Places& places, const DemoOptions& options, std::ostream& out);

/// host:port or a socket that a server of ours listens on.
Result<ServeOptions> read_listen(std::string_view listen);

struct VerifyOptions {
    std::vector<std::filesystem::path> against;  ///< checkpoints, receipts and exports that somebody kept
    std::filesystem::path exported;              ///< instead of the data folder
    std::vector<std::string> keys;               ///< of an export: the ledger's, and those of witnesses
};
int ledger_verify(Machinery& machinery, const Places& places, const VerifyOptions& options, std::ostream& out);
int ledger_export(Machinery& machinery, const Places& places, const std::filesystem::path& to, std::ostream& out);

int new_witness(Machinery& machinery, const std::filesystem::path& folder, const std::string& name, std::ostream& out);
int witness_key(Machinery& machinery, const std::filesystem::path& folder, std::ostream& out);
int witness_watch(Machinery& machinery, const std::filesystem::path& folder, const std::string& key, std::ostream& out);
int witness_latest(Machinery& machinery, const std::filesystem::path& folder, const std::string& origin,
                   std::ostream& out);
int witness_cosign(Machinery& machinery, const std::filesystem::path& folder, const std::string& request,
                   std::ostream& out);
int witness_serve(Machinery& machinery, const std::filesystem::path& folder, const std::string& listen,
                  std::ostream& out);
struct CosignedOptions {
    std::string witness;          ///< its key
    std::string request, answer;  ///< files: what it was asked, and the lines it answered
};
int keep_cosigned(Machinery& machinery, const Places& places, const CosignedOptions& options, std::ostream& out);

struct CheckpointOptions {
    enum class Print { both, note, key } print = Print::both;
    bool cosigned = false;              ///< the newest that a witness cosigned
    std::optional<std::uint64_t> size;  ///< else the newest
};
int ledger_checkpoint(Machinery& machinery, const Places& places, const CheckpointOptions& options, std::ostream& out);
int ledger_entry(Machinery& machinery, const Places& places, std::uint64_t index, std::ostream& out);

struct ProveOptions {
    std::optional<std::uint64_t> entry;  ///< that it is there; else
    std::optional<std::uint64_t> since;  ///< that the ledger begins with what it was at this size
    std::optional<std::uint64_t> size;   ///< of the checkpoint, else the newest
};
int ledger_prove(Machinery& machinery, const Places& places, const ProveOptions& options, std::ostream& out);

int list_users(Machinery& machinery, const Places& places, std::ostream& out);
int check_packs(const std::filesystem::path& folder, std::ostream& out);

struct TableCommand {
    std::vector<std::string> files;  ///< the first is asked about, the others are what it imports
    std::string decision;
    std::vector<std::string> given;  ///< facts, as in a file of cases
    std::string now;                 ///< of now() and today(); empty: there is none
    std::uint64_t work = 2'000'000'000;
    std::size_t width = 0;
    bool facts_from_input = false;
    bool html = false;
    bool json = false;
};
/// `kith table` and what stands below it; the status is set by the one that runs.
void add_table_commands(CLI::App& app, int& status);
int import_calendar(Machinery& machinery, const Places& places, const std::filesystem::path& from, std::ostream& out);
int back_up(Machinery& machinery, const Places& places, const std::filesystem::path& to, std::ostream& out);
int restore(Machinery& machinery, const Places& places, const std::filesystem::path& from, std::ostream& out);
/// Begins the list of what is gone anew, from what the store knows; refused where there is a list.
int begin_gone_list(Machinery& machinery, const Places& places, std::ostream& out);
int report_health(Machinery& machinery, const Places& places, std::ostream& out);

/// For stderr: what could not be done and why. Returns 2.
int say(const Error& error, std::string_view doing);

}  // namespace kith::cli
