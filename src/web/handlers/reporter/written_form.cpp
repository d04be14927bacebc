// The written form, by code: one page that shows all of it, filled with what was said in the call, and from there the
// questions of a report one by one, each kept as it is answered. Who told is on none of these pages.
#include "web/handlers/reporter/written_form.hpp"

#include <algorithm>

#include "app/written_form.hpp"
#include "base/london.hpp"
#include "ui/form_page.hpp"
#include "ui/question_page.hpp"
#include "web/handlers/anyone/report.hpp"
#include "web/handlers/reporter/remembered.hpp"

namespace kith::web {
namespace {
using app::FormInHand;
using concerns::Field;
using http::Method;
using http::Response;

const Url kForm = "/come-back/form";
const Url kThread = "/come-back/read";

Url url_of_step(Step step) { return Url::path("/come-back/form/{}", name_of(step)); }

/// The questions of a report that are about the worry itself.
bool is_of_the_form(Step step) { return step > Step::emergency && step < Step::about_you; }

std::vector<Step> steps_of_form(const app::Draft& draft) {
    std::vector<Step> out;
    for (const Step step : steps_of(draft))
        if (is_of_the_form(step)) out.push_back(step);
    return out;
}

struct Open {
    SecretText code;
    FrontDoorView door;
    FormInHand form;
    std::vector<Field> needed;
};

bool holds(const std::vector<Field>& fields, Field field) { return std::ranges::find(fields, field) != fields.end(); }

/// Fields that this question answers: those of its page, and of the people told one by one.
std::vector<Field> fields_at(Step step, const app::Draft& draft) {
    auto out = fields_of(step, concerns::form_of(draft.account.subject));
    if (step == Step::people) out = {Field::names};
    return out;
}

void mark_needed(QuestionPage& view, const std::vector<Field>& needed) {
    for (auto& group : view.groups)
        for (auto& input : group.fields)
            std::visit(
                [&](auto& one) {
                    const auto field = concerns::field_named(one.field.name);
                    if (!field || !holds(needed, *field)) return;
                    const std::string hint = one.field.hint;
                    one.field.hint = std::string(word("form.needed_hint")) + (hint.empty() ? "" : " " + hint);
                },
                input);
}

/// The first rows of a question are its fields; the rest are people and adults, told one by one.
std::vector<FormRow> rows_of(const Open& open, Step step) {
    const auto fields = fields_at(step, open.form.draft);
    std::vector<FormRow> out;
    for (const auto& one : answers_at(open.door, open.form.draft, step)) {
        FormRow row{std::string(name_of(step)) + '-' + std::to_string(out.size()), one.key, one.text,
                    url_of_step(step)};
        if (out.size() < fields.size()) {
            const Field field = fields[out.size()];
            row.id = concerns::spec_of(field).name;
            row.is_needed = holds(open.needed, field);
            row.is_missing = row.is_needed && one.text.empty();
        }
        out.push_back(std::move(row));
    }
    return out;
}

FormPage form_page(const Ask& ask, const Open& open, const Errors& errors) {
    FormPage view;
    view.frame = frame_of(ask, open.door, "The written form");
    view.errors = errors;
    view.frame.has_errors = errors.any();
    view.frame.back = kThread;
    view.call_at = london::to_day_and_clock(open.form.call_at);
    if (open.form.due_at) view.due = london::to_day_and_clock(*open.form.due_at);
    view.is_late = open.form.due_at && ask.now > *open.form.due_at;
    view.has_begun = open.form.has_begun;
    const auto& draft = open.form.draft;
    for (const Step step : steps_of_form(draft)) {
        if (view.sections.empty() || view.sections.back().title != section_of(step))
            view.sections.push_back({std::string(section_of(step)), {}});
        for (FormRow& row : rows_of(open, step)) {
            view.missing += row.is_missing ? 1 : 0;
            view.sections.back().rows.push_back(std::move(row));
        }
    }
    view.telling = telling_words(draft);
    view.ringing = ringing_of(open.door, ask.now);
    view.ringing.is_open = false;
    return view;
}

QuestionPage step_page(const Ask& ask, const Open& open, const app::Draft& draft, Step step) {
    QuestionPage view = question_page(ask, open.door, draft, step);
    view.action = url_of_step(step);
    view.frame.back = kForm;
    view.can_stop = false;
    view.button = word("form.keep");
    for (const Field field : fields_at(step, draft)) {
        const auto shape = concerns::spec_of(field).shape;
        const bool is_text =
            step != Step::people && (shape == concerns::Shape::words || shape == concerns::Shape::line);
        view.can_say_dont_know = view.can_say_dont_know || (is_text && holds(open.needed, field));
    }
    mark_needed(view, open.needed);
    return view;
}

class Handlers {
  public:
    Response get_form(Ask& ask) {
        auto found = open(ask);
        if (auto* response = std::get_if<Response>(&found)) return std::move(*response);
        return show(ask, std::get<Open>(found), {}, 200);
    }

