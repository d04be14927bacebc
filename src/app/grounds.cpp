#include "app/grounds.hpp"

#include "app/contact.hpp"

namespace kith::app {
namespace {
constexpr std::uint32_t kWithoutReview = 1, kVersion = 2;
}  // namespace

Sealed<std::string> seal_grounds(const RecordFile& file, OpeningId id, const Grounds& grounds) {
    Bytes out;
    append_u32(out, kVersion);
    for (const auto* piece :
         {&grounds.reason, &grounds.demand.asker, &grounds.demand.power, &grounds.demand.exactly,
          &grounds.demand.advice, &grounds.demand.told_first, &grounds.intermediary, &grounds.review})
        append_piece(out, as_bytes(*piece));
    return {file.seal(out, "openings", id.bytes(), "reason")};
}

Result<Grounds> open_grounds(const RecordFile& file, const OpeningRow& row) {
    const SecretBytes plain = KITH_TRY(file.open(row.sealed_reason.bytes, "openings", row.id.bytes(), "reason"));
    ByteReader in(plain.expose());
    Grounds grounds;
    const auto version = in.u32();
    for (auto* piece : {&grounds.reason, &grounds.demand.asker, &grounds.demand.power, &grounds.demand.exactly,
                        &grounds.demand.advice, &grounds.demand.told_first, &grounds.intermediary})
        *piece = in.text();
    if (version == kVersion) grounds.review = in.text();
    if ((version != kVersion && version != kWithoutReview) || !in.at_end())
        return fail(Code::betrayed, "grounds that do not decode");
    return grounds;
}

Result<ConcernRow> by_reference(Visit& visit, std::string_view reference) {
    return find_by_reference(visit, Act::open_in_emergency, reference);
}

protocol::Clauses naming_clauses(Visit& visit, FrontDoorId front_door) {
    const auto asked = visit.questions(front_door);
    if (!asked) return {};
    return asked->may_be_named(protocol::NamingConsent::unset, protocol::NamingConsent::unset).clauses();
}

Result<Facts> facts_of_opening(Visit& visit, const OpeningRow& opening, const ConcernRow& row) {
    Facts facts = KITH_TRY(visit.facts_of(row));
    facts.parties_to_it.push_back(opening.asked_by);
    if (row.concern.decided_by) facts.parties_to_it.push_back(*row.concern.decided_by);
    facts.second_agreed = opening.state == OpeningState::agreed && opening.asked_by == visit.actor.member;
    const auto member = visit.tables.members().find(visit.actor.member);
    if (member && member->shut_out) facts.excluded = true;
    return facts;
}

}  // namespace kith::app
