// Cookies: read from the Cookie header, written only in the one form we trust (__Host-, Secure, HttpOnly, Path=/).
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/http/message.hpp"

namespace kith::web::http {

class Cookies {
  public:
    /// Pairs that are not well formed are left out: other programs on the same host may set what they like. At most 50
    /// are looked at.
    static Cookies parse(std::string_view header);

    /// The value of our cookie `__Host-<name>`, or nothing. Nothing also when it came twice: then one is forged, and we
    /// cannot tell which.
    std::optional<std::string_view> get(std::string_view name) const;
    std::size_t size() const { return pairs_.size(); }

  private:
    std::vector<std::pair<std::string, std::string>> pairs_;
};

enum class SameSite { strict, lax };

struct Cookie {
    std::string_view name;   ///< without the prefix; a token
    std::string_view value;  ///< as RFC 6265 allows: no white space, quote, comma, semicolon or backslash
    SameSite same_site = SameSite::strict;
    std::optional<std::chrono::seconds> max_age{};  ///< without it, the cookie ends with the browser
};

/// Throws Bug when name or value would not stay within the header.
Header set_cookie(const Cookie& cookie);
Header clear_cookie(std::string_view name);

}  // namespace kith::web::http
