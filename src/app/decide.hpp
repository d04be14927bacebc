// The manager decides what is done, and answers (PLY-022, 023; front-door 19, 20). The decision and the reply are two
// facts in one act; the reply is the same whatever was decided.
#pragma once
#include "app/house.hpp"

namespace kith::app {

struct DecisionForm {
    concerns::Decision decision;
    std::string reasons;
    std::uint64_t seen_revision = 0;
    bool earlier_read = false;  ///< front-door 19: no action needs the cumulative view
    std::string reply;          ///< placed for the reporter to read; empty: not answered in this act
    std::string late_reason;    ///< PLY-023: a late reply needs one
};
/// `conflict` when somebody changed or decided it since it was read; nothing typed is lost, for nothing was kept.
/// `holder` opens this reporter's details in the manager's own session, to refuse a reply that gives them away.
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

/// PLY-024: the written form has come in.
Result<void> form_received(House& house, const Actor& actor, ConcernId id);

/// Words of `text` that stand in this contact's name, organisation, telephone or e-mail address.
bool gives_away(const concerns::Contact& contact, std::string_view text);

}  // namespace kith::app
