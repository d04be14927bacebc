#include "web/handlers/reporter/remembered.hpp"

namespace kith::web {
namespace {
constexpr auto kRemembered = std::chrono::minutes(30);

std::string letters_of(std::string_view code) {
    std::string letters;
    for (const char c : code)
        if (c != ' ' && c != '-') letters += c;
    return letters;
}
}  // namespace

const Key& Remembered::key(app::Cryptography& crypto) {
    std::call_once(made_, [&] { key_ = crypto.random_key(); });
    return key_;
}

http::Header Remembered::cookie(const Ask& ask, std::string_view code) {
    app::Cryptography& crypto = ask.house().crypto;
    Bytes plain;
    append_u64(plain, static_cast<std::uint64_t>(to_millis(ask.now + kRemembered)));
    append_piece(plain, as_bytes(letters_of(code)));
    plain.resize(64);  // every code looks the same
    const std::string value = to_hex(crypto.seal(key(crypto), plain, as_bytes("kith/remembered-code")));
    return http::set_cookie({.name = kCodeCookie, .value = value});
}

std::optional<SecretText> Remembered::code_of(const Ask& ask) {
    return code_in(ask.cookies, ask.house().crypto, ask.now);
}

std::optional<SecretText> Remembered::code_in(const http::Cookies& cookies, app::Cryptography& crypto, Instant now) {
    const auto cookie = cookies.get(kCodeCookie);
    const auto sealed = cookie ? from_hex(*cookie) : std::nullopt;
    if (!sealed) return std::nullopt;
    const auto plain = crypto.open(key(crypto), *sealed, as_bytes("kith/remembered-code"));
    if (!plain) return std::nullopt;
    ByteReader in(plain->expose());
    const auto until = in.u64();
    SecretText code(in.text());
    if (!in.ok() || to_millis(now) >= static_cast<std::int64_t>(until)) return std::nullopt;
    return code;
}

std::string Remembered::token(app::Cryptography& crypto, const SecretText& code) {
    Bytes named = to_bytes(as_bytes("kith/form-of-code"));
    append_piece(named, as_bytes(letters_of(code.expose())));
    return to_hex(crypto.mark(key(crypto), named));
}

bool Remembered::is_token(app::Cryptography& crypto, const SecretText& code, std::string_view form_token) {
    return crypto.equal(as_bytes(form_token), as_bytes(token(crypto, code)));
}

bool Remembered::is_own_form(const Ask& ask, const SecretText& code) {
    return is_token(ask.house().crypto, code, ask.form.get("form_token"));
}

}  // namespace kith::web