    Response post_form(Ask& ask) {
        auto found = open(ask);
        if (auto* response = std::get_if<Response>(&found)) return std::move(*response);
        auto& form = std::get<Open>(found);
        const auto marked = app::change_form(ask.house(), form.code.expose(), [&](app::Draft& draft) {
            draft.account.marked = marks_of(ask.form, draft);
        });
        if (!marked) return problem_page(ask, marked.error());
        form.form = *marked;
        const auto sent = app::send_form(ask.house(), form.code.expose());
        if (sent) return redirect(kThread.with("form", "sent"));
        if (sent.error().code == Code::conflict) return redirect(kThread);
        if (sent.error().code != Code::invalid) return problem_page(ask, sent.error());
        Errors errors;
        for (const auto& problem : app::form_troubles(form.door.questions, form.form.draft.account)) {
            const auto name = concerns::spec_of(problem.field).name;
            const bool is_empty = problem.kind == concerns::Problem::Kind::empty;
            errors.add(name, error_word(name, is_empty ? "empty" : "too_long"));
        }
        return show(ask, form, errors, 422);
    }

    Response get_step(Ask& ask) {
        auto found = open(ask);
        if (auto* response = std::get_if<Response>(&found)) return std::move(*response);
        const auto& form = std::get<Open>(found);
        const auto step = step_of(ask, form);
        if (!step) return redirect(kForm);
        return show_step(ask, form, form.form.draft, *step);
    }

    Response post_step(Ask& ask) {
        auto found = open(ask);
        if (auto* response = std::get_if<Response>(&found)) return std::move(*response);
        const auto& form = std::get<Open>(found);
        const auto step = step_of(ask, form);
        if (!step) return redirect(kForm);
        const auto go = ask.form.get("go");
        const Said said = go == "dont_know" ? Said::dont_know : Said::what_was_typed;
        app::Draft typed = form.form.draft;
        take_answers(typed, *step, ask.form, said);
        say_dont_know(typed, *step, form.needed, said);
        auto troubles = troubles_at(typed, *step);
        if (go == "add") std::erase_if(troubles, [](const Trouble& trouble) { return trouble.what == "empty"; });
        if (!troubles.empty()) return show_step(ask, form, typed, *step);
        const auto kept = app::change_form(ask.house(), form.code.expose(), [&](app::Draft& draft) {
            take_answers(draft, *step, ask.form, said);
            say_dont_know(draft, *step, form.needed, said);
        });
        if (!kept) return kept.error().code == Code::conflict ? redirect(kThread) : problem_page(ask, kept.error());
        Url next = kForm;
        if (go == "add") {
            const bool people = *step == Step::people;
            const auto there = people ? kept->draft.account.people.size() : kept->draft.account.adults.size();
            next = url_of_step(*step).at((people ? "person_name-" : "adult_name-") + std::to_string(there + 1));
        }
        return renewed(ask, form, redirect(next));
    }

