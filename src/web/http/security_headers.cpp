#include "web/http/security_headers.hpp"

#include <array>
#include <utility>

namespace kith::web::http {
namespace {
using Fixed = std::pair<std::string_view, std::string_view>;

constexpr std::array<Fixed, 9> kAlways{{
    {"Content-Security-Policy",
     "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
     "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
    {"Referrer-Policy", "no-referrer"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Strict-Transport-Security", "max-age=63072000; includeSubDomains"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy",
     "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), bluetooth=(), browsing-topics=()"},
    {"X-Robots-Tag", "noindex"},
}};
}  // namespace

void secure(Response& response) {
    const auto set = [&](std::string_view name, std::string_view value) {
        std::erase_if(response.headers, [&](const Header& field) { return same_name(field.name, name); });
        response.headers.push_back({std::string(name), std::string(value)});
    };
    for (const auto& [name, value] : kAlways) set(name, value);
    // An error that a shared cache kept would hide the page from those who may see it.
    const bool keep = response.cache == Cache::immutable && response.status < 400;
    set("Cache-Control", keep ? "public, max-age=31536000, immutable" : "no-store");
}

}  // namespace kith::web::http
