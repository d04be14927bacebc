#include "app/found.hpp"

#include <algorithm>

#include "base/london.hpp"

namespace kith::app {
namespace {
using parties::Role;
constexpr auto kRotaAhead = std::chrono::hours(24 * 7);
constexpr auto kFarAhead = std::chrono::hours(24 * 366 * 20);

Entry entry(Words act, std::string subject, std::vector<std::pair<std::string, std::string>> facts = {}) {
    return {.act = act, .subject = std::move(subject), .facts = std::move(facts)};
}
}  // namespace

Result<void> found_server(Store& store, Cryptography& crypto, const Key& master) {
    const ServerKeys keys(crypto, master);
    return store.write([&](Tables& tables) -> Result<void> {
        for (const auto name : {"marks", "ledger_signer"})
            KITH_TRY(tables.registry().put_key(name, keys.wrap(crypto.random_key(), name, {})));
        return tables.registry().put_key("papers", keys.new_file(as_bytes("partnership")).sealed_key);
    });
}

Result<ServerIdentity> load_identity(Store& store, Cryptography& crypto, const Key& master) {
    const ServerKeys keys(crypto, master);
    return store.reading([&](Tables& tables) -> Result<ServerIdentity> {
        const auto unwrap = [&](std::string_view name) -> Result<Key> {
            return keys.unwrap(KITH_TRY(tables.registry().key(name)), name, {});
        };
        const Key marks = KITH_TRY(unwrap("marks"));
        const SigningPair signer = crypto.signing_pair_of(KITH_TRY(unwrap("ledger_signer")));
        const RecordFile papers =
            KITH_TRY(keys.open_file(KITH_TRY(tables.registry().key("papers")), as_bytes("partnership")));
        const Digest id = crypto.derive("kith/partnership", signer.public_half);
        const PartnershipId partnership = KITH_TRY(PartnershipId::from(BytesView(id).first(16)));
        return ServerIdentity{keys, marks, signer, papers, partnership, "kith/" + partnership.text()};
    });
}

Result<Enrolled> enrol_founder(House& house, const Newcomer& founder) {
    Actor machine = Actor::machine();
    machine.kind = Actor::Kind::member;  // whoever holds the machine acts as its first administrator, this once
    machine.roles = {Role::administrator};
    const auto members = KITH_TRY(house.store.reading([](Tables& tables) { return tables.members().all(); }));
    const auto list = house.key_list();
    const bool founded = list || list.error().code != Code::not_found;
    if (founded && !members.empty()) return fail(Code::conflict, "the partnership is founded already");
    return enrol(house, machine, founder);
}

Result<void> found_custody(House& house, const Holder& first_custodian) {
    if (!first_custodian.signing) return fail(Code::invalid, "a custodian needs a signing key");
    const KeyPair custody = house.crypto.new_pair();
    const Instant now = house.clock.now();
    const auto done = house.store.write([&](Tables& tables) -> Result<void> {
        if (!KITH_TRY(tables.registry().key_lists()).empty()) return fail(Code::conflict, "custody is founded already");
        KITH_TRY(tables.registry().add_role_key({RoleKeyKind::custody, {}, 1, custody.public_half, {}}));
        KITH_TRY(tables.registry().put_holding(
            RoleKeyKind::custody, {}, 1, first_custodian.member,
            house.crypto.seal_to(first_custodian.pair.public_half, custody.private_half.expose())));
        KeyList list;
        list.signer = first_custodian.member;
        list.signer_key = first_custodian.signing->public_half;
        list.custody = {custody.public_half, 1};
        list.holders[first_custodian.member] = first_custodian.pair.public_half;
        list.signers[first_custodian.member] = first_custodian.signing->public_half;
        KITH_TRY(tables.registry().add_key_list(signed_row(house.crypto, list, *first_custodian.signing)));
        return append_entry(tables, first_custodian.member.text(), entry("custody_founded", {}, {{"key_list", "0"}}),
                            now, house.crypto);
    });
    if (done) house.key_list_made();
    return done;
}

Result<void> countersign(House& house, const Actor& custodian, const Holder& holder) {
    if (!holder.signing) return fail(Code::forbidden, "only a custodian countersigns");
    const auto done = visiting(house, custodian, [&](Visit& visit) -> Result<void> {
        const Permit permit = KITH_TRY(visit.ask(Act::admit_holder, {}));
        const auto chain = KITH_TRY(visit.tables.registry().key_lists());
        const KeyList list0 = KITH_TRY(decode_key_list(chain.at(0).text));
        if (list0.signer == holder.member) return fail(Code::conflict, "the second custodian is another person");
        KITH_TRY(visit.tables.registry().countersign_key_list(
            0, house.crypto.sign(*holder.signing, as_bytes(chain.at(0).text))));
        return visit.record(permit, entry("key_list_countersigned", {}));
    });
    house.key_list_changed();
    return done;
}

namespace {
/// Small letters, digits and single hyphens between them, at most forty.
bool is_address_word(std::string_view word) {
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    if (word.empty() || word.size() > 40 || !plain(word.front()) || !plain(word.back())) return false;
    return word.find("--") == word.npos && std::ranges::all_of(word, [&](char c) { return plain(c) || c == '-'; });
}
}  // namespace

Result<FrontDoorId> add_front_door(House& house, const Actor& administrator, std::string_view slug,
                                   std::string_view pack) {
    const FrontDoorId id = house.crypto.random_id<FrontDoorId>();
    return visiting(house, administrator, [&](Visit& visit) -> Result<FrontDoorId> {
        const Permit permit = KITH_TRY(visit.ask(Act::set_local_term, {}));
        if (!is_address_word(slug)) return fail(Code::invalid, "not a word for addresses", "slug");
        if (!house.shelf.in_force(pack, Day(std::chrono::floor<std::chrono::days>(visit.now))))
            return fail(Code::invalid, "no such pack in force", "pack");
        for (const auto& other : KITH_TRY(visit.tables.registry().front_doors()))
            if (other.slug == slug) return fail(Code::conflict, "that word is taken", "slug");
        KITH_TRY(visit.tables.registry().add_front_door({id, std::string(slug), std::string(pack), false}));
        KITH_TRY(visit.record(permit, entry("front_door_added", id.text(), {{"pack", std::string(pack)}})));
        return id;
    });
}

Result<void> set_local_term(House& house, const Actor& administrator, FrontDoorId front_door, std::string_view key,
                            std::string_view text, const protocol::LocalDecision& decision) {
    const auto term = protocol::named<protocol::TermKey>(key);
    if (!term) return fail(Code::not_found, "no such term", "key");
    protocol::LocalTerms terms;
    KITH_TRY(terms.set(*term, text, decision));
    // A decision has been taken; one of next week would leave this week without.
    if (decision.on > london::day_of(house.clock.now()))
        return fail(Code::invalid, "decided on a day to come", "decided_on");
    const auto* telephone = std::get_if<protocol::TelephoneTerm>(&terms.find(*term)->value);
    if (telephone && house.purpose == Purpose::demonstration && !telephone->number.starts_with("01632 960"))
        return fail(Code::invalid, "a demonstration shows numbers that belong to nobody", "value");
    return visiting(house, administrator, [&](Visit& visit) -> Result<void> {
        const Permit permit = KITH_TRY(visit.ask(Act::set_local_term, {}));
        KITH_TRY(visit.tables.registry().put_local_term(
            front_door, {std::string(key), std::string(text), decision.decider, decision.on}));
        return visit.record(permit, entry("local_term_set", front_door.text(), {{"key", std::string(key)}}));
    });
}

namespace {
/// That the rota already named them, in that seat, for all of those hours. `before` begins with the earliest.
bool had_these_hours(const std::vector<parties::Shift>& before, const parties::Shift& shift) {
    Instant so_far = shift.from;
    for (const auto& one : before)
        if (one.member == shift.member && one.seat == shift.seat && one.from <= so_far && one.until > so_far)
            so_far = one.until;
    return so_far >= shift.until;
}

/// The custodian's seat lets a deputy open who told alone. A custodian needs no seat for that; for anybody else to get
/// hours there, an administrator or a custodian must give them, and nobody gives them to themselves.
Result<void> check_custodians_hours(Visit& visit, FrontDoorId front_door, const std::vector<parties::Shift>& shifts) {
    const bool may_name_others = visit.actor.roles.has_any({Role::administrator, Role::custodian});
    for (const auto& shift : shifts) {
        if (shift.seat != parties::Seat::custodian) continue;
        if (may_name_others && shift.member != visit.actor.member) continue;
        if (KITH_TRY(visit.tables.members().find(shift.member)).roles.has(Role::custodian)) continue;
        const auto before = KITH_TRY(visit.tables.members().rota(front_door, shift.from, shift.until));
        if (had_these_hours(before, shift)) continue;
        visit.refuse(Act::set_rota, front_door.text());
        return fail(Code::forbidden, "not theirs to give", "custodian_hours");
    }
    return {};
}
}  // namespace

Result<void> set_rota(House& house, const Actor& actor, FrontDoorId front_door, Instant from, Instant until,
                      const std::vector<parties::Shift>& shifts) {
    if (!parties::gaps(shifts, from, until).empty()) return fail(Code::invalid, "the rota has a gap", "rota");
    const auto verified = KITH_TRY(house.key_list());
    for (const auto& shift : shifts)
        if (!verified->list.holders.contains(shift.member))
            return fail(Code::invalid, "someone on the rota holds no key pair", "rota");
    return visiting(house, actor, [&](Visit& visit) -> Result<void> {
        const Permit permit = KITH_TRY(visit.ask(Act::set_rota, {.front_door = front_door}));
        for (const auto& shift : shifts) {
            const MemberRow row = KITH_TRY(visit.tables.members().find(shift.member));
            const bool fits = shift.seat == parties::Seat::custodian
                                  ? row.roles.has_any({Role::custodian, Role::manager})
                                  : row.roles.has(Role::manager) && row.front_door == front_door;
            if (row.shut_out || !fits) return fail(Code::invalid, "someone on the rota cannot take that seat", "rota");
        }
        KITH_TRY(check_custodians_hours(visit, front_door, shifts));
        auto kept = shifts;
        for (const auto& later : KITH_TRY(visit.tables.members().rota(front_door, until, until + kFarAhead)))
            if (later.from >= until) kept.push_back(later);
        KITH_TRY(visit.tables.members().put_rota(front_door, from, kept));
        return visit.record(permit, entry("rota_set", front_door.text(), {{"shifts", std::to_string(shifts.size())}}));
    });
}

bool may_sit(const MemberView& member, parties::Seat seat, FrontDoorId front_door) {
    if (member.shut_out || !member.admitted) return false;
    const bool manages_here = member.roles.has(Role::manager) && member.front_door == front_door;
    return manages_here || (seat == parties::Seat::custodian && member.roles.has_any({Role::custodian, Role::manager}));
}

Result<RotaView> see_rota(House& house, const Actor& actor, FrontDoorId front_door, Instant from, Instant until) {
    const auto verified = KITH_TRY(house.key_list());
    return visiting(house, actor, [&](Visit& visit) -> Result<RotaView> {
        const Permit permit = KITH_TRY(visit.ask(Act::set_rota, {.front_door = front_door}));
        RotaView out;
        out.shifts = KITH_TRY(visit.tables.members().rota(front_door, from, until));
        for (const MemberRow& row : KITH_TRY(visit.tables.members().all())) {
            const auto name =
                KITH_TRY(house.identity.papers.open_text(row.sealed_name, "members", row.id.bytes(), "name"));
            MemberView member{row.id,
                              row.front_door,
                              name.expose(),
                              {},
                              row.roles,
                              row.shut_out,
                              row.public_key != PublicKey{},
                              verified->list.holders.contains(row.id)};
            const bool fits = may_sit(member, parties::Seat::custodian, front_door);
            if (fits) out.choosable.push_back(member);
            if (fits || std::ranges::find(out.shifts, row.id, &parties::Shift::member) != out.shifts.end())
                out.named.push_back(std::move(member));
        }
        KITH_TRY(visit.record(permit, entry("rota_seen", front_door.text())));
        return out;
    });
}

Result<CustodyView> see_custody(House& house) {
    const auto chain = KITH_TRY(house.store.reading([](Tables& tables) { return tables.registry().key_lists(); }));
    if (chain.empty()) return fail(Code::not_found, "custody is not founded");
    const bool usable = house.key_list().has_value();
    const auto last = KITH_TRY(newest_good(house.crypto, chain, 0));
    return CustodyView{fingerprint(house.crypto, chain.front()), last.countersigned,
                       KITH_TRY(decode_key_list(chain.front().text)).signer, last.list.number, usable};
}

Result<SettingsView> see_settings(House& house, const Actor& actor, FrontDoorId front_door) {
    SettingsView out{KITH_TRY(readiness(house, front_door)), {}};
    KITH_TRY(visiting(house, actor, [&](Visit& visit) -> Result<void> {
        const Permit permit = KITH_TRY(visit.ask(Act::see_settings, {}));
        out.terms = KITH_TRY(visit.tables.registry().local_terms(front_door));
        return visit.record(permit, entry("settings_seen", front_door.text()));
    }));
    return out;
}

Result<Readiness> readiness(House& house, FrontDoorId front_door) {
    const auto verified = house.key_list();
    const Instant now = house.clock.now();
    const Actor machine = Actor::machine();
    return house.store.reading([&](Tables& tables) -> Result<Readiness> {
        Visit visit(house, tables, machine, now);
        Readiness out;
        if (verified) {
            const KeyList& list = (*verified)->list;
            out.custody = list.custody.generation != 0;
            out.two_custodians = list.signers.size() >= 2;
            out.countersigned = (*verified)->countersigned;
            out.duty_key = list.duty.contains(front_door);
            const auto shifts = KITH_TRY(tables.members().rota(front_door, now, now + kRotaAhead));
            out.rota =
                parties::gaps(shifts, now, now + kRotaAhead).empty() &&
                std::ranges::all_of(shifts, [&](const auto& shift) { return list.holders.contains(shift.member); });
        }
        out.missing_terms = KITH_TRY(visit.questions(front_door)).missing_terms();
        return out;
    });
}

Result<void> open_front_door(House& house, const Actor& administrator, FrontDoorId front_door) {
    const Readiness ready = KITH_TRY(readiness(house, front_door));
    return visiting(house, administrator, [&](Visit& visit) -> Result<void> {
        const Permit permit = KITH_TRY(visit.ask(Act::open_front_door, {}));
        if (!ready.complete()) return fail(Code::conflict, "the front door is not ready to open", "front_door");
        KITH_TRY(visit.tables.registry().open_front_door(front_door));
        return visit.record(permit, entry("front_door_opened", front_door.text()));
    });
}

}  // namespace kith::app
