// The parts of a world that a test must hold in its own hands: the clock, what is told to staff, and the cost of
// passwords. Everything else in a world is the part that is shipped.
#pragma once
#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/ports/clock.hpp"
#include "app/ports/cryptography.hpp"
#include "app/ports/notices.hpp"
#include "app/ports/renderer.hpp"

namespace kith::test {

/// "2026-06-09 10:00", a clock on a wall in London.
Instant at(std::string_view london);

/// Stands still until a test moves it.
class TestClock final : public app::Clock {
  public:
    explicit TestClock(Instant now) : now_(to_millis(now)) {}
    Instant now() override { return from_millis(now_); }
    Duration running() override { return Duration(ran_); }
    void move(Duration by) {
        now_ += by.count();
        ran_ += by.count();
    }
    void move_to(Instant to) { move(to - now()); }
    /// Somebody sets the wall clock: the running one does not follow.
    void set_wall(Instant to) { now_ = to_millis(to); }

  private:
    std::atomic<std::int64_t> now_;
    std::atomic<std::int64_t> ran_{0};
};

struct Told {
    std::string address;
    app::Notice notice;
    std::string link;
};

class RecordedNotices final : public app::Notices {
  public:
    void tell(const SecretText& address, app::Notice notice, const SecretText& link) override {
        const std::lock_guard lock(mutex_);
        told_.push_back({address.expose(), notice, link.expose()});
    }
    std::vector<Told> all() const {
        const std::lock_guard lock(mutex_);
        return told_;
    }
    void forget() {
        const std::lock_guard lock(mutex_);
        told_.clear();
    }
    std::size_t count(const std::string& address, app::Notice notice) const;

  private:
    mutable std::mutex mutex_;
    std::vector<Told> told_;
};

/// Stands in for the process that decodes: what it gives says how long the file was, and nothing that stood in it.
class StandInRenderer final : public app::Renderer {
  public:
    enum class Mood { shows, cannot_show, is_away };
    Result<std::uint32_t> render(concerns::FileKind kind, app::SealedReader& file, const TakePage& take) override;
    std::atomic<Mood> mood{Mood::shows};
    std::atomic<std::uint32_t> pages{1};
    std::atomic<std::size_t> asked{0};
    std::function<void()> meanwhile{};  ///< what happens while it decodes
};

/// The shipped cryptography, except that a password is stretched by one hash in place of Argon2id, so that a world is
/// founded in milliseconds. And a test may say which random bytes the next reference of a worry is made from.
class QuickPasswords final : public app::Cryptography {
  public:
    explicit QuickPasswords(std::unique_ptr<app::Cryptography> real) : real_(std::move(real)) {}

    /// How often a password was stretched: what a sign-in costs whoever asks.
    std::atomic<std::size_t> stretched{0};

    app::Stretched stretch(const SecretText& password, const app::Salt& salt) override;
    void random(std::span<Byte> out) override;
    std::function<void()> while_stretching{};  ///< what happens in the meantime
    void next_references(std::deque<ByteArray<4>> bytes) { references_ = std::move(bytes); }

    Bytes seal(const Key& key, BytesView plain, BytesView associated) override {
        return real_->seal(key, plain, associated);
    }
    Result<SecretBytes> open(const Key& key, BytesView sealed, BytesView associated) override {
        return real_->open(key, sealed, associated);
    }
    app::KeyPair new_pair() override { return real_->new_pair(); }
    app::KeyPair pair_of(const Key& half) override { return real_->pair_of(half); }
    Bytes seal_to(const app::PublicKey& holder, BytesView plain) override { return real_->seal_to(holder, plain); }
    Result<SecretBytes> open_with(const app::KeyPair& holder, BytesView sealed) override {
        return real_->open_with(holder, sealed);
    }
    app::SigningPair new_signing_pair() override { return real_->new_signing_pair(); }
    app::SigningPair signing_pair_of(const Key& seed) override { return real_->signing_pair_of(seed); }
    app::Signature sign(const app::SigningPair& signer, BytesView message) override {
        return real_->sign(signer, message);
    }
    bool verify(const app::PublicKey& signer, BytesView message, const app::Signature& signature) override {
        return real_->verify(signer, message, signature);
    }
    app::Digest sha256(BytesView message) override { return real_->sha256(message); }
    app::Digest derive(Words domain, BytesView input) override { return real_->derive(domain, input); }
    app::Digest mark(const Key& key, BytesView normalised) override { return real_->mark(key, normalised); }
    bool equal(BytesView a, BytesView b) override { return real_->equal(a, b); }

  private:
    std::unique_ptr<app::Cryptography> real_;
    std::deque<ByteArray<4>> references_;
};

}  // namespace kith::test
