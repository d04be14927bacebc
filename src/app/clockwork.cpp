#include "app/clockwork.hpp"

#include <algorithm>
#include <map>

#include "app/copies.hpp"
#include "app/desk.hpp"
#include "app/draft_files.hpp"
#include "app/intake.hpp"
#include "app/receiver.hpp"
#include "app/record_call.hpp"
#include "app/vault/gone.hpp"
#include "base/log.hpp"

namespace kith::app {
namespace {
// What still waits is re-wrapped a day before its epoch key goes.
constexpr std::int64_t kRewrapDays = kEpochDays - 1;

constexpr auto kTellCustodiansEvery = std::chrono::hours(24);

std::int64_t day_number(Instant at) { return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count(); }
}  // namespace

Result<void> Clockwork::tell_of_alarms() {
    const auto now = house_.alarms.all();
    const Instant at = house_.clock.now();
    const auto put = [&](Words act, Alarm alarm) {
        return house_.store.write([&](Tables& tables) {
            return append_entry(tables, "system", {.act = act, .facts = {{"alarm", std::string(name_of(alarm))}}}, at,
                                house_.crypto);
        });
    };
    for (const Alarm alarm : now)
        if (!std::ranges::count(alarms_told_, alarm)) KITH_TRY(put("alarm_raised", alarm));
    for (const Alarm alarm : alarms_told_)
        if (!std::ranges::count(now, alarm)) KITH_TRY(put("alarm_ended", alarm));
    alarms_told_ = now;
    return {};
}

Result<Ticked> Clockwork::tick() {
    KITH_TRY(watch_the_clock(house_));
    // Looked at anew each time, with the files outside. One that cannot be used alarms, and stops nothing of what
    // follows.
    house_.key_list_changed();
    static_cast<void>(house_.key_list());
    KITH_TRY(tell_of_alarms());
    Ticked out;
    out.idle_calls = KITH_TRY(hand_over_idle_calls(house_));
    out.passed_on = KITH_TRY(pass_on_the_waiting(house_));
    out.told_late = KITH_TRY(tell_of_the_late());
    out.forms_overdue = KITH_TRY(tell_of_forms_overdue());
    out.custodians_told = KITH_TRY(tell_custodians());
    if (house_.alarms.has(Alarm::clock_in_doubt)) return out;
    out.drafts_ended = KITH_TRY(end_drafts(house_));
    out.ways_closed = KITH_TRY(close_ways());
    out.epochs_ended = KITH_TRY(end_epochs());
    return out;
}

namespace {
/// Everyone who is told that a worry runs late: who has it, who else is on duty, who comes on next.
Result<void> tell_those_concerned(Visit& visit, const concerns::Concern& concern, Notice notice) {
    const auto excluded = KITH_TRY(visit.tables.concerns().excluded(concern.id));
    const auto shifts =
        KITH_TRY(visit.tables.members().rota(concern.front_door, visit.now, visit.now + std::chrono::hours(24)));
    std::vector<MemberId> whom = parties::on_duty(shifts, parties::Seat::manager, visit.now);
    const auto next = parties::coming_on(shifts, parties::Seat::manager, visit.now);
    if (!next.empty()) whom.push_back(next.front().member);
    for (const MemberId& member : whom)
        if (std::ranges::find(excluded, member) == excluded.end()) KITH_TRY(visit.tell(member, notice));
    return {};
}
}  // namespace

Result<std::size_t> Clockwork::tell_of_the_late() {
    const Actor machine = Actor::machine();
    std::size_t told = 0;
    for (const FrontDoorRow& door :
         KITH_TRY(house_.store.reading([](Tables& t) { return t.registry().front_doors(); }))) {
        for (const ConcernRow& row :
             KITH_TRY(house_.store.reading([&](Tables& t) { return t.concerns().open_at(door.id); }))) {
            if (row.concern.answered_at) continue;
            std::size_t steps = 0;
            const auto done = visiting(house_, machine, [&](Visit& visit) -> Result<void> {
                const auto at = KITH_TRY(visit.questions(door.id)).escalate_at(row.concern.received_at);
                if (at.asks_a_person()) return fail(Code::not_found, "no escalation");
                steps = static_cast<std::size_t>(
                    std::ranges::count_if(at.value(), [&](Instant step) { return step <= visit.now; }));
                if (steps <= told_[row.concern.id]) return fail(Code::not_found, "told already");
                KITH_TRY(KITH_TRY(receiver_of(visit, row.concern))
                             ? tell_those_concerned(visit, row.concern, Notice::worry_late)
                             : tell_unattended(visit, row.concern));
                return append_entry(visit.tables, "system",
                                    {.act = "escalated",
                                     .subject = row.concern.id.text(),
                                     .clauses = at.clauses(),
                                     .pack = row.concern.pack,
                                     .facts = {{"step", std::to_string(steps)}}},
                                    visit.now, house_.crypto);
            });
            if (!done) continue;
            told_[row.concern.id] = steps;
            ++told;
        }
    }
    return told;
}

/// PLY-025: one reminder, to staff; nothing else waits for the form.
Result<std::size_t> Clockwork::tell_of_forms_overdue() {
    const Actor machine = Actor::machine();
    const Instant now = house_.clock.now();
    std::size_t told = 0;
    for (const FrontDoorRow& door :
         KITH_TRY(house_.store.reading([](Tables& t) { return t.registry().front_doors(); }))) {
        for (const ConcernRow& row :
             KITH_TRY(house_.store.reading([&](Tables& t) { return t.concerns().open_at(door.id); }))) {
            if (!concerns::form_is_overdue(row.concern, now) || forms_told_.contains(row.concern.id)) continue;
            KITH_TRY(visiting(house_, machine, [&](Visit& visit) -> Result<void> {
                KITH_TRY(tell_those_concerned(visit, row.concern, Notice::form_overdue));
                const auto asked = KITH_TRY(visit.questions(door.id));
                const auto rule = asked.written_form_due(protocol::Channel::telephone, {}, row.concern.received_at);
                return append_entry(visit.tables, "system",
                                    {.act = "form_overdue",
                                     .subject = row.concern.id.text(),
                                     .clauses = rule.clauses(),
                                     .pack = row.concern.pack},
                                    visit.now, house_.crypto);
            }));
            forms_told_.insert(row.concern.id);
            ++told;
        }
    }
    return told;
}

namespace {
/// Unanswered for a day, of whatever front door.
Result<std::vector<ConcernId>> waiting_for_a_day(Tables& tables, Instant now) {
    std::vector<ConcernId> out;
    for (const FrontDoorRow& door : KITH_TRY(tables.registry().front_doors()))
        for (const ConcernRow& row : KITH_TRY(tables.concerns().open_at(door.id)))
            if (!row.concern.answered_at && now - row.concern.received_at >= kTellCustodiansEvery)
                out.push_back(row.concern.id);
    return out;
}

/// For whom one of these exists.
Result<bool> is_one_for(Visit& visit, const std::vector<ConcernId>& waiting, MemberId member) {
    for (const ConcernId& id : waiting) {
        const auto excluded = KITH_TRY(visit.tables.concerns().excluded(id));
        if (std::ranges::find(excluded, member) == excluded.end()) return true;
    }
    return false;
}
}  // namespace

/// The way in of an unanswered worry stays open without limit; so custodians hear of it daily (reporters-vault, Rules).
Result<std::size_t> Clockwork::tell_custodians() {
    const Instant now = house_.clock.now();
    if (custodians_told_ && now >= *custodians_told_ && now - *custodians_told_ < kTellCustodiansEvery)
        return std::size_t{0};
    if (KITH_TRY(house_.store.reading([&](Tables& tables) { return waiting_for_a_day(tables, now); })).empty())
        return std::size_t{0};
    const Actor machine = Actor::machine();
    std::size_t told = 0;
    KITH_TRY(visiting(house_, machine, [&](Visit& visit) -> Result<void> {
        told = 0;
        const auto waiting = KITH_TRY(waiting_for_a_day(visit.tables, visit.now));
        for (const MemberRow& row : KITH_TRY(visit.tables.members().all())) {
            if (!row.roles.has(parties::Role::custodian) || row.shut_out) continue;
            if (!KITH_TRY(is_one_for(visit, waiting, row.id))) continue;
            KITH_TRY(visit.tell(row.id, Notice::unanswered));
            ++told;
        }
        return append_entry(visit.tables, "system",
                            {.act = "custodians_told", .facts = {{"unanswered", std::to_string(waiting.size())}}},
                            visit.now, house_.crypto);
    }));
    custodians_told_ = now;
    return told;
}

Result<std::size_t> Clockwork::close_ways() {
    const Actor machine = Actor::machine();
    std::size_t closed = 0;
    const Epoch all{day_number(house_.clock.now()) + 1};
    for (const VaultRow& row :
         KITH_TRY(house_.store.reading([&](Tables& t) { return t.vault().under_epochs_before(all); }))) {
        const auto done = visiting(house_, machine, [&](Visit& visit) -> Result<void> {
            const ConcernRow concern = KITH_TRY(visit.tables.concerns().find(row.concern));
            const Facts facts = KITH_TRY(visit.facts_of(concern));
            if (facts.way_in_open || house_.alarms.has(Alarm::gone_list)) return fail(Code::conflict, "still open");
            KITH_TRY(visit.tables.vault().close_way_in(row.concern));
            return append_entry(visit.tables, "system",
                                {.act = "way_in_closed", .subject = row.concern.text(), .pack = concern.concern.pack},
                                visit.now, house_.crypto);
        });
        if (done) ++closed;
    }
    return closed;
}

Result<std::size_t> Clockwork::end_epochs() {
    const std::int64_t today = day_number(house_.clock.now());
    const auto [epoch, key] = house_.epoch_now();
    if (!key) return std::size_t{0};
    const auto old = KITH_TRY(
        house_.store.reading([&](Tables& t) { return t.vault().under_epochs_before(Epoch{today - kRewrapDays + 1}); }));
    const Actor machine = Actor::machine();
    for (const VaultRow& row : old) {
        const auto old_key = house_.epochs.read(row.epoch);
        if (!old_key) continue;
        const auto done = visiting(house_, machine, [&](Visit& visit) -> Result<void> {
            const ConcernRow concern = KITH_TRY(visit.tables.concerns().find(row.concern));
            const Bytes wrap =
                KITH_TRY(rewrap_duty(house_.crypto, visit.vault_place(concern.concern), row, *old_key, epoch, *key));
            return visit.tables.vault().rewrap(row.concern, row.number, wrap, epoch);
        });
        // One row that does not open keeps its own epoch's key and no other's.
        if (!done) log::warn("a way in could not be re-wrapped", {{"concern", row.concern}, {"why", done.error()}});
    }
    KITH_TRY(give_up_waiting(house_, Epoch{today - kEpochDays + 1}));
    std::size_t ended = 0;
    for (const Epoch past : KITH_TRY(house_.epochs.list())) {
        if (past.day > today - kEpochDays) continue;
        const auto still = KITH_TRY(
            house_.store.reading([&](Tables& t) { return t.vault().under_epochs_before(Epoch{past.day + 1}); }));
        // The re-wrap must be the only copy before the key goes: deleted pages and the log are emptied first.
        const bool is_named = std::ranges::find(still, past, &VaultRow::epoch) != still.end();
        if (is_named || !house_.store.forget_deleted()) continue;
        KITH_TRY(house_.store.write([&](Tables& tables) { return tables.gone().add(gone_epoch(past)); }));
        KITH_TRY(house_.epochs.destroy(past));
        ++ended;
    }
    return ended;
}

}  // namespace kith::app
