#include "web/handlers/anyone/report_steps.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace kith::web {
namespace {
using app::Draft;
using app::Emergency;
using concerns::Field;
using concerns::Form;

struct Row {
    Step step;
    std::string_view name;
    std::string_view forms;  ///< c child or family, g group, p place
    std::vector<Field> fields;
};

const std::vector<Row>& rows() {
    using enum Field;
    static const std::vector<Row> all{
        {Step::danger, "danger", "cgp", {}},
        {Step::emergency, "emergency", "cgp", {}},
        {Step::what_seen, "what", "cgp", {what_seen}},
        {Step::where_seen, "where", "cg", {where_seen}},
        {Step::place, "place", "p", {place_name, place_address}},
        {Step::when_seen, "when", "cgp", {when_seen}},
        {Step::worry, "worry", "cgp", {worry}},
        {Step::how_known, "how", "cgp", {how_known}},
        {Step::names_known, "names", "cgp", {names_known}},
        {Step::people, "people", "cgp", {}},
        {Step::where_now, "now", "cg", {where_now}},
        {Step::home, "home", "c", {address, others_at_home, under_18_at_home}},
        {Step::group, "group", "gp", {group_name, group_behaviour, who_leads}},
        {Step::forced, "forced", "gp", {anyone_forced, who_forced, anyone_bullied, who_bullied, by_whom}},
        {Step::design, "features", "p", {design_features, design_other}},
        {Step::times, "times", "p", {times_of_day, weekdays, term_or_holiday}},
        {Step::adults, "adults", "cgp", {adults_involved, works_with_children}},
        {Step::interpreter, "interpreter", "cgp", {interpreter}},
        {Step::files, "files", "cgp", {}},
        {Step::about_you, "you", "cgp", {}},
        {Step::contact, "contact", "cgp", {}},
        {Step::reach, "reach", "cgp", {}},
        {Step::naming, "naming", "cgp", {}},
        {Step::must_not_see, "private", "cgp", {}},
        {Step::check, "check", "cgp", {}},
    };
    return all;
}
const Row& row_of(Step step) { return rows()[static_cast<std::size_t>(step)]; }
char letter_of(Form form) { return form == Form::child_or_family ? 'c' : form == Form::group ? 'g' : 'p'; }

bool is_asked(const Draft& draft, Step step) {
    const Form form = concerns::form_of(draft.account.subject);
    if (row_of(step).forms.find(letter_of(form)) == std::string_view::npos) return false;
    const Emergency said = draft.emergency;
    if (step == Step::emergency)
        return said == Emergency::holding || said == Emergency::rung || said == Emergency::will_ring;
    // Nobody is asked how they know what happens to themselves.
    if (step == Step::how_known) return draft.contact.source != concerns::Source::about_themselves;
    if (step == Step::reach) return !draft.contact.telephone.empty() || !draft.contact.email.empty();
    if (step == Step::naming) return !draft.contact.is_anonymous();
    return true;
}

/// The lists of people and adults come as person_name, person_name, ...: the nth of each makes the nth person.
std::string nth(const http::Form& form, std::string_view name, std::size_t n) {
    const auto all = form.all(name);
    return n < all.size() ? text::tidy(all[n]) : std::string();
}

void take_people(Draft& draft, const http::Form& form) {
    if (!form.has("person_name")) return;
    draft.account.people.clear();
    const std::size_t count = std::min<std::size_t>(form.all("person_name").size(), 50);
    for (std::size_t i = 0; i < count; ++i) {
        concerns::ToldPerson one{nth(form, "person_name", i), nth(form, "person_nickname", i),
                                 nth(form, "person_age", i), nth(form, "person_looks", i), concerns::Part::unknown};
        one.part =
            concerns::part_named(form.get("person_part_" + std::to_string(i + 1))).value_or(concerns::Part::unknown);
        if (one != concerns::ToldPerson{}) draft.account.people.push_back(std::move(one));
    }
}

void take_adults(Draft& draft, const http::Form& form) {
    if (!form.has("adult_name")) return;
    draft.account.adults.clear();
    const std::size_t count = std::min<std::size_t>(form.all("adult_name").size(), 50);
    for (std::size_t i = 0; i < count; ++i) {
        concerns::ToldAdult one{nth(form, "adult_name", i), nth(form, "adult_looks", i)};
        if (one != concerns::ToldAdult{}) draft.account.adults.push_back(std::move(one));
    }
}

void take_field(Draft& draft, Field field, const http::Form& form, Said said) {
    const auto& spec = concerns::spec_of(field);
    std::string value;
    if (spec.shape == concerns::Shape::choices)
        for (const auto one : form.all(spec.name)) value += (value.empty() ? "" : " ") + std::string(one);
    else {
        if (!form.has(spec.name) && said == Said::what_was_typed) return;
        value = text::tidy(form.get(spec.name));
    }
    const auto needed = concerns::needed(draft.account.subject);
    const bool is_needed = std::ranges::find(needed, field) != needed.end();
    if (value.empty() && said == Said::dont_know && is_needed) value = concerns::kDontKnow;
    if (value == draft.account.answer(field)) return;
    // Marks are places in the old words.
    std::erase_if(draft.account.marked, [&](const auto& mark) { return mark.field == field; });
    if (value.empty())
        draft.account.answers.erase(field);
    else
        draft.account.answers[field] = std::move(value);
}

void take_emergency(Draft& draft, Step step, const http::Form& form) {
    if (step == Step::danger) {
        const auto said = form.get("danger");
        const bool settled = draft.emergency == Emergency::rung || draft.emergency == Emergency::will_ring;
        if (said == "yes" && !settled) draft.emergency = Emergency::holding;
        if (said == "no") draft.emergency = Emergency::none;
        if (said == "unsure") draft.emergency = Emergency::unsure;
    } else {
        const auto said = form.get("rung_999");
        if (said == "have_rung") draft.emergency = Emergency::rung;
        if (said == "will_ring") draft.emergency = Emergency::will_ring;
    }
}

void take_contact(Draft& draft, Step step, const http::Form& form) {
    auto& contact = draft.contact;
    const auto line = [&](std::string_view name, std::string& to) {
        if (form.has(name)) to = text::tidy(form.get(name));
    };
    if (step == Step::about_you) {
        contact.source = concerns::source_named(form.get("source")).value_or(contact.source);
        contact.category = concerns::category_named(form.get("category")).value_or(contact.category);
        line("reporter_agreement", contact.agreement);
        // A part played for the council is played by those who tell as neighbours; nobody else is asked.
        if (contact.source != concerns::Source::community) contact.category = concerns::Category::ordinary;
        if (contact.category == concerns::Category::ordinary) contact.agreement.clear();
    }
    if (step == Step::contact) {
        line("reporter_name", contact.name);
        line("reporter_post", contact.post);
        line("reporter_organisation", contact.organisation);
        line("reporter_phone", contact.telephone);
        line("reporter_email", contact.email);
    }
    if (step == Step::reach) {
        contact.reach = concerns::reach_named(form.get("reach_how")).value_or(contact.reach);
        line("reach_when", contact.when_safe);
        line("reach_not", contact.must_not_know);
        if (form.has("reach_message")) contact.may_leave_message = form.get("reach_message") == "yes";
    }
    if (step == Step::naming) {
        draft.naming.person = form.get("name_me") == "yes";
        draft.naming.organisation = form.get("name_organisation") == "yes";
    }
    if (step == Step::must_not_see) {
        line("must_not_see", draft.must_not_see);
        line("earlier_code", draft.earlier_code);
        if (form.has("told_before") || form.has("earlier_code"))
            draft.told_before = form.get("told_before") == "yes" || !draft.earlier_code.empty();
    }
}

std::string_view word_of(concerns::Problem::Kind kind) {
    using enum concerns::Problem::Kind;
    return kind == empty ? "empty" : kind == too_long ? "too_long" : "invalid";
}

bool looks_like_a_number(std::string_view text) {
    const auto digits = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
    return digits >= 6 && std::ranges::all_of(text, [](char c) {
               return (c >= '0' && c <= '9') || std::string_view(" +()-").find(c) != std::string_view::npos;
           });
}

void add_contact_troubles(const Draft& draft, Step step, std::vector<Trouble>& out) {
    const auto& contact = draft.contact;
    const auto at_most = [&](std::string_view field, const std::string& value, std::size_t most) {
        if (value.size() > most) out.push_back({std::string(field), "too_long"});
    };
    if (step == Step::contact) {
        at_most("reporter_name", contact.name, concerns::kMostContactLine);
        at_most("reporter_post", contact.post, concerns::kMostContactLine);
        at_most("reporter_organisation", contact.organisation, concerns::kMostContactLine);
        if (!contact.telephone.empty() && !looks_like_a_number(contact.telephone))
            out.push_back({"reporter_phone", "invalid"});
        at_most("reporter_phone", contact.telephone, concerns::kMostContactLine);
        const auto sign = contact.email.find('@');
        if (!contact.email.empty() && (sign == 0 || sign == contact.email.npos || sign + 1 == contact.email.size()))
            out.push_back({"reporter_email", "invalid"});
        at_most("reporter_email", contact.email, concerns::kMostContactLine);
    }
    if (step == Step::reach) {
        at_most("reach_when", contact.when_safe, concerns::kMostContactWords);
        at_most("reach_not", contact.must_not_know, concerns::kMostContactWords);
    }
    if (step == Step::about_you && text::length(contact.agreement) > concerns::kMostAgreement)
        out.push_back({"reporter_agreement", "too_long"});
    if (step == Step::must_not_see && !draft.earlier_code.empty() && !app::is_a_code(draft.earlier_code))
        out.push_back({"earlier_code", "invalid"});
    if (step == Step::must_not_see && text::length(draft.must_not_see) > 1000)
        out.push_back({"must_not_see", "too_long"});
}
}  // namespace

