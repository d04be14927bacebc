#include "web/http/cookies.hpp"

#include <algorithm>

namespace kith::web::http {
namespace {
constexpr std::string_view kPrefix = "__Host-";
constexpr std::size_t kMost = 50;

bool is_value(std::string_view text) {
    return std::ranges::all_of(
        text, [](char c) { return c > 0x20 && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\'; });
}
std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}
}  // namespace

Cookies Cookies::parse(std::string_view header) {
    Cookies cookies;
    for (std::size_t seen = 0; seen < kMost && !header.empty(); ++seen) {
        const auto end = header.find(';');
        const std::string_view pair = trimmed(header.substr(0, end));
        const auto equals = pair.find('=');
        if (equals != pair.npos && is_token(pair.substr(0, equals)) && is_value(pair.substr(equals + 1)))
            cookies.pairs_.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
        if (end == header.npos) break;
        header.remove_prefix(end + 1);
    }
    return cookies;
}

std::optional<std::string_view> Cookies::get(std::string_view name) const {
    std::optional<std::string_view> found;
    for (const auto& [full, value] : pairs_) {
        if (!full.starts_with(kPrefix) || std::string_view(full).substr(kPrefix.size()) != name) continue;
        if (found) return std::nullopt;
        found = value;
    }
    return found;
}

Header set_cookie(const Cookie& cookie) {
    KITH_CHECK(is_token(cookie.name) && is_value(cookie.value));
    std::string line = std::string(kPrefix) + std::string(cookie.name) + '=' + std::string(cookie.value);
    line += "; Path=/; Secure; HttpOnly; SameSite=";
    line += cookie.same_site == SameSite::strict ? "Strict" : "Lax";
    if (cookie.max_age) line += "; Max-Age=" + std::to_string(cookie.max_age->count());
    return {"Set-Cookie", line};
}

Header clear_cookie(std::string_view name) { return set_cookie({name, "", SameSite::strict, std::chrono::seconds(0)}); }

}  // namespace kith::web::http
