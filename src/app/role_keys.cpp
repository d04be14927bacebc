#include "app/role_keys.hpp"

#include <algorithm>

namespace kith::app {
namespace {
using parties::Role;

bool is_admitted_manager(const MemberRow& row, const KeyList& list, FrontDoorId front_door) {
    const auto at = list.holders.find(row.id);
    return !row.shut_out && row.roles.has(Role::manager) && row.front_door == front_door && at != list.holders.end() &&
           at->second == row.public_key;
}

Result<KeyPair> pair_of_half(Visit& visit, const SecretBytes& half) {
    return visit.house.crypto.pair_of(KITH_TRY(to_key(half)));
}

/// The pair of the generation before, opened with this one.
Result<KeyPair> before(Visit& visit, const RoleKeyRow& key, const KeyPair& pair) {
    if (key.sealed_before.empty()) return fail(Code::not_found, "the generation before was cut off");
    return pair_of_half(visit, KITH_TRY(visit.house.crypto.open_with(pair, key.sealed_before)));
}
}  // namespace

Result<KeyPair> role_pair(Visit& visit, RoleKeyKind kind, FrontDoorId front_door, std::uint32_t generation,
                          const Holder& holder) {
    auto& registry = visit.tables.registry();
    const std::uint32_t newest = KITH_TRY(registry.role_key(kind, front_door)).generation;
    for (std::uint32_t held = generation; held <= newest; ++held) {
        const auto sealed = registry.holding(kind, front_door, held, holder.member);
        if (!sealed && sealed.error().code == Code::not_found) continue;
        if (!sealed) return Failure(sealed.error());
        KeyPair pair = KITH_TRY(pair_of_half(visit, KITH_TRY(visit.house.crypto.open_with(holder.pair, *sealed))));
        for (; held > generation; --held)
            pair = KITH_TRY(before(visit, KITH_TRY(registry.role_key_of(kind, front_door, held)), pair));
        return pair;
    }
    return fail(Code::not_found, "holds no half of that key");
}

Result<KeyPair> duty_pair_by_custody(Visit& visit, const RoleKeyRow& duty, const Holder& holder) {
    // To which generation of custody it was sealed is not written down: whichever opens it.
    std::uint32_t generation = KITH_TRY(visit.tables.registry().role_key(RoleKeyKind::custody, {})).generation;
    KeyPair custody = KITH_TRY(role_pair(visit, RoleKeyKind::custody, {}, generation, holder));
    for (;;) {
        const auto half = visit.house.crypto.open_with(custody, duty.sealed_to_custody);
        if (half) return pair_of_half(visit, *half);
        if (generation <= 1) return Failure(half.error());
        custody = KITH_TRY(before(
            visit, KITH_TRY(visit.tables.registry().role_key_of(RoleKeyKind::custody, {}, generation)), custody));
        --generation;
    }
}

Result<void> hand_on(Visit& visit, const KeyPair& role, const RoleKeyRow& key, MemberId to,
                     const PublicKey& public_key) {
    return visit.tables.registry().put_holding(key.kind, key.front_door, key.generation, to,
                                               visit.house.crypto.seal_to(public_key, role.private_half.expose()));
}

Result<KeyList> list_in_force(Visit& visit, const KnownList& known) {
    return KITH_TRY(newest_good(visit.house.crypto, KITH_TRY(visit.tables.registry().key_lists()), known)).list;
}

namespace {
Result<std::uint32_t> add_list_after(Visit& visit, const Holder& signer, const VerifiedList& last,
                                     const KnownList& known, const std::function<void(KeyList&)>& change) {
    KeyList list = last.list;
    list.previous = visit.house.crypto.sha256(as_bytes(last.row.text));
    list.number = std::max(list.number, known.number) + 1;
    // A list that was refused keeps its number.
    const auto chain = KITH_TRY(visit.tables.registry().key_lists());
    while (std::ranges::find(chain, list.number, &KeyListRow::number) != chain.end()) ++list.number;
    list.signer = signer.member;
    list.signer_key = signer.signing->public_half;
    change(list);
    KITH_TRY(visit.tables.registry().add_key_list(signed_row(visit.house.crypto, list, *signer.signing)));
    return list.number;
}
}  // namespace

Result<std::uint32_t> add_key_list(Visit& visit, const Holder& signer, const KnownList& known,
                                   const std::function<void(KeyList&)>& change) {
    if (!signer.signing) return fail(Code::forbidden, "only a custodian signs the key list");
    const auto last = KITH_TRY(newest_good(visit.house.crypto, KITH_TRY(visit.tables.registry().key_lists()), known));
    return add_list_after(visit, signer, last, known, change);
}

Result<void> sign_list_anew(House& house, const Actor& custodian, const Holder& holder) {
    if (!holder.signing) return fail(Code::forbidden, "only a custodian signs the key list");
    const KnownList known = house.known_list();
    const auto done = visiting(house, custodian, [&](Visit& visit) -> Result<void> {
        const Permit permit = KITH_TRY(visit.ask(Act::admit_holder, {}));
        const auto chain = KITH_TRY(visit.tables.registry().key_lists());
        auto last = newest_good(house.crypto, chain, known);
        if (!last) last = newest_good(house.crypto, chain, 0);
        if (!last) return Failure(last.error());
        if (!last->list.signers.contains(holder.member)) return fail(Code::forbidden, "not a signer of the last list");
        const auto number = KITH_TRY(add_list_after(visit, holder, *last, known, [](KeyList&) {}));
        return visit.record(
            permit, {.act = "key_list_signed_anew",
                     .facts = {{"after", std::to_string(last->list.number)}, {"key_list", std::to_string(number)}}});
    });
    if (done) house.key_list_made();
    return done;
}

Result<RolePublic> new_duty_key(Visit& visit, const Holder& holder, const KeyList& list, FrontDoorId front_door,
                                Chain chain) {
    auto& registry = visit.tables.registry();
    const KeyPair duty = visit.house.crypto.new_pair();
    // Sealed to what a custodian signed. A row that says otherwise is somebody else's doing.
    const RoleKeyRow custody = KITH_TRY(registry.role_key_of(RoleKeyKind::custody, {}, list.custody.generation));
    if (custody.public_half != list.custody.public_half)
        return fail(Code::betrayed, "custody's key is not the one on the key list");
    RoleKeyRow key{RoleKeyKind::duty, front_door, 1, duty.public_half,
                   visit.house.crypto.seal_to(list.custody.public_half, duty.private_half.expose())};
    if (const auto old = registry.role_key(RoleKeyKind::duty, front_door)) {
        key.generation = old->generation + 1;
        if (chain == Chain::continued)
            key.sealed_before = visit.house.crypto.seal_to(
                duty.public_half, KITH_TRY(duty_pair_by_custody(visit, *old, holder)).private_half.expose());
    }
    KITH_TRY(registry.add_role_key(key));
    for (const MemberRow& row : KITH_TRY(visit.tables.members().all()))
        if (is_admitted_manager(row, list, front_door)) KITH_TRY(hand_on(visit, duty, key, row.id, row.public_key));
    return RolePublic{duty.public_half, key.generation};
}

Result<void> add_duty_key(House& house, const Actor& custodian, const Holder& holder, FrontDoorId front_door) {
    if (!holder.signing) return fail(Code::forbidden, "only a custodian makes a duty key");
    const KnownList known = house.known_list();
    const auto done = visiting(house, custodian, [&](Visit& visit) -> Result<void> {
        const Permit permit = KITH_TRY(visit.ask(Act::admit_holder, {}));
        KITH_TRY(visit.tables.registry().front_door(front_door));
        const KeyList list = KITH_TRY(list_in_force(visit, known));
        const RolePublic duty = KITH_TRY(new_duty_key(visit, holder, list, front_door, Chain::continued));
        const auto number =
            KITH_TRY(add_key_list(visit, holder, known, [&](KeyList& next) { next.duty[front_door] = duty; }));
        return visit.record(
            permit,
            {.act = "duty_key_made", .subject = front_door.text(), .facts = {{"key_list", std::to_string(number)}}});
    });
    if (done) house.key_list_made();
    return done;
}

}  // namespace kith::app
