// The composition root: the only file that may name every room.
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

#include "adapters/files/anchor_files.hpp"
#include "adapters/files/data_folder.hpp"
#include "adapters/files/epoch_key_files.hpp"
#include "adapters/files/master_key.hpp"
#include "adapters/oath/one_time_codes.hpp"
#include "adapters/smtp/mailer.hpp"
#include "adapters/sodium/cryptography.hpp"
#include "adapters/sqlite/backup.hpp"
#include "adapters/sqlite/store.hpp"
#include "adapters/system_clock/system_clock.hpp"
#include "app/clockwork.hpp"
#include "app/found.hpp"
#include "app/vault/gone.hpp"
#include "base/log.hpp"
#include "cli/machinery.hpp"
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
    Composed(files::DataFolder folder, app::Cryptography& crypto, std::unique_ptr<app::OneTimeCodes> codes,
             const cli::Places& places)
        : folder_(std::move(folder)),
          crypto_(crypto),
          codes_(std::move(codes)),
          epochs_(places.epochs),
          anchor_(places.anchor, [&crypto](BytesView b) { return crypto.sha256(b); }),
          gone_(places.anchor, [&crypto](BytesView b) { return crypto.sha256(b); }),
          shelf_([&crypto](BytesView b) { return crypto.sha256(b); }) {}

    Result<void> open(const cli::HouseOptions& options, app::Clock& clock);
    app::House& house() override { return *house_; }

  private:
    Result<void> put_packs(app::Purpose purpose);

    files::DataFolder folder_;
    app::Cryptography& crypto_;
    std::unique_ptr<app::OneTimeCodes> codes_;
    files::EpochKeyFiles epochs_;
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

Result<void> Composed::open(const cli::HouseOptions& options, app::Clock& clock) {
    KITH_TRY(put_packs(options.purpose));
    if (options.founding == cli::Founding::new_server) {
        KITH_TRY(files::make_private_folder(options.places.epochs));
        KITH_TRY(files::make_private_folder(options.places.anchor));
        KITH_TRY(gone_.create());
        const auto made = files::create_master_key(options.places.master_key, crypto_.random_key());
        if (!made && made.error().code != Code::conflict)
            return made;  // a key made by `kith key new` is taken as it is
    }
    const Key master = KITH_TRY(files::load_master_key(options.places.master_key));
    sqlite::SqliteStore::Opening opening{
        options.places.database(), [this](BytesView b) { return crypto_.sha256(b); }, clock.now(), {}};
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
    house_ = std::make_unique<app::House>(*store_, crypto_, clock, epochs_, app::Outside{anchor_, gone_}, *codes_,
                                          *notices_, KITH_TRY(app::load_identity(*store_, crypto_, master)), shelf_,
                                          protocol::shipped_calendar(), options.purpose);
    // A demonstration shows its codes to everyone.
    if (options.purpose == app::Purpose::real) house_->used_codes.refuse_until(clock.now());
    // Before anything is served. Without the list worries are taken all the same, and no way in opens.
    const auto replayed = app::replay_gone(*house_);
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

class Machinery : public cli::Machinery {
  public:
    explicit Machinery(std::unique_ptr<app::Cryptography> crypto) : crypto_(std::move(crypto)) {}

    Result<std::unique_ptr<cli::OpenHouse>> open(const cli::HouseOptions& options) override {
        auto folder = KITH_TRY(files::DataFolder::open(options.places.data));
        auto composed = std::make_unique<Composed>(std::move(folder), *crypto_, KITH_TRY(oath::make_one_time_codes()),
                                                   options.places);
        KITH_TRY(composed->open(options, options.clock != nullptr ? *options.clock : clock_));
        return std::unique_ptr<cli::OpenHouse>(std::move(composed));
    }

    int serve(app::House& house, const cli::ServeOptions& options) override {
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
        auto server =
            web::http::Server::open(std::move(http), [&](web::http::Request& request) { return site.answer(request); });
        if (!server) {
            log::warn("cannot listen", {{"why", server.error()}});
            return 2;
        }
        house.on_queue_changed = [&](FrontDoorId door) { (*server)->publish("queue-" + door.text(), "changed"); };
        {
            const Ticker ticker(house);
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
        return sqlite::back_up(places.database(), to);
    }
    Result<void> restore(const cli::Places& places, const std::filesystem::path& from) override {
        KITH_TRY(gone_list_is_there(places));
        KITH_TRY(files::make_private_folder(places.data));
        KITH_TRY(files::make_private_folder(places.epochs));
        return sqlite::back_up(from, places.database());
    }
    app::Clock& clock() override { return clock_; }

  private:
    /// Read before the backup is touched: without it nobody knows what the backup must not bring back.
    Result<void> gone_list_is_there(const cli::Places& places) {
        files::GoneListFile gone(places.anchor, [this](BytesView b) { return crypto_->sha256(b); });
        KITH_TRY(gone.read());
        return {};
    }
    std::unique_ptr<app::Cryptography> crypto_;
    system_clock::SystemClock clock_;
};

}  // namespace
}  // namespace kith

int main(int argc, char** argv) {
    const rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    auto crypto = kith::sodium::make_cryptography();
    if (!crypto) {
        kith::log::warn("no cryptography", {{"why", crypto.error()}});
        return 2;
    }
    kith::Machinery machinery(*std::move(crypto));
    return kith::cli::run(machinery, argc, argv);
}
