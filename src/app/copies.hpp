// Makes the copies that staff look at, after the worry is on disk: a file that cannot be decoded, or is made to do
// harm, holds nothing up. What still waits after a restart is found in the store.
#pragma once
#include <mutex>
#include <set>

#include "app/attachments.hpp"

namespace kith::app {

/// What a copy is kept as: its key and how many pages it has, of how many.
struct CopyInfo {
    Key key;
    std::uint32_t shown = 0, pages = 0;
};
Bytes seal_copy(const RecordFile& file, AttachmentId id, const CopyInfo& info);
Result<CopyInfo> open_copy(const RecordFile& file, AttachmentId id, BytesView sealed);

/// The key of an original, for as long as its copy is not made: under the record's key, that under the epoch key, which
/// is in no backup.
Bytes seal_waiting(const RecordFile& file, Cryptography& crypto, AttachmentId id, Epoch epoch, const Key& epoch_key,
                   const Original& original);

class Copies {
  public:
    explicit Copies(House& house) : house_(house) {}
    /// Makes one copy; false when none waits, or nobody decodes now. From several threads at once: each another one.
    Result<bool> make_one();

  private:
    std::optional<AttachmentRow> claim();
    Result<void> make(const AttachmentRow& row);
    Result<bool> keep(const AttachmentRow& row, const std::optional<std::pair<FileId, CopyInfo>>& made);

    House& house_;
    std::mutex mutex_;
    std::set<AttachmentId> claimed_;
};

/// What waits under an epoch older than `epoch` will not be made: its key goes.
Result<void> give_up_waiting(House& house, Epoch epoch);

}  // namespace kith::app
