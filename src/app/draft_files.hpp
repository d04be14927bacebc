// Files of a report that is being written: sealed while they come in, under a key that stands in the draft and so opens
// with the browser's own. What is not sent is removed with its draft.
#pragma once
#include "app/drafts.hpp"

namespace kith::app {

/// One file on its way in. Left without `keep()` it leaves nothing behind.
class IncomingFile {
  public:
    /// `not_found` without a draft, `conflict` when the draft holds as many files as it may.
    static Result<std::unique_ptr<IncomingFile>> begin(House& house, const DraftKey& key, std::string_view name);
    /// `too_large` past what one file may have; `invalid` once it is seen to be of no kind that is taken.
    Result<void> write(BytesView piece);
    /// The file is durable, and then the draft that names it. `invalid` also for an empty one.
    Result<void> keep();

  private:
    IncomingFile(House& house, DraftKey key, std::string_view name);
    Result<void> open();

    House& house_;
    DraftKey draft_;
    Original original_;
    SecretBytes first_;  ///< what came before its kind was known
    std::unique_ptr<SealedWriter> writer_;
    std::uint64_t size_ = 0;
};

/// Takes one away again; one that is not there is gone already.
Result<void> take_away(House& house, const DraftKey& key, FileId file);

/// Drafts and receipts that have run out, with their files; how many.
Result<std::size_t> end_drafts(House& house);
/// At start, before anything is taken: removes every sealed file that no row names.
Result<std::size_t> remove_orphans(House& house);

}  // namespace kith::app
