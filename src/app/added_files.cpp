#include "app/attachments.hpp"
#include "app/come_back.hpp"
#include "app/intake.hpp"
#include "app/receiver.hpp"

namespace kith::app {
namespace {

DraftKey key_of(House& house, const ReturnCode& code) { return DraftKey::of(code.files_key(house.crypto)); }

/// Nothing while none was begun.
Result<std::optional<Draft>> begun(Visit& visit, const DraftKey& key) {
    const auto kept = visit.tables.drafts().find(key.finder(visit.house.crypto), visit.now);
    if (!kept && kept.error().code == Code::not_found) return std::optional<Draft>();
    if (!kept) return Failure(kept.error());
    return std::optional(KITH_TRY(key.open(visit.house.crypto, *kept)));
}

/// The vault row that they come with; I of it.
Result<Key> put_vault_row(Visit& visit, const concerns::Concern& concern, const SealTo& to, std::uint32_t number,
                          const std::pair<Epoch, std::optional<Key>>& epoch) {
    Cryptography& crypto = visit.house.crypto;
    const VaultPlace place = visit.vault_place(concern);
    auto sealed = seal_for_files(crypto, place, number, to.custody, to.duty);
    Key identity = sealed.identity;
    KITH_TRY(visit.tables.vault().add(under_epoch(crypto, place, std::move(sealed), epoch.first, epoch.second)));
    return identity;
}

Result<Sealed<std::string>> say_how_many(Visit& visit, const RecordFile& file, ConcernId id, std::size_t files) {
    MessageRow message;
    message.id = visit.house.crypto.random_id<MessageId>();
    message.concern = id;
    message.side = Side::reporter;
    message.kind = MessageKind::files;
    message.at = visit.now;
    message.sealed_text = file.seal_text(std::to_string(files), "messages", message.id.bytes(), "text");
    KITH_TRY(visit.tables.threads().add_message(message));
    return message.sealed_text;
}
}  // namespace

Result<std::size_t> files_not_sent(Visit& visit, const ReturnCode& code) {
    const auto draft = begun(visit, key_of(visit.house, code));
    // What does not open keeps nobody from their reply.
    if (!draft && draft.error().code != Code::betrayed) return Failure(draft.error());
    return draft && *draft ? (*draft)->files.size() : 0;
}

Result<AddedFiles> files_being_added(House& house, std::string_view typed) {
    const ReturnCode code = KITH_TRY(ReturnCode::parse(typed));
    const Actor reporter = Actor::reporter();
    return visiting(house, reporter, [&](Visit& visit) -> Result<AddedFiles> {
        const ConcernId id = KITH_TRY(concern_of(visit, code));
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::return_by_code, {}, id.text()));
        AddedFiles out{row.concern.front_door, {}};
        if (auto draft = KITH_TRY(begun(visit, key_of(house, code)))) out.files = std::move(draft->files);
        KITH_TRY(visit.record(permit, {.act = "reporter_came_back", .subject = id.text(), .pack = row.concern.pack}));
        return out;
    });
}

Result<std::unique_ptr<IncomingFile>> add_file(House& house, std::string_view typed, std::string_view name) {
    const ReturnCode code = KITH_TRY(ReturnCode::parse(typed));
    const DraftKey key = key_of(house, code);
    auto file = IncomingFile::begin(house, key, name);
    if (file || file.error().code != Code::not_found) return file;
    Draft draft;
    draft.front_door = KITH_TRY(files_being_added(house, typed)).front_door;
    const auto made = begin_draft(house, key, draft);
    if (!made && made.error().code != Code::conflict) return Failure(made.error());
    return IncomingFile::begin(house, key, name);
}

Result<void> take_added_away(House& house, std::string_view typed, FileId file) {
    return take_away(house, key_of(house, KITH_TRY(ReturnCode::parse(typed))), file);
}

namespace {
/// To whom their key is sealed. What closed the way in to who told keeps it closed: what comes afterwards is custody's.
struct Ways {
    SealTo to;
    std::pair<Epoch, std::optional<Key>> epoch;
    bool is_closed = false;
    const char* word() const { return is_closed ? "closed" : to.duty && epoch.second ? "open" : "missing"; }
};

Result<std::size_t> put_with_worry(Visit& visit, const Permit& permit, const ConcernRow& row,
                                   const std::vector<Original>& added, const Ways& ways) {
    concerns::Concern concern = row.concern;
    const auto file = KITH_TRY(visit.file_of(row));
    const std::uint32_t number = KITH_TRY(visit.tables.vault().next_number(concern.id));
    const Key identity = KITH_TRY(put_vault_row(visit, concern, ways.to, number, ways.epoch));
    auto digests = KITH_TRY(put_attachments(visit, concern, file, added, number, identity, ways.epoch));
    const std::size_t files = digests.size();
    if (files == 0) return fail(Code::invalid, "no file was added", "files");
    digests.emplace_back("messages/text", KITH_TRY(say_how_many(visit, file, concern.id, files)).bytes);
    // As with words: a decision made on the older reading is a conflict.
    ++concern.revision;
    KITH_TRY(visit.keep(concern));
    KITH_TRY(tell_of_addition(visit, concern));
    KITH_TRY(visit.record(permit, {.act = "files_added",
                                   .subject = concern.id.text(),
                                   .pack = concern.pack,
                                   .facts = {{"files", std::to_string(files)}, {"way_in", ways.word()}},
                                   .sealed_digests = std::move(digests)}));
    return files;
}
}  // namespace

Result<std::size_t> send_added_files(House& house, std::string_view typed) {
    const ReturnCode code = KITH_TRY(ReturnCode::parse(typed));
    const DraftKey key = key_of(house, code);
    const auto held = read_draft(house, key);  // found by the code alone, so that it says which front door
    if (!held && held.error().code != Code::not_found) return Failure(held.error());
    if (!held) {
        KITH_TRY(files_being_added(house, typed));
        return fail(Code::invalid, "no file was added", "files");
    }
    const Ways all{KITH_TRY(seal_to(house, held->front_door)), house.epoch_now()};
    const Actor reporter = Actor::reporter();
    return visiting(house, reporter, [&](Visit& visit) -> Result<std::size_t> {
        const ConcernId id = KITH_TRY(concern_of(visit, code));
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::return_by_code, {}, id.text()));
        const auto draft = KITH_TRY(begun(visit, key));
        if (!draft || draft->files.empty()) return fail(Code::invalid, "no file was added", "files");
        KITH_TRY(visit.tables.drafts().drop(key.finder(house.crypto)));
        Ways ways = all;
        ways.is_closed = !KITH_TRY(visit.facts_of(row)).way_in_open;
        if (ways.is_closed) ways.to.duty.reset();
        return put_with_worry(visit, permit, row, draft->files, ways);
    });
}

}  // namespace kith::app
