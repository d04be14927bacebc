// What the pages of a report show: the pack's own words for a question where it has them, else ours.
#include "base/text.hpp"
#include "web/handlers/anyone/incoming_files.hpp"
#include "web/handlers/anyone/report_session.hpp"

namespace kith::web {
namespace {
using app::Draft;
using concerns::Shape;

std::string said(std::string_view key) { return std::string(find_word(key)); }
std::string label_of(std::string_view name) { return said(std::string(name) + ".label"); }

/// The words of one option: the field's own, or those that hold for any field.
std::string option_word(std::string_view field, std::string_view option) {
    const auto own = find_word(std::string(field) + '.' + std::string(option));
    return std::string(own.empty() ? find_word("any." + std::string(option)) : own);
}

std::vector<Choice> choices(std::string_view field, std::initializer_list<std::string_view> options) {
    std::vector<Choice> out;
    for (const auto option : options)
        out.push_back({.value = std::string(option),
                       .text = option_word(field, option),
                       .hint = said(std::string(field) + '.' + std::string(option) + "_hint")});
    return out;
}

/// As a young person is asked it, of themselves or of somebody else; empty: as everyone is.
std::string_view young_word(const Draft& draft, std::string_view key) {
    if (draft.teller != app::Teller::young) return {};
    const auto of_themselves = find_word("young_self_" + std::string(key));
    const bool is_about_them = draft.contact.source == concerns::Source::about_themselves;
    return is_about_them && !of_themselves.empty() ? of_themselves : find_word("young_" + std::string(key));
}

class Asking {
  public:
    Asking(const FrontDoorView& door, const Draft& draft, const Errors& errors)
        : door_(door), draft_(draft), errors_(errors) {
        const auto parts = door.questions.parts(draft.account.subject);
        if (!parts.asks_a_person()) parts_ = parts.value();
    }

    Field field(std::string_view name) const {
        Field field{.name = std::string(name),
                    .label = label_of(name),
                    .hint = said(std::string(name) + ".hint"),
                    .error = errors_.of(name)};
        const auto own = young_word(draft_, field.name + ".label");
        if (!own.empty()) field.label = own;
        if (const auto hint = young_word(draft_, field.name + ".hint"); !hint.empty()) field.hint = hint;
        for (const auto& part : parts_)
            if (part.id == name && own.empty()) {
                field.label = part.prompt;
                field.hint = part.hint;
            }
        return field;
    }

    std::variant<TextInput, Textarea, Radios, Checkboxes> of(concerns::Field which) const {
        const auto& spec = concerns::spec_of(which);
        const std::string value(draft_.account.known(which));
        switch (spec.shape) {
            case Shape::line:
                return line(spec.name, value);
            case Shape::words:
                return Textarea{.field = field(spec.name),
                                .value = value,
                                .rows = spec.most_characters > 1000 ? 8 : 4,
                                .most_characters = static_cast<int>(spec.most_characters)};
            case Shape::yes_no:
            case Shape::choice: {
                Radios radios{.field = field(spec.name), .value = std::string(draft_.account.answer(which))};
                for (const auto option : concerns::options_of(which))
                    radios.choices.push_back({.value = std::string(option), .text = option_word(spec.name, option)});
                radios.choices.push_back(
                    {.value = std::string(concerns::kDontKnow), .text = option_word(spec.name, concerns::kDontKnow)});
                return radios;
            }
            case Shape::choices: {
                Checkboxes boxes{.field = field(spec.name)};
                for (const auto one : text::split(value, ' ')) boxes.values.emplace_back(one);
                for (const auto option : concerns::options_of(which))
                    boxes.choices.push_back({.value = std::string(option), .text = option_word(spec.name, option)});
                return boxes;
            }
        }
        throw Bug("a field without a shape");
    }

