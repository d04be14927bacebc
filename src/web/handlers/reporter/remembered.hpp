// A return code that this browser has put in: in a cookie that this process alone can open and that lasts half an hour
// from its last use; never in an address.
#pragma once
#include <memory>
#include <mutex>

#include "web/site.hpp"

namespace kith::web {

constexpr std::string_view kCodeCookie = "kith-code";

/// Under a key that is made at first use and dies with the process.
class Remembered {
  public:
    http::Header cookie(const Ask& ask, std::string_view code);
    std::optional<SecretText> code_of(const Ask& ask);
    std::optional<SecretText> code_in(const http::Cookies& cookies, app::Cryptography& crypto, Instant now);
    /// What a form of this browser carries; the same as long as it goes on with this code.
    std::string form_token(const Ask& ask, const SecretText& code) { return token(ask.house().crypto, code); }
    bool is_own_form(const Ask& ask, const SecretText& code);
    bool is_token(app::Cryptography& crypto, const SecretText& code, std::string_view form_token);

  private:
    std::string token(app::Cryptography& crypto, const SecretText& code);
    const Key& key(app::Cryptography& crypto);
    std::once_flag made_;
    Key key_;
};

}  // namespace kith::web
