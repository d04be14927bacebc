// The composition root: the only file that may name every room.
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

#include "adapters/files/anchor_files.hpp"
#include "adapters/files/copy_folder.hpp"
#include "adapters/files/data_folder.hpp"
#include "adapters/files/epoch_key_files.hpp"
#include "adapters/files/master_key.hpp"
#include "adapters/files/passphrase_file.hpp"
#include "adapters/files/tile_folder.hpp"
#include "adapters/files/witness_folder.hpp"
#include "adapters/images/renderer.hpp"
#include "adapters/oath/one_time_codes.hpp"
#include "adapters/smtp/mailer.hpp"
#include "adapters/sodium/cryptography.hpp"
#include "adapters/sodium/sealed_stream.hpp"
#include "adapters/sqlite/backup.hpp"
#include "adapters/sqlite/store.hpp"
#include "adapters/system_clock/system_clock.hpp"
#include "app/clockwork.hpp"
#include "app/copies.hpp"
#include "app/draft_files.hpp"
#include "app/found.hpp"
#include "app/vault/gone.hpp"
#include "base/log.hpp"
#include "cli/machinery.hpp"
#include "cli/passphrase.hpp"
#include "protocol/bank_holidays.hpp"
#include "protocol/shipped.hpp"
#include "web/http/server.hpp"
#include "web/site.hpp"

namespace kith {
namespace {

/// Until a mail server is set, nothing is sent; the queue itself shows what waits.
class NoNotices : public app::Notices {
  public:
    void tell(const SecretText&, app::Notice, const SecretText&) override {}
};

class Composed : public cli::OpenHouse {
  public:
    Composed(std::optional<files::DataFolder> folder, app::Cryptography& crypto,
             std::unique_ptr<app::OneTimeCodes> codes, const cli::Places& places, app::Renderer& renderer)
        : folder_(std::move(folder)),
          crypto_(crypto),
          renderer_(renderer),
          codes_(std::move(codes)),
          epochs_(places.epochs),
          anchor_(places.anchor, [&crypto](BytesView b) { return crypto.sha256(b); }),
          gone_(places.anchor, [&crypto](BytesView b) { return crypto.sha256(b); }),
          shelf_([&crypto](BytesView b) { return crypto.sha256(b); }) {}

    Result<void> open(const cli::HouseOptions& options, app::Clock& clock);
    app::House& house() override { return *house_; }

  private:
    Result<void> put_packs(app::Purpose purpose);
    Result<void> make_master_key(const cli::HouseOptions& options);
    Result<Key> master_key_of(const cli::Places& places);

