// What the commands ask of the composition root: a house opened over a data folder, and a server in front of it. The
// commands know no adapter; src/main.cpp makes them all.
#pragma once
#include <filesystem>
#include <memory>

#include "app/house.hpp"
#include "ledger/tiles.hpp"
#include "ledger/witness.hpp"

namespace kith::cli {

/// Where a partnership's files lie. Epoch keys and the master key belong on paths of their own, outside of backups; the
/// anchor is what must not go back in time with the data.
struct PassphraseSource {
    int descriptor = -1;               ///< open for reading
    std::filesystem::path credential;  ///< a service credential; with neither the terminal is asked
};

struct Places {
    std::filesystem::path data, epochs, master_key, anchor;
    PassphraseSource passphrase{};
    /// The parameters beside the master key's place, where it is made from a pass phrase.
    std::filesystem::path passphrase_parameters() const { return master_key.native() + ".passphrase"; }
    std::filesystem::path database() const { return data / "kith.db"; }
    /// Newer bank holidays than those built in; need not be there.
    std::filesystem::path calendar() const { return data / "bank-holidays.json"; }
    /// Pictures and documents, each sealed under a key of its own.
    std::filesystem::path files() const { return data / "files"; }
    /// Marks a folder as a demonstration's.
    std::filesystem::path demonstration_mark() const { return data / "demonstration"; }
};
Places places_in(const std::filesystem::path& data);

enum class Founding { new_server, existing };
/// `beside_a_server`: a command that looks while `kith serve` may be running. The folder and its schema must be there.
enum class Company { alone, beside_a_server };
/// Where a new server's master key comes from.
enum class MasterKeyFrom { file, passphrase };
/// Whether a data folder opens without the list of what is gone.
enum class GoneListIs { missed_with_an_alarm, required };

struct HouseOptions {
    Places places;
    Founding founding = Founding::existing;
    app::Purpose purpose = app::Purpose::real;
    Company company = Company::alone;
    app::Clock* clock = nullptr;  ///< another than the machine's: only for the past of a demonstration
    std::string smtp_url, mail_from;
    std::string public_url;
    MasterKeyFrom master_key = MasterKeyFrom::file;  ///< of a new server
    GoneListIs gone = GoneListIs::missed_with_an_alarm;
};

/// A house and everything it stands on.
class OpenHouse {
  public:
    virtual ~OpenHouse() = default;
    virtual app::House& house() = 0;
};

/// The sign-ins a demonstration shows.
struct ShownPerson {
    std::string name, role, email, password;
    SecretBytes code_secret;
};

struct ServeOptions {
    std::uint16_t port = 8080;
    std::string unix_socket;  ///< used instead of the port when set
    std::vector<ShownPerson> demonstration_people;
    std::function<void(std::uint16_t)> on_ready;
};

/// A witness of other agencies' ledgers; nobody else has its folder while this lives.
class OpenWitness {
  public:
    virtual ~OpenWitness() = default;
    virtual ledger::Witness& witness() = 0;
};

class Machinery {
  public:
    virtual ~Machinery() = default;
    virtual Result<std::unique_ptr<OpenHouse>> open(const HouseOptions& options) = 0;
    /// Until a signal. Returns the exit status.
    virtual int serve(app::House& house, const ServeOptions& options) = 0;
    virtual Result<void> new_master_key(const std::filesystem::path& path) = 0;
    virtual Result<void> write_file(const std::filesystem::path& path, std::string_view text) = 0;
    virtual Result<void> back_up(const Places& places, const std::filesystem::path& to) = 0;
    /// Puts the copy in place of a database that is not there.
    virtual Result<void> restore(const Places& places, const std::filesystem::path& from) = 0;
    /// A folder of tiles, there or not yet.
    virtual std::unique_ptr<ledger::TileFolder> tiles_in(const std::filesystem::path& folder) = 0;
    /// Makes the folder with a key of that name.
    virtual Result<ledger::VerifierKey> new_witness(const std::filesystem::path& folder, const std::string& name) = 0;
    virtual Result<std::unique_ptr<OpenWitness>> open_witness(const std::filesystem::path& folder) = 0;
    /// Answers C2SP tlog-witness requests until a signal. Returns the exit status.
    virtual int serve_witness(ledger::Witness& witness, const ServeOptions& options) = 0;
    virtual app::Clock& clock() = 0;
};

/// Runs the program. The exit status: 0 done, 1 found something wrong, 2 could not.
int run(Machinery& machinery, int argc, char** argv);

}  // namespace kith::cli
