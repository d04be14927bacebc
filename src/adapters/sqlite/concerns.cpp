#include "adapters/sqlite/concerns.hpp"

#include "adapters/sqlite/access.hpp"
#include "adapters/sqlite/words.hpp"

namespace kith::sqlite {
namespace {

using app::ConcernRow;
using app::NoteRow;

// In the order of the columns in every query that reads a concern.
struct StoredConcern {
    ConcernId id;
    FrontDoorId front_door;
    std::string reference, subject, channel, pack, stage, danger;
    bool incomplete, way_in_missing;
    Instant received_at;
    std::optional<Instant> reply_due_at, handed_over_at;
    std::optional<MemberId> taken_by, with;
    std::optional<Instant> more_asked_at, decide_anyway_at;
    std::optional<std::string> outcome;
    std::string actions;
    std::optional<MemberId> decided_by;
    std::optional<Instant> decided_at, answered_at;
    std::optional<std::string> answered_by;
    std::string form;
    std::optional<Instant> form_due_at;
    std::uint64_t revision;
    Sealed<concerns::Account> sealed_account;
    std::optional<Sealed<std::string>> sealed_source;
    Instant last_typed_at;
    unsigned naming_person, naming_organisation;
    Sealed<Key> sealed_record_key;
    std::uint32_t key_generation;
};

struct StoredNote {
    ConcernId concern;
    std::string kind;
    Instant at;
    std::optional<MemberId> by;
    std::string word;
    Sealed<std::string> sealed_text;
};

concerns::Concern to_concern(StoredConcern& stored, Decoded& decoded) {
    concerns::Concern out;
    out.id = stored.id;
    out.front_door = stored.front_door;
    out.reference = std::move(stored.reference);
    out.subject = decoded.word(concerns::subject_named(stored.subject));
    out.channel = decoded.word(concerns::channel_named(stored.channel));
    out.pack = std::move(stored.pack);
    out.stage = decoded.word(concerns::stage_named(stored.stage));
    out.danger = decoded.word(concerns::danger_mark_named(stored.danger));
    out.incomplete = stored.incomplete;
    out.way_in_missing = stored.way_in_missing;
    out.received_at = stored.received_at;
    out.reply_due_at = stored.reply_due_at;
    out.handed_over_at = stored.handed_over_at;
    out.taken_by = stored.taken_by;
    out.with = stored.with;
    out.more_asked_at = stored.more_asked_at;
    out.decide_anyway_at = stored.decide_anyway_at;
    if (const auto outcome = decoded.word(stored.outcome, &concerns::outcome_named))
        out.decision = concerns::Decision{*outcome, decoded.words(stored.actions, &concerns::action_named)};
    out.decided_by = stored.decided_by;
    out.decided_at = stored.decided_at;
    out.answered_at = stored.answered_at;
    out.answered_by = decoded.word(stored.answered_by, &concerns::answer_means_named);
    out.form = decoded.word(concerns::written_form_named(stored.form));
    out.form_due_at = stored.form_due_at;
    out.revision = stored.revision;
    return out;
}

Result<ConcernRow> to_row(StoredConcern stored) {
    Decoded decoded;
    ConcernRow row;
    row.concern = to_concern(stored, decoded);
    row.sealed_account = std::move(stored.sealed_account);
    row.sealed_source = std::move(stored.sealed_source);
    row.last_typed_at = stored.last_typed_at;
    row.naming_person = stored.naming_person;
    row.naming_organisation = stored.naming_organisation;
    row.sealed_record_key = std::move(stored.sealed_record_key);
    row.key_generation = stored.key_generation;
    return decoded.checked(std::move(row));
}

Result<NoteRow> to_note(StoredNote stored) {
    Decoded decoded;
    NoteRow note{stored.concern,
                 decoded.word(app::note_kind_named(stored.kind)),
                 stored.at,
                 stored.by,
                 std::move(stored.word),
                 std::move(stored.sealed_text)};
    return decoded.checked(std::move(note));
}

// Calls `query(columns...)` with the concern's own columns, in their order, and `more` after them.
template <class F, class... More>
Result<void> with_columns(const concerns::Concern& c, F query, const More&... more) {
    const auto outcome = c.decision ? std::optional(name_of(c.decision->outcome)) : std::nullopt;
    const std::string actions = c.decision ? joined(c.decision->actions) : std::string();
    return query(c.id, c.front_door, c.reference, name_of(c.subject), name_of(c.channel), c.pack, name_of(c.stage),
                 name_of(c.danger), c.incomplete, c.way_in_missing, c.received_at, c.reply_due_at, c.handed_over_at,
                 c.taken_by, c.with, c.more_asked_at, c.decide_anyway_at, outcome, actions, c.decided_by, c.decided_at,
                 c.answered_at, name_if(c.answered_by), name_of(c.form), c.form_due_at, c.revision, more...);
}

}  // namespace

Result<void> SqliteConcerns::add(const ConcernRow& row) {
    return together(database_, [&]() -> Result<void> {
        KITH_TRY(with_columns(
            row.concern, [&](const auto&... columns) { return sqlite::change(database_, "add_concern", columns...); },
            row.sealed_account, row.sealed_source, row.last_typed_at, row.naming_person, row.naming_organisation));
        return sqlite::change(database_, "add_record_key", row.concern.id, row.key_generation, row.sealed_record_key);
    });
}

Result<ConcernRow> SqliteConcerns::find(ConcernId id) {
    return to_row(KITH_TRY(find_one<StoredConcern>(database_, "concern_by_id", id)));
}

Result<ConcernRow> SqliteConcerns::find_by_reference(std::string_view reference) {
    return to_row(KITH_TRY(find_one<StoredConcern>(database_, "concern_by_reference", reference)));
}

Result<void> SqliteConcerns::change(const concerns::Concern& concern) {
    KITH_TRY(with_columns(
        concern, [&](const auto&... columns) { return sqlite::change(database_, "change_concern", columns...); }));
    if (database_.changes() > 0) return {};
    const bool there = KITH_TRY(holds(database_, "concern_exists", concern.id));
    if (!there) return fail(Code::not_found, "not in the store");
    return fail(Code::conflict, "changed since it was read");
}

Result<void> SqliteConcerns::change_account(ConcernId id, const Sealed<concerns::Account>& account,
                                            Instant last_typed_at) {
    return change_one(database_, "change_concern_account", id, account, last_typed_at);
}

Result<void> SqliteConcerns::change_source(ConcernId id, const std::optional<Sealed<std::string>>& source) {
    return change_one(database_, "change_concern_source", id, source);
}

Result<void> SqliteConcerns::change_naming(ConcernId id, unsigned person, unsigned organisation) {
    return change_one(database_, "change_concern_naming", id, person, organisation);
}

Result<std::vector<ConcernRow>> SqliteConcerns::open_at(FrontDoorId front_door) {
    return find_all<StoredConcern>(database_, "concerns_open_at_front_door", to_row, front_door);
}

Result<std::vector<ConcernRow>> SqliteConcerns::answered_since(FrontDoorId front_door, Instant since) {
    return find_all<StoredConcern>(database_, "concerns_answered_since", to_row, front_door, since);
}

Result<std::vector<ConcernRow>> SqliteConcerns::idle_calls(Instant before) {
    return find_all<StoredConcern>(database_, "concerns_idle_on_call", to_row, before);
}

Result<void> SqliteConcerns::add_note(const NoteRow& note) {
    return sqlite::change(database_, "add_note", note.concern, name_of(note.kind), note.at, note.by, note.word,
                          note.sealed_text);
}

Result<std::vector<NoteRow>> SqliteConcerns::notes(ConcernId id) {
    return find_all<StoredNote>(database_, "notes_of_concern", to_note, id);
}

Result<void> SqliteConcerns::exclude(ConcernId id, MemberId member, Instant at) {
    return sqlite::change(database_, "exclude_member", id, member, at);
}

Result<std::vector<MemberId>> SqliteConcerns::excluded(ConcernId id) {
    return database_.all<MemberId>("members_excluded", id);
}

Result<void> SqliteConcerns::mark(ConcernId id, std::span<const app::Mark> marks) {
    const auto row = KITH_TRY(find_one<std::int64_t>(database_, "concern_row", id));
    for (const app::Mark& mark : marks) KITH_TRY(sqlite::change(database_, "mark_concern", mark, row));
    return {};
}

Result<void> SqliteConcerns::drop_marks(ConcernId id) { return sqlite::change(database_, "drop_concern_marks", id); }

Result<std::vector<ConcernId>> SqliteConcerns::marked(FrontDoorId front_door, const app::Mark& mark) {
    return database_.all<ConcernId>("concerns_marked", front_door, mark);
}

}  // namespace kith::sqlite
