// A holder: a member with a key pair of their own. The private half lies in the store under the member's password and,
// again, under a printed recovery code; the server alone cannot open either.
#pragma once
#include <optional>

#include "app/ports/tables.hpp"

namespace kith::app {

/// A holder signed in: what lives in memory while the session lasts.
struct Holder {
    MemberId member;
    KeyPair pair;
    std::optional<SigningPair> signing;  ///< custodians
};

/// Both private halves in one sealed value.
Bytes encode_halves(const Holder& holder);
Result<Holder> decode_halves(Cryptography& crypto, MemberId member, const SecretBytes& halves);

/// The parts of a member's row that come from a password.
struct Credentials {
    Salt salt{};
    ByteArray<32> verifier{};
    Bytes sealed_private;
};
/// One Argon2id run. Without a holder (a member who needs no pair) only the verifier is made.
Credentials credentials_for(Cryptography& crypto, MemberId member, const SecretText& password,
                            const std::optional<Holder>& holder);
Holder new_holder(Cryptography& crypto, MemberId member, parties::Roles roles);

struct Recovery {
    SecretText code;  ///< to be printed once
    Salt salt{};
    Bytes sealed_private;
};
Recovery recovery_for(Cryptography& crypto, const Holder& holder);

/// The holder, by the key that the password yielded. `betrayed` when the row was altered.
Result<Holder> unlock(Cryptography& crypto, const MemberRow& row, const Key& password_key);
Result<Holder> unlock_by_recovery(Cryptography& crypto, const MemberRow& row, const SecretText& code);

/// A pass phrase of eight words out of 1,024: 80 bits. For custodians, who may not choose their own.
SecretText generated_pass_phrase(Cryptography& crypto);

}  // namespace kith::app
