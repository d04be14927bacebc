// The Merkle tree of RFC 6962: an append-only list of leaves, of which any earlier state can be proved.
//
// A node is complete when all the leaves below it are there; it then never changes, so it is stored once, by its Place:
//
//     level 2            (2,0)
//     level 1      (1,0)       (1,1)
//     level 0   (0,0) (0,1) (0,2) (0,3) (0,4)      five leaves: the edge is (2,0), (0,4)
//
// The edge of a size is the complete nodes that no larger complete node covers, largest first: one for each bit set in
// the size. It is all that the root depends on. Everything here is pure; stored nodes are read through a callback.
#pragma once
#include <functional>
#include <span>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace kith::ledger {

using Hash = ByteArray<32>;

/// SHA-256 of 0x00 and the leaf.
Hash leaf_hash(BytesView leaf);
/// SHA-256 of 0x01 and both halves.
Hash node_hash(const Hash& left, const Hash& right);
/// The root of a tree without leaves: SHA-256 of nothing.
Hash empty_root();

/// A complete node; it covers the leaves from index << level to before (index + 1) << level.
struct Place {
    std::uint32_t level = 0;
    std::uint64_t index = 0;
    friend auto operator<=>(const Place&, const Place&) = default;
};

struct Node {
    Place at;
    Hash hash{};
    friend bool operator==(const Node&, const Node&) = default;
};

/// Reads a stored node. Its errors are passed on as they are.
using NodeReader = std::function<Result<Hash>(Place)>;

/// The places of the edge of a tree of `size` leaves, largest first.
std::vector<Place> edge_places(std::uint64_t size);
/// How many complete nodes, leaves included, a tree of `size` leaves has.
std::uint64_t node_count(std::uint64_t size);

/// The edge as a value: append and take the root without a store. Copying it is how one goes back.
class Edge {
  public:
    Edge() = default;
    /// One read for each bit set in `size`.
    static Result<Edge> load(std::uint64_t size, const NodeReader& stored);
    /// `nodes` must be exactly the edge of `size`.
    static Edge of(std::uint64_t size, std::vector<Node> nodes);

    std::uint64_t size() const { return size_; }
    const std::vector<Node>& nodes() const { return nodes_; }
    Hash root() const;
    /// The nodes that are now complete, the leaf's own first.
    std::vector<Node> append(const Hash& leaf);

  private:
    std::uint64_t size_ = 0;
    std::vector<Node> nodes_;
};

/// The nodes that a leaf appended to `size` leaves completes, the leaf's own first: store them all. Reads one node on
/// average and at most one for each level.
Result<std::vector<Node>> grow(std::uint64_t size, const Hash& leaf, const NodeReader& stored);
/// The root at this or any earlier size.
Result<Hash> root(std::uint64_t size, const NodeReader& stored);

using Proof = std::vector<Hash>;

/// That leaf `index` is in the tree of `size` leaves. `invalid` unless index < size.
Result<Proof> inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeReader& stored);
/// That the tree of `second` leaves begins with the one of `first`. `invalid` if first > second. Empty when first is 0
/// or second: then there is nothing to show.
Result<Proof> consistency_proof(std::uint64_t first, std::uint64_t second, const NodeReader& stored);

/// RFC 9162, 2.1.3.2.
bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, std::span<const Hash> proof,
                      const Hash& root);
/// RFC 9162, 2.1.4.2, and the two trivial cases: from an empty tree, and between equal sizes.
bool verify_consistency(std::uint64_t first, std::uint64_t second, std::span<const Hash> proof, const Hash& first_root,
                        const Hash& second_root);

}  // namespace kith::ledger
