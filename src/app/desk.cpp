#include "app/desk.hpp"

#include <algorithm>

#include "app/earlier.hpp"
#include "app/intake.hpp"
#include "app/receiver.hpp"
#include "base/log.hpp"
#include "base/london.hpp"
#include "base/text.hpp"

namespace kith::app {
namespace {
using concerns::Concern;
using concerns::Field;
using concerns::Stage;

Result<concerns::Account> open_account(Visit& visit, const ConcernRow& row) {
    return account_of(KITH_TRY(visit.file_of(row)), row);
}

bool is_for(const std::vector<MemberId>& excluded, MemberId member) {
    return std::ranges::find(excluded, member) == excluded.end();
}

Result<QueueLine> line_of(Visit& visit, const ConcernRow& row) {
    QueueLine line;
    line.id = row.concern.id;
    line.reference = row.concern.reference;
    line.concern = row.concern;
    const auto account = open_account(visit, row);
    if (account) {
        line.heading = concerns::heading(*account);
        line.must_not_see_unmatched =
            KITH_TRY(must_not_see(visit, row.concern, *account)).stands == MustNotSee::Stands::unmatched;
        line.words = concerns::first_words(*account, 140);
        line.someone_forced =
            account->known(Field::anyone_forced) == "yes" ||
            std::ranges::any_of(account->people, [](const auto& p) { return p.part == concerns::Part::forced; });
    } else {
        line.unreadable = true;
        log::warn("a stored concern does not open", {{"concern", row.concern.id}, {"why", account.error()}});
    }
    if (row.concern.with) line.with_name = name_of_member(visit, *row.concern.with).value_or("");
    if (row.concern.stage == Stage::on_call && row.concern.taken_by)
        line.taken_by_name = name_of_member(visit, *row.concern.taken_by).value_or("");
    return line;
}

void sort_lines(std::vector<QueueLine>& lines) {
    std::ranges::sort(
        lines, [](const QueueLine& a, const QueueLine& b) { return concerns::comes_before(a.concern, b.concern); });
}

Instant midnight_of(Instant at) { return london::instant_of({london::day_of(at), std::chrono::minutes(0)}); }

Result<void> put_rota(Visit& visit, FrontDoorId front_door, Queue& queue) {
    const auto shifts =
        KITH_TRY(visit.tables.members().rota(front_door, visit.now, visit.now + std::chrono::hours(36)));
    for (const MemberId& member : parties::on_duty(shifts, parties::Seat::manager, visit.now)) {
        OnDuty one{KITH_TRY(name_of_member(visit, member)), visit.now};
        for (const auto& shift : shifts)
            if (shift.member == member && shift.from <= visit.now && shift.until > one.until) one.until = shift.until;
        queue.on_duty.push_back(std::move(one));
    }
    for (const auto& shift : parties::coming_on(shifts, parties::Seat::manager, visit.now))
        queue.next.push_back({KITH_TRY(name_of_member(visit, shift.member)), shift.from});
    return {};
}

/// A form brings words that nobody may have read yet: for a day it stands beside those that are awaited.
Result<void> put_forms_that_came(Visit& visit, const Actor& actor, Queue& queue) {
    for (const WrittenFormRow& form :
         KITH_TRY(visit.tables.written_forms().received_since(actor.front_door, visit.now - std::chrono::hours(24)))) {
        if (!is_for(KITH_TRY(visit.tables.concerns().excluded(form.concern)), actor.member)) continue;
        QueueLine line = KITH_TRY(line_of(visit, KITH_TRY(visit.tables.concerns().find(form.concern))));
        line.form_came_at = form.received_at;
        queue.forms_came.push_back(std::move(line));
    }
    return {};
}

/// What is added after the answer waits for nobody: for a day it stands there to be read, as a form does.
Result<void> put_added_to(Visit& visit, const Actor& actor, Queue& queue) {
    for (const AddedTo& added :
         KITH_TRY(visit.tables.threads().added_after_answer(actor.front_door, visit.now - std::chrono::hours(24)))) {
        if (!is_for(KITH_TRY(visit.tables.concerns().excluded(added.concern)), actor.member)) continue;
        QueueLine line = KITH_TRY(line_of(visit, KITH_TRY(visit.tables.concerns().find(added.concern))));
        line.added_at = added.at;
        queue.added_to.push_back(std::move(line));
    }
    return {};
}

Result<void> put_told_on(Visit& visit, const Actor& actor, Queue& queue) {
    for (const ConcernId& id : KITH_TRY(visit.tables.onward().open_at(actor.front_door))) {
        if (!is_for(KITH_TRY(visit.tables.concerns().excluded(id)), actor.member)) continue;
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        QueueLine line = KITH_TRY(line_of(visit, row));
        if (auto onward = onward_of(visit, row)) line.onward = *std::move(onward);
        queue.told_on.push_back(std::move(line));
    }
    return {};
}

Result<Queue> gather(Visit& visit, const Actor& actor) {
    Queue queue;
    queue.as_of = visit.now;
    for (const ConcernRow& row : KITH_TRY(visit.tables.concerns().open_at(actor.front_door))) {
        if (!is_for(KITH_TRY(visit.tables.concerns().excluded(row.concern.id)), actor.member)) continue;
        QueueLine line = KITH_TRY(line_of(visit, row));
        queue.unreadable += line.unreadable ? 1 : 0;
        const Concern& concern = row.concern;
        if (!concern.answered_at) {
            queue.waiting_late += concerns::is_late(concern, visit.now) ? 1 : 0;
            (concern.more_asked_at && concern.stage == Stage::waiting ? queue.more_asked : queue.waiting)
                .push_back(line);
        }
        if (concern.form == concerns::WrittenForm::awaited) queue.form_due.push_back(std::move(line));
    }
    KITH_TRY(put_added_to(visit, actor, queue));
    KITH_TRY(put_forms_that_came(visit, actor, queue));
    KITH_TRY(put_told_on(visit, actor, queue));
    for (const ConcernRow& row :
         KITH_TRY(visit.tables.concerns().answered_since(actor.front_door, midnight_of(visit.now)))) {
        if (!is_for(KITH_TRY(visit.tables.concerns().excluded(row.concern.id)), actor.member)) continue;
        ++(concerns::is_late(row.concern, visit.now) ? queue.answered_late : queue.answered_in_time);
        queue.answered_today.push_back(KITH_TRY(line_of(visit, row)));
    }
    for (auto* lines : {&queue.waiting, &queue.more_asked, &queue.form_due, &queue.told_on}) sort_lines(*lines);
    KITH_TRY(put_rota(visit, actor.front_door, queue));
    return queue;
}

/// Everything that a queue tells of a worry; what only the clock makes of it is nothing new.
Digest digest_of(Cryptography& crypto, const Queue& queue) {
    Bytes all;
    const auto append_at = [&](const std::optional<Instant>& at) {
        append_u64(all, at ? static_cast<std::uint64_t>(to_millis(*at)) : 0);
    };
    for (const auto* lines : {&queue.waiting, &queue.more_asked, &queue.added_to, &queue.form_due, &queue.forms_came,
                              &queue.told_on, &queue.answered_today}) {
        append_u32(all, static_cast<std::uint32_t>(lines->size()));
        for (const QueueLine& line : *lines) {
            append_piece(all, line.id.bytes());
            append_u64(all, line.concern.revision);
            append_u32(all, (line.someone_forced ? 1U : 0U) | (line.unreadable ? 2U : 0U) |
                                (line.must_not_see_unmatched ? 4U : 0U));
            for (const auto* words : {&line.heading, &line.words, &line.with_name, &line.taken_by_name})
                append_piece(all, as_bytes(*words));
            append_at(line.form_came_at);
            append_at(line.added_at);
            append_u32(all, static_cast<std::uint32_t>(line.onward.size()));
            for (const OnwardView& onward : line.onward) {
                append_u32(all, static_cast<std::uint32_t>(onward.whom));
                append_piece(all, as_bytes(onward.area));
                append_at(onward.due_at);
                const auto& so_far = onward.state;
                for (const auto* at :
                     {&so_far.owed_at, &so_far.told_at, &so_far.written_at, &so_far.confirmed_at, &so_far.ended_at})
                    append_at(*at);
            }
        }
    }
    return crypto.sha256(all);
}

// So long a page that stays open shows the same as one look (docs/decisions/0018).
constexpr auto kOneLook = std::chrono::hours(1);

bool is_same_look(House& house, MemberId member, const Digest& of, Instant now) {
    const std::lock_guard lock(house.looks_mutex);
    const auto last = house.looks.find(member);
    return last != house.looks.end() && last->second.of == of && last->second.at <= now &&
           now - last->second.at < kOneLook;
}

Result<std::vector<Note>> notes_of(Visit& visit, const RecordFile& file, ConcernId id) {
    std::vector<Note> out;
    for (const NoteRow& row : KITH_TRY(visit.tables.concerns().notes(id))) {
        if (row.kind == NoteKind::same_source) continue;  // stands beside the worry it speaks of
        const SecretText plain = KITH_TRY(file.open_text(row.sealed_text, "notes", id.bytes(), "text"));
        out.push_back(
            {row.kind, row.at, row.by ? KITH_TRY(name_of_member(visit, *row.by)) : "", row.word, plain.expose()});
    }
    return out;
}

Result<std::vector<Message>> messages_of(Visit& visit, const RecordFile& file, ConcernId id) {
    std::vector<Message> out;
    for (const MessageRow& row : KITH_TRY(visit.tables.threads().messages(id)))
        out.push_back({row.side, row.kind, row.at,
                       KITH_TRY(file.open_text(row.sealed_text, "messages", row.id.bytes(), "text")).expose()});
    return out;
}
}  // namespace

Result<std::string> name_of_member(Visit& visit, MemberId id) {
    const MemberRow row = KITH_TRY(visit.tables.members().find(id));
    return KITH_TRY(visit.house.identity.papers.open_text(row.sealed_name, "members", id.bytes(), "name")).expose();
}

Result<Queue> see_queue(House& house, const Actor& actor, Looking looking) {
    Digest shown{};
    const auto seen = visiting(house, actor, [&](Visit& visit) -> Result<Queue> {
        const Permit permit = KITH_TRY(visit.ask(Act::see_queue, {.front_door = actor.front_door}));
        Queue queue = KITH_TRY(gather(visit, actor));
        shown = digest_of(house.crypto, queue);
        if (looking == Looking::still && is_same_look(house, actor.member, shown, visit.now)) return queue;
        if (queue.unreadable != 0)
            KITH_TRY(append_entry(visit.tables, "system",
                                  {.act = "row_does_not_open", .facts = {{"count", std::to_string(queue.unreadable)}}},
                                  visit.now, house.crypto));
        queue.is_new_look = true;
        const auto asked = KITH_TRY(visit.questions(actor.front_door));
        KITH_TRY(visit.record(permit, {.act = "queue_seen",
                                       .clauses = asked.who_receives().clauses(),
                                       .facts = {{"waiting", std::to_string(queue.waiting.size())}}}));
        return queue;
    });
    if (seen && seen->is_new_look) {
        const std::lock_guard lock(house.looks_mutex);
        house.looks[actor.member] = {shown, seen->as_of};
    }
    return seen;
}

Result<Reading> read_concern(House& house, const Actor& actor, ConcernId id) {
    return visiting(house, actor, [&](Visit& visit) -> Result<Reading> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Facts facts = KITH_TRY(visit.facts_of(row));
        const Permit permit = KITH_TRY(visit.ask(Act::read_concern, facts, id.text()));
        const auto asked = KITH_TRY(visit.questions(row.concern.front_door));
        const auto file = KITH_TRY(visit.file_of(row));
        Reading out;
        out.concern = row.concern;
        out.account = KITH_TRY(open_account(visit, row));
        if (row.sealed_source)
            out.source = KITH_TRY(file.open_text(*row.sealed_source, kConcernTable, id.bytes(), "source")).expose();
        out.naming = {row.naming_person == 1, row.naming_organisation == 1, row.naming_person == 2,
                      row.naming_organisation == 2};
        out.notes = KITH_TRY(notes_of(visit, file, id));
        out.messages = KITH_TRY(messages_of(visit, file, id));
        out.files = KITH_TRY(attachment_lines(visit, id));
        out.form = KITH_TRY(received_form(visit, row));
        out.onward = KITH_TRY(onward_of(visit, row));
        out.earlier = KITH_TRY(earlier_worries(visit, actor, row, out.account));
        out.pattern = KITH_TRY(pattern_of(visit, out.account, out.earlier));
        out.links = KITH_TRY(source_links(visit, row, out.earlier));
        std::vector<ConcernId> worries{id};
        for (const EarlierWorry& worry : out.earlier) worries.push_back(worry.id);
        out.witnesses = concerns::separate_witnesses(worries, out.links);
        out.may_record_source = Gate::ask(actor, Act::record_source, facts).has_value();
        out.must_not_see = KITH_TRY(must_not_see(visit, row.concern, out.account));
        if (out.must_not_see.stands != MustNotSee::Stands::unsaid)
            out.could_be_meant = KITH_TRY(who_could_be_meant(visit, row.concern));
        if (row.concern.with) out.with_name = KITH_TRY(name_of_member(visit, *row.concern.with));
        if (row.concern.taken_by) out.taken_by_name = KITH_TRY(name_of_member(visit, *row.concern.taken_by));
        out.way_in_open = facts.way_in_open && !row.concern.way_in_missing;
        const auto words = asked.reply_words();
        if (!words.asks_a_person()) out.suggested_reply = words.value().received + " " + words.value().cannot_say_more;
        out.decide_clauses = asked.who_decides().clauses();
        KITH_TRY(visit.record(permit, {.act = "concern_read",
                                       .subject = id.text(),
                                       .clauses = asked.who_decides().clauses(),
                                       .pack = row.concern.pack,
                                       .facts = {{"revision", std::to_string(row.concern.revision)}}}));
        return out;
    });
}

