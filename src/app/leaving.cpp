#include "app/leaving.hpp"

#include <algorithm>

namespace kith::app {
namespace {
using parties::Role;

struct Leavers {
    std::vector<MemberRow> left;        ///< shut out, and on the key list still
    bool custody = false;               ///< one of them held custody's half, and with it could open every duty key's
    std::set<FrontDoorId> front_doors;  ///< whose duty key one of them held
};

Result<Leavers> leavers_of(Tables& tables, const KeyList& list) {
    Leavers out;
    for (MemberRow& row : KITH_TRY(tables.members().all())) {
        if (!row.shut_out || !list.holders.contains(row.id)) continue;
        if (list.signers.contains(row.id) || list.deputies.contains(row.id)) out.custody = true;
        if (row.roles.has(Role::manager) && list.duty.contains(row.front_door)) out.front_doors.insert(row.front_door);
        out.left.push_back(std::move(row));
    }
    if (out.custody)
        for (const auto& [door, key] : list.duty) out.front_doors.insert(door);
    return out;
}

void take_off(KeyList& list, const Leavers& leavers) {
    for (const MemberRow& row : leavers.left) {
        list.holders.erase(row.id);
        list.signers.erase(row.id);
        list.deputies.erase(row.id);
    }
}

/// The old private half is sealed to the new public one; the new one to every custodian and deputy that stays.
Result<RolePublic> renew_custody(Visit& visit, const Holder& holder, const KeyList& staying, const KeyPair& fresh) {
    auto& registry = visit.tables.registry();
    const RoleKeyRow old = KITH_TRY(registry.role_key(RoleKeyKind::custody, {}));
    const KeyPair before = KITH_TRY(role_pair(visit, RoleKeyKind::custody, {}, old.generation, holder));
    const RoleKeyRow key{
        RoleKeyKind::custody, {}, old.generation + 1,
        fresh.public_half,    {}, visit.house.crypto.seal_to(fresh.public_half, before.private_half.expose())};
    KITH_TRY(registry.add_role_key(key));
    for (const auto& [member, public_key] : staying.holders)
        if (staying.signers.contains(member) || staying.deputies.contains(member))
            KITH_TRY(hand_on(visit, fresh, key, member, public_key));
    return RolePublic{fresh.public_half, key.generation};
}
}  // namespace

Result<RenewedKeys> renew_after_leavers(House& house, const Actor& custodian, const Holder& holder) {
    if (!holder.signing) return RenewedKeys{};
    const auto in_force = KITH_TRY(house.key_list());
    const auto leavers =
        KITH_TRY(house.store.reading([&](Tables& tables) { return leavers_of(tables, in_force->list); }));
    if (leavers.left.empty() || !in_force->list.signers.contains(holder.member)) return RenewedKeys{};
    const KnownList known = house.known_list();
    const KeyPair fresh = house.crypto.new_pair();
    const auto done = visiting(house, custodian, [&](Visit& visit) -> Result<RenewedKeys> {
        const Permit permit = KITH_TRY(visit.ask(Act::admit_holder, {}));
        KeyList list = KITH_TRY(list_in_force(visit, known));
        const Leavers now = KITH_TRY(leavers_of(visit.tables, list));
        RenewedKeys out{now.left.size(), now.custody, now.front_doors.size()};
        if (now.left.empty()) return out;
        take_off(list, now);
        if (now.custody) list.custody = KITH_TRY(renew_custody(visit, holder, list, fresh));
        for (const FrontDoorId& door : now.front_doors)
            list.duty[door] = KITH_TRY(new_duty_key(visit, holder, list, door, Chain::continued));
        const auto number = KITH_TRY(add_key_list(visit, holder, known, [&](KeyList& next) {
            next.custody = list.custody;
            next.duty = list.duty;
            take_off(next, now);
        }));
        std::vector<std::pair<std::string, std::string>> facts{{"key_list", std::to_string(number)},
                                                               {"custody", out.custody ? "renewed" : "kept"},
                                                               {"duty_keys", std::to_string(out.duty_keys)}};
        for (const MemberRow& row : now.left) facts.emplace_back("left", row.id.text());
        KITH_TRY(visit.record(permit, {.act = "keys_renewed", .facts = facts}));
        return out;
    });
    if (done) house.key_list_made();
    return done;
}

namespace {
/// Through custody, whose wrap every row has; what does not open stays without a way in.
Result<bool> reseal(Visit& visit, const Holder& holder, const VaultRow& row, const RolePublic& duty, Epoch epoch,
                    const Key& epoch_key) {
    const ConcernRow concern = KITH_TRY(visit.tables.concerns().find(row.concern));
    const KeyPair custody = KITH_TRY(role_pair(visit, RoleKeyKind::custody, {}, row.custody_generation, holder));
    const auto wrap =
        reseal_duty(visit.house.crypto, visit.vault_place(concern.concern), row, custody, duty, epoch, epoch_key);
    if (!wrap) return false;
    KITH_TRY(visit.tables.vault().put_way_in(row.concern, row.number, *wrap, epoch, duty.generation));
    return true;
}
}  // namespace

Result<Resealed> suspect_duty_key(House& house, const Actor& custodian, const Holder& holder, FrontDoorId front_door) {
    const KnownList known = house.known_list();
    const auto [epoch, epoch_key] = house.epoch_now();
    const auto done =
        visiting(house, custodian, [&, today = epoch, day_key = epoch_key](Visit& visit) -> Result<Resealed> {
            const Permit permit = KITH_TRY(visit.ask(Act::admit_holder, {}, front_door.text()));
            const auto suspected = KITH_TRY(visit.tables.registry().role_key(RoleKeyKind::duty, front_door));
            const auto open = KITH_TRY(visit.tables.vault().ways_in_at(front_door));
            KITH_TRY(visit.tables.vault().close_ways_under(front_door, suspected.generation));
            const KeyList list = KITH_TRY(list_in_force(visit, known));
            const RolePublic duty = KITH_TRY(new_duty_key(visit, holder, list, front_door, Chain::cut_off));
            Resealed out{open.size(), 0};
            for (const VaultRow& row : open)
                if (day_key && KITH_TRY(reseal(visit, holder, row, duty, today, *day_key))) ++out.resealed;
            const auto number =
                KITH_TRY(add_key_list(visit, holder, known, [&](KeyList& next) { next.duty[front_door] = duty; }));
            KITH_TRY(visit.record(permit, {.act = "duty_key_suspected",
                                           .subject = front_door.text(),
                                           .facts = {{"generation", std::to_string(suspected.generation)},
                                                     {"ways", std::to_string(out.ways)},
                                                     {"resealed", std::to_string(out.resealed)},
                                                     {"key_list", std::to_string(number)}}}));
            return out;
        });
    if (done) house.key_list_made();
    return done;
}

}  // namespace kith::app
