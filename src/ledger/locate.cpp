#include "ledger/locate.hpp"

#include <algorithm>
#include <bit>

namespace kith::ledger {
namespace {
constexpr std::size_t kMostCandidates = 256;
}

void add_fault(Report& report, const Fault& fault) {
    ++report.fault_count;
    if (report.faults.size() < most_faults) report.faults.push_back(fault);
}

Result<std::optional<Hash>> stored_hash(LedgerReader& ledger, Place at) {
    const std::optional<Bytes> bytes = KITH_TRY(ledger.node(at));
    if (!bytes) return std::nullopt;
    Hash hash{};
    if (bytes->size() == hash.size()) std::ranges::copy(*bytes, hash.begin());
    return hash;
}

Result<std::optional<Hash>> text_hash(LedgerReader& ledger, std::uint64_t index) {
    const std::optional<StoredLeaf> leaf = KITH_TRY(ledger.leaf_from(index));
    if (!leaf || leaf->index != index) return std::nullopt;
    return leaf_hash(leaf->text);
}

bool Locator::is_complete(Range range) { return std::has_single_bit(range.count()); }

Place Locator::place(Range range) {
    const auto level = static_cast<std::uint32_t>(std::countr_zero(range.count()));
    return Place{level, range.begin >> level};
}

Locator::Range Locator::left_of(Range range) {
    return Range{range.begin, range.begin + std::bit_floor(range.count() - 1)};
}
Locator::Range Locator::right_of(Range range) { return Range{left_of(range).end, range.end}; }

/// INVARIANT: the splits of a larger tree meet the settled part exactly in the nodes of its edge.
Hash Locator::settled_hash(Range range) const {
    const auto& nodes = settled_.edge.nodes();
    const auto node = std::ranges::find(nodes, place(range), &Node::at);
    KITH_CHECK(node != nodes.end());
    return node->hash;
}

Result<Settled> Locator::locate(const std::optional<Hash>& signed_root) {
    const Range all{0, size_};
    std::optional<Believed> believed;
    if (signed_root && KITH_TRY(leads_to(all, *signed_root))) believed = Believed{*signed_root, true};
    KITH_TRY(descend(all, believed));
    std::vector<Node> nodes;
    bool genuine = true;
    for (const Place at : edge_places(size_)) {
        nodes.push_back(Node{at, edge_[at.level].hash});
        genuine = genuine && edge_[at.level].genuine;
    }
    return Settled{Edge::of(size_, std::move(nodes)), genuine};
}

/// A signed root that nothing leads to is itself in doubt, so it is not what the rest is judged by.
Result<bool> Locator::leads_to(Range range, const Hash& root) {
    if (range.count() == 1) {
        const std::vector<Hash> leaf = KITH_TRY(candidates(range));
        return std::ranges::find(leaf, root) != leaf.end();
    }
    const Pair pair = KITH_TRY(halves(range, Believed{root, true}));
    return pair.left.has_value();
}

void Locator::keep(Range range, const Believed& believed) {
    if (!is_complete(range)) return;
    const Place at = place(range);
    if (((size_ >> at.level) & 1) != 0 && at.index == (size_ >> at.level) - 1) edge_[at.level] = believed;
}

/// What is missing is stood in for by its other witness, so that the rest can still be judged.
Result<Locator::Sums> Locator::leaf_sums(std::uint64_t index) {
    const std::optional<Hash> text = KITH_TRY(text_hash(ledger_, index));
    const std::optional<Hash> hash = KITH_TRY(stored_hash(ledger_, Place{0, index}));
    return Sums{text.value_or(hash.value_or(Hash{})), hash.value_or(text.value_or(Hash{})), text && text == hash};
}

Result<Locator::Sums> Locator::sums(Range range) {
    if (is_settled(range)) {
        const Hash hash = settled_hash(range);
        return Sums{hash, hash, true};
    }
    if (range.count() == 1) return leaf_sums(range.begin);
    const Sums left = KITH_TRY(sums(left_of(range)));
    const Sums right = KITH_TRY(sums(right_of(range)));
    Sums both{node_hash(left.texts, right.texts), node_hash(left.hashes, right.hashes), left.clean && right.clean};
    if (is_complete(range)) both.clean = both.clean && KITH_TRY(stored_hash(ledger_, place(range))) == both.texts;
    return both;
}

/// A complete range offers three hashes; a ragged one, of which none is stored, each mixture of what its halves offer.
Result<std::vector<Hash>> Locator::candidates(Range range) {
    if (is_settled(range)) return std::vector<Hash>{settled_hash(range)};
    std::vector<Hash> offered;
    const auto offer = [&](const Hash& hash) {
        if (offered.size() < kMostCandidates && std::ranges::find(offered, hash) == offered.end())
            offered.push_back(hash);
    };
    if (is_complete(range)) {
        const Sums computed = KITH_TRY(sums(range));
        offer(computed.texts);
        offer(computed.hashes);
        if (const auto kept = KITH_TRY(stored_hash(ledger_, place(range)))) offer(*kept);
        return offered;
    }
    const std::vector<Hash> left = KITH_TRY(candidates(left_of(range)));
    const std::vector<Hash> right = KITH_TRY(candidates(right_of(range)));
    for (const Hash& l : left)
        for (const Hash& r : right) offer(node_hash(l, r));
    return offered;
}

/// The halves that give the believed hash, or nothing.
Result<Locator::Pair> Locator::halves(Range range, const std::optional<Believed>& believed) {
    if (!believed) return Pair{};
    const std::vector<Hash> left = KITH_TRY(candidates(left_of(range)));
    const std::vector<Hash> right = KITH_TRY(candidates(right_of(range)));
    for (const Hash& l : left)
        for (const Hash& r : right)
            if (node_hash(l, r) == believed->hash)
                return Pair{Believed{l, believed->genuine}, Believed{r, believed->genuine}};
    return Pair{};
}

/// Nothing signed reaches this complete node: two witnesses that agree are believed.
Result<std::optional<Believed>> Locator::vote(Range range, const Sums& sums, const std::optional<Hash>& stored) {
    if (stored && (stored == sums.texts || stored == sums.hashes)) return Believed{*stored, false};
    if (stored) {
        const Believed parent{*stored, false};
        const Pair pair = KITH_TRY(halves(range, parent));
        if (pair.left) return parent;
    }
    if (sums.texts == sums.hashes) return Believed{sums.texts, false};
    return std::nullopt;
}

void Locator::judge_node(Place at, const std::optional<Hash>& stored, const std::optional<Believed>& believed) {
    if (!stored) {
        add_fault(report_, Fault{.kind = FaultKind::node_missing, .from = at.index, .level = at.level});
    } else if (believed && *stored != believed->hash) {
        add_fault(report_, Fault{.kind = FaultKind::node_altered, .from = at.index, .level = at.level});
    }
}

Result<void> Locator::settle_leaf(std::uint64_t index, const std::optional<Believed>& believed) {
    const std::optional<Hash> text = KITH_TRY(text_hash(ledger_, index));
    const std::optional<Hash> hash = KITH_TRY(stored_hash(ledger_, Place{0, index}));
    keep(Range{index, index + 1}, believed.value_or(Believed{text.value_or(hash.value_or(Hash{})), false}));
    if (believed && text && *text != believed->hash)
        add_fault(report_, Fault{.kind = FaultKind::leaf_altered, .from = index});
    if (!believed && text && hash && text != hash)
        add_fault(report_, Fault{.kind = FaultKind::leaf_or_hash_altered, .from = index});
    judge_node(Place{0, index}, hash, believed);
    return {};
}

Result<void> Locator::descend(Range range, std::optional<Believed> believed) {
    if (is_settled(range)) {
        keep(range, Believed{settled_hash(range), settled_.genuine});
        return {};
    }
    if (range.count() == 1) return settle_leaf(range.begin, believed);

    if (is_complete(range)) {
        const Sums computed = KITH_TRY(sums(range));
        const std::optional<Hash> kept = KITH_TRY(stored_hash(ledger_, place(range)));
        if (!believed) believed = KITH_TRY(vote(range, computed, kept));
        keep(range, believed.value_or(Believed{computed.texts, false}));
        judge_node(place(range), kept, believed);
        if (believed && computed.clean && computed.texts == believed->hash) return {};
    }
    const Pair pair = KITH_TRY(halves(range, believed));
    const std::uint64_t faults_above = report_.fault_count;
    KITH_TRY(descend(left_of(range), pair.left));
    KITH_TRY(descend(right_of(range), pair.right));
    if (believed && !pair.left && report_.fault_count == faults_above) {
        const std::uint64_t since = settled_.genuine ? std::max(range.begin, settled_.edge.size()) : range.begin;
        add_fault(report_, Fault{.kind = FaultKind::leaves_rewritten, .from = since, .to = range.end});
    }
    return {};
}

}  // namespace kith::ledger