    std::optional<files::DataFolder> folder_;  ///< held while nobody else may open it
    app::Cryptography& crypto_;
    app::Renderer& renderer_;
    std::unique_ptr<app::OneTimeCodes> codes_;
    files::EpochKeyFiles epochs_;
    std::unique_ptr<app::SealedFiles> files_;
    files::AnchorFiles anchor_;
    files::GoneListFile gone_;
    protocol::PackShelf shelf_;
    std::unique_ptr<app::Notices> notices_ = std::make_unique<NoNotices>();
    std::unique_ptr<sqlite::SqliteStore> store_;
    std::unique_ptr<app::House> house_;
};

Result<void> Composed::put_packs(app::Purpose purpose) {
    for (const std::string& name : protocol::shipped_packs()) {
        protocol::Pack pack = KITH_TRY(protocol::shipped_pack(name));
        if (purpose == app::Purpose::demonstration) pack = protocol::for_demonstration(std::move(pack));
        KITH_TRY(shelf_.put(std::move(pack)));
    }
    return {};
}

/// The bank holidays that were imported, or else those built in. Working days never keep a front door from opening.
clocks::Calendar calendar_in(const cli::Places& places) {
    constexpr std::size_t kMost = 1024 * 1024;
    const auto file = files::read_whole(places.calendar(), kMost);
    if (!file && file.error().code == Code::not_found) return protocol::shipped_calendar();
    auto read = file ? protocol::read_bank_holidays(as_text(file->expose()))
                     : Result<clocks::Calendar>(tl::unexpected(file.error()));
    if (read) return *std::move(read);
    log::warn("the imported bank holidays cannot be read; those built in are used", {{"why", read.error()}});
    return protocol::shipped_calendar();
}

/// A phrase is read once a process: a descriptor has it only once.
Result<SecretText> phrase_of(const cli::Places& places, cli::Asking asking) {
    static std::optional<SecretText> read;
    if (!read) read = KITH_TRY(cli::read_passphrase(places.passphrase, asking));
    return *read;
}

Result<void> Composed::make_master_key(const cli::HouseOptions& options) {
    if (options.master_key == cli::MasterKeyFrom::file) {
        const auto made = files::create_master_key(options.places.master_key, crypto_.random_key());
        // A key made by `kith key new` is taken as it is.
        return made || made.error().code == Code::conflict ? Result<void>() : made;
    }
    constexpr std::size_t kShortest = 16;
    const SecretText phrase = KITH_TRY(phrase_of(options.places, cli::Asking::twice));
    if (phrase.expose().size() < kShortest) return fail(Code::invalid, "a pass phrase has at least 16 characters");
    files::PassphraseFile file{sodium::kSlowOperations, sodium::kSlowMemory, {}, {}};
    crypto_.random(file.salt);
    file.check = KITH_TRY(sodium::stretch_slowly(phrase, file.salt, file.operations, file.memory)).verifier;
    return files::create_passphrase_file(options.places.passphrase_parameters(), file);
}

Result<Key> Composed::master_key_of(const cli::Places& places) {
    const auto file = files::read_passphrase_file(places.passphrase_parameters());
    if (!file && file.error().code == Code::not_found) return files::load_master_key(places.master_key);
    if (!file) return Failure(file.error());
    const SecretText phrase = KITH_TRY(phrase_of(places, cli::Asking::once));
    auto stretched = KITH_TRY(sodium::stretch_slowly(phrase, file->salt, file->operations, file->memory));
    if (!crypto_.equal(stretched.verifier, file->check)) return fail(Code::forbidden, "the pass phrase is wrong");
    return std::move(stretched.key);
}

Result<void> Composed::open(const cli::HouseOptions& options, app::Clock& clock) {
    KITH_TRY(put_packs(options.purpose));
    if (options.founding == cli::Founding::new_server) {
        KITH_TRY(files::make_private_folder(options.places.epochs));
        KITH_TRY(make_master_key(options));
        KITH_TRY(files::make_private_folder(options.places.anchor));
        // Left by a founding that was cut short it is empty; any other is somebody else's.
        const auto list = gone_.create();
        if (!list && (list.error().code != Code::conflict || !KITH_TRY(gone_.read()).empty())) return list;
    }
    const Key master = KITH_TRY(master_key_of(options.places));
    files_ = KITH_TRY(sodium::open_sealed_files(options.places.files()));
    sqlite::SqliteStore::Opening opening{
        options.places.database(), [this](BytesView b) { return crypto_.sha256(b); }, clock.now(), {}};
    if (options.company == cli::Company::beside_a_server) opening.schema = sqlite::SqliteStore::Schema::leave_alone;
    // Every group of transactions ends in a signed checkpoint, once the signer's key is there.
    opening.hooks.before_commit = [this](app::Tables& tables) -> Result<void> {
        if (!house_) return {};
        KITH_TRY(app::list_what_is_gone(*house_, tables));
        return app::sign_checkpoint(tables, crypto_, house_->identity.ledger_signer, house_->identity.origin);
    };
    opening.hooks.on_unknown_outcome = [] {
        log::warn("a commit could not be synced: stopping, to recover from what is on disk");
        std::raise(SIGTERM);
    };
    store_ = KITH_TRY(sqlite::SqliteStore::open(std::move(opening)));
    if (options.founding == cli::Founding::new_server) KITH_TRY(app::found_server(*store_, crypto_, master));
    if (!options.smtp_url.empty())
        notices_ =
            std::make_unique<smtp::Mailer>(smtp::Options{options.smtp_url, options.mail_from, options.public_url});
    house_ = std::make_unique<app::House>(
        *store_, crypto_, clock, epochs_, app::Outside{anchor_, gone_}, *codes_, *notices_, *files_, renderer_,
        KITH_TRY(app::load_identity(*store_, crypto_, master)), shelf_, calendar_in(options.places), options.purpose);
    // A demonstration shows its codes to everyone.
    if (options.purpose == app::Purpose::real) house_->used_codes.refuse_until(clock.now());
    // Before anything is written, by whose time the last line would look like one of today.
    const bool alone = options.company == cli::Company::alone;
    const auto looked = alone ? app::start_the_clock_watch(*house_) : app::look_at_the_clock(*house_);
    if (!looked) log::warn("it is not known whether the clock is in doubt", {{"why", looked.error()}});
    // Before anything is served. Without the list worries are taken all the same, and no way in opens.
    const auto replayed = alone ? app::replay_gone(*house_) : app::look_at_gone(*house_);
    if (!replayed && options.gone == cli::GoneListIs::required) return Failure(replayed.error());
    if (!replayed) log::warn("the list of what is gone cannot be used", {{"why", replayed.error()}});
    return {};
}

/// systemd's readiness protocol: one datagram.
void tell_service_manager(std::string_view state) {
    const char* path = std::getenv("NOTIFY_SOCKET");
    if (path == nullptr) return;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::size_t length = std::strlen(path);
    if (length == 0 || length >= sizeof address.sun_path) return;
    std::memcpy(address.sun_path, path, length);
    if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0) return;
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length);
    static_cast<void>(
        ::sendto(socket, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address), size));
    ::close(socket);
}

