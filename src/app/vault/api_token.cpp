#include "app/vault/api_token.hpp"

#include <algorithm>

namespace kith::app {
namespace {
constexpr std::string_view kBefore = "kith_";
}  // namespace

ApiToken ApiToken::create(Cryptography& crypto) {
    ApiToken token;
    crypto.random(token.bytes_.expose());
    return token;
}

Result<ApiToken> ApiToken::parse(std::string_view text) {
    if (!text.starts_with(kBefore)) return fail(Code::not_found, "not a token");
    const auto bytes = from_crockford(text.substr(kBefore.size()));
    ApiToken token;
    if (!bytes || bytes->size() != token.bytes_.expose().size()) return fail(Code::not_found, "not a token");
    std::ranges::copy(*bytes, token.bytes_.expose().begin());
    if (token.text().expose() != text) return fail(Code::not_found, "not a token");
    return token;
}

SecretText ApiToken::text() const { return SecretText(std::string(kBefore) + to_crockford(bytes_.expose())); }

Digest ApiToken::finder(Cryptography& crypto) const { return crypto.derive("kith/api-token/finder", bytes_.expose()); }

ByteArray<32> ApiToken::once(Cryptography& crypto, std::string_view idempotency_key) const {
    SecretBytes both;
    append_piece(both.expose(), bytes_.expose());
    append_piece(both.expose(), as_bytes(idempotency_key));
    return crypto.derive("kith/api-token/once", both.expose());
}

}  // namespace kith::app
