// Finds which leaf or stored hash is at fault, once a part of the ledger is known not to add up. Used by verify.cpp.
#pragma once
#include <array>

#include "ledger/verify.hpp"

namespace kith::ledger {

/// A hash we have reason to believe. It is genuine when a signed root leads to it; else it is the best guess.
struct Believed {
    Hash hash{};
    bool genuine = false;
};

/// The edge up to which the ledger is settled, and whether signed roots lead to all of it.
struct Settled {
    Edge edge;
    bool genuine = true;
};

/// Adds to a report, up to its limit.
void add_fault(Report& report, const Fault& fault);

/// The stored hash, or nothing when there is none. What has not 32 bytes reads as zeros, which no hash is.
Result<std::optional<Hash>> stored_hash(LedgerReader& ledger, Place at);
/// The hash of the leaf's text, or nothing when there is no such leaf.
Result<std::optional<Hash>> text_hash(LedgerReader& ledger, std::uint64_t index);

/// Goes down from the root over the leaves [settled size, size). At each node it seeks the one pair of halves that
/// gives the hash believed above, among: computed from the leaves, computed from the stored leaf hashes, and stored.
/// SHA-256 lets no wrong pair do. Memory is one path; time is the leaves in question times the depth.
class Locator {
  public:
    Locator(LedgerReader& ledger, const Settled& settled, std::uint64_t size, Report& report)
        : ledger_(ledger), settled_(settled), size_(size), report_(report) {}

    /// Adds the faults to the report; says what is now settled. Without a root (no checkpoint covers these leaves)
    /// stored parents are believed where two witnesses agree.
    Result<Settled> locate(const std::optional<Hash>& signed_root);

  private:
    struct Range {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
        std::uint64_t count() const { return end - begin; }
    };
    struct Sums {
        Hash texts{};   ///< computed from the leaves
        Hash hashes{};  ///< computed from the stored leaf hashes
        bool clean = true;
    };
    struct Pair {
        std::optional<Believed> left;
        std::optional<Believed> right;
    };

    static bool is_complete(Range range);
    static Place place(Range range);
    static Range left_of(Range range);
    static Range right_of(Range range);
    bool is_settled(Range range) const { return range.end <= settled_.edge.size(); }
    Hash settled_hash(Range range) const;

    Result<bool> leads_to(Range range, const Hash& root);
    Result<Sums> sums(Range range);
    Result<Sums> leaf_sums(std::uint64_t index);
    Result<std::vector<Hash>> candidates(Range range);
    Result<Pair> halves(Range range, const std::optional<Believed>& believed);
    Result<std::optional<Believed>> vote(Range range, const Sums& sums, const std::optional<Hash>& stored);
    Result<void> descend(Range range, std::optional<Believed> believed);
    Result<void> settle_leaf(std::uint64_t index, const std::optional<Believed>& believed);
    void judge_node(Place at, const std::optional<Hash>& stored, const std::optional<Believed>& believed);
    void keep(Range range, const Believed& believed);

    LedgerReader& ledger_;
    const Settled& settled_;
    std::uint64_t size_;
    Report& report_;
    std::array<Believed, 64> edge_{};
};

}  // namespace kith::ledger
