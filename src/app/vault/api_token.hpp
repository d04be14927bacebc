// What another organisation's software shows in place of a sign-in: 32 random bytes as "kith_" and 52 letters
// (Crockford base 32). It is shown once and kept nowhere; what is stored is a finder.
#pragma once
#include <string>

#include "app/ports/cryptography.hpp"

namespace kith::app {

class ApiToken {
  public:
    static ApiToken create(Cryptography& crypto);
    /// The one form that `text` writes. `not_found` for anything else.
    static Result<ApiToken> parse(std::string_view text);
    SecretText text() const;
    Digest finder(Cryptography& crypto) const;
    /// What the sender's idempotency key becomes: nobody without this token finds what was answered to it.
    ByteArray<32> once(Cryptography& crypto, std::string_view idempotency_key) const;

  private:
    Key bytes_;
};

}  // namespace kith::app
