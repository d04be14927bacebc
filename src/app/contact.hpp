// Opening who told: by the manager who answers, while the way in is open; afterwards by a custodian and a second person
// (reporters-vault, Rules). Each opening names its purpose and is on the ledger before anything is shown.
#pragma once
#include "app/house.hpp"

namespace kith::app {

enum class OpeningPurpose {
    answer,
    ask,
    form_is_due,
    out_of_hours_police,
    protect_the_child,
    protect_the_reporter,
    court_order,
    correction,
    police,
    coroner,
    inspectorate,
    access_request,
};
std::string_view name_of(OpeningPurpose purpose);
std::optional<OpeningPurpose> opening_purpose_named(std::string_view name);
/// What a manager may open it for alone.
bool is_for_answering(OpeningPurpose purpose);
/// Somebody outside asks who told. Asking is no power: what they claim and what they ask for is written down.
bool is_a_demand(OpeningPurpose purpose);

/// What was written down when it was asked.
struct Demand {
    std::string asker;       ///< who asks: a name and an office
    std::string power;       ///< the power they claim
    std::string exactly;     ///< exactly what is asked
    std::string advice;      ///< the legal advice taken
    std::string told_first;  ///< whether the reporter is told first, or why that is not safe or lawful
    friend bool operator==(const Demand&, const Demand&) = default;
};

/// Who told, with what the page about it says of the worry.
struct Opened {
    concerns::Concern concern;
    std::string heading;
    concerns::Contact contact;
};
/// By the manager of that front door, alone, while the way in is open.
Result<Opened> open_to_answer(House& house, const Actor& manager, const Holder& holder, ConcernId id,
                              OpeningPurpose purpose);
/// The same, without the worry.
Result<concerns::Contact> open_contact(House& house, const Actor& manager, const Holder& holder, ConcernId id,
                                       OpeningPurpose purpose);
/// As people say it: case and spaces around it do not matter. One that is not there is recorded as a refusal of that
/// act, so that it takes as long as one that is not for the asker.
Result<ConcernRow> find_by_reference(Visit& visit, Act act, std::string_view reference);
/// Inside a use case that has its own permit. I of one of its vault rows, or what lies under that of the newest.
Result<Key> identity_on_way_in(Visit& visit, const concerns::Concern& concern, std::uint32_t vault_number,
                               const Holder& holder);
Result<concerns::Contact> open_way_in(Visit& visit, const concerns::Concern& concern, const Holder& holder);

/// A file of a worry as its page numbers it, from 1.
struct NumberedFile {
    std::size_t number = 0;
    concerns::FileKind kind = concerns::FileKind::jpeg;
};
struct OpeningView {
    OpeningId id;
    ConcernId concern;
    std::string reference, asked_by, second, purpose, reason;
    Instant asked_at{};
    OpeningState state = OpeningState::asked;
    bool emergency = false;   ///< one person alone; without a second it waits for its review
    bool may_review = false;  ///< by the reader
    std::string review{};
    bool mine = false;        ///< asked by the reader
    bool may_second = false;  ///< the reader may agree or refuse
    bool may_open = false;    ///< agreed, and the reader asked
    Demand demand{};
    std::string intermediary{};  ///< refused, and answered so instead; without naming anybody
    std::optional<Instant> answered_at{}, opened_at{};
    std::optional<NumberedFile> original{};  ///< opened is this file as it came; else who told
};
/// A custodian asks; the concern by its reference as people say it. With `file` they ask not who told but for that
/// picture or document as it came, by its number on the worry's page; one that is shut away is not opened. Field: file.
Result<OpeningId> ask_opening(House& house, const Actor& custodian, std::string_view reference, OpeningPurpose purpose,
                              std::string_view reason, const Demand& demand = {},
                              std::optional<std::size_t> file = std::nullopt);
/// By a second person: neither who asked nor who decided the worry.
Result<void> second_opening(House& house, const Actor& second, OpeningId id, OpeningState answer);
/// A demand refused, and answered by an intermediary who names nobody; by a second person.
Result<void> answer_by_intermediary(House& house, const Actor& second, OpeningId id, std::string_view answer);
/// A manager sees those of their own front door.
Result<std::vector<OpeningView>> see_openings(House& house, const Actor& actor);
/// After agreement; once. `not_found` where something else was agreed to.
Result<concerns::Contact> open_afterwards(House& house, const Actor& custodian, const Holder& holder, OpeningId id);

}  // namespace kith::app
