#include "ledger/verify.hpp"

#include <algorithm>
#include <limits>

#include "ledger/leaf.hpp"
#include "ledger/locate.hpp"

namespace kith::ledger {
namespace {

constexpr std::uint64_t kNoEnd = std::numeric_limits<std::uint64_t>::max();

/// A stretch of leaves read once in order.
struct Scan {
    Edge edge;
    bool clean = true;
    std::uint64_t leaves = 0;
    std::uint64_t nodes = 0;
    std::vector<Fault> faults;
};

class Verifier {
  public:
    Verifier(LedgerReader& ledger, std::span<const VerifierKey> keys, const VerifySignature& verify_signature)
        : ledger_(ledger), keys_(keys), verify_signature_(verify_signature) {}

    Result<Report> run() {
        stored_nodes_ = KITH_TRY(ledger_.node_count());
        KITH_TRY(walk_checkpoints());
        KITH_TRY(settle_tail());
        if (cut_off_at_ == 0 && stored_nodes_ > report_.nodes)
            add_fault(report_, Fault{.kind = FaultKind::nodes_stray, .from = stored_nodes_ - report_.nodes});
        return std::move(report_);
    }

  private:
    Result<void> walk_checkpoints();
    std::optional<Checkpoint> judge(const StoredCheckpoint& row);
    Result<void> settle(const Checkpoint& checkpoint);
    Result<void> settle_tail();
    Result<Scan> scan(std::uint64_t end);
    Result<void> scan_leaf(Scan& scan, const std::optional<StoredLeaf>& leaf);
    void accept(Scan scan);
    void add(FaultKind kind, std::uint64_t from, std::uint64_t to = 0) {
        add_fault(report_, Fault{.kind = kind, .from = from, .to = to});
    }

