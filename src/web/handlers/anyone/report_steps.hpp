// The questions of a report, in order, one to a page. Which there are depends on what is told and on what was answered;
// nothing here knows of pages.
#pragma once
#include "app/drafts.hpp"
#include "web/http/form.hpp"

namespace kith::web {

enum class Step {
    danger,
    emergency,  ///< holds the form until they have rung or will (PLY-026)
    what_seen,
    where_seen,
    place,
    when_seen,
    worry,
    how_known,
    names_known,
    people,
    where_now,
    home,
    group,
    forced,
    design,
    times,
    adults,
    interpreter,
    files,
    about_you,
    contact,
    reach,
    naming,
    must_not_see,
    check,
};
/// As it stands in the address; neutral, since it stays in the browser's history.
std::string_view name_of(Step step);
std::optional<Step> step_named(std::string_view name);
/// "What happened", "Who it is about", "What you have to show", "About you"
std::string_view section_of(Step step);

/// Every question of this draft, in order; the last is `check`.
std::vector<Step> steps_of(const app::Draft& draft);
/// Where to go from `step`. While an emergency holds the form it is the emergency.
Step after(const app::Draft& draft, Step step);
std::optional<Step> before(const app::Draft& draft, Step step);
/// The first question not gone through yet; `check` when there is none.
Step first_open(const app::Draft& draft);
/// Where "that is all I know" goes: past what nobody need answer, to pictures and the questions about the teller.
constexpr Step kAfterAllIKnow = Step::files;
bool may_stop_here(Step step);

/// Fields of the account that the step asks for, those of this form only.
std::vector<concerns::Field> fields_of(Step step, concerns::Form form);
std::optional<Step> step_of(concerns::Field field, concerns::Form form);

enum class Said { what_was_typed, dont_know };
/// Puts what the step's form says into the draft. Fields that the form does not carry stay as they are.
void take_answers(app::Draft& draft, Step step, const http::Form& form, Said said);

/// A field and what is wrong with it: "empty", "too_long", "invalid".
struct Trouble {
    std::string field, what;
    friend bool operator==(const Trouble&, const Trouble&) = default;
};
/// What must be put right before going on from `step`.
std::vector<Trouble> troubles_at(const app::Draft& draft, Step step);
std::vector<Trouble> troubles_at_end(const app::Draft& draft);

}  // namespace kith::web
