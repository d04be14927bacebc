#include "app/decide.hpp"

#include <algorithm>

#include "app/contact.hpp"
#include "app/intake.hpp"
#include "app/onward.hpp"
#include "base/text.hpp"
#include "match/name_key.hpp"

namespace kith::app {
namespace {
using concerns::AnswerMeans;
using concerns::Concern;

constexpr std::size_t kMostReply = 2000;

Result<void> check_text(std::string_view text, Words empty_field) {
    if (text::tidy(text).empty()) return fail(Code::invalid, "nothing was written", empty_field);
    if (!text::is_clean_utf8(text)) return fail(Code::invalid, "not text", empty_field);
    if (text::length(text) > kMostReply) return fail(Code::invalid, "too long", empty_field);
    return {};
}

Result<void> place_message(Visit& visit, const RecordFile& file, ConcernId id, MessageKind kind,
                           std::string_view text) {
    MessageRow row;
    row.id = visit.house.crypto.random_id<MessageId>();
    row.concern = id;
    row.side = Side::front_door;
    row.kind = kind;
    row.at = visit.now;
    row.sealed_text = file.seal_text(text, "messages", row.id.bytes(), "text");
    return visit.tables.threads().add_message(row);
}

Result<std::string> standard_reply(Visit& visit, FrontDoorId front_door) {
    const auto words = KITH_TRY(visit.questions(front_door)).reply_words();
    if (words.asks_a_person()) return std::string();
    return words.value().received + " " + words.value().cannot_say_more;
}

/// Answered: the first answer closes the way in, unless the written form keeps it open (reporters-vault, Rules).
Result<Concern> answered(Visit& visit, const RecordFile& file, Concern concern, AnswerMeans means,
                         std::string_view late_reason) {
    const bool first = !concern.answered_at;
    if (first && concerns::is_late(concern, visit.now)) {
        if (text::tidy(late_reason).empty()) return fail(Code::invalid, "a late reply needs a reason", "late_reason");
        KITH_TRY(add_note(visit, file, concern.id, NoteKind::late_reply, "", late_reason));
    }
    concern = KITH_TRY(concerns::answer(std::move(concern), means, visit.now));
    if (concern.form != concerns::WrittenForm::awaited) KITH_TRY(visit.tables.vault().close_way_in(concern.id));
    return concern;
}

/// `concern` carries two changes of one act; the store takes one revision more.
Result<void> keep(Visit& visit, Concern concern, std::uint64_t before) {
    concern.revision = before + 1;
    return visit.keep(concern);
}

bool goes_elsewhere(const DecisionForm& form) {
    return std::ranges::find(form.decision.actions, concerns::Action::another_area) != form.decision.actions.end();
}

/// Judged here first: danger now is dealt with here before it goes elsewhere.
Result<void> check_another_area(const DecisionForm& form, const Concern& concern) {
    const auto chosen = [&](concerns::Action action) {
        return std::ranges::find(form.decision.actions, action) != form.decision.actions.end();
    };
    if (!goes_elsewhere(form)) return {};
    if (text::tidy(form.area).empty() || text::length(form.area) > 200 || !text::is_clean_utf8(form.area))
        return fail(Code::invalid, "no area named", "area");
    if (form.judged == JudgedHere::not_said) return fail(Code::invalid, "danger was not judged", "judged");
    const bool danger = form.judged == JudgedHere::danger_now || concern.danger != concerns::DangerMark::none;
    if (danger && !chosen(concerns::Action::police_now) && !chosen(concerns::Action::strategy_discussion))
        return fail(Code::invalid, "danger is dealt with here first", "judged");
    return {};
}

Result<void> hand_to_another_area(Visit& visit, const ConcernRow& row, const DecisionForm& form) {
    if (!goes_elsewhere(form)) return {};
    KITH_TRY(owe_onward(visit, row, concerns::Whom::another_area, {text::tidy(form.area), {}, {}}, visit.actor.member));
    return {};
}
}  // namespace

Result<void> check_reply(Visit& visit, const Concern& concern, const Holder& holder, std::string_view reply,
                         std::string_view standard, Words field, const protocol::MayBeNamed& may) {
    if (text::tidy(reply) == text::tidy(standard)) return {};
    const auto contact = open_way_in(visit, concern, holder);
    if (!contact) return fail(Code::invalid, "only the standard words can be sent", field);
    if (gives_away(*contact, reply, may)) return fail(Code::invalid, "the reply names the reporter", field);
    return {};
}

Result<protocol::MayBeNamed> may_be_named(Visit& visit, const ConcernRow& row) {
    using protocol::NamingConsent;
    const auto said = [](unsigned kept) {
        return kept == 1 ? NamingConsent::given : kept == 2 ? NamingConsent::refused : NamingConsent::unset;
    };
    const auto asked = KITH_TRY(visit.questions(row.concern.front_door));
    return asked.may_be_named(said(row.naming_person), said(row.naming_organisation)).value_or({});
}

bool gives_away(const concerns::Contact& contact, std::string_view text, const protocol::MayBeNamed& may) {
    using protocol::Permission;
    const std::string said = ' ' + match::name_key(text) + ' ';
    const auto stands = [&](std::string_view part) {
        return std::ranges::any_of(text::split(part, ' '), [&](std::string_view word) {
            const std::string key = match::name_key(word);
            return key.size() > 2 && said.find(' ' + key + ' ') != said.npos;
        });
    };
    if (may.person == Permission::no && stands(contact.name)) return true;
    if (may.organisation == Permission::no && stands(contact.organisation)) return true;
    const auto digits_of = [](std::string_view from) {
        std::string out;
        std::ranges::copy_if(from, std::back_inserter(out), [](char c) { return c >= '0' && c <= '9'; });
        return out;
    };
    const std::string number = digits_of(contact.telephone);
    if (number.size() >= 6 && digits_of(text).find(number) != std::string::npos) return true;
    return !contact.email.empty() &&
           text::ascii_lower(text).find(text::ascii_lower(contact.email)) != std::string::npos;
}

Result<void> decide(House& house, const Actor& manager, const Holder& holder, ConcernId id, const DecisionForm& form) {
    KITH_TRY(check_text(form.reasons, "reasons"));
    if (!form.reply.empty()) KITH_TRY(check_text(form.reply, "reply"));
    return visiting(house, manager, [&](Visit& visit) -> Result<void> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::decide, KITH_TRY(visit.facts_of(row)), id.text()));
        const auto asked = KITH_TRY(visit.questions(row.concern.front_door));
        if (form.decision.outcome == concerns::Outcome::no_action && !form.earlier_read)
            return fail(Code::invalid, "the earlier worries have not been read", "earlier_read");
        KITH_TRY(check_another_area(form, row.concern));
        Concern concern =
            KITH_TRY(concerns::decide(row.concern, form.decision, manager.member, form.seen_revision, visit.now));
        const auto file = KITH_TRY(visit.file_of(row));
        if (goes_elsewhere(form))
            if (const auto contact = open_way_in(visit, row.concern, holder))
                KITH_TRY(check_account_names_nobody(KITH_TRY(account_of(file, row)), *contact,
                                                    KITH_TRY(may_be_named(visit, row))));
        if (form.judged == JudgedHere::danger_now && concern.danger == concerns::DangerMark::none)
            concern.danger = concerns::DangerMark::by_manager;
        KITH_TRY(hand_to_another_area(visit, row, form));
        const auto reasons =
            KITH_TRY(add_note(visit, file, id, NoteKind::decision, name_of(form.decision.outcome), form.reasons));
        protocol::Clauses clauses = asked.who_decides().clauses();
        if (!form.reply.empty()) {
            KITH_TRY(check_reply(visit, concern, holder, form.reply,
                                 KITH_TRY(standard_reply(visit, concern.front_door)), "reply"));
            KITH_TRY(place_message(visit, file, id, MessageKind::reply, text::tidy(form.reply)));
            concern = KITH_TRY(answered(visit, file, std::move(concern), AnswerMeans::reply_placed, form.late_reason));
            const auto words = asked.reply_words();
            clauses.insert(clauses.end(), words.clauses().begin(), words.clauses().end());
        }
        KITH_TRY(keep(visit, concern, row.concern.revision));
        std::vector<std::pair<std::string, std::string>> facts{{"outcome", std::string(name_of(form.decision.outcome))},
                                                               {"answered", form.reply.empty() ? "no" : "yes"}};
        for (const auto action : form.decision.actions) facts.emplace_back("action", name_of(action));
        if (form.judged != JudgedHere::not_said)
            facts.emplace_back("danger_judged", form.judged == JudgedHere::danger_now ? "now" : "none");
        return visit.record(permit, {.act = "concern_decided",
                                     .subject = id.text(),
                                     .clauses = clauses,
                                     .pack = concern.pack,
                                     .facts = facts,
                                     .sealed_digests = {{"notes/text", reasons.bytes}}});
    });
}

