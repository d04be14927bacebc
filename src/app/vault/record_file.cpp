#include "app/vault/record_file.hpp"

#include <algorithm>

namespace kith::app {

Bytes bound_to(std::string_view table, BytesView row, std::string_view field) {
    Bytes out;
    append_piece(out, as_bytes("kith/sealed/1"));
    append_piece(out, as_bytes(table));
    append_piece(out, row);
    append_piece(out, as_bytes(field));
    return out;
}

Result<Key> to_key(const SecretBytes& bytes) {
    if (bytes.expose().size() != 32) return fail(Code::betrayed, "a key of the wrong size");
    Key key;
    std::ranges::copy(bytes.expose(), key.expose().begin());
    return key;
}

Result<SecretText> RecordFile::open_text(const Sealed<std::string>& sealed, std::string_view table, BytesView row,
                                         std::string_view field) const {
    const SecretBytes plain = KITH_TRY(open(sealed.bytes, table, row, field));
    return SecretText(to_text(plain.expose()));
}

Sealed<Key> ServerKeys::wrap(const Key& key, std::string_view use, BytesView row) const {
    return {crypto_->seal(master_, key.expose(), bound_to("keys", row, use))};
}

Result<Key> ServerKeys::unwrap(const Sealed<Key>& sealed, std::string_view use, BytesView row) const {
    const SecretBytes plain = KITH_TRY(crypto_->open(master_, sealed.bytes, bound_to("keys", row, use)));
    return to_key(plain);
}

ServerKeys::NewFile ServerKeys::new_file(BytesView row) const {
    Key key = crypto_->random_key();
    Sealed<Key> sealed = wrap(key, "record", row);
    return {RecordFile(*crypto_, std::move(key)), std::move(sealed)};
}

Result<RecordFile> ServerKeys::open_file(const Sealed<Key>& sealed_key, BytesView row) const {
    return RecordFile(*crypto_, KITH_TRY(unwrap(sealed_key, "record", row)));
}

}  // namespace kith::app
