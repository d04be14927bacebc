#include "app/grounds.hpp"

#include "app/contact.hpp"

namespace kith::app {
namespace {
constexpr std::uint32_t kWithoutReview = 1, kWithoutOriginal = 2, kVersion = 3;
}  // namespace

Sealed<std::string> seal_grounds(const RecordFile& file, OpeningId id, const Grounds& grounds) {
    Bytes out;
    append_u32(out, kVersion);
    for (const auto* piece :
         {&grounds.reason, &grounds.demand.asker, &grounds.demand.power, &grounds.demand.exactly,
          &grounds.demand.advice, &grounds.demand.told_first, &grounds.intermediary, &grounds.review})
        append_piece(out, as_bytes(*piece));
    append_piece(out, grounds.original ? to_bytes(grounds.original->bytes()) : Bytes());
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
    if (version > kWithoutReview) grounds.review = in.text();
    const BytesView original = version > kWithoutOriginal ? in.piece() : BytesView();
    if (!original.empty()) grounds.original = KITH_TRY(AttachmentId::from(original));
    if (version < kWithoutReview || version > kVersion || !in.at_end())
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

Result<AgreedOpening> agreed_opening(Visit& visit, OpeningId id) {
    OpeningRow opening = KITH_TRY(visit.tables.openings().find(id));
    ConcernRow row = KITH_TRY(visit.tables.concerns().find(opening.concern));
    const Permit permit = KITH_TRY(
        visit.ask(Act::open_afterwards, KITH_TRY(facts_of_opening(visit, opening, row)), row.concern.id.text()));
    Grounds grounds = KITH_TRY(open_grounds(KITH_TRY(visit.file_of(row)), opening));
    return AgreedOpening{std::move(opening), std::move(row), std::move(grounds), permit};
}

Result<void> use_up(Visit& visit, AgreedOpening agreed, Words act) {
    const concerns::Concern& concern = agreed.concern.concern;
    OpeningRow& opening = agreed.opening;
    opening.state = OpeningState::opened;
    opening.opened_at = visit.now;
    KITH_TRY(visit.tables.openings().change(opening));
    std::vector<std::pair<std::string, std::string>> facts{
        {"purpose", opening.purpose}, {"way", "custody"}, {"opening", opening.id.text()}};
    if (agreed.grounds.original) facts.emplace_back("file", agreed.grounds.original->text());
    return visit.record(agreed.permit, {.act = act,
                                        .subject = concern.id.text(),
                                        .clauses = naming_clauses(visit, concern.front_door),
                                        .pack = concern.pack,
                                        .facts = std::move(facts)});
}

}  // namespace kith::app
