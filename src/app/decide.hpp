// The manager decides what is done, and answers (PLY-022, 023; front-door 19, 20). The decision and the reply are two
// facts in one act; the reply is the same whatever was decided.
#pragma once
#include "app/house.hpp"

namespace kith::app {

/// Front-door 21: a worry that goes to another area is judged here for immediate danger first.
enum class JudgedHere { not_said, no_danger, danger_now };

struct DecisionForm {
    concerns::Decision decision;
    std::string reasons;
    std::uint64_t seen_revision = 0;
    bool earlier_read = false;  ///< front-door 19: no action needs the cumulative view
    std::string reply;          ///< placed for the reporter to read; empty: not answered in this act
    std::string late_reason;    ///< PLY-023: a late reply needs one
    std::string area = {};      ///< whose it is, where another area is chosen
    JudgedHere judged = JudgedHere::not_said;
};
/// Fields at fault: account (see below, where another area is chosen), actions, area, judged, reasons, earlier_read,
/// reply, late_reason. `conflict` when somebody changed or decided it since it was read; nothing typed is lost, for
/// nothing was kept. `holder` opens this reporter's details in the manager's own session, to refuse a reply that gives
/// them away.
Result<void> decide(House& house, const Actor& manager, const Holder& holder, ConcernId id, const DecisionForm& form);

/// front-door 5: not a decision, does not stop the hour.
Result<void> ask_for_more(House& house, const Actor& manager, const Holder& holder, ConcernId id,
                          std::string_view question, Instant decide_anyway_at);

enum class Reached { reached, no_answer, impossible };
struct RingBack {
    Reached outcome = Reached::reached;
    std::string note;
    std::string late_reason;
};
/// Reached, or recorded as impossible, answers the worry; no answer is a try and leaves it owed.
Result<void> ring_back(House& house, const Actor& manager, ConcernId id, const RingBack& ring_back);

/// The reply in writing to what was decided without one; the same checks as in `decide`. `conflict` before it is
/// decided and once it is answered.
Result<void> answer_in_writing(House& house, const Actor& manager, const Holder& holder, ConcernId id,
                               std::string_view reply, std::string_view late_reason);

/// Front-door 12: why somebody may have told, and what that rests on. It is read by those who decide and does nothing:
/// it lowers no danger, blocks nothing, and is not counted.
Result<void> note_motive(House& house, const Actor& actor, ConcernId id, std::string_view motive,
                         std::string_view reasons);

/// What goes back by the return code must not name the one it answers (front-door 20), whatever they agreed to: the
/// code may be typed on a telephone that others read. Where the way in cannot be used the check cannot be made, and the
/// standard words alone may be sent. `may` is for words that go elsewhere, which consent lets name them.
Result<void> check_reply(Visit& visit, const concerns::Concern& concern, const Holder& holder, std::string_view reply,
                         std::string_view standard, Words field, const protocol::MayBeNamed& may = {});

/// PLY-032, HAC-037: what the one who told agreed to, as the rule book reads it.
Result<protocol::MayBeNamed> may_be_named(Visit& visit, const ConcernRow& row);

/// Words of `text` that stand in this contact's telephone or e-mail address, or in their name or organisation where
/// that may not be named.
bool gives_away(const concerns::Contact& contact, std::string_view text, const protocol::MayBeNamed& may = {});

/// PLY-031, HAC-036: `invalid` with field "account" while the account, marked words left out, holds their full name,
/// organisation, number or e-mail address and they did not agree: somebody marks it before it goes beyond this front
/// door.
Result<void> check_account_names_nobody(const concerns::Account& account, const concerns::Contact& contact,
                                        const protocol::MayBeNamed& may);

}  // namespace kith::app
