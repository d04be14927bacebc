// A ledger held against what somebody kept of it: a checkpoint, a receipt, an export. This alone shows what the
// ledger's own file cannot (verify.hpp): that it was cut back, or made again with its own key.
#pragma once
#include "ledger/proof_text.hpp"
#include "ledger/verify.hpp"

namespace kith::ledger {

enum class HeldKind {
    continued,       ///< the ledger begins with what was kept
    rolled_back,     ///< it ends before what was kept: entries [from, to) are gone
    rewritten,       ///< one or more of entries [from, to) are not those that were kept: forked, or made again
    entry_replaced,  ///< entry `from` is not the one that was kept
};

struct HeldVerdict {
    HeldKind kind = HeldKind::continued;
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    friend bool operator==(const HeldVerdict&, const HeldVerdict&) = default;
};
/// One line for an operator.
std::string describe(const HeldVerdict& verdict);

/// The ledger as it is now. Its stored hashes are believed: verify it first.
class Holding {
  public:
    Holding(LedgerReader& ledger, std::uint64_t size) : ledger_(ledger), size_(size) {}

    /// `kept` was signed by the ledger's key. The first entry in doubt is the first after what agreed before.
    Result<HeldVerdict> against(const Checkpoint& kept);
    /// A receipt; `kept` is its checkpoint. Names the entry itself where that was replaced.
    Result<HeldVerdict> against(const EntryProof& receipt, const Checkpoint& kept);
    /// An export of `kept` entries, which verified. Names the first entry that differs.
    Result<HeldVerdict> against(LedgerReader& exported, const Checkpoint& kept);

  private:
    Result<Hash> hash_at(Place at);

    LedgerReader& ledger_;
    std::uint64_t size_;
    std::uint64_t agreed_ = 0;
};

}  // namespace kith::ledger
