#include "app/emergency.hpp"

#include <algorithm>

#include "app/grounds.hpp"
#include "app/role_keys.hpp"
#include "base/text.hpp"

namespace kith::app {
namespace {
using parties::Role;

constexpr std::size_t kMostReview = 2000;

bool is_an_emergency(OpeningPurpose purpose) {
    return purpose == OpeningPurpose::protect_the_child || purpose == OpeningPurpose::protect_the_reporter;
}

/// Whom the rota names in the custodian's seat at this instant.
Result<Facts> facts_now(Visit& visit, const OpeningRow& opening, const ConcernRow& row) {
    Facts facts = KITH_TRY(facts_of_opening(visit, opening, row));
    const auto shifts =
        KITH_TRY(visit.tables.members().rota(row.concern.front_door, visit.now, visit.now + Duration(1)));
    const auto reachable = parties::on_duty(shifts, parties::Seat::custodian, visit.now);
    facts.emergency_deputy = std::ranges::find(reachable, visit.actor.member) != reachable.end();
    return facts;
}

/// But not whoever must not see the worry: for them it does not exist.
Result<void> tell_other_custodians(Visit& visit, ConcernId id) {
    const auto excluded = KITH_TRY(visit.tables.concerns().excluded(id));
    for (const MemberRow& row : KITH_TRY(visit.tables.members().all()))
        if (row.roles.has(Role::custodian) && !row.shut_out && row.id != visit.actor.member &&
            std::ranges::find(excluded, row.id) == excluded.end())
            KITH_TRY(visit.tell(row.id, Notice::custody_asked));
    return {};
}
}  // namespace

Result<concerns::Contact> open_in_emergency(House& house, const Actor& one, const Holder& holder,
                                            std::string_view reference, OpeningPurpose purpose,
                                            std::string_view reason) {
    if (!is_an_emergency(purpose)) return fail(Code::invalid, "not the purpose of an emergency", "purpose");
    if (text::tidy(reason).empty()) return fail(Code::invalid, "no reason given", "reason");
    const OpeningId id = house.crypto.random_id<OpeningId>();
    return visiting(house, one, [&](Visit& visit) -> Result<concerns::Contact> {
        const ConcernRow row = KITH_TRY(by_reference(visit, reference));
        OpeningRow opening;
        opening.id = id;
        opening.concern = row.concern.id;
        opening.asked_by = one.member;
        opening.purpose = name_of(purpose);
        opening.asked_at = visit.now;
        opening.state = OpeningState::opened;
        opening.opened_at = visit.now;
        opening.emergency = true;
        const Permit permit = KITH_TRY(
            visit.ask(Act::open_in_emergency, KITH_TRY(facts_now(visit, opening, row)), row.concern.id.text()));
        const VaultRow vault = KITH_TRY(visit.tables.vault().newest(row.concern.id));
        const KeyPair custody = KITH_TRY(role_pair(visit, RoleKeyKind::custody, {}, vault.custody_generation, holder));
        concerns::Contact contact =
            KITH_TRY(open_by_custody(house.crypto, visit.vault_place(row.concern), vault, custody));
        opening.sealed_reason = seal_grounds(KITH_TRY(visit.file_of(row)), id, {.reason = text::tidy(reason)});
        KITH_TRY(visit.tables.openings().add(opening));
        KITH_TRY(tell_other_custodians(visit, row.concern.id));
        KITH_TRY(
            visit.record(permit, {.act = "contact_opened",
                                  .subject = row.concern.id.text(),
                                  .clauses = naming_clauses(visit, row.concern.front_door),
                                  .pack = row.concern.pack,
                                  .facts = {{"purpose", opening.purpose}, {"way", "emergency"}, {"opening", id.text()}},
                                  .sealed_digests = {{"openings/reason", opening.sealed_reason.bytes}}}));
        return contact;
    });
}

Result<void> review_opening(House& house, const Actor& reviewer, OpeningId id, Verdict verdict,
                            std::string_view review) {
    const std::string said = text::tidy(review);
    if (said.empty() || text::length(said) > kMostReview || !text::is_clean_utf8(said))
        return fail(Code::invalid, "no review given", "review");
    return visiting(house, reviewer, [&](Visit& visit) -> Result<void> {
        OpeningRow opening = KITH_TRY(visit.tables.openings().find(id));
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(opening.concern));
        const Permit permit = KITH_TRY(
            visit.ask(Act::review_opening, KITH_TRY(facts_of_opening(visit, opening, row)), row.concern.id.text()));
        if (!opening.emergency || opening.second) return fail(Code::conflict, "nothing to review");
        const auto file = KITH_TRY(visit.file_of(row));
        Grounds grounds = KITH_TRY(open_grounds(file, opening));
        grounds.review = said;
        opening.sealed_reason = seal_grounds(file, id, grounds);
        opening.second = reviewer.member;
        opening.decided_at = visit.now;
        KITH_TRY(visit.tables.openings().change(opening));
        return visit.record(
            permit, {.act = "opening_reviewed",
                     .subject = row.concern.id.text(),
                     .clauses = naming_clauses(visit, row.concern.front_door),
                     .pack = row.concern.pack,
                     .facts = {{"verdict", verdict == Verdict::right ? "right" : "wrong"}, {"opening", id.text()}},
                     .sealed_digests = {{"openings/reason", opening.sealed_reason.bytes}}});
    });
}

bool holds_custody(House& house, const Actor& actor) {
    if (actor.roles.has(Role::custodian)) return true;
    const auto verified = house.key_list();
    return verified && (*verified)->list.deputies.contains(actor.member);
}

Result<void> name_deputy(House& house, const Actor& custodian, const Holder& holder, MemberId manager) {
    const KnownList known = house.known_list();
    const auto done = visiting(house, custodian, [&](Visit& visit) -> Result<void> {
        const Permit permit = KITH_TRY(visit.ask(Act::admit_holder, {}, manager.text()));
        const MemberRow row = KITH_TRY(visit.tables.members().find(manager));
        const KeyList list = KITH_TRY(list_in_force(visit, known));
        const auto at = list.holders.find(manager);
        if (row.shut_out || !row.roles.has(Role::manager) || at == list.holders.end() || at->second != row.public_key)
            return fail(Code::conflict, "only an admitted manager deputises");
        const RoleKeyRow key = KITH_TRY(visit.tables.registry().role_key(RoleKeyKind::custody, {}));
        const KeyPair custody = KITH_TRY(role_pair(visit, RoleKeyKind::custody, {}, key.generation, holder));
        KITH_TRY(hand_on(visit, custody, key, manager, row.public_key));
        const auto number =
            KITH_TRY(add_key_list(visit, holder, known, [&](KeyList& next) { next.deputies.insert(manager); }));
        return visit.record(
            permit,
            {.act = "deputy_named", .subject = manager.text(), .facts = {{"key_list", std::to_string(number)}}});
    });
    if (done) house.key_list_made();
    return done;
}

}  // namespace kith::app