/// Runs the clockwork every few seconds until it is stopped.
class Ticker {
  public:
    explicit Ticker(app::House& house)
        : clockwork_(house), thread_([this](const std::stop_token& stop) { run(stop); }) {}

  private:
    void run(const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        while (!stop.stop_requested()) {
            if (const auto done = clockwork_.tick(); !done) log::warn("the clockwork failed", {{"why", done.error()}});
            tell_service_manager("WATCHDOG=1");
            wake.wait_for(lock, stop, std::chrono::seconds(5), [] { return false; });
        }
    }
    app::Clockwork clockwork_;
    std::jthread thread_;
};

/// Makes the copies that staff look at: when a report brought files, and now and then for what could not be made.
class Copiers {
  public:
    explicit Copiers(app::House& house) : house_(house), copies_(house) {
        house.on_files_waiting = [this] { wake(); };
        for (std::size_t i = 0; i < images::Launcher::kAtOnce; ++i)
            threads_.emplace_back([this](const std::stop_token& stop) { run(stop); });
    }
    ~Copiers() { house_.on_files_waiting = {}; }
    Copiers(const Copiers&) = delete;
    Copiers& operator=(const Copiers&) = delete;

  private:
    static constexpr auto kAgain = std::chrono::minutes(5);

    void wake() {
        const std::lock_guard lock(mutex_);
        ++calls_;
        wake_.notify_all();
    }
    void run(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            std::unique_lock lock(mutex_);
            const auto heard = calls_;
            lock.unlock();
            while (!stop.stop_requested()) {
                const auto made = copies_.make_one();
                if (!made) log::warn("a copy waits", {{"why", made.error()}});
                if (!made || !*made) break;
            }
            lock.lock();
            wake_.wait_for(lock, stop, kAgain, [&] { return calls_ != heard; });
        }
    }

    app::House& house_;
    app::Copies copies_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::uint64_t calls_ = 0;
    std::vector<std::jthread> threads_;
};

/// The parent of decoders, forked while this process has neither threads nor keys. Its program lies beside this one.
std::unique_ptr<images::Launcher> launch_decoders() {
    std::error_code error;
    const auto own = std::filesystem::read_symlink("/proc/self/exe", error);
    auto launcher = images::Launcher::start({own.parent_path() / "kith-render"});
    if (!launcher) {
        log::warn("pictures and documents are taken, but cannot be shown", {{"why", launcher.error()}});
        return nullptr;
    }
    return *std::move(launcher);
}

enum class Memory { locked, not_locked };

/// A core file would hold what was being read, and so would swap. All of the memory is locked or none of it: with a
/// limit, memory that is asked for later would be refused.
Memory keep_to_itself() {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    rlimit all{RLIM_INFINITY, RLIM_INFINITY};
    ::setrlimit(RLIMIT_MEMLOCK, &all);
    ::getrlimit(RLIMIT_MEMLOCK, &all);
    const bool is_locked = all.rlim_cur == RLIM_INFINITY && ::mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0;
    return is_locked ? Memory::locked : Memory::not_locked;
}