Result<std::vector<EarlierWorry>> perhaps_known(House& house, const Actor& actor, ConcernId id) {
    return visiting(house, actor, [&](Visit& visit) -> Result<std::vector<EarlierWorry>> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::read_concern, KITH_TRY(visit.facts_of(row)), id.text()));
        auto earlier = KITH_TRY(earlier_worries(visit, actor, row, KITH_TRY(open_account(visit, row))));
        KITH_TRY(visit.record(permit, {.act = "earlier_worries_seen",
                                       .subject = id.text(),
                                       .pack = row.concern.pack,
                                       .facts = {{"count", std::to_string(earlier.size())}}}));
        return earlier;
    });
}

namespace {
/// One change of a concern with a note: what marking danger, asking for more and the like share.
template <class F>
Result<void> change_concern(House& house, const Actor& actor, ConcernId id, Act act, Words word, NoteKind kind,
                            std::string_view why, F change) {
    return visiting(house, actor, [&](Visit& visit) -> Result<void> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(act, KITH_TRY(visit.facts_of(row)), id.text()));
        const Concern changed = KITH_TRY(change(visit, row.concern));
        KITH_TRY(visit.keep(changed));
        const auto file = KITH_TRY(visit.file_of(row));
        const NoteRow note{id,
                           kind,
                           visit.now,
                           actor.member,
                           std::string(word.text),
                           file.seal_text(why, "notes", id.bytes(), "text")};
        KITH_TRY(visit.tables.concerns().add_note(note));
        return visit.record(permit, {.act = word,
                                     .subject = id.text(),
                                     .clauses = KITH_TRY(visit.questions(changed.front_door)).who_decides().clauses(),
                                     .pack = changed.pack,
                                     .facts = {{"danger", std::string(name_of(changed.danger))}},
                                     .sealed_digests = {{"notes/text", note.sealed_text.bytes}}});
    });
}
}  // namespace

