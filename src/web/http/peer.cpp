#include "web/http/peer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

namespace kith::web::http {
namespace {
std::string print(int family, const void* bytes) {
    std::array<char, INET6_ADDRSTRLEN> out{};
    return ::inet_ntop(family, bytes, out.data(), out.size()) == nullptr ? std::string() : std::string(out.data());
}
std::optional<in6_addr> parse_v6(const std::string& text) {
    in6_addr address{};
    return ::inet_pton(AF_INET6, text.c_str(), &address) == 1 ? std::optional(address) : std::nullopt;
}
std::optional<in_addr> parse_v4(const std::string& text) {
    in_addr address{};
    return ::inet_pton(AF_INET, text.c_str(), &address) == 1 ? std::optional(address) : std::nullopt;
}
}  // namespace

std::string address_of(const sockaddr& from) {
    if (from.sa_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, &from, sizeof four);
        return print(AF_INET, &four.sin_addr);
    }
    if (from.sa_family == AF_INET6) {
        sockaddr_in6 six{};
        std::memcpy(&six, &from, sizeof six);
        return print(AF_INET6, &six.sin6_addr);
    }
    return {};
}

std::string peer_of(std::string_view connected, std::string_view forwarded_for, Proxy proxy) {
    const bool from_here = connected.empty() || connected.starts_with("127.") || connected == "::1";
    if (proxy == Proxy::none || !from_here) return std::string(connected);
    std::string_view last = forwarded_for.substr(forwarded_for.rfind(',') + 1);  // npos + 1 is 0: all of it
    while (last.starts_with(' ')) last.remove_prefix(1);
    while (last.ends_with(' ')) last.remove_suffix(1);
    const std::string address(last);
    if (const auto four = parse_v4(address)) return print(AF_INET, &*four);
    if (const auto six = parse_v6(address)) return print(AF_INET6, &*six);
    return std::string(connected);
}

std::string network_of(std::string_view address) {
    auto six = parse_v6(std::string(address));
    if (!six) return std::string(address);
    std::fill(std::begin(six->s6_addr) + 8, std::end(six->s6_addr), std::uint8_t{0});
    return print(AF_INET6, &*six) + "/64";
}

}  // namespace kith::web::http
