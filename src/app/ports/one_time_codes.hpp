// Six digits that change every thirty seconds (RFC 6238), the second thing a person signs in with.
#pragma once
#include <cstdint>
#include <string_view>

#include "base/error.hpp"
#include "base/instant.hpp"
#include "base/secret.hpp"

namespace kith::app {

/// The number of the thirty seconds that a code belongs to. Whoever checks keeps the last step used and refuses that
/// one and all before it, else a code that was looked at over a shoulder serves twice.
struct CodeStep {
    std::int64_t number = 0;
    friend auto operator<=>(const CodeStep&, const CodeStep&) = default;
};

class OneTimeCodes {
  public:
    virtual ~OneTimeCodes() = default;

    /// Twenty random bytes.
    virtual SecretBytes new_secret() = 0;
    virtual SecretText code_at(const SecretBytes& secret, Instant at) = 0;
    /// The step whose code this is: now, the one before or the one after. `invalid` for any other.
    virtual Result<CodeStep> check(const SecretBytes& secret, std::string_view code, Instant at) = 0;
    /// What the QR code for an authenticator app holds. `account` is shown there; it should name no child.
    virtual SecretText otpauth_uri(const SecretBytes& secret, std::string_view issuer, std::string_view account) = 0;
};

}  // namespace kith::app
