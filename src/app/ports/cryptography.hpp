// The primitives that secrets are made with. What they are used for, and in which order, is app/vault; the arithmetic
// is an adapter's. Every failure to open is Code::betrayed and says nothing of the content.
#pragma once
#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/id.hpp"
#include "base/secret.hpp"

namespace kith::app {

using PublicKey = ByteArray<32>;
using Digest = ByteArray<32>;
/// The first eight bytes of a keyed digest: among a hundred million of them, one search in 10^11 finds what is not
/// there.
using Mark = ByteArray<8>;
using Signature = ByteArray<64>;
using Salt = ByteArray<16>;

/// X25519: anyone seals to the public half, only the private half opens.
struct KeyPair {
    PublicKey public_half{};
    Key private_half;
};

/// Ed25519. The private half is the 32-byte seed.
struct SigningPair {
    PublicKey public_half{};
    Key seed;
};

/// What one Argon2id run over a password yields: `verifier` is stored and compared, `key` seals the holder's private
/// half and is never stored.
struct Stretched {
    ByteArray<32> verifier{};
    Key key;
};

class Cryptography {
  public:
    virtual ~Cryptography() = default;

    virtual void random(std::span<Byte> out) = 0;

    /// XChaCha20-Poly1305 with a fresh nonce in front. `associated` binds the ciphertext to its place.
    virtual Bytes seal(const Key& key, BytesView plain, BytesView associated) = 0;
    virtual Result<SecretBytes> open(const Key& key, BytesView sealed, BytesView associated) = 0;

    virtual KeyPair new_pair() = 0;
    /// The pair whose private half is given.
    virtual KeyPair pair_of(const Key& private_half) = 0;
    /// Sealed box (X25519, XSalsa20-Poly1305): the sender keeps nothing that opens it.
    virtual Bytes seal_to(const PublicKey& holder, BytesView plain) = 0;
    virtual Result<SecretBytes> open_with(const KeyPair& holder, BytesView sealed) = 0;

    virtual SigningPair new_signing_pair() = 0;
    virtual SigningPair signing_pair_of(const Key& seed) = 0;
    virtual Signature sign(const SigningPair& signer, BytesView message) = 0;
    virtual bool verify(const PublicKey& signer, BytesView message, const Signature& signature) = 0;

    virtual Digest sha256(BytesView message) = 0;
    /// BLAKE2b-256 under a fixed domain word, so that one input yields unrelated outputs for unrelated uses.
    virtual Digest derive(Words domain, BytesView input) = 0;
    /// HMAC-SHA256: a blind mark that only the holder of the key can compute.
    virtual Digest mark(const Key& key, BytesView normalised) = 0;

    /// One Argon2id run (interactive limits). At most as many at once as the machine has cores; others wait.
    virtual Stretched stretch(const SecretText& password, const Salt& salt) = 0;
    /// Compares in constant time.
    virtual bool equal(BytesView a, BytesView b) = 0;

    Key random_key() {
        Key key;
        random(key.expose());
        return key;
    }
    template <class Id>
    Id random_id() {
        ByteArray<Id::size> bytes;
        random(bytes);
        return Id(bytes);
    }
};

}  // namespace kith::app
