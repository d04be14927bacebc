#include "app/onward.hpp"

#include <algorithm>
#include <array>

#include "app/contact.hpp"
#include "app/decide.hpp"
#include "app/desk.hpp"
#include "app/intake.hpp"
#include "app/written_form.hpp"
#include "base/text.hpp"

namespace kith::app {
namespace {
using concerns::Field;
using concerns::Onward;
using concerns::OnwardStep;
using concerns::Whom;

constexpr std::size_t kMostLine = 200, kMostWords = 2000;

Result<Sealed<std::string>> seal(Visit& visit, const ConcernRow& row, const OnwardWords& said) {
    Bytes plain;
    append_u32(plain, 1);
    for (const auto* piece : {&said.to, &said.how, &said.words}) append_piece(plain, as_bytes(*piece));
    const auto file = KITH_TRY(visit.file_of(row));
    return Sealed<std::string>{file.seal(plain, "onward_steps", row.concern.id.bytes(), "text")};
}

Result<OnwardWords> open(const RecordFile& file, const OnwardRow& row) {
    const SecretBytes plain = KITH_TRY(file.open(row.sealed_text.bytes, "onward_steps", row.concern.bytes(), "text"));
    ByteReader in(plain.expose());
    const auto version = in.u32();
    OnwardWords said;
    for (auto* piece : {&said.to, &said.how, &said.words}) *piece = in.text();
    if (version != 1 || !in.at_end()) return fail(Code::betrayed, "a step that does not decode");
    return said;
}

std::vector<concerns::OnwardEvent> events_of(const std::vector<OnwardRow>& rows) {
    std::vector<concerns::OnwardEvent> out;
    out.reserve(rows.size());
    for (const OnwardRow& row : rows) out.push_back(row.event);
    return out;
}

Result<Onward> state_of(Visit& visit, ConcernId id, Whom whom) {
    return concerns::onward_of(events_of(KITH_TRY(visit.tables.onward().of(id))), whom);
}

Result<void> check_line(std::string_view value, std::size_t most, Words field) {
    if (text::tidy(value).empty()) return fail(Code::invalid, "nothing was written", field);
    if (!text::is_clean_utf8(value)) return fail(Code::invalid, "not text", field);
    if (text::length(value) > most) return fail(Code::invalid, "too long", field);
    return {};
}

/// Adds the step; what it completes ends with it.
Result<Bytes> add_step(Visit& visit, const ConcernRow& row, const concerns::OnwardEvent& event, const OnwardWords& said,
                       std::optional<MemberId> by) {
    const ConcernId id = row.concern.id;
    KITH_TRY(concerns::check_step(KITH_TRY(state_of(visit, id, event.whom)), event.step));
    const auto sealed = KITH_TRY(seal(visit, row, said));
    KITH_TRY(visit.tables.onward().add({id, event, by, sealed}));
    visit.queue_changed(row.concern.front_door);
    const Onward after = KITH_TRY(state_of(visit, id, event.whom));
    if (after.is_open() && concerns::is_done(after, event.whom))
        KITH_TRY(visit.tables.onward().add(
            {id, {event.whom, OnwardStep::ended, visit.now}, by, KITH_TRY(seal(visit, row, {}))}));
    return sealed.bytes;
}

std::optional<Instant> due_of(const protocol::Questions& asked, Whom whom, const Onward& state) {
    if (!state.is_open()) return std::nullopt;
    if (whom == Whom::designated_officer) return asked.designated_officer_due(*state.owed_at).value_or(std::nullopt);
    return asked.confirmation_due(state.has_it_since().value_or(*state.owed_at)).value_or(std::nullopt);
}

/// Another area's rests on the rule by which the manager decides; the texts do not speak of the designated officer.
Result<void> record_step(Visit& visit, const Permit& permit, const concerns::Concern& concern, Entry entry,
                         const concerns::OnwardEvent& event, const Bytes& sealed) {
    const auto asked = KITH_TRY(visit.questions(concern.front_door));
    entry.subject = concern.id.text();
    entry.pack = concern.pack;
    if (event.whom == Whom::another_area) entry.clauses = asked.who_decides().clauses();
    entry.facts.emplace_back("whom", name_of(event.whom));
    entry.facts.emplace_back("step", name_of(event.step));
    entry.sealed_digests = {{"onward_steps/text", sealed}};
    return visit.record(permit, entry);
}
}  // namespace

Result<std::vector<OnwardView>> onward_of(Visit& visit, const ConcernRow& row) {
    const auto rows = KITH_TRY(visit.tables.onward().of(row.concern.id));
    std::vector<OnwardView> out;
    if (rows.empty()) return out;
    const auto file = KITH_TRY(visit.file_of(row));
    const auto asked = KITH_TRY(visit.questions(row.concern.front_door));
    for (const Whom whom : {Whom::another_area, Whom::designated_officer}) {
        OnwardView view;
        view.whom = whom;
        view.state = concerns::onward_of(events_of(rows), whom);
        if (!view.state.owed_at) continue;
        for (const OnwardRow& step : rows) {
            if (step.event.whom != whom) continue;
            view.steps.push_back({step.event.step, step.event.at,
                                  step.by ? KITH_TRY(name_of_member(visit, *step.by)) : "",
                                  KITH_TRY(open(file, step))});
            if (step.event.step == OnwardStep::owed) view.area = view.steps.back().said.to;
        }
        view.due_at = due_of(asked, whom, view.state);
        view.is_late = view.due_at && visit.now > *view.due_at;
        out.push_back(std::move(view));
    }
    return out;
}

Result<Bytes> owe_onward(Visit& visit, const ConcernRow& row, Whom whom, const OnwardWords& said,
                         std::optional<MemberId> by) {
    return add_step(visit, row, {whom, OnwardStep::owed, visit.now}, said, by);
}

Result<std::optional<Bytes>> owe_if_works_with_children(Visit& visit, const ConcernRow& row,
                                                        const concerns::Account& account, std::optional<MemberId> by) {
    if (account.known(Field::works_with_children) != "yes") return std::optional<Bytes>();
    if (KITH_TRY(state_of(visit, row.concern.id, Whom::designated_officer)).owed_at) return std::optional<Bytes>();
    return std::optional(KITH_TRY(owe_onward(visit, row, Whom::designated_officer, {}, by)));
}

Result<void> mark_works_with_children(House& house, const Actor& actor, ConcernId id, std::string_view why) {
    KITH_TRY(check_line(why, kMostWords, "onward_why"));
    return visiting(house, actor, [&](Visit& visit) -> Result<void> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::tell_onward, KITH_TRY(visit.facts_of(row)), id.text()));
        const Bytes sealed =
            KITH_TRY(owe_onward(visit, row, Whom::designated_officer, {{}, {}, text::tidy(why)}, actor.member));
        return record_step(visit, permit, row.concern, {.act = "onward_owed"},
                           {Whom::designated_officer, OnwardStep::owed, visit.now}, sealed);
    });
}