Result<void> ask_for_more(House& house, const Actor& manager, const Holder& holder, ConcernId id,
                          std::string_view question, Instant decide_anyway_at) {
    KITH_TRY(check_text(question, "question"));
    return visiting(house, manager, [&](Visit& visit) -> Result<void> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::ask_for_more, KITH_TRY(visit.facts_of(row)), id.text()));
        const auto asked = KITH_TRY(visit.questions(row.concern.front_door));
        const auto danger =
            row.concern.danger == concerns::DangerMark::none ? protocol::Danger::unmarked : protocol::Danger::marked;
        const auto may = asked.may_ask_for_more(danger);
        if (may.asks_a_person() || may.value() == protocol::Permission::no)
            return fail(Code::invalid, "danger is marked", "decision");
        const Concern concern = KITH_TRY(concerns::ask_for_more(row.concern, visit.now, decide_anyway_at));
        KITH_TRY(check_reply(visit, concern, holder, question, "", "question"));
        KITH_TRY(visit.keep(concern));
        const auto file = KITH_TRY(visit.file_of(row));
        KITH_TRY(place_message(visit, file, id, MessageKind::question, text::tidy(question)));
        const auto note = KITH_TRY(add_note(visit, file, id, NoteKind::question, "", question));
        return visit.record(permit, {.act = "more_asked",
                                     .subject = id.text(),
                                     .clauses = may.clauses(),
                                     .pack = concern.pack,
                                     .sealed_digests = {{"notes/text", note.bytes}}});
    });
}

