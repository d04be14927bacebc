// Checkpoints: the tree's root at a size, signed. They are C2SP tlog-checkpoints in the C2SP signed-note form, so that
// another agency can witness them with tools that are not ours:
//
//     kith.example/ledger                              origin, which is also the name of the ledger's key
//     42                                               size
//     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=     root, base64
//                                                      the lines above, with their last line feed, are what is signed
//     — kith.example/ledger Az3grl...                  base64 of key id (4 bytes) and Ed25519 signature (64 bytes)
//
// The form allows more lines after the root; we neither write nor accept them.
#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "ledger/tree.hpp"

namespace kith::ledger {

using PublicKey = ByteArray<32>;
using Signature = ByteArray<64>;
using KeyId = ByteArray<4>;

/// What a key signs, as the byte that C2SP gave it.
enum class KeyKind : Byte {
    log = 0x01,      ///< the body of a note
    witness = 0x04,  ///< a C2SP tlog-cosignature: the body under a line with the time (cosignature.hpp)
};

/// A named Ed25519 key as it is handed to those who verify: `name+hexkeyid+base64(kind || key)`.
class VerifierKey {
  public:
    /// `invalid` when the name is empty or has a space, a plus sign or a control character.
    static Result<VerifierKey> of(std::string name, const PublicKey& key, KeyKind kind = KeyKind::log);
    static Result<VerifierKey> parse(std::string_view text);

    const std::string& name() const { return name_; }
    const PublicKey& key() const { return key_; }
    KeyKind kind() const { return kind_; }
    /// The first four bytes of SHA-256(name || 0x0A || kind || key).
    const KeyId& id() const { return id_; }
    std::string text() const;
    friend bool operator==(const VerifierKey&, const VerifierKey&) = default;

  private:
    VerifierKey(std::string name, const PublicKey& key, KeyKind kind);
    std::string name_;
    PublicKey key_{};
    KeyKind kind_ = KeyKind::log;
    KeyId id_{};
};

struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    Hash root{};
    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

/// A line below the blank one. Ours has 64 bytes after the key id; other agencies' may be of any kind.
struct NoteSignature {
    std::string name;
    KeyId key_id{};
    Bytes bytes;
    friend bool operator==(const NoteSignature&, const NoteSignature&) = default;
};

struct SignedCheckpoint {
    Checkpoint checkpoint;
    std::vector<NoteSignature> signatures;
    friend bool operator==(const SignedCheckpoint&, const SignedCheckpoint&) = default;
};

inline constexpr std::size_t max_note = 128 * 1024;
inline constexpr std::size_t max_signatures = 32;

/// The bytes to sign. `invalid` when the origin could not be a key's name.
Result<std::string> body_of(const Checkpoint& checkpoint);
/// A signature's line below the blank one, with its line feed.
std::string line_of(const NoteSignature& signature);
/// The whole note with one signature over its body.
Result<std::string> assemble(const Checkpoint& checkpoint, const VerifierKey& signer, const Signature& signature);
/// The note with one more signature over the same body, of a witness say.
Result<std::string> cosign(std::string_view note, const VerifierKey& signer, const Signature& signature);

using SignBody = std::function<Signature(BytesView)>;
/// `assemble` with what `sign` makes of the body. The signer's name must be the origin.
Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const VerifierKey& signer, const SignBody& sign);

/// Reads without believing: no signature is verified. Accepts any well-formed signature lines and just one form of all
/// else; safe on any bytes.
Result<SignedCheckpoint> parse_checkpoint(std::string_view note);

using VerifySignature = std::function<bool(const PublicKey&, BytesView, const Signature&)>;
/// libsodium's.
bool verify_ed25519(const PublicKey& key, BytesView message, const Signature& signature);

/// Whether the line is this key's, by name and key id.
bool is_line_of(const NoteSignature& line, const VerifierKey& key);

enum class Standing {
    signed_by_origin,  ///< by a known log key named as the origin, and no known key's signature is wrong
    not_signed,        ///< no known key of that name signed; unknown signatures say nothing
    wrong,             ///< a known key's signature does not verify
};
/// A signature is a known key's when name and key id agree. Several known keys may bear the origin's name: after a
/// change of keys any of them will do.
Standing standing(const SignedCheckpoint& note, std::span<const VerifierKey> known,
                  const VerifySignature& verify = verify_ed25519);

/// Parses and verifies: `invalid` when malformed, `betrayed` unless `signed_by_origin`.
Result<Checkpoint> open_checkpoint(std::string_view note, std::span<const VerifierKey> known,
                                   const VerifySignature& verify = verify_ed25519);

}  // namespace kith::ledger