class ComposedWitness : public cli::OpenWitness {
  public:
    ComposedWitness(files::WitnessFolder folder, ledger::VerifierKey key, ledger::SignBody sign)
        : folder_(std::move(folder)), witness_(std::move(key), std::move(sign), folder_) {}
    ledger::Witness& witness() override { return witness_; }

  private:
    files::WitnessFolder folder_;
    ledger::Witness witness_;
};

web::http::Response cosign(ledger::Witness& witness, app::Clock& clock, const web::http::Request& request) {
    constexpr auto kText = "text/plain; charset=utf-8";
    if (request.path != "/add-checkpoint") return {.status = 404, .type = kText};
    if (request.method != web::http::Method::post)
        return {.status = 405, .type = kText, .headers = {{"Allow", "POST"}}};
    const auto now = std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count();
    const auto answer = witness.add_checkpoint(request.body, static_cast<ledger::Seconds>(now));
    if (!answer) {
        log::warn("a checkpoint was not cosigned", {{"why", answer.error()}});
        return {.status = 500, .type = kText};
    }
    if (!answer->refusal) return {.body = answer->lines, .type = kText};
    const int status = ledger::http_status_of(*answer->refusal);
    if (status == 409)
        return {.status = status, .body = std::to_string(answer->latest) + '\n', .type = "text/x.tlog.size"};
    return {.status = status, .body = std::string(ledger::describe(*answer->refusal)) + '\n', .type = kText};
}

class Machinery : public cli::Machinery {
  public:
    Machinery(std::unique_ptr<app::Cryptography> crypto, Memory memory) : crypto_(std::move(crypto)), memory_(memory) {}

    Result<std::unique_ptr<cli::OpenHouse>> open(const cli::HouseOptions& options) override {
        std::optional<files::DataFolder> folder;
        if (options.company == cli::Company::alone)
            folder = KITH_TRY(files::DataFolder::open(options.places.data));
        else if (!std::filesystem::exists(options.places.database()))
            return fail(Code::not_found, "there is no Kith in that folder");
        auto composed = std::make_unique<Composed>(std::move(folder), *crypto_, KITH_TRY(oath::make_one_time_codes()),
                                                   options.places, renderer());
        KITH_TRY(composed->open(options, options.clock != nullptr ? *options.clock : clock_));
        return std::unique_ptr<cli::OpenHouse>(std::move(composed));
    }

    int serve(app::House& house, const cli::ServeOptions& options) override {
        if (memory_ == Memory::locked)
            log::note("memory_locked");
        else
            log::warn("memory_not_locked");
        web::Site site(house);
        for (const auto& person : options.demonstration_people)
            site.demo.push_back({person.name, person.role, person.email, person.password, person.code_secret});
        web::http::Options http;
        http.port = options.port;
        http.unix_socket = options.unix_socket;
        http.proxy = web::http::Proxy::trusted;
        http.refusal = [](const web::http::Refusal& refusal) {
            return web::refusal_page(refusal.status, refusal.incident);
        };
        http.on_ready = [&](std::uint16_t port) {
            tell_service_manager("READY=1");
            if (options.on_ready) options.on_ready(port);
        };
        // Five of the largest at once, from a line that sends a megabit a second.
        http.limits.upload_bytes = std::uint64_t{104} * 1024 * 1024;
        http.limits.upload = std::chrono::minutes(15);
        auto server = web::http::Server::open(
            std::move(http), [&](web::http::Request& request) { return site.answer(request); },
            [&](const web::http::Request& request) { return site.sink_for(request); });
        if (!server) {
            log::warn("cannot listen", {{"why", server.error()}});
            return 2;
        }
        house.on_queue_changed = [&](FrontDoorId door) { (*server)->publish("queue-" + door.text(), "changed"); };
        if (const auto swept = app::remove_orphans(house); !swept)
            log::warn("files that no row names were not swept", {{"why", swept.error()}});
        {
            const Ticker ticker(house);
            const Copiers copiers(house);
            (*server)->run();
        }
        tell_service_manager("STOPPING=1");
        house.on_queue_changed = {};
        return 0;
    }

