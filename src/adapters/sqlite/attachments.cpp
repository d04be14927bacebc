#include "adapters/sqlite/attachments.hpp"

#include "adapters/sqlite/access.hpp"
#include "adapters/sqlite/words.hpp"

namespace kith::sqlite {
namespace {

using app::AttachmentRow;
using app::FileId;

struct StoredAttachment {
    AttachmentId id;
    ConcernId concern;
    std::uint32_t vault_number;
    FileId original;
    Bytes sealed_original;
    std::string kind, state;
    Bytes sealed_waiting;
    std::int64_t waiting_epoch;
    std::optional<FileId> copy;
    Bytes sealed_copy;
};

Result<AttachmentRow> to_row(StoredAttachment stored) {
    Decoded decoded;
    AttachmentRow row{stored.id,
                      stored.concern,
                      stored.vault_number,
                      stored.original,
                      std::move(stored.sealed_original),
                      decoded.word(concerns::file_kind_named(stored.kind)),
                      decoded.word(app::copy_state_named(stored.state)),
                      std::move(stored.sealed_waiting),
                      app::Epoch{stored.waiting_epoch},
                      stored.copy,
                      std::move(stored.sealed_copy)};
    return decoded.checked(std::move(row));
}

Result<FileId> to_file(FileId id) { return id; }

// An exact expiry would tell to the millisecond when somebody sent a picture.
Instant full_hour(Instant at) { return std::chrono::ceil<std::chrono::hours>(at); }

}  // namespace

Result<void> SqliteAttachments::add(const AttachmentRow& row) {
    return sqlite::change(database_, "add_attachment", row.id, row.concern, row.vault_number, row.original,
                          row.sealed_original, concerns::name_of(row.kind), name_of(row.state), row.sealed_waiting,
                          row.waiting_epoch.day, row.copy, row.sealed_copy);
}

Result<AttachmentRow> SqliteAttachments::find(AttachmentId id) {
    return to_row(KITH_TRY(find_one<StoredAttachment>(database_, "attachment_by_id", id)));
}

Result<std::vector<AttachmentRow>> SqliteAttachments::of(ConcernId concern) {
    return find_all<StoredAttachment>(database_, "attachments_of_concern", to_row, concern);
}

Result<std::vector<AttachmentRow>> SqliteAttachments::waiting() {
    return find_all<StoredAttachment>(database_, "attachments_waiting", to_row);
}

Result<void> SqliteAttachments::change(const AttachmentRow& row) {
    return change_one(database_, "change_attachment", row.id, name_of(row.state), row.sealed_waiting,
                      row.waiting_epoch.day, row.copy, row.sealed_copy);
}

Result<void> SqliteAttachments::add_draft_file(FileId id, Instant expires_at) {
    return sqlite::change(database_, "add_draft_file", id, full_hour(expires_at));
}

Result<void> SqliteAttachments::move_draft_file(FileId id, Instant expires_at) {
    return sqlite::change(database_, "move_draft_file", id, full_hour(expires_at));
}

Result<bool> SqliteAttachments::drop_draft_file(FileId id) {
    return KITH_TRY(change_counted(database_, "drop_draft_file", id)) != 0;
}

Result<std::vector<FileId>> SqliteAttachments::expired_draft_files(Instant now) {
    return find_all<FileId>(database_, "draft_files_expired", to_file, now);
}

Result<std::vector<FileId>> SqliteAttachments::every_file() {
    return find_all<FileId>(database_, "files_all", to_file);
}

}  // namespace kith::sqlite
