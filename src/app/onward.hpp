// Telling somebody outside, step by step (front-door 8, 21): another area's front door, by telephone and in writing,
// until they confirm; the designated officer, about someone who works or volunteers with children. A worry stays in the
// queue while anything of it is owed.
#pragma once
#include "app/house.hpp"
#include "core/concerns/contact.hpp"
#include "core/concerns/onward.hpp"

namespace kith::app {

/// What is written down of one step, sealed as one.
struct OnwardWords {
    std::string to;   ///< who was told, or who confirmed; of an area that is owed: its name
    std::string how;  ///< the number rung, the way it was sent
    std::string words;
    friend bool operator==(const OnwardWords&, const OnwardWords&) = default;
};

struct OnwardStepView {
    concerns::OnwardStep step = concerns::OnwardStep::owed;
    Instant at{};
    std::string by;  ///< empty: the reporter
    OnwardWords said;
};
struct OnwardView {
    concerns::Whom whom = concerns::Whom::another_area;
    concerns::Onward state;
    std::vector<OnwardStepView> steps;
    std::optional<Instant> due_at;  ///< of the next step: to tell the officer, or for the other area to confirm
    bool is_late = false;
    std::string area;  ///< of another area: its name
};
/// Those that were ever owed, whom first. For a reading that asked the gate.
Result<std::vector<OnwardView>> onward_of(Visit& visit, const ConcernRow& row);

/// Owes it, within another act that asked the gate.
Result<Bytes> owe_onward(Visit& visit, const ConcernRow& row, concerns::Whom whom, const OnwardWords& said,
                         std::optional<MemberId> by);
/// Front-door 8: an account that says so owes it to the designated officer, once. `by`: whose words they are; empty for
/// the reporter. The sealed bytes, for the leaf of the act that it came with; nothing where it is not owed, or was.
Result<std::optional<Bytes>> owe_if_works_with_children(Visit& visit, const ConcernRow& row,
                                                        const concerns::Account& account, std::optional<MemberId> by);

/// The mark of somebody at the desk. `invalid` with "why", `conflict` when it is owed already.
Result<void> mark_works_with_children(House& house, const Actor& actor, ConcernId id, std::string_view why);

struct OnwardReport {
    concerns::Whom whom = concerns::Whom::another_area;
    concerns::OnwardStep step = concerns::OnwardStep::told;  ///< told, written or confirmed
    OnwardWords said;
    Instant at{};
};
/// `invalid` with "onward_to", "onward_how" or "onward_at" (before it was owed, or to come). What is then complete
/// ends. The writing to another area is `write_notice`.
Result<void> report_onward(House& house, const Actor& actor, ConcernId id, const OnwardReport& report);
/// It was a mistake, or they do not take it: a manager ends it and says why.
Result<void> end_onward(House& house, const Actor& manager, ConcernId id, concerns::Whom whom, std::string_view why);

/// Whether who told goes with the notice: only if they agree or danger requires it, each with its reason.
enum class ContactGoes { left_out, they_agree, danger_requires };
struct NoticeForm {
    std::optional<ContactGoes> contact;
    std::string contact_why;
    std::string to, how;  ///< to whom it is sent, and how
    std::string words;    ///< ours, in front of what was told; may be empty
};
struct AreaNotice {
    std::string area, to, reference, written_by, words;
    Instant at{}, received_at{};
    concerns::Concern concern;
    concerns::Account account;              ///< shown masked
    std::optional<concerns::Account> form;  ///< likewise
    std::optional<concerns::Contact> contact;
};
/// Tells another area in writing: records it and gives what is to be printed. `invalid` with "contact_goes",
/// "contact_why", "onward_to", "onward_how" or "notice_words" (they give the reporter away, or that cannot be checked).
Result<AreaNotice> write_notice(House& house, const Actor& manager, const Holder& holder, ConcernId id,
                                const NoticeForm& form);

}  // namespace kith::app
