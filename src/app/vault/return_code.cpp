#include "app/vault/return_code.hpp"

#include "app/vault/record_file.hpp"

namespace kith::app {
namespace {
constexpr std::size_t kLetters = 20;
constexpr std::size_t kBytes = 13;  // 104 bits, the last four zero: 100 random bits in twenty letters of five
}  // namespace

ReturnCode ReturnCode::create(Cryptography& crypto) {
    ByteArray<kBytes> bytes;
    crypto.random(bytes);
    bytes.back() &= 0xf0;
    return ReturnCode(to_crockford(bytes).substr(0, kLetters));
}

Result<ReturnCode> ReturnCode::parse(std::string_view text) {
    std::string letters;
    for (const char c : text)
        if (c != ' ' && c != '-') letters += c;
    if (letters.size() != kLetters) return fail(Code::not_found, "not a return code", "code");
    // One more letter makes whole bytes; it also brings every way of typing the code to one form.
    const auto bytes = from_crockford(letters + "0");
    if (!bytes) return fail(Code::not_found, "not a return code", "code");
    return ReturnCode(to_crockford(*bytes).substr(0, kLetters));
}

std::string ReturnCode::text() const {
    std::string out;
    for (std::size_t i = 0; i < kLetters; ++i) {
        if (i != 0 && i % 4 == 0) out += '-';
        out += letters_.expose()[i];
    }
    return out;
}

Digest ReturnCode::finder(Cryptography& crypto) const {
    return crypto.derive("kith/return-code/finder", as_bytes(letters_.expose()));
}

ByteArray<32> ReturnCode::form_key(Cryptography& crypto) const {
    return crypto.derive("kith/return-code/form", as_bytes(letters_.expose()));
}

ByteArray<32> ReturnCode::files_key(Cryptography& crypto) const {
    return crypto.derive("kith/return-code/files", as_bytes(letters_.expose()));
}

Key ReturnCode::key(Cryptography& crypto) const {
    return Key(crypto.derive("kith/return-code/key", as_bytes(letters_.expose())));
}

Sealed<ConcernId> ReturnCode::seal(Cryptography& crypto, ConcernId concern) const {
    return {crypto.seal(key(crypto), concern.bytes(), bound_to("return_codes", finder(crypto), "concern"))};
}

Result<ConcernId> ReturnCode::open(Cryptography& crypto, const Sealed<ConcernId>& sealed) const {
    const SecretBytes plain =
        KITH_TRY(crypto.open(key(crypto), sealed.bytes, bound_to("return_codes", finder(crypto), "concern")));
    return ConcernId::from(plain.expose());
}

}  // namespace kith::app
