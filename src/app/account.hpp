// What a member does with their own account: another password, another second factor, back in with the recovery code,
// and a look at when somebody signed in as them.
#pragma once
#include "app/people.hpp"

namespace kith::app {

/// Signed in under what was chosen now. Whoever calls signs the member out everywhere else.
struct Renewed {
    SignedIn who;
    SecretText pass_phrase;    ///< of a custodian, who does not choose their own; shown once
    SecretText recovery_code;  ///< where the old one was used up; shown once
};

/// Seals the private half anew under `chosen`, or, for a custodian, under a pass phrase made for them. Fields at fault:
/// old_password, password.
Result<Renewed> change_password(House& house, const Actor& member, const SecretText& old_password,
                                const SecretText& chosen);

Result<SecondFactor> offer_second_factor_to(House& house, const Actor& member, std::string_view kept);
/// The old one counts no more. Fields at fault: old_password, one_time_code.
Result<void> change_second_factor(House& house, const Actor& member, const SecretText& password, std::string_view kept,
                                  std::string_view code);

struct Recovering {
    std::string email, code;
    SecretText recovery_code, password;
};
/// The same cost and the same answer (field recovery_code) for an unknown address, a wrong recovery code, a wrong or
/// used code, and a member who was shut out. The recovery code is used up and another made.
Result<Renewed> recover(House& house, const Recovering& recovering);

/// What the ledger says of this member's account, the newest first: signed in, password or second factor changed.
struct AccountLine {
    std::string act;
    Instant at{};
};
Result<std::vector<AccountLine>> recent_of_account(House& house, const Actor& member, std::size_t most);

}  // namespace kith::app