    TextInput line(std::string_view name, const std::string& value, std::string_view type = "text") const {
        return {.field = field(name), .value = value, .type = type, .autocomplete = "off"};
    }
    Radios radios(std::string_view name, std::string_view value,
                  std::initializer_list<std::string_view> options) const {
        return {.field = field(name), .value = std::string(value), .choices = choices(name, options)};
    }

    /// Stakeholder, guardian and whom the council identified, as this area calls them, and none of these.
    Radios category(std::string_view value) const {
        Radios radios{.field = field("category"), .value = std::string(value)};
        radios.choices.push_back({.value = "ordinary", .text = option_word("category", "none")});
        const auto rules = door_.questions.categories();
        for (const auto& rule : rules.value_or({}))
            if (concerns::category_named(protocol::name_of(rule.category)) &&
                rule.category != protocol::Category::ordinary)
                radios.choices.push_back({.value = std::string(protocol::name_of(rule.category)), .text = rule.label});
        return radios;
    }

    std::string label_of_category(concerns::Category category) const {
        for (const auto& choice : this->category({}).choices)
            if (choice.value == concerns::name_of(category)) return choice.text;
        return {};
    }

  private:
    const FrontDoorView& door_;
    const Draft& draft_;
    const Errors& errors_;
    std::vector<protocol::Part> parts_;
};

void ask_people(QuestionPage& view, const Asking& asking, const Draft& draft) {
    const bool with_part = concerns::form_of(draft.account.subject) != concerns::Form::child_or_family;
    auto people = draft.account.people;
    people.emplace_back();
    for (std::size_t i = 0; i < people.size(); ++i) {
        const auto& one = people[i];
        const std::string number = std::to_string(i + 1);
        const auto numbered = [&](TextInput input) {
            if (i > 0) {
                input.field.id = input.field.name + '-' + number;
                input.field.error.clear();
            }
            return input;
        };
        FieldGroup group{"Person " + number, {}};
        group.fields.emplace_back(numbered(asking.line("person_name", one.name)));
        group.fields.emplace_back(numbered(asking.line("person_nickname", one.nickname)));
        TextInput age = numbered(asking.line("person_age", one.age));
        age.width = 5;
        group.fields.emplace_back(std::move(age));
        group.fields.emplace_back(numbered(asking.line("person_looks", one.looks)));
        if (with_part) {
            Radios part = asking.radios("person_part", concerns::name_of(one.part),
                                        {"leads", "forced", "bullied", "follows", "unknown"});
            part.field.name += '_' + number;
            part.layout = ChoiceLayout::small;
            group.fields.emplace_back(std::move(part));
        }
        view.groups.push_back(std::move(group));
    }
    view.add_text = said("person.add");
}

void ask_adults(QuestionPage& view, const Asking& asking, const Draft& draft) {
    view.groups.push_back(
        {{}, {asking.of(concerns::Field::adults_involved), asking.of(concerns::Field::works_with_children)}});
    auto adults = draft.account.adults;
    adults.emplace_back();
    for (std::size_t i = 0; i < adults.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        TextInput name = asking.line("adult_name", adults[i].name), looks = asking.line("adult_looks", adults[i].looks);
        if (i > 0) {
            name.field.id = "adult_name-" + number;
            looks.field.id = "adult_looks-" + number;
        }
        view.groups.push_back({"Adult " + number, {name, looks}});
    }
    view.add_text = said("adult.add");
}

std::string_view danger_said(app::Emergency emergency) {
    using enum app::Emergency;
    if (emergency == not_asked) return {};
    return emergency == none ? "no" : emergency == unsure ? "unsure" : "yes";
}

void ask_about_teller(QuestionPage& view, const Asking& asking, const Draft& draft, Step step) {
    const auto& contact = draft.contact;
    const bool passed = draft.passed.contains(std::string(name_of(step)));
    FieldGroup group;
    if (step == Step::about_you) {
        group.fields = {asking.radios("source", passed ? concerns::name_of(contact.source) : std::string_view{},
                                      {"community", "in_their_job", "about_themselves"})};
        if (draft.teller == app::Teller::adult) {
            group.fields.emplace_back(asking.category(passed ? concerns::name_of(contact.category) : "ordinary"));
            group.fields.emplace_back(asking.line("reporter_agreement", contact.agreement));
        }
    }
    if (step == Step::contact) {
        group.fields = {asking.line("reporter_name", contact.name)};
        if (contact.source == concerns::Source::in_their_job || !contact.post.empty())
            group.fields.emplace_back(asking.line("reporter_post", contact.post));
        if (contact.source == concerns::Source::in_their_job || !contact.organisation.empty())
            group.fields.emplace_back(asking.line("reporter_organisation", contact.organisation));
        group.fields.emplace_back(asking.line("reporter_phone", contact.telephone, "tel"));
        group.fields.emplace_back(asking.line("reporter_email", contact.email, "email"));
    }
    if (step == Step::reach) {
        group.fields = {asking.radios("reach_how", passed ? concerns::name_of(contact.reach) : std::string_view{},
                                      {"ring", "text", "this_page_only"}),
                        asking.line("reach_when", contact.when_safe),
                        asking.radios("reach_message", contact.may_leave_message ? "yes" : "no", {"yes", "no"}),
                        asking.line("reach_not", contact.must_not_know)};
    }
    if (step == Step::naming)
        group.fields = {asking.radios("name_me", draft.naming.person ? "yes" : "no", {"no", "yes"}),
                        asking.radios("name_organisation", draft.naming.organisation ? "yes" : "no", {"no", "yes"})};
    if (step == Step::must_not_see)
        group.fields = {Textarea{.field = asking.field("must_not_see"), .value = draft.must_not_see, .rows = 3},
                        asking.radios("told_before", draft.told_before ? "yes" : "no", {"no", "yes"}),
                        asking.line("earlier_code", draft.earlier_code)};
    view.groups.push_back(std::move(group));
}

/// With one field, that field is the page's heading.
void make_heading(QuestionPage& view) {
    if (view.groups.size() != 1 || view.groups.front().fields.size() != 1 || !view.title.empty()) return;
    std::visit(
        [&](auto& input) {
            input.field.size = LabelSize::l;
            input.field.heading = Heading::page;
        },
        view.groups.front().fields.front());
}

std::string shown(concerns::Field field, std::string_view value) {
    const auto& spec = concerns::spec_of(field);
    if (value == concerns::kDontKnow) return said("any.dont_know");
    if (spec.shape == Shape::line || spec.shape == Shape::words) return std::string(value);
    std::string out;
    for (const auto one : text::split(value, ' ')) out += (out.empty() ? "" : ", ") + option_word(spec.name, one);
    return out;
}

std::string joined(std::initializer_list<std::string_view> pieces) {
    std::string out;
    for (const auto one : pieces)
        if (!one.empty()) out += (out.empty() ? "" : ", ") + std::string(one);
    return out;
}

std::vector<Answered> answers(const Asking& asking, const Draft& draft, Step step) {
    std::vector<Answered> out;
    const auto put = [&](std::string key, std::string text) { out.push_back({std::move(key), std::move(text), step}); };
    if (step == Step::danger) put(label_of("danger"), option_word("danger", danger_said(draft.emergency)));
    for (const auto field : fields_of(step, concerns::form_of(draft.account.subject)))
        put(asking.field(concerns::spec_of(field).name).label, shown(field, draft.account.answer(field)));
    if (step == Step::people) {
        if (draft.account.people.empty()) put(said("person.title"), {});
        for (std::size_t i = 0; i < draft.account.people.size(); ++i) {
            const auto& one = draft.account.people[i];
            const std::string part = one.part == concerns::Part::unknown
                                         ? std::string()
                                         : option_word("person_part", concerns::name_of(one.part));
            put("Person " + std::to_string(i + 1), joined({one.name, one.nickname, one.age, one.looks, part}));
        }
    }
    if (step == Step::adults)
        for (std::size_t i = 0; i < draft.account.adults.size(); ++i)
            put("Adult " + std::to_string(i + 1),
                joined({draft.account.adults[i].name, draft.account.adults[i].looks}));
    if (step == Step::files) {
        std::string names;
        for (const auto& file : draft.files) names += (names.empty() ? "" : "\n") + file_words(file);
        put(said("files.title"), std::move(names));
    }
    const auto& contact = draft.contact;
    const bool passed = draft.passed.contains(std::string(name_of(step)));
    if (step == Step::about_you)
        put(label_of("source"), passed ? option_word("source", concerns::name_of(contact.source)) : std::string());
    if (step == Step::about_you && contact.category != concerns::Category::ordinary)
        put(label_of("category"), joined({asking.label_of_category(contact.category), contact.agreement}));
    if (step == Step::contact)
        put(said("contact.title"), contact.is_anonymous() ? said("contact.left_out")
                                                          : joined({contact.name, contact.post, contact.organisation,
                                                                    contact.telephone, contact.email}));
    if (step == Step::reach)
        put(label_of("reach_how"),
            joined({option_word("reach_how", concerns::name_of(contact.reach)), contact.when_safe,
                    said(contact.may_leave_message ? "reach_message.may" : "reach_message.may_not")}));
    if (step == Step::reach && !contact.must_not_know.empty()) put(label_of("reach_not"), contact.must_not_know);
    if (step == Step::naming) {
        put(label_of("name_me"), option_word("name_me", draft.naming.person ? "yes" : "no"));
        put(label_of("name_organisation"), option_word("name_organisation", draft.naming.organisation ? "yes" : "no"));
    }
    if (step == Step::must_not_see) {
        put(label_of("must_not_see"), draft.must_not_see);
        put(label_of("told_before"),
            joined({option_word("told_before", draft.told_before ? "yes" : "no"), draft.earlier_code}));
    }
    return out;
}

/// The words with a little of what stands around them, so that a person sees which is meant.
TellingWord telling_word(const Draft& draft, const app::TellingWords& found) {
    const std::string_view all = draft.account.known(found.at.field);
    const auto clean = [](std::string_view piece) {
        while (!piece.empty() && (static_cast<unsigned char>(piece.front()) & 0xC0U) == 0x80U) piece.remove_prefix(1);
        return piece;
    };
    constexpr std::size_t kAround = 40;
    const std::size_t from = found.at.from > kAround ? found.at.from - kAround : 0;
    std::string before(clean(all.substr(from, found.at.from - from)));
    std::string after = text::shorten(all.substr(found.at.to), kAround);
    TellingWord out{std::string(concerns::spec_of(found.at.field).name) + ':' + std::to_string(found.at.from) + ':' +
                        std::to_string(found.at.to),
                    (from > 0 ? "…" : "") + before,
                    found.words,
                    after,
                    {},
                    false};
    using Why = app::TellingWords::Why;
    if (found.why == Why::own_name) out.why = said("telling.own_name");
    if (found.why == Why::own_number) out.why = said("telling.own_number");
    if (found.why == Why::own_organisation) out.why = said("telling.own_organisation");
    out.is_marked = std::ranges::find(draft.account.marked, found.at) != draft.account.marked.end();
    return out;
}
}  // namespace

std::vector<Answered> answers_at(const FrontDoorView& door, const Draft& draft, Step step) {
    const Errors none;
    return answers(Asking(door, draft, none), draft, step);
}

std::vector<TellingWord> telling_words(const Draft& draft) {
    std::vector<TellingWord> out;
    for (const auto& found : app::words_that_tell(draft.account, draft.contact))
        out.push_back(telling_word(draft, found));
    return out;
}

Url url_of(const FrontDoorView& door, Step step) { return Url::path("/at/{}/report/{}", door.slug, name_of(step)); }

void add_troubles(Errors& errors, const std::vector<Trouble>& troubles) {
    for (const auto& trouble : troubles) errors.add(trouble.field, error_word(trouble.field, trouble.what));
}

QuestionPage question_page(const Ask& ask, const FrontDoorView& door, const Draft& draft, Step step) {
    QuestionPage view;
    if (ask.is_post()) add_troubles(view.errors, troubles_at(draft, step));
    const Asking asking(door, draft, view.errors);
    view.section = section_of(step);
    view.title = said("step." + std::string(name_of(step)));
    if (const auto own = young_word(draft, "step." + std::string(name_of(step))); !own.empty()) view.title = own;
    view.ringing = ringing_of(door, ask.now);
    if (step == Step::people)
        ask_people(view, asking, draft);
    else if (step == Step::adults)
        ask_adults(view, asking, draft);
    else if (step >= Step::about_you)
        ask_about_teller(view, asking, draft, step);
    else if (step == Step::danger)
        view.groups.push_back({{}, {asking.radios("danger", danger_said(draft.emergency), {"yes", "no", "unsure"})}});
    else if (step == Step::emergency) {
        const auto words = door.questions.emergency_words();
        view.important = words.asks_a_person() ? std::string(word("emergency.strip")) : words.value().headline;
        view.intro = {said("emergency.before_going_on"), said("emergency.silent")};
        const bool settled = draft.emergency != app::Emergency::holding;
        view.groups.push_back({{},
                               {asking.radios("rung_999",
                                              !settled                                  ? ""
                                              : draft.emergency == app::Emergency::rung ? "have_rung"
                                                                                        : "will_ring",
                                              {"have_rung", "will_ring"})}});
    } else {
        FieldGroup group;
        for (const auto field : fields_of(step, concerns::form_of(draft.account.subject)))
            group.fields.push_back(asking.of(field));
        view.groups.push_back(std::move(group));
        const auto needed = concerns::needed(draft.account.subject);
        for (const auto field : fields_of(step, concerns::form_of(draft.account.subject)))
            view.can_say_dont_know = view.can_say_dont_know || std::ranges::find(needed, field) != needed.end();
    }
    view.can_stop = may_stop_here(step);
    if (const auto hint = find_word("step." + std::string(name_of(step)) + "_hint"); !hint.empty())
        view.intro.emplace_back(hint);
    make_heading(view);
    // Neutral: it stands in the browser's history.
    view.frame = frame_of(ask, door, "Tell us");
    view.frame.has_errors = view.errors.any();
    return view;
}

CheckPage check_page(const Ask& ask, const FrontDoorView& door, const Draft& draft) {
    CheckPage view;
    const Asking asking(door, draft, view.errors);
    for (const Step step : steps_of(draft)) {
        if (step == Step::emergency || step == Step::check) continue;
        if (view.sections.empty() || view.sections.back().title != section_of(step))
            view.sections.push_back({std::string(section_of(step)), {}});
        for (auto& one : answers(asking, draft, step))
            view.sections.back().rows.push_back({.key = std::move(one.key),
                                                 .text = one.text.empty() ? said("any.nothing") : std::move(one.text),
                                                 .change = url_of(door, one.step).with("then", "check")});
    }
    view.telling = telling_words(draft);
    view.is_nameless = draft.contact.is_anonymous();
    view.is_in_danger = draft.emergency == app::Emergency::rung || draft.emergency == app::Emergency::will_ring;
    view.stays = draft.stay == app::Stay::on_this_device;
    view.ringing = ringing_of(door, ask.now);
    view.action = url_of(door, Step::check);
    view.leave = Url::path("/at/{}/report/leave", door.slug);
    view.frame = frame_of(ask, door, "Check");
    return view;
}

}  // namespace kith::web
