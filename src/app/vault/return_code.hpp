// The code a reporter comes back with: 100 random bits as five groups of four (Crockford base 32). It is shown once and
// kept nowhere. What is stored is a finder and, under a key that only the code yields, the concern it leads to: the
// concern's reply thread, never the contact. Lost is lost.
#pragma once
#include <string>

#include "app/ports/cryptography.hpp"
#include "core/ids.hpp"

namespace kith::app {

class ReturnCode {
  public:
    static ReturnCode create(Cryptography& crypto);
    /// Forgives case, spaces, hyphens and letters that look like digits. `not_found` for anything else.
    static Result<ReturnCode> parse(std::string_view text);
    /// 7K4Q-0XJ2-M9TD-W3HB-5RNE
    std::string text() const;
    Digest finder(Cryptography& crypto) const;
    /// Under what the half-filled written form of this worry is kept: only who has the code goes on with it.
    ByteArray<32> form_key(Cryptography& crypto) const;
    /// Under what the files wait that are being added to this worry, until they are sent.
    ByteArray<32> files_key(Cryptography& crypto) const;
    Sealed<ConcernId> seal(Cryptography& crypto, ConcernId concern) const;
    Result<ConcernId> open(Cryptography& crypto, const Sealed<ConcernId>& sealed) const;

  private:
    explicit ReturnCode(std::string letters) : letters_(std::move(letters)) {}
    Key key(Cryptography& crypto) const;
    SecretText letters_;  ///< twenty, upper case
};

}  // namespace kith::app