std::string_view name_of(Step step) { return row_of(step).name; }

std::optional<Step> step_named(std::string_view name) {
    const auto at = std::ranges::find(rows(), name, &Row::name);
    return at == rows().end() ? std::nullopt : std::optional(at->step);
}

std::string_view section_of(Step step) {
    if (step == Step::check) return {};
    if (step >= Step::about_you) return "About you";
    if (step == Step::files) return "What you have to show";
    return step >= Step::names_known ? "Who it is about" : "What happened";
}

std::vector<Step> steps_of(const Draft& draft) {
    std::vector<Step> out;
    for (const Row& row : rows())
        if (is_asked(draft, row.step)) out.push_back(row.step);
    return out;
}

Step after(const Draft& draft, Step step) {
    if (draft.emergency == Emergency::holding) return Step::emergency;
    for (const Step next : steps_of(draft))
        if (next > step) return next;
    return Step::check;
}

std::optional<Step> before(const Draft& draft, Step step) {
    std::optional<Step> out;
    for (const Step one : steps_of(draft))
        if (one < step) out = one;
    return out;
}

Step first_open(const Draft& draft) {
    for (const Step step : steps_of(draft))
        if (!draft.passed.contains(std::string(name_of(step)))) return step;
    return Step::check;
}

bool may_stop_here(Step step) { return step >= Step::how_known && step < kAfterAllIKnow; }