Result<void> ring_back(House& house, const Actor& manager, ConcernId id, const RingBack& ring_back) {
    constexpr std::array<std::string_view, 3> kWords{"reached", "no_answer", "impossible"};
    const std::string_view word = kWords[static_cast<std::size_t>(ring_back.outcome)];
    if (ring_back.outcome == Reached::impossible) KITH_TRY(check_text(ring_back.note, "note"));
    return visiting(house, manager, [&](Visit& visit) -> Result<void> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::answer, KITH_TRY(visit.facts_of(row)), id.text()));
        const auto file = KITH_TRY(visit.file_of(row));
        const auto note = KITH_TRY(add_note(visit, file, id, NoteKind::ring_back, word, ring_back.note));
        Concern concern = row.concern;
        if (ring_back.outcome == Reached::no_answer)
            ++concern.revision;
        else
            concern = KITH_TRY(
                answered(visit, file, std::move(concern),
                         ring_back.outcome == Reached::reached ? AnswerMeans::ring_back : AnswerMeans::impossible,
                         ring_back.late_reason));
        KITH_TRY(keep(visit, concern, row.concern.revision));
        return visit.record(permit, {.act = "rang_back",
                                     .subject = id.text(),
                                     .clauses = KITH_TRY(visit.questions(concern.front_door)).who_answers().clauses(),
                                     .pack = concern.pack,
                                     .facts = {{"outcome", std::string(word)}},
                                     .sealed_digests = {{"notes/text", note.bytes}}});
    });
}

Result<void> answer_in_writing(House& house, const Actor& manager, const Holder& holder, ConcernId id,
                               std::string_view reply, std::string_view late_reason) {
    return visiting(house, manager, [&](Visit& visit) -> Result<void> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::answer, KITH_TRY(visit.facts_of(row)), id.text()));
        KITH_TRY(check_text(reply, "reply"));
        if (row.concern.stage != concerns::Stage::decided || row.concern.answered_at)
            return fail(Code::conflict, "not decided and waiting for its answer");
        KITH_TRY(check_reply(visit, row.concern, holder, reply, KITH_TRY(standard_reply(visit, row.concern.front_door)),
                             "reply"));
        const auto file = KITH_TRY(visit.file_of(row));
        KITH_TRY(place_message(visit, file, id, MessageKind::reply, text::tidy(reply)));
        Concern concern = KITH_TRY(answered(visit, file, row.concern, AnswerMeans::reply_placed, late_reason));
        KITH_TRY(keep(visit, concern, row.concern.revision));
        const auto words = KITH_TRY(visit.questions(concern.front_door)).reply_words();
        return visit.record(
            permit,
            {.act = "concern_answered", .subject = id.text(), .clauses = words.clauses(), .pack = concern.pack});
    });
}

Result<void> note_motive(House& house, const Actor& actor, ConcernId id, std::string_view motive,
                         std::string_view reasons) {
    KITH_TRY(check_text(motive, "motive"));
    KITH_TRY(check_text(reasons, "motive_why"));
    return visiting(house, actor, [&](Visit& visit) -> Result<void> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::note_motive, KITH_TRY(visit.facts_of(row)), id.text()));
        const auto file = KITH_TRY(visit.file_of(row));
        // The concern stays as it is, its revision too: a colleague who is deciding now is not held up by it.
        const auto note = KITH_TRY(
            add_note(visit, file, id, NoteKind::motive, "", text::tidy(motive) + "\nBecause: " + text::tidy(reasons)));
        return visit.record(permit, {.act = "motive_noted",
                                     .subject = id.text(),
                                     .pack = row.concern.pack,
                                     .sealed_digests = {{"notes/text", note.bytes}}});
    });
}

}  // namespace kith::app
