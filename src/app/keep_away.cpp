#include "app/keep_away.hpp"

#include <algorithm>
#include <set>

#include "app/desk.hpp"
#include "app/intake.hpp"
#include "app/receiver.hpp"

namespace kith::app {
namespace {
constexpr std::string_view kKeptAway = "kept_away", kNobodyHere = "nobody_here";
// Whoever is meant could say it themselves.
constexpr std::size_t kEnoughToSayNobody = 2;
}  // namespace

Result<void> keep_away(House& house, const Actor& actor, ConcernId id, std::optional<MemberId> who) {
    return visiting(house, actor, [&](Visit& visit) -> Result<void> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::keep_away, KITH_TRY(visit.facts_of(row)), id.text()));
        concerns::Concern concern = row.concern;
        std::string name;
        if (who) {
            const MemberRow member = KITH_TRY(visit.tables.members().find(*who));
            if (!works_at(member, concern.front_door)) return fail(Code::not_found, "nobody of this front door");
            name = KITH_TRY(name_of_member(visit, *who));
            KITH_TRY(visit.tables.concerns().exclude(id, *who, visit.now));
        }
        const bool they_had_it = who && concerns::is_owed_by(concern, *who);
        if (they_had_it)
            concern = KITH_TRY(concerns::hand_over(concern, KITH_TRY(receiver_of(visit, concern)), visit.now));
        else
            ++concern.revision;
        KITH_TRY(visit.keep(concern));
        if (they_had_it) KITH_TRY(tell_of_receipt(visit, concern));
        const auto file = KITH_TRY(visit.file_of(row));
        const auto note =
            KITH_TRY(add_note(visit, file, id, NoteKind::must_not_see, who ? kKeptAway : kNobodyHere, name));
        return visit.record(permit, {.act = "kept_away",
                                     .subject = id.text(),
                                     .pack = concern.pack,
                                     .facts = {{"anybody", who ? "yes" : "no"}},
                                     .sealed_digests = {{"notes/text", note.bytes}}});
    });
}

Result<MustNotSee> must_not_see(Visit& visit, const concerns::Concern& concern, const concerns::Account& account) {
    MustNotSee out;
    if (account.known(concerns::Field::must_not_see).empty()) return out;
    out.stands = MustNotSee::Stands::unmatched;
    std::set<MemberId> said_nobody;
    for (const NoteRow& note : KITH_TRY(visit.tables.concerns().notes(concern.id))) {
        if (note.kind != NoteKind::must_not_see) continue;
        if (note.word == kKeptAway) out.stands = MustNotSee::Stands::settled;
        if (note.word == kNobodyHere && note.by) said_nobody.insert(*note.by);
    }
    if (said_nobody.size() >= kEnoughToSayNobody) out.stands = MustNotSee::Stands::settled;
    out.is_said_nobody = !said_nobody.empty();
    out.may_say_nobody = !said_nobody.contains(visit.actor.member);
    return out;
}

Result<std::vector<Colleague>> who_could_be_meant(Visit& visit, const concerns::Concern& concern) {
    std::vector<Colleague> out;
    const auto excluded = KITH_TRY(visit.tables.concerns().excluded(concern.id));
    for (const MemberRow& row : KITH_TRY(visit.tables.members().all()))
        if (works_at(row, concern.front_door) && !row.shut_out && std::ranges::find(excluded, row.id) == excluded.end())
            out.push_back({row.id, KITH_TRY(name_of_member(visit, row.id)), row.roles});
    std::ranges::sort(out, {}, &Colleague::name);
    return out;
}

}  // namespace kith::app
