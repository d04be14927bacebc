// Report a worry: the account under its own record key, who told into the vault, handed to the manager on duty, on the
// ledger, in one transaction. Nothing here waits for a duty key, an epoch key or a rota (reporters-vault, first rule).
#pragma once
#include "app/house.hpp"
#include "app/same_source.hpp"
#include "app/vault/original.hpp"

namespace kith::app {
struct Bearer;

struct Telling {
    FrontDoorId front_door;
    concerns::Account account;
    concerns::Contact contact;  ///< empty: anonymous
    concerns::NamingConsent naming;
    concerns::DangerMark danger = concerns::DangerMark::none;
    std::string must_not_see;  ///< people here who must not see it, in the teller's words
    ToldBefore earlier = {};
    std::vector<Original> files{};  ///< of a draft; one that was taken away meanwhile is left out
    ByteArray<32> once{};           ///< the form's idempotency key: the same form sent twice makes one concern
};

struct Receipt {
    std::string code;  ///< the return code, shown this once
    std::optional<Instant> reply_due_at;
    std::optional<Instant> form_due_at;
    bool staffed = true;
    std::string reference{};
    ByteArray<32> told{};  ///< digest of what was told, where one key must not stand for two worries
};

/// `invalid` with the field when the account or contact cannot be sent; all problems are concerns::problems.
Result<Receipt> report_worry(House& house, const Telling& telling);
/// From another organisation's software, for someone in their job: the organisation is the token's, whatever was sent.
/// The ledger's line is that of any report, so that it does not tell which system a worry came from. `conflict` with
/// field "idempotency_key" when the key stands for another worry already; `forbidden` when the token is not for this.
Result<Receipt> report_by_token(House& house, const Bearer& bearer, Telling telling);
/// What the form with this idempotency key was answered; `not_found` when none came.
Result<Receipt> earlier_receipt(House& house, const ByteArray<32>& once);

}  // namespace kith::app