Result<void> report_onward(House& house, const Actor& actor, ConcernId id, const OnwardReport& report) {
    const bool writes_to_area = report.whom == Whom::another_area && report.step == OnwardStep::written;
    if (report.step == OnwardStep::owed || report.step == OnwardStep::ended || writes_to_area)
        return fail(Code::invalid, "not a step that is reported", "onward_step");
    KITH_TRY(check_line(report.said.to, kMostLine, "onward_to"));
    if (report.step != OnwardStep::confirmed) KITH_TRY(check_line(report.said.how, kMostLine, "onward_how"));
    if (!report.said.words.empty()) KITH_TRY(check_line(report.said.words, kMostWords, "onward_words"));
    return visiting(house, actor, [&](Visit& visit) -> Result<void> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::tell_onward, KITH_TRY(visit.facts_of(row)), id.text()));
        const Onward before = KITH_TRY(state_of(visit, id, report.whom));
        if (before.owed_at && (report.at < *before.owed_at || report.at > visit.now))
            return fail(Code::invalid, "told since it was owed and before now", "onward_at");
        const Bytes sealed =
            KITH_TRY(add_step(visit, row, {report.whom, report.step, report.at}, report.said, actor.member));
        return record_step(visit, permit, row.concern, {.act = "told_onward"}, {report.whom, report.step, report.at},
                           sealed);
    });
}

Result<void> end_onward(House& house, const Actor& manager, ConcernId id, Whom whom, std::string_view why) {
    KITH_TRY(check_line(why, kMostWords, "onward_why"));
    return visiting(house, manager, [&](Visit& visit) -> Result<void> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::decide, KITH_TRY(visit.facts_of(row)), id.text()));
        const Bytes sealed = KITH_TRY(
            add_step(visit, row, {whom, OnwardStep::ended, visit.now}, {{}, {}, text::tidy(why)}, manager.member));
        return record_step(visit, permit, row.concern, {.act = "onward_ended"}, {whom, OnwardStep::ended, visit.now},
                           sealed);
    });
}

