// Someone is shut out: at once nothing opens for them, their hours on the rota are taken off it, and what they had goes
// to who is on duty. Hours that are left with nobody are told of in the same act.
#include <algorithm>

#include "app/intake.hpp"
#include "app/people.hpp"
#include "app/receiver.hpp"
#include "app/vault/gone.hpp"

namespace kith::app {
namespace {
using parties::Role;
using parties::Shift;

// As far ahead as any rota is laid.
constexpr auto kFarAhead = std::chrono::hours(24 * 366 * 20);

/// Takes them off the front door's rota; they did take the hours that have passed. True when that leaves hours with
/// nobody that had somebody.
Result<bool> take_off(Visit& visit, FrontDoorId door, MemberId member) {
    const auto before = KITH_TRY(visit.tables.members().rota(door, visit.now, visit.now + kFarAhead));
    std::vector<Shift> left;
    for (Shift shift : before) {
        if (shift.member == member && shift.from >= visit.now) continue;
        if (shift.member == member) shift.until = visit.now;
        left.push_back(shift);
    }
    if (left == before) return false;
    KITH_TRY(visit.tables.members().put_rota(door, visit.now - Duration(1), left));
    Instant end = visit.now;
    for (const Shift& shift : before) end = std::max(end, shift.until);
    return parties::gaps(left, visit.now, end) != parties::gaps(before, visit.now, end);
}

Result<void> tell_of_the_gap(Visit& visit, const Permit& permit, FrontDoorId door, MemberId member) {
    KITH_TRY(visit.record(permit, {.act = "rota_gap", .subject = door.text()}));
    for (const MemberRow& row : KITH_TRY(visit.tables.members().all())) {
        const bool concerned =
            row.roles.has(Role::administrator) || (row.roles.has(Role::manager) && row.front_door == door);
        if (concerned && !row.shut_out && row.id != member) KITH_TRY(visit.tell(row.id, Notice::rota_gap));
    }
    return {};
}

Result<void> pass_on_what_they_had(Visit& visit, const Permit& permit, FrontDoorId door, MemberId member) {
    for (const ConcernRow& row : KITH_TRY(visit.tables.concerns().open_at(door))) {
        if (!concerns::is_owed_by(row.concern, member)) continue;
        const auto with = KITH_TRY(receiver_of(visit, row.concern));
        const auto concern = KITH_TRY(concerns::hand_over(row.concern, with, visit.now));
        KITH_TRY(visit.keep(concern));
        KITH_TRY(tell_of_receipt(visit, concern));
        KITH_TRY(visit.record(permit, {.act = "concern_handed_over",
                                       .subject = row.concern.id.text(),
                                       .clauses = KITH_TRY(visit.questions(door)).who_receives().clauses(),
                                       .pack = row.concern.pack,
                                       .facts = {{"to", with ? with->text() : "nobody"}}}));
    }
    return {};
}
}  // namespace

Result<void> shut_out(House& house, const Actor& administrator, MemberId member) {
    return visiting(house, administrator, [&](Visit& visit) -> Result<void> {
        const Permit permit = KITH_TRY(visit.ask(Act::shut_out, {}, member.text()));
        MemberRow row = KITH_TRY(visit.tables.members().find(member));
        if (member == administrator.member) return fail(Code::conflict, "nobody shuts themselves out");
        row.shut_out = true;
        KITH_TRY(visit.tables.members().change(row));
        KITH_TRY(visit.tables.registry().drop_holdings(member));
        KITH_TRY(visit.tables.gone().add(gone_member(member)));
        KITH_TRY(visit.record(permit, {.act = "member_shut_out", .subject = member.text()}));
        for (const FrontDoorRow& door : KITH_TRY(visit.tables.registry().front_doors())) {
            const bool is_gap = KITH_TRY(take_off(visit, door.id, member));
            if (is_gap) KITH_TRY(tell_of_the_gap(visit, permit, door.id, member));
            KITH_TRY(pass_on_what_they_had(visit, permit, door.id, member));
        }
        return {};
    });
}

}  // namespace kith::app
