// The ledger's rows, as one transaction sees them: leaves, the hashes over them, the signed heads, and what witnesses
// put their names to. All of it only grows.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/ports/cryptography.hpp"
#include "base/instant.hpp"

namespace kith::app {

/// A leaf, or a hash of one level, as it lies there.
struct LedgerRow {
    std::uint64_t index = 0;
    Bytes bytes;
    friend bool operator==(const LedgerRow&, const LedgerRow&) = default;
};

/// That a witness cosigned the checkpoint of a size: its line below the note, and its key as others are given it.
struct CosignatureRow {
    std::uint64_t size = 0;
    std::string witness;
    Instant at{};
    std::string line;
    friend bool operator==(const CosignatureRow&, const CosignatureRow&) = default;
};

class LedgerTable {
  public:
    virtual ~LedgerTable() = default;
    virtual Result<std::uint64_t> size() = 0;
    /// `index` is the size; `conflict` below it, `invalid` above.
    virtual Result<void> add_leaf(std::uint64_t index, std::string_view leaf) = 0;
    virtual Result<std::string> leaf(std::uint64_t index) = 0;
    virtual Result<void> add_node(unsigned level, std::uint64_t index, const Digest& hash) = 0;
    virtual Result<Digest> node(unsigned level, std::uint64_t index) = 0;
    virtual Result<void> add_checkpoint(std::uint64_t size, std::string_view note) = 0;
    /// The newest, or nothing.
    virtual Result<std::optional<std::string>> checkpoint() = 0;
    /// Of that size and larger, the smallest first.
    virtual Result<std::vector<std::string>> checkpoints(std::uint64_t from_size, std::size_t most) = 0;
    /// Leaves about one concern, oldest first, by index.
    virtual Result<std::vector<std::uint64_t>> about(std::string_view subject) = 0;
    /// The leaf is there already.
    virtual Result<void> index_subject(std::string_view subject, std::uint64_t index) = 0;

    /// `not_found` where there is no checkpoint of that size, `conflict` for one that is kept already.
    virtual Result<void> add_cosignature(const CosignatureRow& cosignature) = 0;
    /// Of the checkpoint of that size, by witness, then by time.
    virtual Result<std::vector<CosignatureRow>> cosignatures(std::uint64_t size) = 0;
    /// The largest size at which a witness cosigned.
    virtual Result<std::optional<std::uint64_t>> newest_cosigned() = 0;

    /// For verification, which believes nothing: what lies there, of whatever length. The first leaves at `index` or
    /// after, the hashes of that level from `index` on, how many hashes there are, the first checkpoint of `size` or
    /// more.
    virtual Result<std::vector<LedgerRow>> leaves_from(std::uint64_t index, std::size_t most) = 0;
    virtual Result<std::vector<LedgerRow>> nodes_from(unsigned level, std::uint64_t index, std::size_t most) = 0;
    virtual Result<std::uint64_t> node_count() = 0;
    virtual Result<std::optional<std::pair<std::uint64_t, std::string>>> checkpoint_from(std::uint64_t size) = 0;
};

}  // namespace kith::app
