// The written form that a stakeholder or guardian owes after a call (PLY-024, 025; front-door 16). Whoever holds the
// return code finds it filled with what was said in that call, goes on with it when they like, and sends it. What
// stands in it is the account alone: the code never leads to who told. A form that came on paper is typed in by staff.
#pragma once
#include "app/drafts.hpp"

namespace kith::app {

struct FormInHand {
    Draft draft;  ///< its account: what was said in the call, or what was typed since
    Instant call_at{};
    std::optional<Instant> due_at;
    bool has_begun = false;  ///< something was kept already
};
/// `not_found` for a code that leads nowhere, `conflict` where no form is awaited.
Result<FormInHand> read_form(House& house, std::string_view code);
/// Keeps what was typed so far, as long as a draft, and that from when the form is due if it is not yet. The change may
/// run twice.
Result<FormInHand> change_form(House& house, std::string_view code, const std::function<void(Draft&)>& change);
/// `invalid` with the first part at fault (form_troubles tells all); nothing is lost then. The duty to send it ends,
/// and with it the way in when the worry is answered.
Result<void> send_form(House& house, std::string_view code);

struct PaperForm {
    concerns::Account account;
    Instant received_at{};  ///< when it came, not when it was typed
};
/// `invalid` with "received_on" for a time before the call or to come.
Result<void> type_in_form(House& house, const Actor& actor, ConcernId id, const PaperForm& form);

struct ReceivedForm {
    FormWay way = FormWay::by_code;
    Instant received_at{};
    bool in_time = true;
    std::string typed_by;  ///< who typed it in from paper
    concerns::Account account;
};
/// Nothing while none has come. For a reading that asked the gate.
Result<std::optional<ReceivedForm>> received_form(Visit& visit, const ConcernRow& row);
/// Puts another account in the place of a form's, such as one with other marks.
Result<Bytes> keep_form_account(Visit& visit, const ConcernRow& row, const concerns::Account& account);

/// Fields that the rule book needs in the form (PLY-024); "I don't know" answers one.
std::vector<concerns::Field> form_parts(const protocol::Questions& asked, concerns::Subject subject);
/// Everything that keeps the form from being sent, in the order in which it is asked.
std::vector<concerns::Problem> form_troubles(const protocol::Questions& asked, const concerns::Account& account);
/// What of a call's account stands in its form: what belongs to it, nothing of what the desk itself wrote.
concerns::Account form_of_call(const concerns::Account& account);

}  // namespace kith::app