    LedgerReader& ledger_;
    std::span<const VerifierKey> keys_;
    const VerifySignature& verify_signature_;
    Report report_;
    Settled settled_;
    std::uint64_t stored_nodes_ = 0;
    std::uint64_t covered_ = 0;     ///< the largest size that any checkpoint is stored for
    std::uint64_t cut_off_at_ = 0;  ///< the largest signed size beyond the last leaf, or 0
};

Result<void> Verifier::walk_checkpoints() {
    for (std::uint64_t size = 0;;) {
        const std::optional<StoredCheckpoint> row = KITH_TRY(ledger_.checkpoint_from(size));
        if (!row) return {};
        covered_ = row->size;
        if (const auto checkpoint = judge(*row)) KITH_TRY(settle(*checkpoint));
        if (row->size == kNoEnd) return {};
        size = row->size + 1;
    }
}

std::optional<Checkpoint> Verifier::judge(const StoredCheckpoint& row) {
    const auto parsed = parse_checkpoint(row.note);
    if (!parsed) {
        add(FaultKind::checkpoint_malformed, row.size);
        return std::nullopt;
    }
    switch (standing(*parsed, keys_, verify_signature_)) {
        case Standing::signed_by_origin:
            break;
        case Standing::not_signed:
            add(FaultKind::checkpoint_not_signed, row.size);
            return std::nullopt;
        case Standing::wrong:
            add(FaultKind::checkpoint_wrong, row.size);
            return std::nullopt;
    }
    if (parsed->checkpoint.size != row.size) {
        add(FaultKind::checkpoint_misplaced, row.size);
        return std::nullopt;
    }
    return parsed->checkpoint;
}

/// Leaves up to `end` or to the last there is, from where we are settled.
Result<Scan> Verifier::scan(std::uint64_t end) {
    Scan scan{settled_.edge, true, 0, 0, {}};
    while (scan.edge.size() < end) {
        std::optional<StoredLeaf> leaf = KITH_TRY(ledger_.leaf_from(scan.edge.size()));
        if (!leaf) break;
        // A row put far beyond the end must not make us walk there: no gap can be wider than the hashes stored.
        if (leaf->index - scan.edge.size() > stored_nodes_) {
            scan.faults.push_back(Fault{.kind = FaultKind::leaf_stray, .from = leaf->index});
            break;
        }
        if (leaf->index != scan.edge.size()) leaf.reset();
        KITH_TRY(scan_leaf(scan, leaf));
    }
    return scan;
}

Result<void> Verifier::scan_leaf(Scan& scan, const std::optional<StoredLeaf>& leaf) {
    const std::uint64_t index = scan.edge.size();
    const std::optional<Hash> kept = KITH_TRY(stored_hash(ledger_, Place{0, index}));
    Hash hash = kept.value_or(Hash{});
    if (leaf) {
        ++scan.leaves;
        hash = leaf_hash(leaf->text);
        if (hash == kept && !decode(as_text(leaf->text)))
            scan.faults.push_back(Fault{.kind = FaultKind::leaf_malformed, .from = index});
    } else {
        scan.clean = false;
        scan.faults.push_back(Fault{.kind = FaultKind::leaf_missing, .from = index});
    }
    for (const Node& node : scan.edge.append(hash)) {
        const std::optional<Bytes> stored = KITH_TRY(ledger_.node(node.at));
        if (stored) ++scan.nodes;
        const bool agrees = stored && std::ranges::equal(*stored, node.hash);
        scan.clean = scan.clean && agrees;
    }
    return {};
}

void Verifier::accept(Scan scan) {
    report_.leaves += scan.leaves;
    report_.nodes += scan.nodes;
    for (const Fault& fault : scan.faults) add_fault(report_, fault);
}

Result<void> Verifier::settle(const Checkpoint& checkpoint) {
    if (cut_off_at_ != 0) {
        cut_off_at_ = checkpoint.size;
        return {};
    }
    Scan found = KITH_TRY(scan(checkpoint.size));
    if (found.edge.size() < checkpoint.size) {
        cut_off_at_ = checkpoint.size;
        return {};
    }
    accept(found);
    const std::uint64_t before = settled_.edge.size();
    if (found.edge.root() == checkpoint.root && found.clean) {
        settled_ = Settled{std::move(found.edge), true};
    } else if (found.edge.size() == before) {
        add(FaultKind::checkpoint_root_differs, checkpoint.size);
        return {};
    } else {
        settled_ = KITH_TRY(Locator(ledger_, settled_, checkpoint.size, report_).locate(checkpoint.root));
        if (settled_.edge.root() != checkpoint.root) {
            add(FaultKind::checkpoint_root_differs, checkpoint.size);
            return {};
        }
    }
    ++report_.checkpoints;
    report_.head = checkpoint;
    return {};
}

Result<void> Verifier::settle_tail() {
    const std::uint64_t before = settled_.edge.size();
    Scan found = KITH_TRY(scan(kNoEnd));
    const std::uint64_t end = found.edge.size();
    const bool clean = found.clean;
    accept(std::move(found));
    if (!clean) KITH_TRY(Locator(ledger_, settled_, end, report_).locate(std::nullopt));
    if (cut_off_at_ != 0) {
        add(FaultKind::leaves_cut_off, end, cut_off_at_);
    } else if (end > std::max(before, covered_)) {
        add(FaultKind::leaves_unsigned, std::max(before, covered_), end);
    }
    return {};
}

std::string where(const Fault& fault) {
    switch (fault.kind) {
        case FaultKind::leaves_rewritten:
        case FaultKind::leaves_unsigned:
        case FaultKind::leaves_cut_off:
            return "leaves " + std::to_string(fault.from) + " to " + std::to_string(fault.to - 1);
        case FaultKind::node_altered:
        case FaultKind::node_missing:
            return "stored hash at level " + std::to_string(fault.level) + ", index " + std::to_string(fault.from);
        case FaultKind::nodes_stray:
            return std::to_string(fault.from) + " stored hashes";
        case FaultKind::checkpoint_malformed:
        case FaultKind::checkpoint_misplaced:
        case FaultKind::checkpoint_not_signed:
        case FaultKind::checkpoint_wrong:
        case FaultKind::checkpoint_root_differs:
            return "checkpoint of size " + std::to_string(fault.from);
        case FaultKind::leaf_altered:
        case FaultKind::leaf_missing:
        case FaultKind::leaf_malformed:
        case FaultKind::leaf_stray:
        case FaultKind::leaf_or_hash_altered:
            break;
    }
    return "leaf " + std::to_string(fault.from);
}

std::string_view what(FaultKind kind) {
    switch (kind) {
        case FaultKind::leaf_altered:
            return "altered";
        case FaultKind::leaf_missing:
            return "missing";
        case FaultKind::leaf_malformed:
            return "as it was written, but not in the leaf format";
        case FaultKind::leaf_stray:
            return "far beyond the end of the ledger";
        case FaultKind::leaf_or_hash_altered:
            return "altered, or else its stored hash";
        case FaultKind::leaves_rewritten:
            return "one or more rewritten together with their stored hashes";
        case FaultKind::leaves_unsigned:
            return "not covered by a checkpoint";
        case FaultKind::leaves_cut_off:
            return "missing at the end, though a signed checkpoint counts them";
        case FaultKind::node_altered:
            return "altered";
        case FaultKind::node_missing:
            return "missing";
        case FaultKind::nodes_stray:
            return "belong to no leaf";
        case FaultKind::checkpoint_malformed:
            return "cannot be read";
        case FaultKind::checkpoint_misplaced:
            return "speaks of another size";
        case FaultKind::checkpoint_not_signed:
            return "not signed by a known key of its origin";
        case FaultKind::checkpoint_wrong:
            return "altered: the signature is not of this text";
        case FaultKind::checkpoint_root_differs:
            return "signed, but the leaves give another root";
    }
    return "unknown fault";
}

}  // namespace

std::string describe(const Fault& fault) { return where(fault) + ": " + std::string(what(fault.kind)); }

Result<Report> verify(LedgerReader& ledger, std::span<const VerifierKey> keys,
                      const VerifySignature& verify_signature) {
    return Verifier(ledger, keys, verify_signature).run();
}

}  // namespace kith::ledger
