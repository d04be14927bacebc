#include "adapters/oath/one_time_codes.hpp"

#include <liboath/oath.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <string>

namespace kith::oath {
namespace {

constexpr std::int64_t step_seconds = 30;
constexpr unsigned digits = 6;

std::int64_t step_at(Instant at) {
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count() / step_seconds;
}

SecretText code_of(const SecretBytes& secret, std::int64_t step) {
    SecretText code(std::string(digits + 1, '\0'));
    const Bytes& key = secret.expose();
    KITH_CHECK(::oath_hotp_generate(reinterpret_cast<const char*>(key.data()), key.size(),
                                    static_cast<std::uint64_t>(step), digits, false, OATH_HOTP_DYNAMIC_TRUNCATION,
                                    code.expose().data()) == OATH_OK);
    code.expose().resize(digits);
    return code;
}

/// Looks at every digit whatever the first ones say.
bool same(std::string_view a, std::string_view b) {
    unsigned difference = a.size() == b.size() ? 0 : 1;
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
        difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
    return difference == 0;
}

void append_escaped(std::string& to, std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           std::string_view("-._~").find(c) != std::string_view::npos;
        if (plain)
            to += c;
        else
            to.append({'%', hex[byte >> 4], hex[byte & 15]});
    }
}

class OathCodes : public app::OneTimeCodes {
  public:
    SecretBytes new_secret() override {
        SecretBytes secret(Bytes(20));
        KITH_CHECK(::getentropy(secret.expose().data(), secret.expose().size()) == 0);
        return secret;
    }

    SecretText code_at(const SecretBytes& secret, Instant at) override { return code_of(secret, step_at(at)); }

    Result<app::CodeStep> check(const SecretBytes& secret, std::string_view code, Instant at) override {
        const std::int64_t now = step_at(at);
        std::optional<app::CodeStep> found;
        for (const std::int64_t step : {now + 1, now - 1, now})
            if (step >= 0 && same(code_of(secret, step).expose(), code)) found = app::CodeStep{step};
        if (!found) return fail(Code::invalid, "the code is not the one of this moment", "code");
        return *found;
    }

    SecretText otpauth_uri(const SecretBytes& secret, std::string_view issuer, std::string_view account) override {
        char* text = nullptr;
        std::size_t size = 0;
        const Bytes& key = secret.expose();
        KITH_CHECK(::oath_base32_encode(reinterpret_cast<const char*>(key.data()), key.size(), &text, &size) ==
                   OATH_OK);
        SecretText encoded(std::string(text, size));
        wipe(text, size);
        std::free(text);                                                     // NOLINT: liboath's is malloc's
        encoded.expose().erase(std::min(encoded.expose().find('='), size));  // apps want it without padding

        SecretText uri;
        std::string& out = uri.expose();
        out.reserve(512);
        out += "otpauth://totp/";
        append_escaped(out, issuer);
        out += ':';
        append_escaped(out, account);
        out += "?secret=" + encoded.expose() + "&issuer=";
        append_escaped(out, issuer);
        out += "&algorithm=SHA1&digits=6&period=30";
        return uri;
    }
};

}  // namespace

Result<std::unique_ptr<app::OneTimeCodes>> make_one_time_codes() {
    if (::oath_init() != OATH_OK) return fail(Code::unavailable, "one-time codes cannot be made");
    return std::unique_ptr<app::OneTimeCodes>(std::make_unique<OathCodes>());
}

}  // namespace kith::oath