  private:
    /// The form that this browser's code leads to, or the page that says why there is none.
    std::variant<Open, Response> open(Ask& ask) {
        auto code = ask.site.remembered->code_of(ask);
        if (!code || (ask.is_post() && !ask.site.remembered->is_own_form(ask, *code))) return forgotten(ask);
        auto form = app::read_form(ask.house(), code->expose());
        if (!form && form.error().code == Code::conflict) return redirect(kThread);
        if (!form)
            return form.error().code == Code::not_found ? redirect("/come-back") : problem_page(ask, form.error());
        auto door = ask.site.front_door(form->draft.front_door);
        if (!door) return problem_page(ask, door.error());
        auto needed = app::form_parts(door->questions, form->draft.account.subject);
        return Open{std::move(*code), std::move(*door), std::move(*form), std::move(needed)};
    }

    static std::optional<Step> step_of(const Ask& ask, const Open& open) {
        const auto step = step_named(ask.path.get("step"));
        const auto steps = steps_of_form(open.form.draft);
        return step && std::ranges::find(steps, *step) != steps.end() ? step : std::nullopt;
    }

    /// A part that the form alone needs can be left at "I do not know" as well.
    static void say_dont_know(app::Draft& draft, Step step, const std::vector<Field>& needed, Said said) {
        if (said != Said::dont_know) return;
        for (const Field field : fields_of(step, concerns::form_of(draft.account.subject)))
            if (holds(needed, field) && draft.account.answer(field).empty())
                draft.account.answers[field] = concerns::kDontKnow;
    }

    /// Whoever fills in a long form is not forgotten over it.
    Response renewed(const Ask& ask, const Open& open, Response response) {
        response.headers.push_back(ask.site.remembered->cookie(ask, open.code.expose()));
        return response;
    }

    Response show(const Ask& ask, const Open& open, const Errors& errors, int status) {
        FormPage view = form_page(ask, open, errors);
        view.form_token = ask.site.remembered->form_token(ask, open.code);
        return renewed(ask, open, page(piece([&](Html& o) { ui::form_page(o, view); }), status));
    }

    Response show_step(const Ask& ask, const Open& open, const app::Draft& draft, Step step) {
        QuestionPage view = step_page(ask, open, draft, step);
        view.form_token = ask.site.remembered->form_token(ask, open.code);
        return renewed(ask, open,
                       page(piece([&](Html& o) { ui::question_page(o, view); }), view.errors.any() ? 422 : 200));
    }

    /// What was typed on this page is shown, so that it is not lost; all before it is kept.
    static Response forgotten(const Ask& ask) {
        NoticePage view;
        view.frame = frame_anywhere(ask, "Come back with a code");
        view.title = "Put your code in again";
        view.paragraphs = {std::string(word("form.forgotten"))};
        bool first = true;
        for (const auto& field : ask.form.fields()) {
            if (field.value.empty() || field.name == "form_token" || field.name == "go") continue;
            if (first) view.paragraphs.emplace_back("This is what you had typed on that page:");
            first = false;
            view.paragraphs.push_back(field.value);
        }
        view.ways = {{"Put my code in", "/come-back"}};
        return show_notice(view, ask.is_post() ? 422 : 200);
    }
};
}  // namespace

void add_written_form_routes(Routes& routes) {
    const auto handlers = std::make_shared<Handlers>();
    routes.anyone(Method::get, "/come-back/form", [handlers](Ask& ask) { return handlers->get_form(ask); });
    routes.anyone(Method::post, "/come-back/form", [handlers](Ask& ask) { return handlers->post_form(ask); });
    routes.anyone(Method::get, "/come-back/form/{step}", [handlers](Ask& ask) { return handlers->get_step(ask); });
    routes.anyone(Method::post, "/come-back/form/{step}", [handlers](Ask& ask) { return handlers->post_step(ask); });
}

}  // namespace kith::web