Result<void> mark_danger(House& house, const Actor& actor, ConcernId id, concerns::DangerMark mark,
                         std::string_view why) {
    if (text::tidy(why).empty()) return fail(Code::invalid, "no reason given", "why");
    const bool takes_away = mark == concerns::DangerMark::none;
    return change_concern(house, actor, id, takes_away ? Act::decide : Act::mark_danger, "danger_marked",
                          NoteKind::danger, why,
                          [&](Visit&, const Concern& concern) { return concerns::mark_danger(concern, mark); });
}

Result<void> step_back(House& house, const Actor& actor, ConcernId id) {
    return change_concern(
        house, actor, id, Act::step_back, "stepped_back", NoteKind::step_back, "",
        [&](Visit& visit, Concern concern) -> Result<Concern> {
            KITH_TRY(visit.tables.concerns().exclude(id, actor.member, visit.now));
            const bool held = concern.with == actor.member || concern.taken_by == actor.member;
            if (held && !concern.answered_at) {
                concern = KITH_TRY(concerns::hand_over(concern, KITH_TRY(receiver_of(visit, concern)), visit.now));
                KITH_TRY(tell_of_receipt(visit, concern));
                return concern;
            }
            ++concern.revision;
            return concern;
        });
}

Result<std::size_t> pass_on_the_waiting(House& house) {
    const Actor machine = Actor::machine();
    const auto doors = KITH_TRY(house.store.reading([](Tables& tables) { return tables.registry().front_doors(); }));
    std::size_t passed = 0;
    for (const FrontDoorRow& door : doors) {
        const auto open =
            KITH_TRY(house.store.reading([&](Tables& tables) { return tables.concerns().open_at(door.id); }));
        for (const ConcernRow& found : open) {
            if (found.concern.stage != Stage::waiting) continue;
            const auto done = visiting(house, machine, [&](Visit& visit) -> Result<void> {
                const ConcernRow row = KITH_TRY(visit.tables.concerns().find(found.concern.id));
                const auto with = KITH_TRY(receiver_of(visit, row.concern));
                const auto shifts = KITH_TRY(visit.tables.members().rota(door.id, visit.now, visit.now + Duration(1)));
                const auto there = parties::on_duty(shifts, parties::Seat::manager, visit.now);
                const bool still = row.concern.with && std::ranges::find(there, *row.concern.with) != there.end();
                if (row.concern.stage != Stage::waiting || still || !with || with == row.concern.with)
                    return fail(Code::conflict, "nothing to pass on");
                const Permit permit =
                    KITH_TRY(visit.ask(Act::hand_over, KITH_TRY(visit.facts_of(row)), row.concern.id.text()));
                KITH_TRY(visit.keep(KITH_TRY(concerns::hand_over(row.concern, with, visit.now))));
                return visit.record(permit, {.act = "concern_handed_over",
                                             .subject = row.concern.id.text(),
                                             .clauses = KITH_TRY(visit.questions(door.id)).who_receives().clauses(),
                                             .pack = row.concern.pack,
                                             .facts = {{"to", with->text()}}});
            });
            if (done) ++passed;
        }
    }
    return passed;
}

}  // namespace kith::app
