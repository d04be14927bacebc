#include "adapters/sodium/cryptography.hpp"

#include <sodium.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/log.hpp"

namespace kith::sodium {
namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t box_size = crypto_box_SEALBYTES;
constexpr ByteArray<crypto_generichash_blake2b_PERSONALBYTES> personal{'k', 'i', 't', 'h', ' ', 'd',
                                                                       'e', 'r', 'i', 'v', 'e'};
static_assert(crypto_pwhash_SALTBYTES == std::tuple_size_v<app::Salt>);

/// At most so many at once; the others wait. Each Argon2id run holds 64 MiB.
class Slots {
  public:
    explicit Slots(unsigned free) : free_(free) {}
    void take() {
        std::unique_lock lock(mutex_);
        returned_.wait(lock, [this] { return free_ > 0; });
        --free_;
    }
    void give_back() {
        const std::lock_guard lock(mutex_);
        ++free_;
        returned_.notify_one();
    }

  private:
    std::mutex mutex_;
    std::condition_variable returned_;
    unsigned free_;
};

struct Slot {
    Slots& slots;
    explicit Slot(Slots& s) : slots(s) { slots.take(); }
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;
    ~Slot() { slots.give_back(); }
};

class SodiumCryptography : public app::Cryptography {
  public:
    void random(std::span<Byte> out) override { randombytes_buf(out.data(), out.size()); }

    Bytes seal(const Key& key, BytesView plain, BytesView associated) override {
        Bytes sealed(nonce_size + plain.size() + tag_size);
        randombytes_buf(sealed.data(), nonce_size);
        crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + nonce_size, nullptr, plain.data(), plain.size(),
                                                   associated.data(), associated.size(), nullptr, sealed.data(),
                                                   key.expose().data());
        return sealed;
    }

    Result<SecretBytes> open(const Key& key, BytesView sealed, BytesView associated) override {
        if (sealed.size() < nonce_size + tag_size) return fail(Code::betrayed, "sealed bytes are too short");
        const BytesView cipher = sealed.subspan(nonce_size);
        SecretBytes plain(Bytes(cipher.size() - tag_size));
        if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.expose().data(), nullptr, nullptr, cipher.data(),
                                                       cipher.size(), associated.data(), associated.size(),
                                                       sealed.data(), key.expose().data()) != 0)
            return fail(Code::betrayed, "sealed bytes do not open");
        return plain;
    }

    app::KeyPair new_pair() override { return pair_of(random_key()); }

    app::KeyPair pair_of(const Key& private_half) override {
        app::KeyPair pair{{}, private_half};
        crypto_scalarmult_base(pair.public_half.data(), private_half.expose().data());
        return pair;
    }

    Bytes seal_to(const app::PublicKey& holder, BytesView plain) override {
        Bytes sealed(plain.size() + box_size);
        // Refuses only the few public keys that no private half has.
        KITH_CHECK(crypto_box_seal(sealed.data(), plain.data(), plain.size(), holder.data()) == 0);
        return sealed;
    }

    Result<SecretBytes> open_with(const app::KeyPair& holder, BytesView sealed) override {
        if (sealed.size() < box_size) return fail(Code::betrayed, "a sealed box is too short");
        SecretBytes plain(Bytes(sealed.size() - box_size));
        if (crypto_box_seal_open(plain.expose().data(), sealed.data(), sealed.size(), holder.public_half.data(),
                                 holder.private_half.expose().data()) != 0)
            return fail(Code::betrayed, "a sealed box does not open");
        return plain;
    }

    app::SigningPair new_signing_pair() override { return signing_pair_of(random_key()); }

    app::SigningPair signing_pair_of(const Key& seed) override {
        app::SigningPair pair{{}, seed};
        Secret<ByteArray<crypto_sign_SECRETKEYBYTES>> expanded;
        crypto_sign_seed_keypair(pair.public_half.data(), expanded.expose().data(), seed.expose().data());
        return pair;
    }

    // The public half is computed again from the seed: signing under a wrong one would give the seed away.
    app::Signature sign(const app::SigningPair& signer, BytesView message) override {
        app::PublicKey public_half;
        Secret<ByteArray<crypto_sign_SECRETKEYBYTES>> expanded;
        crypto_sign_seed_keypair(public_half.data(), expanded.expose().data(), signer.seed.expose().data());
        app::Signature signature;
        crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), expanded.expose().data());
        return signature;
    }

    bool verify(const app::PublicKey& signer, BytesView message, const app::Signature& signature) override {
        return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), signer.data()) == 0;
    }

    app::Digest sha256(BytesView message) override {
        app::Digest digest;
        crypto_hash_sha256(digest.data(), message.data(), message.size());
        return digest;
    }

    app::Digest derive(Words domain, BytesView input) override {
        const BytesView word = as_bytes(domain.text);
        KITH_CHECK(!word.empty() && word.size() <= crypto_generichash_blake2b_KEYBYTES_MAX);
        app::Digest digest;
        KITH_CHECK(crypto_generichash_blake2b_salt_personal(digest.data(), digest.size(), input.data(), input.size(),
                                                            word.data(), word.size(), nullptr, personal.data()) == 0);
        return digest;
    }

    app::Digest mark(const Key& key, BytesView normalised) override {
        app::Digest digest;
        crypto_auth_hmacsha256(digest.data(), normalised.data(), normalised.size(), key.expose().data());
        return digest;
    }

    app::Stretched stretch(const SecretText& password, const app::Salt& salt) override {
        Secret<ByteArray<64>> both;
        {
            const Slot slot(argon_slots_);
            KITH_CHECK(crypto_pwhash(both.expose().data(), both.expose().size(), password.expose().data(),
                                     password.expose().size(), salt.data(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                     crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) == 0);
        }
        app::Stretched stretched;
        std::copy_n(both.expose().begin(), 32, stretched.verifier.begin());
        std::copy_n(both.expose().begin() + 32, 32, stretched.key.expose().begin());
        return stretched;
    }

    bool equal(BytesView a, BytesView b) override {
        return a.size() == b.size() && (a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0);
    }

  private:
    Slots argon_slots_{std::max(1U, std::thread::hardware_concurrency())};
};

}  // namespace

Result<app::Stretched> stretch_slowly(const SecretText& phrase, const app::Salt& salt, std::uint64_t operations,
                                      std::uint64_t memory) {
    if (operations < crypto_pwhash_OPSLIMIT_MIN || operations > crypto_pwhash_OPSLIMIT_MAX ||
        memory < crypto_pwhash_MEMLIMIT_MIN || memory > (std::uint64_t{4} << 30U))
        return fail(Code::invalid, "not parameters of Argon2id");
    Secret<ByteArray<64>> both;
    if (crypto_pwhash(both.expose().data(), both.expose().size(), phrase.expose().data(), phrase.expose().size(),
                      salt.data(), operations, static_cast<std::size_t>(memory), crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(Code::unavailable, "not enough memory for the pass phrase");
    app::Stretched stretched;
    std::copy_n(both.expose().begin(), 32, stretched.verifier.begin());
    std::copy_n(both.expose().begin() + 32, 32, stretched.key.expose().begin());
    return stretched;
}

Result<std::unique_ptr<app::Cryptography>> make_cryptography() {
    if (sodium_init() < 0) return fail(Code::unavailable, "the system gives no random numbers");
    return std::unique_ptr<app::Cryptography>(std::make_unique<SodiumCryptography>());
}

}  // namespace kith::sodium
