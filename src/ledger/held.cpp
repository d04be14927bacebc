#include "ledger/held.hpp"

#include <algorithm>

namespace kith::ledger {
namespace {

Result<std::optional<Hash>> leaf_hash_in(LedgerReader& ledger, std::uint64_t index) {
    const auto stored = KITH_TRY(ledger.node({0, index}));
    if (!stored || stored->size() != Hash().size()) return std::optional<Hash>();
    Hash hash;
    std::ranges::copy(*stored, hash.begin());
    return std::optional(hash);
}

}  // namespace

std::string describe(const HeldVerdict& verdict) {
    const std::string range = std::to_string(verdict.from) + " to " + std::to_string(verdict.to - 1);
    switch (verdict.kind) {
        case HeldKind::continued:
            return "the ledger continues it";
        case HeldKind::rolled_back:
            return "ROLLED BACK: entries " + range + " were signed and are gone";
        case HeldKind::rewritten:
            return "REWRITTEN: one or more of entries " + range +
                   " are not those that were signed, and this ledger's own key signed both: forked, or made again";
        case HeldKind::entry_replaced:
            return "REPLACED: entry " + std::to_string(verdict.from) +
                   " is not the one that was signed, and this ledger's own key signed both";
    }
    return "unknown";
}

Result<Hash> Holding::hash_at(Place at) {
    const auto stored = KITH_TRY(ledger_.node(at));
    Hash hash;
    if (!stored || stored->size() != hash.size()) return fail(Code::betrayed, "a stored hash is missing or damaged");
    std::ranges::copy(*stored, hash.begin());
    return hash;
}

Result<HeldVerdict> Holding::against(const Checkpoint& kept) {
    if (kept.size > size_) return HeldVerdict{HeldKind::rolled_back, size_, kept.size};
    const Hash now = KITH_TRY(root(kept.size, [this](Place at) { return hash_at(at); }));
    if (now != kept.root) return HeldVerdict{HeldKind::rewritten, std::min(agreed_, kept.size - 1), kept.size};
    agreed_ = std::max(agreed_, kept.size);
    return HeldVerdict{};
}

Result<HeldVerdict> Holding::against(const EntryProof& receipt, const Checkpoint& kept) {
    const HeldVerdict whole = KITH_TRY(against(kept));
    if (whole.kind == HeldKind::continued || receipt.index >= size_) return whole;
    const auto now = KITH_TRY(leaf_hash_in(ledger_, receipt.index));
    if (now && verify_inclusion(*now, receipt.index, kept.size, receipt.path, kept.root)) return whole;
    return HeldVerdict{HeldKind::entry_replaced, receipt.index, receipt.index + 1};
}

Result<HeldVerdict> Holding::against(LedgerReader& exported, const Checkpoint& kept) {
    const HeldVerdict whole = KITH_TRY(against(kept));
    if (whole.kind == HeldKind::continued) return whole;
    const std::uint64_t both = std::min(size_, kept.size);
    for (std::uint64_t index = 0; index < both; ++index)
        if (KITH_TRY(leaf_hash_in(ledger_, index)) != KITH_TRY(leaf_hash_in(exported, index)))
            return HeldVerdict{HeldKind::entry_replaced, index, index + 1};
    return whole;
}

}  // namespace kith::ledger
