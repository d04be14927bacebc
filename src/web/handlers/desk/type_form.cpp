// A written form that came on paper or by post, typed in at the desk (PLY-024). Its needed parts are the same; where
// the paper says nothing of one, that is ticked.
#include <algorithm>

#include "app/written_form.hpp"
#include "base/london.hpp"
#include "base/text.hpp"
#include "ui/type_form_page.hpp"
#include "web/handlers/administrator/fields.hpp"
#include "web/handlers/anyone/report.hpp"
#include "web/handlers/desk/show_concern.hpp"
#include "web/handlers/routes.hpp"
#include "web/pages/say.hpp"
#include "web/pages/type_form.hpp"

namespace kith::web {
namespace {
using concerns::Field;
using concerns::Shape;
using http::Response;

std::vector<Step> steps_of_form(const app::Draft& draft) {
    std::vector<Step> out;
    for (const Step step : steps_of(draft))
        if (step > Step::emergency && step < Step::about_you) out.push_back(step);
    return out;
}

app::Draft typed_in(const Ask& ask, const app::Reading& reading, const std::vector<Field>& needed) {
    app::Draft draft;
    draft.front_door = reading.concern.front_door;
    draft.account.subject = reading.concern.subject;
    if (!ask.is_post()) return draft;
    for (const Step step : steps_of_form(draft)) take_answers(draft, step, ask.form, Said::what_was_typed);
    const auto unsaid = ask.form.all("unsaid");
    for (const Field field : needed)
        if (draft.account.answer(field).empty() &&
            std::ranges::find(unsaid, concerns::spec_of(field).name) != unsaid.end())
            draft.account.answers[field] = concerns::kDontKnow;
    return draft;
}

/// In the middle of a page a question is a label, not the heading; its own error stands at it.
void fit_in(FieldGroup& group, const Errors& errors) {
    group.size = LabelSize::s;
    for (auto& input : group.fields)
        std::visit(
            [&](auto& one) {
                one.field.heading = Heading::no;
                one.field.size = LabelSize::s;
                if (one.field.id.empty()) one.field.error = errors.of(one.field.name);
            },
            input);
}

/// Room for three more people and adults than were told.
app::Draft with_room(app::Draft draft) {
    for (int i = 0; i < 2; ++i) {
        draft.account.people.emplace_back();
        draft.account.adults.emplace_back();
    }
    return draft;
}

Checkboxes unsaid_of(const Ask& ask, const std::vector<Field>& needed) {
    Checkboxes out{.field = named("unsaid"), .layout = ChoiceLayout::small};
    for (const Field field : needed) {
        const auto& spec = concerns::spec_of(field);
        if (spec.shape == Shape::words || spec.shape == Shape::line)
            out.choices.push_back({.value = std::string(spec.name), .text = say("told", spec.name)});
    }
    for (const auto one : ask.form.all("unsaid")) out.values.emplace_back(one);
    return out;
}

void put_questions(TypeFormPage& view, const Ask& ask, const FrontDoorView& door, const app::Draft& draft) {
    const auto roomy = with_room(draft);
    for (const Step step : steps_of_form(draft)) {
        auto question = question_page(ask, door, roomy, step);
        const std::string section(section_of(step));
        if (view.sections.empty() || view.sections.back().title != section) view.sections.push_back({section, {}});
        for (auto& group : question.groups) {
            fit_in(group, view.errors);
            view.sections.back().groups.push_back(std::move(group));
        }
    }
}

TypeFormPage page_of(Ask& ask, const StaffSession& session, const app::Reading& reading, const FrontDoorView& door,
                     const app::Draft& draft, const Errors& errors) {
    const auto& concern = reading.concern;
    TypeFormPage view;
    view.errors = errors;
    view.heading = concerns::heading(reading.account);
    view.reference = concern.reference;
    view.call_at = london::to_day_and_clock(concern.received_at);
    view.action = Url::path("/concerns/{}/form", concern.id);
    view.frame = ask.site.staff_frame(ask, session, "Written form " + concern.reference);
    view.frame.has_errors = errors.any();
    view.frame.back = Url::path("/concerns/{}", concern.id);
    view.frame.back_text = view.heading;
    const auto day = ask.is_post() ? TypedDay::read(ask.form, "received_on") : TypedDay::of(london::day_of(ask.now));
    view.received_on = day.input(named("received_on", errors));
    view.received_time = {
        .field = named("received_time", errors),
        .value = ask.is_post() ? std::string(ask.form.get("received_time")) : london::to_clock(ask.now),
        .width = 5,
        .autocomplete = "off"};
    put_questions(view, ask, door, draft);
    view.unsaid = unsaid_of(ask, app::form_parts(door.questions, concern.subject));
    auto call = reading.account;
    call.marked.clear();  // this desk reads every word
    for (const auto& spec : concerns::field_specs())
        if (const auto told = told_words(call, spec.field); !told.empty())
            view.call.push_back({.key = say("told", spec.name), .text = told});
    for (auto& row : people_rows(reading.account)) view.call.push_back(std::move(row));
    return view;
}

Response show(const TypeFormPage& view) {
    return page(piece([&](Html& o) { ui::type_form_page(o, view); }), view.errors.any() ? 422 : 200);
}

Response get_type_form(Ask& ask, const StaffSession& session) {
    const auto reading = reading_of(ask, session);
    if (!reading) return not_read(ask, session, reading.error());
    if (reading->concern.form != concerns::WrittenForm::awaited)
        return redirect(Url::path("/concerns/{}", reading->concern.id));
    const auto door = ask.site.front_door(reading->concern.front_door);
    if (!door) return problem_page(ask, door.error());
    return show(page_of(ask, session, *reading, *door, typed_in(ask, *reading, {}), {}));
}

Response post_type_form(Ask& ask, const StaffSession& session) {
    const auto reading = reading_of(ask, session);
    if (!reading) return not_read(ask, session, reading.error());
    const auto door = ask.site.front_door(reading->concern.front_door);
    if (!door) return problem_page(ask, door.error());
    const auto draft = typed_in(ask, *reading, app::form_parts(door->questions, reading->concern.subject));
    const auto day = TypedDay::read(ask.form, "received_on");
    const auto time = clock_in(text::tidy(ask.form.get("received_time")));
    Errors errors;
    if (!day.value) errors.add("received_on", word("received_on.empty"));
    if (!time) errors.add("received_time", word("received_time.empty"));
    for (const auto& problem : app::form_troubles(door->questions, draft.account)) {
        const auto name = concerns::spec_of(problem.field).name;
        errors.add(name, error_word(name, problem.kind == concerns::Problem::Kind::empty ? "empty" : "too_long"));
    }
    if (errors.any()) return show(page_of(ask, session, *reading, *door, draft, errors));
    const auto done = app::type_in_form(ask.house(), session.actor, reading->concern.id,
                                        {draft.account, london::instant_of({*day.value, *time})});
    const Url self = Url::path("/concerns/{}", reading->concern.id);
    if (done) return redirect(self.with("done", "form"));
    if (done.error().code == Code::conflict) return redirect(self);
    if (done.error().code != Code::invalid) return problem_page(ask, done.error());
    errors.add(done.error());
    return show(page_of(ask, session, *reading, *door, draft, errors));
}
}  // namespace

void add_type_form_routes(Routes& routes) {
    routes.staff(http::Method::get, "/concerns/{id}/form", get_type_form);
    routes.staff(http::Method::post, "/concerns/{id}/form", post_type_form);
}

}  // namespace kith::web
