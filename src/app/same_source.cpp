#include "app/same_source.hpp"

#include <algorithm>

#include "app/contact.hpp"
#include "app/intake.hpp"
#include "app/vault/return_code.hpp"

namespace kith::app {
namespace {
using concerns::Sameness;

/// `not_found` for a worry that the asker must not see, or of another front door than the first.
Result<ConcernId> other_of(Visit& visit, const ConcernRow& row, std::string_view reference) {
    const ConcernRow other = KITH_TRY(find_by_reference(visit, Act::record_source, reference));
    const auto excluded = KITH_TRY(visit.tables.concerns().excluded(other.concern.id));
    if (other.concern.front_door != row.concern.front_door ||
        std::ranges::find(excluded, visit.actor.member) != excluded.end()) {
        visit.refuse(Act::record_source, other.concern.id.text());
        return fail(Code::not_found, "not in the store");
    }
    return other.concern.id;
}

/// The worry of this front door that the code leads to; all zero for any other code.
Result<ConcernId> led_to(Visit& visit, FrontDoorId front_door, std::string_view typed) {
    Cryptography& crypto = visit.house.crypto;
    const auto code = ReturnCode::parse(typed);
    if (!code) return ConcernId();
    const auto found = visit.tables.threads().find_code(code->finder(crypto));
    if (!found) return found.error().code == Code::not_found ? Result<ConcernId>() : Failure(found.error());
    const auto id = code->open(crypto, *found);
    if (!id) return ConcernId();
    const auto row = visit.tables.concerns().find(*id);
    return row && row->concern.front_door == front_door ? *id : ConcernId();
}

constexpr std::string_view kByTeller = "by_reporter";
}  // namespace

bool is_a_code(std::string_view typed) { return ReturnCode::parse(typed).has_value(); }

Result<std::optional<Bytes>> note_told_before(Visit& visit, const RecordFile& file, const concerns::Concern& concern,
                                              const ToldBefore& said) {
    if (!said.yes && said.code.empty()) return std::optional<Bytes>();
    const ConcernId earlier = KITH_TRY(led_to(visit, concern.front_door, said.code));
    const bool leads = earlier != ConcernId() && earlier != concern.id;
    const std::string statement =
        leads ? concerns::encode(Sameness::same, earlier) : concerns::encode(Sameness::told_before, ConcernId());
    for (const NoteRow& note : KITH_TRY(visit.tables.concerns().notes(concern.id))) {
        if (note.kind != NoteKind::same_source || note.word != kByTeller) continue;
        const auto before = KITH_TRY(file.open_text(note.sealed_text, "notes", concern.id.bytes(), "text"));
        // Said again, or said with less: it stands already.
        if (!leads || before.expose() == statement) return std::optional<Bytes>();
    }
    return std::optional(
        KITH_TRY(add_note(visit, file, concern.id, NoteKind::same_source, kByTeller, statement)).bytes);
}

Result<std::optional<Sameness>> teller_said(Visit& visit, const RecordFile& file, ConcernId id) {
    std::optional<Sameness> out;
    for (const NoteRow& note : KITH_TRY(visit.tables.concerns().notes(id))) {
        if (note.kind != NoteKind::same_source || note.word != kByTeller) continue;
        const auto plain = KITH_TRY(file.open_text(note.sealed_text, "notes", id.bytes(), "text"));
        out = KITH_TRY(concerns::decode_source(plain.expose())).first;
    }
    return out;
}

Result<void> record_source(House& house, const Actor& actor, std::string_view reference, std::string_view other,
                           concerns::Sameness is) {
    if (is == concerns::Sameness::told_before) return fail(Code::invalid, "only the teller says that", "sameness");
    return visiting(house, actor, [&](Visit& visit) -> Result<void> {
        const ConcernRow row = KITH_TRY(find_by_reference(visit, Act::record_source, reference));
        const ConcernId id = row.concern.id;
        const Permit permit = KITH_TRY(visit.ask(Act::record_source, KITH_TRY(visit.facts_of(row)), id.text()));
        const ConcernId with = KITH_TRY(other_of(visit, row, other));
        if (with == id) return fail(Code::invalid, "the same worry", "other");
        const auto file = KITH_TRY(visit.file_of(row));
        const auto note =
            KITH_TRY(add_note(visit, file, id, NoteKind::same_source, "recorded", concerns::encode(is, with)));
        return visit.record(permit, {.act = "source_recorded",
                                     .subject = id.text(),
                                     .pack = row.concern.pack,
                                     .sealed_digests = {{"notes/text", note.bytes}}});
    });
}

}  // namespace kith::app