namespace {
constexpr std::array<std::string_view, 3> kGoes{"left_out", "they_agree", "danger_requires"};

Result<void> check(const NoticeForm& form) {
    if (!form.contact) return fail(Code::invalid, "nothing was chosen", "contact_goes");
    if (*form.contact != ContactGoes::left_out) KITH_TRY(check_line(form.contact_why, kMostWords, "contact_why"));
    KITH_TRY(check_line(form.to, kMostLine, "onward_to"));
    KITH_TRY(check_line(form.how, kMostLine, "onward_how"));
    if (!form.words.empty()) KITH_TRY(check_line(form.words, kMostWords, "notice_words"));
    return {};
}

/// Only if they agree or danger requires it, and only while the way in is open to this manager.
Result<std::optional<concerns::Contact>> contact_that_goes(Visit& visit, const ConcernRow& row, const Facts& facts,
                                                           const Holder& holder, const NoticeForm& form,
                                                           const AreaNotice& notice) {
    const concerns::Concern& concern = row.concern;
    if (*form.contact == ContactGoes::left_out) {
        const auto may = KITH_TRY(may_be_named(visit, row));
        if (!text::tidy(form.words).empty())
            KITH_TRY(check_reply(visit, concern, holder, form.words, "", "notice_words", may));
        // Once the way in has closed, what was checked when it was decided stands.
        if (const auto contact = open_way_in(visit, concern, holder)) {
            KITH_TRY(check_account_names_nobody(notice.account, *contact, may));
            if (notice.form) KITH_TRY(check_account_names_nobody(*notice.form, *contact, may));
        }
        return std::optional<concerns::Contact>();
    }
    if (*form.contact == ContactGoes::danger_requires && concern.danger == concerns::DangerMark::none)
        return fail(Code::invalid, "no danger is marked", "contact_goes");
    if (!facts.way_in_open) return fail(Code::invalid, "the way in has closed", "contact_goes");
    const Permit permit = KITH_TRY(visit.ask(Act::open_contact, facts, concern.id.text()));
    const auto contact = open_way_in(visit, concern, holder);
    if (!contact) return fail(Code::invalid, "it cannot be opened here", "contact_goes");
    const auto asked = KITH_TRY(visit.questions(concern.front_door));
    KITH_TRY(visit.record(
        permit,
        {.act = "contact_opened",
         .subject = concern.id.text(),
         .clauses = asked.may_be_named(protocol::NamingConsent::unset, protocol::NamingConsent::unset).clauses(),
         .pack = concern.pack,
         .facts = {{"purpose", "another_area"}, {"way", "duty"}}}));
    return std::optional(*contact);
}
}  // namespace

Result<AreaNotice> write_notice(House& house, const Actor& manager, const Holder& holder, ConcernId id,
                                const NoticeForm& form) {
    return visiting(house, manager, [&](Visit& visit) -> Result<AreaNotice> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Facts facts = KITH_TRY(visit.facts_of(row));
        const Permit permit = KITH_TRY(visit.ask(Act::answer, facts, id.text()));
        KITH_TRY(check(form));
        const auto views = KITH_TRY(onward_of(visit, row));
        const auto area = std::ranges::find(views, Whom::another_area, &OnwardView::whom);
        if (area == views.end() || !area->state.is_open()) return fail(Code::conflict, "nothing is owed");
        AreaNotice notice;
        notice.area = area->area;
        notice.to = text::tidy(form.to);
        notice.words = text::tidy(form.words);
        notice.reference = row.concern.reference;
        notice.concern = row.concern;
        notice.at = visit.now;
        notice.received_at = row.concern.received_at;
        notice.written_by = KITH_TRY(name_of_member(visit, manager.member));
        const auto file = KITH_TRY(visit.file_of(row));
        notice.account = KITH_TRY(concerns::decode(
            KITH_TRY(file.open(row.sealed_account.bytes, kConcernTable, id.bytes(), "account")).expose()));
        if (const auto came = KITH_TRY(received_form(visit, row))) notice.form = came->account;
        notice.contact = KITH_TRY(contact_that_goes(visit, row, facts, holder, form, notice));
        const std::string why = text::tidy(form.contact_why);
        const Bytes sealed = KITH_TRY(add_step(visit, row, {Whom::another_area, OnwardStep::written, visit.now},
                                               {notice.to, text::tidy(form.how), why}, manager.member));
        KITH_TRY(record_step(
            visit, permit, row.concern,
            {.act = "told_onward", .facts = {{"contact", std::string(kGoes[static_cast<std::size_t>(*form.contact)])}}},
            {Whom::another_area, OnwardStep::written, visit.now}, sealed));
        return notice;
    });
}

}  // namespace kith::app
