#include "web/http/request_rules.hpp"

#include <algorithm>
#include <array>

namespace kith::web::http {
namespace {
// Two of these would leave it open which one counts.
constexpr std::array<std::string_view, 9> kOnlyOnce{"host",   "content-type",      "content-length",
                                                    "cookie", "transfer-encoding", "origin",
                                                    "expect", "authorization",     "idempotency-key"};

std::ptrdiff_t times(const Request& request, std::string_view name) {
    return std::ranges::count_if(request.headers, [&](const Header& field) { return same_name(field.name, name); });
}
bool is_path(std::string_view target) {
    return target.starts_with('/') &&
           std::ranges::all_of(target, [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
}
}  // namespace

std::optional<int> refusal_of(const Head& head, const Request& request) {
    if (!method_of(head.method)) return 501;
    if (!is_path(head.target)) return 400;
    if (std::ranges::any_of(kOnlyOnce, [&](std::string_view name) { return times(request, name) > 1; })) return 400;
    if (head.version == Version::http_1_1 && times(request, "host") != 1) return 400;
    if (times(request, "transfer-encoding") != 0) {
        // Any other coding leaves the length of the body to guesswork, and so what the next request is.
        if (head.version == Version::http_1_0 || times(request, "content-length") != 0) return 400;
        if (!same_name(request.header("transfer-encoding"), "chunked")) return 501;
    }
    if (times(request, "content-encoding") != 0) return 415;
    if (times(request, "expect") != 0 && !same_name(request.header("expect"), "100-continue")) return 417;
    return std::nullopt;
}

void take_target(const Head& head, Request& request) {
    const auto mark = head.target.find('?');
    request.method = method_of(head.method).value();
    request.path = head.target.substr(0, mark);
    request.query = mark == head.target.npos ? std::string_view() : head.target.substr(mark + 1);
}

}  // namespace kith::web::http