std::vector<Field> fields_of(Step step, Form form) {
    std::vector<Field> out;
    for (const Field field : row_of(step).fields)
        if (concerns::belongs(field, form)) out.push_back(field);
    return out;
}

std::optional<Step> step_of(Field field, Form form) {
    for (const Row& row : rows()) {
        const auto fields = fields_of(row.step, form);
        if (std::ranges::find(fields, field) != fields.end()) return row.step;
    }
    // Names, nicknames, ages and looks are told person by person.
    return field == Field::names || field == Field::nicknames || field == Field::ages || field == Field::looks
               ? std::optional(Step::people)
               : std::nullopt;
}

void take_answers(Draft& draft, Step step, const http::Form& form, Said said) {
    if (step == Step::danger || step == Step::emergency) take_emergency(draft, step, form);
    if (step == Step::people) take_people(draft, form);
    if (step == Step::adults) take_adults(draft, form);
    for (const Field field : fields_of(step, concerns::form_of(draft.account.subject)))
        take_field(draft, field, form, said);
    if (step >= Step::about_you) take_contact(draft, step, form);
}

std::vector<Trouble> troubles_at(const Draft& draft, Step step) {
    std::vector<Trouble> out;
    if (step == Step::danger && draft.emergency == Emergency::not_asked) out.push_back({"danger", "empty"});
    if (step == Step::emergency && draft.emergency == Emergency::holding) out.push_back({"rung_999", "empty"});
    const auto fields = fields_of(step, concerns::form_of(draft.account.subject));
    const auto needed = concerns::needed(draft.account.subject);
    for (const Field field : fields)
        if (draft.account.answer(field).empty() && std::ranges::find(needed, field) != needed.end())
            out.push_back({std::string(concerns::spec_of(field).name), "empty"});
    for (const auto& problem : concerns::problems_so_far(draft.account)) {
        const bool here = std::ranges::find(fields, problem.field) != fields.end() ||
                          (step == Step::people && problem.field == Field::names);
        const bool is_person = step == Step::people;
        if (here)
            out.push_back({is_person ? "person_name" : std::string(concerns::spec_of(problem.field).name),
                           std::string(word_of(problem.kind))});
    }
    // HAC-020: a name said to be known is asked for; said not to be known, the form goes on.
    if (step == Step::people && draft.account.known(Field::names_known) == "yes" &&
        std::ranges::all_of(draft.account.people,
                            [](const auto& one) { return one.name.empty() && one.nickname.empty(); }))
        out.push_back({"person_name", "empty"});
    add_contact_troubles(draft, step, out);
    return out;
}

std::vector<Trouble> troubles_at_end(const Draft& draft) {
    std::vector<Trouble> out;
    for (const Step step : steps_of(draft))
        for (auto& trouble : troubles_at(draft, step)) out.push_back(std::move(trouble));
    if (out.empty())
        for (const auto& problem : concerns::problems(draft.account))
            out.push_back({std::string(concerns::spec_of(problem.field).name), std::string(word_of(problem.kind))});
    return out;
}

}  // namespace kith::web
