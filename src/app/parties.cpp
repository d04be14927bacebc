#include "app/parties.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "base/london.hpp"
#include "base/text.hpp"

namespace kith::app {
namespace {
using protocol::Agreement;
using protocol::Category;

constexpr std::array<std::string_view, 3> kKinds{"person", "service", "organisation"};
constexpr std::array<std::string_view, 2> kTies{"lives", "works"};
constexpr std::uint32_t kForm = 1;

template <class E, std::size_t N>
std::optional<E> named_in(const std::array<std::string_view, N>& names, std::string_view name) {
    const auto at = std::ranges::find(names, name);
    if (at == names.end()) return std::nullopt;
    return static_cast<E>(at - names.begin());
}

// --- to bytes and back -----------------------------------------------------------------------------------------------

void put_day(Bytes& to, const std::optional<Day>& day) {
    append_u32(to, day ? 1 : 0);
    append_u64(to, day ? static_cast<std::uint64_t>(std::chrono::sys_days(*day).time_since_epoch().count()) : 0);
}
std::optional<Day> take_day(ByteReader& in) {
    const bool there = in.u32() == 1;
    const auto days = std::chrono::days(static_cast<std::int64_t>(in.u64()));
    return there ? std::optional<Day>(std::chrono::sys_days(std::chrono::duration_cast<std::chrono::days>(days)))
                 : std::nullopt;
}

Bytes encode(const Party& party) {
    Bytes out;
    append_u32(out, kForm);
    append_u32(out, static_cast<std::uint32_t>(party.kind));
    append_piece(out, as_bytes(protocol::name_of(party.category)));
    append_piece(out, party.front_door.bytes());
    append_u32(out, party.tie ? 1 + static_cast<std::uint32_t>(*party.tie) : 0);
    append_u32(out, party.statutory ? 1 : 0);
    append_piece(out, party.commissioner ? BytesView(party.commissioner->bytes()) : BytesView());
    for (const auto* text : {&party.name, &party.place, &party.identified_by, &party.identified_why})
        append_piece(out, as_bytes(*text));
    append_u32(out, party.agreement ? 1 : 0);
    if (!party.agreement) return out;
    put_day(out, party.agreement->made);
    append_piece(out, as_bytes(party.agreement->scope));
    put_day(out, party.agreement->acknowledged);
    put_day(out, party.agreement->ended);
    append_u32(out, static_cast<std::uint32_t>(party.agreement->duties.size()));
    for (const auto& duty : party.agreement->duties) append_piece(out, as_bytes(duty));
    return out;
}

PartyAgreement take_agreement(ByteReader& in) {
    PartyAgreement out;
    out.made = take_day(in).value_or(Day{});
    out.scope = in.text();
    out.acknowledged = take_day(in);
    out.ended = take_day(in);
    for (std::uint32_t n = in.u32(); n > 0 && in.ok(); --n) out.duties.push_back(in.text());
    return out;
}

Result<Party> decode(PartyId id, BytesView bytes) {
    ByteReader in(bytes);
    Party out;
    out.id = id;
    const auto form = in.u32();
    const auto kind = in.u32();
    const auto category = protocol::named<Category>(in.text());
    const auto door = FrontDoorId::from(in.piece());
    const auto tie = in.u32();
    out.statutory = in.u32() == 1;
    const auto commissioner = in.piece();
    for (auto* text : {&out.name, &out.place, &out.identified_by, &out.identified_why}) *text = in.text();
    if (in.u32() == 1) out.agreement = take_agreement(in);
    if (!in.at_end() || form != kForm || kind >= kKinds.size() || tie > kTies.size() || !category || !door)
        return fail(Code::betrayed, "a party that does not decode");
    out.kind = static_cast<PartyKind>(kind);
    out.category = *category;
    out.front_door = *door;
    if (tie > 0) out.tie = static_cast<PlaceTie>(tie - 1);
    if (!commissioner.empty()) out.commissioner = KITH_TRY(PartyId::from(commissioner));
    return out;
}

Result<Party> opened(House& house, const PartyRow& row) {
    const auto plain = KITH_TRY(house.identity.papers.open(row.sealed.bytes, "parties", row.id.bytes(), "party"));
    return decode(row.id, plain.expose());
}

// --- what a record must hold -----------------------------------------------------------------------------------------

bool is_short_text(std::string_view text, std::size_t most) {
    return text::is_clean_utf8(text) && text::length(text) <= most;
}

Result<void> check_agreement(const PartyAgreement& agreement) {
    if (!agreement.made.ok() || agreement.made == Day{})
        return fail(Code::invalid, "an agreement without its date", "agreement_made");
    if (agreement.scope.empty() || !is_short_text(agreement.scope, 2000))
        return fail(Code::invalid, "an agreement without its scope", "scope");
    if (agreement.duties.size() > 50) return fail(Code::invalid, "too many duties", "duties");
    if (agreement.acknowledged && *agreement.acknowledged < agreement.made)
        return fail(Code::invalid, "acknowledged before it was made", "acknowledged");
    if (agreement.ended && *agreement.ended < agreement.made)
        return fail(Code::invalid, "ended before it was made", "ended");
    return {};
}

Result<void> check_category(const Party& party, const protocol::Questions& questions, Day today) {
    const auto may = questions.may_hold_category(party.category, agreement_on(party, today));
    // An agreement that ended leaves the record as it is; its functions are withdrawn by the day (HAC-011).
    const bool ended = party.agreement && party.agreement->ended;
    // PLY-012: where the text names the role without saying what it is, it is given once that is decided here.
    if (party.category == Category::guardian && questions.meaning_of_guardian().asks_a_person())
        return fail(Code::invalid, "what a guardian is has not been decided here", "category");
    if (!may.asks_a_person() && may.value() == protocol::Permission::no && !ended)
        return fail(Code::invalid, "this category needs an agreement", "category");
    if (party.category == Category::guardian && !party.agreement)
        return fail(Code::invalid, "no agreement, no guardian", "category");
    if (party.category == Category::guardian && party.agreement->duties.empty())
        return fail(Code::invalid, "a guardian without duties", "duties");
    if (party.category == Category::guardian && !party.agreement->acknowledged)
        return fail(Code::invalid, "duties that nobody acknowledged", "acknowledged");
    if (party.category == Category::council_identified) {
        if (party.identified_by.empty()) return fail(Code::invalid, "nobody identified them", "identified_by");
        if (party.identified_why.empty()) return fail(Code::invalid, "identified without a reason", "identified_why");
    }
    return {};
}

Result<void> check_party(const Party& party) {
    if (party.name.empty() || !is_short_text(party.name, 200)) return fail(Code::invalid, "no name", "name");
    if (party.place.empty() || !is_short_text(party.place, 200)) return fail(Code::invalid, "no place", "place");
    if (!party.tie) return fail(Code::invalid, "no tie to the place", "tie");
    if (!is_short_text(party.identified_by, 200)) return fail(Code::invalid, "too long", "identified_by");
    if (!is_short_text(party.identified_why, 2000)) return fail(Code::invalid, "too long", "identified_why");
    // HAC-012: nobody becomes a statutory body by an agreement.
    if (party.kind == PartyKind::person && party.statutory)
        return fail(Code::invalid, "a person is no statutory body", "statutory");
    if (party.kind == PartyKind::person && party.commissioner)
        return fail(Code::invalid, "a person is no contractor here", "commissioner");
    if (party.agreement) KITH_TRY(check_agreement(*party.agreement));
    return {};
}

using ById = std::map<PartyId, Party>;
Result<ById> all_of(House& house, Tables& tables) {
    ById out;
    for (const PartyRow& row : KITH_TRY(tables.parties().all())) out.emplace(row.id, KITH_TRY(opened(house, row)));
    return out;
}

/// Up the chain of commissioners. One that comes back to itself ends it.
bool is_under_duty(const ById& all, const Party& party) {
    const Party* at = &party;
    for (std::size_t steps = 0; at != nullptr && steps <= all.size(); ++steps) {
        if (at->statutory) return true;
        const auto next = at->commissioner ? all.find(*at->commissioner) : all.end();
        at = next == all.end() ? nullptr : &next->second;
    }
    return false;
}

bool leads_back(const ById& all, const Party& party) {
    auto at = party.commissioner;
    for (std::size_t steps = 0; at && steps <= all.size(); ++steps) {
        if (*at == party.id) return true;
        const auto next = all.find(*at);
        at = next == all.end() ? std::nullopt : next->second.commissioner;
    }
    return false;
}

PartyView view_of(const ById& all, const Party& party, Day today) {
    const auto commissioner = party.commissioner ? all.find(*party.commissioner) : all.end();
    return {party, is_under_duty(all, party), acts_as_guardian(party, today), agreement_on(party, today),
            commissioner == all.end() ? std::string{} : commissioner->second.name};
}

}  // namespace

std::string_view name_of(PartyKind kind) { return kKinds.at(static_cast<std::size_t>(kind)); }
std::optional<PartyKind> party_kind_named(std::string_view name) { return named_in<PartyKind>(kKinds, name); }
std::string_view name_of(PlaceTie tie) { return kTies.at(static_cast<std::size_t>(tie)); }
std::optional<PlaceTie> place_tie_named(std::string_view name) { return named_in<PlaceTie>(kTies, name); }

Agreement agreement_on(const Party& party, Day day) {
    if (!party.agreement || day < party.agreement->made) return Agreement::none;
    return party.agreement->ended && *party.agreement->ended < day ? Agreement::ended : Agreement::current;
}

bool acts_as_guardian(const Party& party, Day day) {
    return party.category == Category::guardian && agreement_on(party, day) == Agreement::current &&
           !party.agreement->duties.empty() && party.agreement->acknowledged && *party.agreement->acknowledged <= day;
}

Result<std::vector<PartyView>> see_parties(House& house, const Actor& actor, FrontDoorId front_door) {
    return visiting(house, actor, [&](Visit& visit) -> Result<std::vector<PartyView>> {
        const Permit permit = KITH_TRY(visit.ask(Act::see_parties, {.front_door = front_door}, front_door.text()));
        const ById all = KITH_TRY(all_of(house, visit.tables));
        std::vector<PartyView> out;
        for (const auto& [id, party] : all)
            if (party.front_door == front_door) out.push_back(view_of(all, party, london::day_of(visit.now)));
        std::ranges::sort(out, {}, [](const PartyView& view) { return text::ascii_lower(view.party.name); });
        KITH_TRY(visit.record(permit, {.act = "parties_seen", .subject = front_door.text()}));
        return out;
    });
}

Result<PartyView> see_party(House& house, const Actor& actor, PartyId id) {
    return visiting(house, actor, [&](Visit& visit) -> Result<PartyView> {
        const ById all = KITH_TRY(all_of(house, visit.tables));
        const auto at = all.find(id);
        Facts facts;
        facts.front_door = at == all.end() ? actor.front_door : at->second.front_door;
        const Permit permit = KITH_TRY(visit.ask(Act::see_parties, facts, id.text()));
        if (at == all.end()) return fail(Code::not_found, "no such party");
        KITH_TRY(visit.record(permit, {.act = "party_seen", .subject = id.text()}));
        return view_of(all, at->second, london::day_of(visit.now));
    });
}

Result<PartyId> keep_party(House& house, const Actor& actor, Party party) {
    party.name = text::tidy(party.name);
    party.place = text::tidy(party.place);
    KITH_TRY(check_party(party));
    const bool is_new = party.id == PartyId{};
    if (is_new) party.id = house.crypto.random_id<PartyId>();
    return visiting(house, actor, [&](Visit& visit) -> Result<PartyId> {
        const Permit permit = KITH_TRY(visit.ask(Act::keep_parties, {.front_door = party.front_door}, party.id.text()));
        KITH_TRY(check_category(party, KITH_TRY(visit.questions(party.front_door)), london::day_of(visit.now)));
        const ById all = KITH_TRY(all_of(house, visit.tables));
        const auto before = all.find(party.id);
        if (!is_new && (before == all.end() || before->second.front_door != party.front_door))
            return fail(Code::not_found, "no such party");
        if (party.commissioner && (!all.contains(*party.commissioner) || leads_back(all, party)))
            return fail(Code::invalid, "not a commissioner of this party", "commissioner");
        const PartyRow row{party.id, {house.identity.papers.seal(encode(party), "parties", party.id.bytes(), "party")}};
        KITH_TRY(is_new ? visit.tables.parties().add(row) : visit.tables.parties().change(row));
        KITH_TRY(visit.record(permit, {.act = "party_kept",
                                       .subject = party.id.text(),
                                       .clauses = {"PLY-010", "PLY-011", "HAC-010", "HAC-011", "HAC-012"},
                                       .facts = {{"category", std::string(protocol::name_of(party.category))}},
                                       .sealed_digests = {{"parties/party", row.sealed.bytes}}}));
        return party.id;
    });
}

}  // namespace kith::app
