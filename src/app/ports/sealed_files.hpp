// Attachments: files too long to hold in memory, sealed piece by piece while they come in, so that no plain byte
// reaches a disk. A file is bound to its id and its key; altered, cut short or put under another name it does not open.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/id.hpp"
#include "base/secret.hpp"

namespace kith::app {

using FileId = Id<struct SealedFileTag>;

/// What was written, before it was sealed.
struct Written {
    std::uint64_t size = 0;
    ByteArray<32> sha256{};
};

/// One file being written. Left without `finish()` it leaves nothing behind.
class SealedWriter {
  public:
    virtual ~SealedWriter() = default;
    virtual Result<void> write(BytesView piece) = 0;
    /// File and folder are durable when it returns; commit the row that names the file only then.
    virtual Result<Written> finish() = 0;
};

class SealedReader {
  public:
    virtual ~SealedReader() = default;
    /// The next piece, at most 64 KB; empty once at the end. What was read is whole only when the empty piece came:
    /// before it, `betrayed` may still follow.
    virtual Result<SecretBytes> next() = 0;
};

class SealedFiles {
  public:
    virtual ~SealedFiles() = default;
    /// `conflict` when the id has a file; `unavailable` also when the disk would be too full for worries afterwards.
    virtual Result<std::unique_ptr<SealedWriter>> create(FileId id, const Key& key) = 0;
    virtual Result<std::unique_ptr<SealedReader>> open(FileId id, const Key& key) = 0;
    /// Durable. Removing what is not there succeeds.
    virtual Result<void> remove(FileId id) = 0;
    /// Every finished file. At start, one that no row names is an orphan: remove it.
    virtual Result<std::vector<FileId>> list() = 0;
};

}  // namespace kith::app
