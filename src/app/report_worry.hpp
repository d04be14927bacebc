// Report a worry: the account under its own record key, who told into the vault, handed to the manager on duty, on the
// ledger, in one transaction. Nothing here waits for a duty key, an epoch key or a rota (reporters-vault, first rule).
#pragma once
#include "app/house.hpp"
#include "app/same_source.hpp"

namespace kith::app {

struct Telling {
    FrontDoorId front_door;
    concerns::Account account;
    concerns::Contact contact;  ///< empty: anonymous
    concerns::NamingConsent naming;
    concerns::DangerMark danger = concerns::DangerMark::none;
    std::string must_not_see;  ///< people here who must not see it, in the teller's words
    ToldBefore earlier = {};
    ByteArray<32> once{};  ///< the form's idempotency key: the same form sent twice makes one concern
};

struct Receipt {
    std::string code;  ///< the return code, shown this once
    std::optional<Instant> reply_due_at;
    std::optional<Instant> form_due_at;
    bool staffed = true;
};

/// `invalid` with the field when the account or contact cannot be sent; all problems are concerns::problems.
Result<Receipt> report_worry(House& house, const Telling& telling);
/// What the form with this idempotency key was answered; `not_found` when none came.
Result<Receipt> earlier_receipt(House& house, const ByteArray<32>& once);

}  // namespace kith::app
