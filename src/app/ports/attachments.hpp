// Which sealed files there are, and whose: those of drafts until they expire, those of worries with their copies.
#pragma once
#include <optional>
#include <vector>

#include "app/ports/epoch_keys.hpp"
#include "app/ports/sealed_files.hpp"
#include "base/instant.hpp"
#include "core/concerns/attachment.hpp"
#include "core/ids.hpp"

namespace kith::app {

/// Whether staff can look at it: the copy is being made, is there, cannot be made, or nobody may look.
enum class CopyState { waiting, shown, not_shown, quarantined };

struct AttachmentRow {
    AttachmentId id;
    ConcernId concern;
    std::uint32_t vault_number = 0;  ///< of the vault row under whose I the original is sealed
    FileId original;
    Bytes sealed_original;  ///< under I: the file's key, name, hash and size
    concerns::FileKind kind = concerns::FileKind::jpeg;
    CopyState state = CopyState::waiting;
    Bytes sealed_waiting;  ///< while waiting: the file's key under the record's key, that under the epoch key
    Epoch waiting_epoch;
    std::optional<FileId> copy;
    Bytes sealed_copy;  ///< under the record's key: the copy's key, how many pages; empty without a copy
    friend bool operator==(const AttachmentRow&, const AttachmentRow&) = default;
};

class Attachments {
  public:
    virtual ~Attachments() = default;
    virtual Result<void> add(const AttachmentRow& row) = 0;
    virtual Result<AttachmentRow> find(AttachmentId id) = 0;
    /// In the order added.
    virtual Result<std::vector<AttachmentRow>> of(ConcernId concern) = 0;
    virtual Result<std::vector<AttachmentRow>> waiting() = 0;
    /// State, wrap and copy; all else stays.
    virtual Result<void> change(const AttachmentRow& row) = 0;

    /// A draft's file, without saying which draft's. Its expiry is rounded up to the full hour.
    virtual Result<void> add_draft_file(FileId id, Instant expires_at) = 0;
    /// One that is no draft's file any more stays none.
    virtual Result<void> move_draft_file(FileId id, Instant expires_at) = 0;
    /// Whether it was there.
    virtual Result<bool> drop_draft_file(FileId id) = 0;
    virtual Result<std::vector<FileId>> expired_draft_files(Instant now) = 0;
    /// Every file that any row names.
    virtual Result<std::vector<FileId>> every_file() = 0;
};

}  // namespace kith::app
