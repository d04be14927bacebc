#include "app/vault/original.hpp"

#include "app/vault/record_file.hpp"

namespace kith::app {
namespace {
constexpr std::size_t kPadded = 512;

Bytes binding(const VaultPlace& place, std::uint32_t number, AttachmentId id) {
    Bytes out;
    append_piece(out, as_bytes("kith/original/1"));
    append_piece(out, place.partnership.bytes());
    append_piece(out, place.front_door.bytes());
    append_piece(out, place.concern.bytes());
    append_u32(out, number);
    append_piece(out, id.bytes());
    return out;
}
}  // namespace

void append_original(Bytes& to, const Original& original) {
    append_piece(to, original.file.bytes());
    append_piece(to, original.key.expose());
    append_piece(to, as_bytes(original.name));
    append_piece(to, as_bytes(concerns::name_of(original.kind)));
    append_u64(to, original.size);
    append_piece(to, original.sha256);
}

Result<Original> read_original(ByteReader& in) {
    Original out;
    out.file = KITH_TRY(FileId::from(in.piece()));
    out.key = KITH_TRY(to_key(SecretBytes(to_bytes(in.piece()))));
    out.name = in.text();
    const auto kind = concerns::file_kind_named(in.text());
    out.size = in.u64();
    const BytesView hash = in.piece();
    if (!in.ok() || !kind || hash.size() != out.sha256.size())
        return fail(Code::betrayed, "an original that does not decode");
    out.kind = *kind;
    std::ranges::copy(hash, out.sha256.begin());
    return out;
}

Bytes seal_original(Cryptography& crypto, const VaultPlace& place, std::uint32_t number, AttachmentId id,
                    const Key& identity, const Original& original) {
    SecretBytes plain;
    append_original(plain.expose(), original);
    KITH_CHECK(plain.expose().size() <= kPadded);
    plain.expose().resize(kPadded);
    return crypto.seal(identity, plain.expose(), binding(place, number, id));
}

Result<Original> open_original(Cryptography& crypto, const VaultPlace& place, std::uint32_t number, AttachmentId id,
                               const Key& identity, BytesView sealed) {
    const SecretBytes plain = KITH_TRY(crypto.open(identity, sealed, binding(place, number, id)));
    ByteReader in(plain.expose());
    return read_original(in);
}

}  // namespace kith::app