    Result<void> new_master_key(const std::filesystem::path& path) override {
        return files::create_master_key(path, crypto_->random_key());
    }
    Result<void> write_file(const std::filesystem::path& path, std::string_view text) override {
        return files::durable_write(path, as_bytes(text), files::Existing::replace);
    }
    Result<void> back_up(const cli::Places& places, const std::filesystem::path& to) override {
        // The database first: every file that it names is there by then.
        KITH_TRY(sqlite::back_up(places.database(), to));
        return files::copy_folder(places.files(), files_beside(to));
    }
    Result<void> restore(const cli::Places& places, const std::filesystem::path& from) override {
        KITH_TRY(gone_list_is_there(places));
        KITH_TRY(files::make_private_folder(places.data));
        KITH_TRY(files::make_private_folder(places.epochs));
        KITH_TRY(files::copy_folder(files_beside(from), places.files()));
        return sqlite::back_up(from, places.database());
    }
    std::unique_ptr<ledger::TileFolder> tiles_in(const std::filesystem::path& folder) override {
        return std::make_unique<files::FiledTiles>(folder);
    }
    Result<ledger::VerifierKey> new_witness(const std::filesystem::path& folder, const std::string& name) override {
        const auto pair = crypto_->new_signing_pair();
        auto key = KITH_TRY(ledger::VerifierKey::of(name, pair.public_half, ledger::KeyKind::witness));
        KITH_TRY(files::WitnessFolder::create(folder, {name, pair.seed}));
        return key;
    }
    Result<std::unique_ptr<cli::OpenWitness>> open_witness(const std::filesystem::path& path) override {
        auto folder = KITH_TRY(files::WitnessFolder::open(path, [this](BytesView b) { return crypto_->sha256(b); }));
        const auto own = KITH_TRY(folder.key());
        const auto pair = crypto_->signing_pair_of(own.seed);
        auto key = KITH_TRY(ledger::VerifierKey::of(own.name, pair.public_half, ledger::KeyKind::witness));
        return std::unique_ptr<cli::OpenWitness>(std::make_unique<ComposedWitness>(
            std::move(folder), std::move(key), [this, pair](BytesView body) { return crypto_->sign(pair, body); }));
    }
    int serve_witness(ledger::Witness& witness, const cli::ServeOptions& options) override {
        web::http::Options http;
        http.port = options.port;
        http.unix_socket = options.unix_socket;
        http.workers = 4;  // one at a time is at work
        http.on_ready = [&](std::uint16_t port) {
            tell_service_manager("READY=1");
            if (options.on_ready) options.on_ready(port);
        };
        auto server = web::http::Server::open(
            std::move(http), [&](web::http::Request& request) { return cosign(witness, clock_, request); });
        if (!server) {
            log::warn("cannot listen", {{"why", server.error()}});
            return 2;
        }
        (*server)->run();
        return 0;
    }
    app::Clock& clock() override { return clock_; }

  private:
    /// Where a backup keeps pictures and documents.
    static std::filesystem::path files_beside(const std::filesystem::path& backup) {
        return backup.native() + ".files";
    }

    app::Renderer& renderer() {
        if (!renderer_) renderer_ = std::make_unique<images::ConfinedRenderer>(launch_decoders());
        return *renderer_;
    }

    /// Read before the backup is touched: without it nobody knows what the backup must not bring back.
    Result<void> gone_list_is_there(const cli::Places& places) {
        files::GoneListFile gone(places.anchor, [this](BytesView b) { return crypto_->sha256(b); });
        KITH_TRY(gone.read());
        return {};
    }
    std::unique_ptr<app::Cryptography> crypto_;
    Memory memory_;
    system_clock::SystemClock clock_;
    std::unique_ptr<images::ConfinedRenderer> renderer_;
};

}  // namespace
}  // namespace kith

int main(int argc, char** argv) {
    const auto memory = kith::keep_to_itself();
    auto crypto = kith::sodium::make_cryptography();
    if (!crypto) {
        kith::log::warn("no cryptography", {{"why", crypto.error()}});
        return 2;
    }
    kith::Machinery machinery(*std::move(crypto), memory);
    return kith::cli::run(machinery, argc, argv);
}
