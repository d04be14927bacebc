#include "web/pages/concern.hpp"

#include <algorithm>

#include "base/london.hpp"
#include "base/text.hpp"
#include "core/concerns/marks.hpp"
#include "ui/components.hpp"
#include "web/pages/concern_history.hpp"
#include "web/pages/say.hpp"

namespace kith::web {
namespace {
using app::Reading;
using concerns::Account;
using concerns::Concern;
using concerns::DangerMark;
using concerns::Field;
using concerns::Shape;
using concerns::Stage;

std::string option_words(std::string_view value) {
    std::string out;
    for (const std::string_view one : text::split(value, ' ')) out += (out.empty() ? "" : ", ") + say("option", one);
    return out;
}

Html marked_words(const Account& account, Field field) {
    return piece([&](Html& o) { ui::marked(o, concerns::stretches(account, field)); });
}

/// What is told first: the words people came with.
Field lead_of(const Account& account) {
    for (const Field field : {Field::what_seen, Field::worry, Field::group_behaviour})
        if (!account.known(field).empty()) return field;
    return Field::what_seen;
}

std::vector<SummaryRow> told_rows(const Account& account, Field lead) {
    std::vector<SummaryRow> rows;
    for (const auto& spec : concerns::field_specs()) {
        const auto answer = account.answer(spec.field);
        if (spec.field == lead || answer.empty()) continue;
        SummaryRow row{.key = say("told", spec.name)};
        const bool is_text = spec.shape == Shape::line || spec.shape == Shape::words;
        if (is_text && answer != concerns::kDontKnow)
            row.html = marked_words(account, spec.field);
        else
            row.text = answer == concerns::kDontKnow ? std::string(word("option.dont_know")) : option_words(answer);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<SummaryRow> masked_rows(const Account& account) {
    std::vector<SummaryRow> rows;
    for (const auto& spec : concerns::field_specs())
        if (std::ranges::find(account.marked, spec.field, &concerns::MarkedWords::field) != account.marked.end())
            rows.push_back({.key = say("told", spec.name), .text = concerns::masked(account, spec.field)});
    return rows;
}

std::string joined(std::initializer_list<std::string> parts) {
    std::string out;
    for (const auto& part : parts)
        if (!part.empty()) out += (out.empty() ? "" : "; ") + part;
    return out.empty() ? "Nothing more is known" : out;
}

Clock clock_of(const Concern& concern, Instant now) {
    if (concern.answered_at) {
        const bool late = concerns::is_late(concern, now);
        return {.pressure = late ? Pressure::late : Pressure::calm,
                .text = (late ? "Answered late, after " : "Answered after ") +
                        spoken(*concern.answered_at - concern.received_at)};
    }
    if (concern.reply_due_at) return clock_until(*concern.reply_due_at, now);
    return {.text = "Waiting " + spoken(now - concern.received_at)};
}

std::vector<SummaryRow> time_rows(const Reading& reading) {
    const Concern& concern = reading.concern;
    std::vector<SummaryRow> rows;
    const auto add = [&](std::string key, const std::optional<Instant>& at, std::string after = {}) {
        if (at) rows.push_back({.key = std::move(key), .text = london::to_day_and_clock(*at) + after});
    };
    add("Received", concern.received_at,
        reading.taken_by_name.empty() ? "" : ", call taken by " + reading.taken_by_name);
    add("Answer due", concern.reply_due_at);
    add("With a manager since", concern.handed_over_at, reading.with_name.empty() ? "" : ", now " + reading.with_name);
    add("More asked", concern.more_asked_at);
    add("Decide anyway at", concern.decide_anyway_at);
    add("Decided", concern.decided_at);
    add("Answered", concern.answered_at);
    if (concern.form == concerns::WrittenForm::awaited) add("Written form due", concern.form_due_at);
    return rows;
}

SealedBox sealed_of(const Reading& reading, Reader reader, const Url& contact) {
    const Concern& concern = reading.concern;
    if (concern.stage == Stage::on_call) return {.text = std::string(word("concern.sealed_call"))};
    if (concern.way_in_missing) return {.text = std::string(word("concern.sealed_missing"))};
    if (!reading.way_in_open) return {.text = std::string(word("concern.sealed_closed"))};
    if (reader != Reader::manager) return {.text = std::string(word("concern.sealed_desk"))};
    return {.text = std::string(concern.answered_at ? word("concern.sealed_form") : word("concern.sealed_manager")),
            .open = contact,
            .open_text = "Open how to reach them"};
}

/// What is recorded of who told this worry and that one.
std::string sameness_of(const Reading& reading, ConcernId other) {
    for (const auto& link : reading.links) {
        const bool is_it = (link.one == reading.concern.id && link.other == other) ||
                           (link.one == other && link.other == reading.concern.id);
        if (is_it && link.is != concerns::Sameness::told_before) return say("sameness", name_of(link.is));
    }
    return {};
}

void put_sources(ConcernPage& page, const Reading& reading) {
    page.reference = reading.concern.reference;
    const auto said = [&](concerns::Sameness is) {
        return std::ranges::any_of(reading.links,
                                   [&](const auto& link) { return link.is == is && link.one == reading.concern.id; });
    };
    if (said(concerns::Sameness::told_before) && !said(concerns::Sameness::same))
        page.told_before = word("sameness.told_before");
    if (!reading.earlier.empty())
        page.witnesses = reading.witnesses < 2
                             ? std::string(word("sameness.one_witness"))
                             : "At least " + std::to_string(reading.witnesses) +
                                   " different people told these, as it is recorded. Count no more than that.";
    if (!reading.may_record_source) return;
    for (const auto& worry : reading.earlier)
        page.sources.push_back({worry.reference, worry.heading, sameness_of(reading, worry.id)});
}

std::string work_of(parties::Roles roles) {
    using parties::Role;
    for (const Role role : {Role::manager, Role::custodian, Role::auditor, Role::administrator, Role::duty_worker})
        if (roles.has(role)) return say("meant", name_of(role));
    return {};
}

void put_must_not_see(ConcernPage& page, const Reading& reading) {
    using Stands = app::MustNotSee::Stands;
    const auto& must_not_see = reading.must_not_see;
    if (must_not_see.stands == Stands::unsaid) return;
    page.must_not_see = reading.account.known(Field::must_not_see);
    page.must_not_see_settled = must_not_see.stands == Stands::settled;
    for (const auto& one : reading.could_be_meant)
        page.could_be_meant.push_back({.value = one.id.text(), .text = one.name + ", " + work_of(one.roles)});
    if (page.must_not_see_settled) return;
    if (must_not_see.is_said_nobody) page.nobody_meant = word("meant.said_nobody");
    if (must_not_see.may_say_nobody)
        page.could_be_meant.push_back({.value = "nobody", .text = std::string(word("meant.nobody"))});
}

std::vector<Match> earlier_of(const Reading& reading) {
    std::vector<Match> out;
    out.reserve(reading.earlier.size());
    for (const auto& worry : reading.earlier)
        out.push_back(
            {.title = worry.heading,
             .why = say("because", worry.because) + ". " + london::to_short(worry.received_at) + ", " + worry.reference,
             .href = Url::path("/concerns/{}", worry.id),
             .source = sameness_of(reading, worry.id)});
    return out;
}

void put_pattern(ConcernPage& page, const Reading& reading) {
    if (!reading.pattern || reading.pattern->worries < 2) return;
    page.pattern_worries = reading.pattern->worries;
    const auto add = [&](std::string what, const auto& counts) {
        if (auto words = counts_in_words(counts); !words.empty())
            page.pattern.push_back({std::move(what), std::move(words)});
    };
    add("Time of day", reading.pattern->times_of_day);
    add("Weekday", reading.pattern->weekdays);
    add("Term or holidays", reading.pattern->term_or_holiday);
}

DecisionForm form_of(const Reading& reading, const protocol::Questions& questions, Instant now) {
    const Concern& concern = reading.concern;
    DecisionForm form;
    form.revision = concern.revision;
    form.action = Url::path("/concerns/{}/decide", concern.id);
    form.clause = decision_clause(reading, questions);
    const auto danger = concern.danger == DangerMark::none ? protocol::Danger::unmarked : protocol::Danger::marked;
    const auto may = questions.may_ask_for_more(danger);
    form.may_ask =
        !may.asks_a_person() && may.value() == protocol::Permission::yes && concern.danger == DangerMark::none;
    form.is_late = concerns::is_late(concern, now) && !concern.answered_at;
    form.reply = {reading.suggested_reply, reading.suggested_reply};
    if (concern.reply_due_at && *concern.reply_due_at > now)
        form.typed.decide_anyway = london::to_clock(*concern.reply_due_at);
    const auto earlier = reading.earlier.size();
    form.earlier_words = earlier == 0   ? "Nothing earlier is known. I have looked at this one by itself"
                         : earlier == 1 ? "I have read the earlier worry"
                                        : "I have read the " + std::to_string(earlier) + " earlier worries";
    return form;
}

void put_urls(ConcernPage& page, ConcernId id) {
    page.self = Url::path("/concerns/{}", id);
    page.danger_url = Url::path("/concerns/{}/danger", id);
    page.marks_url = Url::path("/concerns/{}/marks", id);
    page.contact_url = Url::path("/concerns/{}/contact", id);
    page.keep_away_url = Url::path("/concerns/{}/keep-away", id);
    page.source_url = Url::path("/concerns/{}/source", id);
    page.step_back_url = Url::path("/concerns/{}/step-back", id);
    page.type_form_url = Url::path("/concerns/{}/form", id);
    page.motive_url = Url::path("/concerns/{}/motive", id);
    page.officer_url = Url::path("/concerns/{}/works-with-children", id);
}

void put_account(ConcernPage& page, const Reading& reading) {
    const Account& account = reading.account;
    const Field lead = lead_of(account);
    page.lead_label = say("told", concerns::spec_of(lead).name);
    if (!account.known(lead).empty()) page.lead = marked_words(account, lead);
    page.told = told_rows(account, lead);
    page.has_marks = !account.marked.empty();
    page.masked = masked_rows(account);
    page.people = people_rows(account);
    page.adults = adult_rows(account);
    page.source = reading.source;
    page.naming = {
        {.key = "May the family be told who it was?", .text = say("option", reading.naming.person ? "yes" : "no")},
        {.key = "Or which organisation?", .text = say("option", reading.naming.organisation ? "yes" : "no")}};
}
}  // namespace

void ReplyWords::say(std::string typed) {
    was_changed = text::tidy(typed) != text::tidy(standard);
    own = std::move(typed);
}

std::string told_words(const Account& account, concerns::Field field) {
    const auto answer = account.answer(field);
    if (answer == concerns::kDontKnow) return std::string(word("option.dont_know"));
    const auto shape = concerns::spec_of(field).shape;
    return shape == Shape::line || shape == Shape::words ? concerns::masked(account, field) : option_words(answer);
}

std::vector<SummaryRow> people_rows(const Account& account) {
    std::vector<SummaryRow> rows;
    for (std::size_t i = 0; i < account.people.size(); ++i) {
        const auto& person = account.people[i];
        const bool nickname_apart = !person.nickname.empty() && !person.name.empty();
        rows.push_back({.key = concerns::label(person, i + 1),
                        .text = joined({person.part == concerns::Part::unknown ? "" : say("part", name_of(person.part)),
                                        nickname_apart ? "called “" + person.nickname + "”" : "",
                                        person.age.empty() ? "" : "age " + person.age, person.looks})});
    }
    return rows;
}

std::vector<SummaryRow> adult_rows(const Account& account) {
    std::vector<SummaryRow> rows;
    for (std::size_t i = 0; i < account.adults.size(); ++i) {
        const auto& adult = account.adults[i];
        rows.push_back(
            {.key = adult.name.empty() ? "Adult " + std::to_string(i + 1) : adult.name, .text = joined({adult.looks})});
    }
    return rows;
}

std::string counts_in_words(const std::vector<std::pair<std::string, std::size_t>>& counts) {
    auto sorted = counts;
    std::ranges::stable_sort(sorted, std::greater{}, [](const auto& count) { return count.second; });
    std::string out;
    for (const auto& [what, how_many] : sorted)
        out += (out.empty() ? "" : ", ") + say("option", what) + ' ' + std::to_string(how_many);
    return out;
}

Clause decision_clause(const Reading& reading, const protocol::Questions& questions) {
    const auto due = questions.reply_due(reading.concern.received_at);
    std::vector<std::string> ids;
    for (const auto* clauses : {&reading.decide_clauses, &due.clauses()})
        for (const auto& id : *clauses)
            if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    Clause clause{.source = cited(questions.pack().area, ids)};
    for (const auto& id : ids)
        if (const auto* found = questions.pack().clause(id)) {
            clause.text += (clause.text.empty() ? "" : " ") + found->rule;
            if (!clause.text.ends_with('.')) clause.text += '.';
        }
    const auto who = questions.who_decides();
    if (const auto& local = who.locally_decided_by()) clause.text += " Decided locally by " + local->decider + '.';
    return clause;
}

std::optional<Decided> decided_of(const Reading& reading) {
    if (!reading.concern.decision || !reading.concern.decided_at) return std::nullopt;
    Decided decided{say("history", name_of(reading.concern.decision->outcome)),
                    {},
                    london::to_day_and_clock(*reading.concern.decided_at),
                    {},
                    {}};
    for (const auto action : reading.concern.decision->actions)
        decided.actions.push_back(say("actions", name_of(action)));
    for (const auto& note : reading.notes)
        if (note.kind == app::NoteKind::decision) {
            decided.by = note.by;
            decided.why = note.text;
        }
    return decided;
}

std::vector<SummaryRow> kept_of(const DecisionTyped& typed) {
    std::vector<SummaryRow> rows;
    const auto add = [&](std::string_view key, std::string value) {
        if (!value.empty()) rows.push_back({.key = std::string(key), .text = std::move(value)});
    };
    add(word("decision.label"), typed.decision.empty() ? "" : say("decision", typed.decision));
    std::string actions;
    for (const auto& action : typed.actions) actions += (actions.empty() ? "" : ", ") + say("actions", action);
    add(word("actions.label"), std::move(actions));
    add(word("area.label"), typed.area);
    add(word("question.label"), typed.question);
    add(word("reasons.label"), typed.reasons);
    add(word("reply.label"), typed.reply);
    add(word("late_reason.label"), typed.late_reason);
    return rows;
}

ConcernPage concern_page(const Reading& reading, const protocol::Questions& questions, Reader reader, Instant now) {
    const Concern& concern = reading.concern;
    ConcernPage page;
    put_urls(page, concern.id);
    page.heading = concerns::heading(reading.account);
    page.facts = {say("about", name_of(concern.subject)), say("about", name_of(concern.channel)),
                  london::to_day_and_clock(concern.received_at), concern.reference};
    if (concern.incomplete) page.facts.emplace_back(word("queue.incomplete"));
    page.in_danger = concern.danger != DangerMark::none;
    if (page.in_danger) page.danger_words = say("danger_by", name_of(concern.danger));
    page.on_call = concern.stage == Stage::on_call;
    page.is_decided = concern.stage == Stage::decided;
    page.clock = clock_of(concern, now);
    page.times = time_rows(reading);
    put_account(page, reading);
    page.earlier = earlier_of(reading);
    put_pattern(page, reading);
    page.files = file_rows(concern.id, reading.files);
    put_sources(page, reading);
    put_must_not_see(page, reading);
    page.sealed = sealed_of(reading, reader, page.contact_url);
    page.history = history_of(reading);
    page.thread = thread_of(reading);
    page.reader = reader;
    page.may_unmark_danger = page.in_danger && reader == Reader::manager && concern.stage == Stage::waiting;
    page.may_decide = reader == Reader::manager && concern.stage == Stage::waiting;
    page.awaits_answer = reader == Reader::manager && page.is_decided && !concern.answered_at;
    page.form_awaited = concern.form == concerns::WrittenForm::awaited;
    page.decided = decided_of(reading);
    if (page.may_decide) page.form = form_of(reading, questions, now);
    if (page.awaits_answer)
        page.answer = {Url::path("/concerns/{}/answer", concern.id),
                       {reading.suggested_reply, reading.suggested_reply},
                       {},
                       concerns::is_late(concern, now)};
    if (reading.form) page.written_form = form_beside_call(*reading.form, reading.account);
    for (const auto& one : reading.onward) page.onward.push_back(onward_panel(one, concern.id, now));
    page.may_tell_officer = !page.on_call && std::ranges::none_of(reading.onward, [](const app::OnwardView& one) {
        return one.whom == concerns::Whom::designated_officer && one.state.is_open();
    });
    return page;
}

}  // namespace kith::web
