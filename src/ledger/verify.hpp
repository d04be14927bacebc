// Offline verification: everything is computed again from the leaves, and held against the stored hashes and the signed
// checkpoints. Needs no store, no trust in the writer and, but for the list of faults, memory for one path of the tree.
//
// Three things bear witness of each leaf: its text, the stored hashes, and the next checkpoint's signed root. Where two
// of them agree the third was altered, and the fault says which. Where they do not (text and hashes rewritten together,
// or leaves that no checkpoint covers yet), the fault names the range instead of guessing.
//
// What no verification of the file alone can see: a ledger cut back to an earlier checkpoint together with all that
// came after it, and a middle checkpoint taken away. For the first, keep a checkpoint elsewhere.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "ledger/checkpoint.hpp"
#include "ledger/tree.hpp"

namespace kith::ledger {

struct StoredLeaf {
    std::uint64_t index = 0;
    Bytes text;
};
struct StoredCheckpoint {
    std::uint64_t size = 0;
    std::string note;
};

/// The ledger as it lies on disk, unbelieved. Asked mostly in ascending order.
class LedgerReader {
  public:
    virtual ~LedgerReader() = default;
    /// The first leaf at `index` or after; nothing when there is none.
    virtual Result<std::optional<StoredLeaf>> leaf_from(std::uint64_t index) = 0;
    /// The stored hash, of whatever length; nothing when there is none. Level 0 is the leaves' own hashes.
    virtual Result<std::optional<Bytes>> node(Place at) = 0;
    /// How many hashes are stored at all levels together.
    virtual Result<std::uint64_t> node_count() = 0;
    /// The first checkpoint of `size` or more; nothing when there is none.
    virtual Result<std::optional<StoredCheckpoint>> checkpoint_from(std::uint64_t size) = 0;
};

enum class FaultKind {
    leaf_altered,            ///< leaf `from`: its text is not what was signed
    leaf_missing,            ///< leaf `from`
    leaf_malformed,          ///< leaf `from`: as it was signed, but not in the leaf format
    leaf_stray,              ///< leaf `from` lies far beyond the end
    leaf_or_hash_altered,    ///< leaf `from`: text and stored hash disagree, and nothing says which is right
    leaves_rewritten,        ///< leaves [from, to): text and stored hashes agree, but are not what was signed
    leaves_unsigned,         ///< leaves [from, to) come after the last checkpoint
    leaves_cut_off,          ///< leaves [from, to) are gone: a signed checkpoint counts them
    node_altered,            ///< stored hash (level, from)
    node_missing,            ///< stored hash (level, from)
    nodes_stray,             ///< `from` stored hashes that belong to no leaf
    checkpoint_malformed,    ///< checkpoint of size `from`: cannot be read
    checkpoint_misplaced,    ///< checkpoint of size `from`: it speaks of another size
    checkpoint_not_signed,   ///< checkpoint of size `from`: no signature by a known key of its origin
    checkpoint_wrong,        ///< checkpoint of size `from`: text or signature altered
    checkpoint_root_differs  ///< checkpoint of size `from`: signed, but the leaves give another root
};

struct Fault {
    FaultKind kind{};
    std::uint64_t from = 0;
    std::uint64_t to = 0;     ///< one past the last, where `kind` is about a range
    std::uint32_t level = 0;  ///< where `kind` is about a stored hash
    friend bool operator==(const Fault&, const Fault&) = default;
};

/// One line for an operator.
std::string describe(const Fault& fault);

struct Report {
    std::uint64_t leaves = 0;        ///< read
    std::uint64_t nodes = 0;         ///< stored hashes found in their places
    std::uint64_t checkpoints = 0;   ///< signed, and with the root that the leaves give
    std::optional<Checkpoint> head;  ///< the last of these
    std::vector<Fault> faults;       ///< in the order found; no more than `most_faults`
    std::uint64_t fault_count = 0;

    bool intact() const { return fault_count == 0; }
};

inline constexpr std::size_t most_faults = 1000;

/// Errors are the reader's own: a fault of the ledger is never an error. `keys` are the ledger's, past and present, and
/// those of witnesses whose cosignatures are to be checked.
Result<Report> verify(LedgerReader& ledger, std::span<const VerifierKey> keys,
                      const VerifySignature& verify_signature = verify_ed25519);

}  // namespace kith::ledger
