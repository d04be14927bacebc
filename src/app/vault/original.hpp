// A picture or document as it came in. Its bytes lie in a sealed file under a key of its own; that key, the name, the
// size and the hash lie under I of the vault row it came with, so that nothing on this server at rest opens it: a name
// or a photograph's metadata may tell who told (reporters-vault, Keys 9).
#pragma once
#include "app/ports/attachments.hpp"
#include "app/vault/reporter.hpp"

namespace kith::app {

struct Original {
    FileId file;
    Key key;
    std::string name;
    concerns::FileKind kind = concerns::FileKind::jpeg;
    std::uint64_t size = 0;
    Digest sha256{};
    friend bool operator==(const Original& a, const Original& b) {
        return a.file == b.file && a.key.expose() == b.key.expose() && a.name == b.name && a.kind == b.kind &&
               a.size == b.size && a.sha256 == b.sha256;
    }
};

void append_original(Bytes& to, const Original& original);
Result<Original> read_original(ByteReader& in);

/// Padded to one size, so that the length of a name does not tell.
Bytes seal_original(Cryptography& crypto, const VaultPlace& place, std::uint32_t number, AttachmentId id,
                    const Key& identity, const Original& original);
Result<Original> open_original(Cryptography& crypto, const VaultPlace& place, std::uint32_t number, AttachmentId id,
                               const Key& identity, BytesView sealed);

}  // namespace kith::app
