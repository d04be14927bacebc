#include "ledger/tree.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <bit>
#include <memory>

namespace kith::ledger {
namespace {

/// OpenSSL's SHA-256, which uses what the processor has for it: verifying millions of leaves is little else. Fetched
/// once a thread, since looking it up costs more than hashing a node.
class Sha256 {
  public:
    Sha256() : type_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {
        KITH_CHECK(type_ != nullptr && context_ != nullptr);
    }
    Hash operator()(Byte prefix, BytesView first, BytesView second) {
        Hash hash;
        KITH_CHECK(EVP_DigestInit_ex2(context_.get(), type_.get(), nullptr) == 1 &&
                   EVP_DigestUpdate(context_.get(), &prefix, 1) == 1 &&
                   EVP_DigestUpdate(context_.get(), first.data(), first.size()) == 1 &&
                   EVP_DigestUpdate(context_.get(), second.data(), second.size()) == 1 &&
                   EVP_DigestFinal_ex(context_.get(), hash.data(), nullptr) == 1);
        return hash;
    }

  private:
    struct Free {
        void operator()(EVP_MD* type) const { EVP_MD_free(type); }
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD, Free> type_;
    std::unique_ptr<EVP_MD_CTX, Free> context_;
};

Hash hash_of(Byte prefix, BytesView first, BytesView second) {
    thread_local Sha256 sha256;
    return sha256(prefix, first, second);
}

/// The largest power of two below `count`, which is at least 2.
std::uint64_t split(std::uint64_t count) { return std::bit_floor(count - 1); }

/// The hash over leaves [begin, end), a subtree that the splits of RFC 6962 lead to.
Result<Hash> subtree(std::uint64_t begin, std::uint64_t end, const NodeReader& stored) {
    const std::uint64_t count = end - begin;
    if (std::has_single_bit(count)) {
        const auto level = static_cast<std::uint32_t>(std::countr_zero(count));
        return stored(Place{level, begin >> level});
    }
    const std::uint64_t middle = begin + split(count);
    const Hash left = KITH_TRY(subtree(begin, middle, stored));
    const Hash right = KITH_TRY(subtree(middle, end, stored));
    return node_hash(left, right);
}

bool is_odd(std::uint64_t n) { return (n & 1) != 0; }

}  // namespace

Hash leaf_hash(BytesView leaf) { return hash_of(0x00, leaf, {}); }
Hash node_hash(const Hash& left, const Hash& right) { return hash_of(0x01, left, right); }

Hash empty_root() {
    constexpr std::string_view kOfNothing(
        "\xe3\xb0\xc4\x42\x98\xfc\x1c\x14\x9a\xfb\xf4\xc8\x99\x6f\xb9\x24"
        "\x27\xae\x41\xe4\x64\x9b\x93\x4c\xa4\x95\x99\x1b\x78\x52\xb8\x55",
        32);
    Hash hash;
    std::ranges::copy(as_bytes(kOfNothing), hash.begin());
    return hash;
}

std::vector<Place> edge_places(std::uint64_t size) {
    std::vector<Place> places;
    for (std::uint32_t level = 64; level-- > 0;)
        if (is_odd(size >> level)) places.push_back(Place{level, (size >> level) - 1});
    return places;
}

std::uint64_t node_count(std::uint64_t size) { return 2 * size - static_cast<std::uint64_t>(std::popcount(size)); }

Result<Edge> Edge::load(std::uint64_t size, const NodeReader& stored) {
    Edge edge;
    edge.size_ = size;
    for (const Place at : edge_places(size)) edge.nodes_.push_back(Node{at, KITH_TRY(stored(at))});
    return edge;
}

Edge Edge::of(std::uint64_t size, std::vector<Node> nodes) {
    KITH_CHECK(std::ranges::equal(nodes, edge_places(size), {}, &Node::at));
    Edge edge;
    edge.size_ = size;
    edge.nodes_ = std::move(nodes);
    return edge;
}

Hash Edge::root() const {
    if (nodes_.empty()) return empty_root();
    Hash hash = nodes_.back().hash;
    for (auto node = std::next(nodes_.rbegin()); node != nodes_.rend(); ++node) hash = node_hash(node->hash, hash);
    return hash;
}

std::vector<Node> Edge::append(const Hash& leaf) {
    std::vector<Node> complete{{Place{0, size_}, leaf}};
    while (!nodes_.empty() && nodes_.back().at.level == complete.back().at.level) {
        const Node& right = complete.back();
        const Place parent{right.at.level + 1, right.at.index >> 1};
        complete.push_back(Node{parent, node_hash(nodes_.back().hash, right.hash)});
        nodes_.pop_back();
    }
    nodes_.push_back(complete.back());
    ++size_;
    return complete;
}

Result<std::vector<Node>> grow(std::uint64_t size, const Hash& leaf, const NodeReader& stored) {
    std::vector<Node> complete{{Place{0, size}, leaf}};
    while (is_odd(complete.back().at.index)) {
        const Node right = complete.back();
        const Hash left = KITH_TRY(stored(Place{right.at.level, right.at.index - 1}));
        complete.push_back(Node{Place{right.at.level + 1, right.at.index >> 1}, node_hash(left, right.hash)});
    }
    return complete;
}

Result<Hash> root(std::uint64_t size, const NodeReader& stored) {
    const Edge edge = KITH_TRY(Edge::load(size, stored));
    return edge.root();
}

Result<Proof> inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeReader& stored) {
    if (index >= size) return fail(Code::invalid, "leaf is not in a tree of this size", "index");
    Proof proof;
    std::uint64_t begin = 0;
    std::uint64_t end = size;
    while (end - begin > 1) {
        const std::uint64_t middle = begin + split(end - begin);
        if (index < middle) {
            proof.push_back(KITH_TRY(subtree(middle, end, stored)));
            end = middle;
        } else {
            proof.push_back(KITH_TRY(subtree(begin, middle, stored)));
            begin = middle;
        }
    }
    std::ranges::reverse(proof);
    return proof;
}

Result<Proof> consistency_proof(std::uint64_t first, std::uint64_t second, const NodeReader& stored) {
    if (first > second) return fail(Code::invalid, "the earlier tree is the larger one", "first");
    Proof proof;
    if (first == 0) return proof;
    std::uint64_t begin = 0;
    std::uint64_t end = second;
    while (end != first) {
        const std::uint64_t middle = begin + split(end - begin);
        if (first <= middle) {
            proof.push_back(KITH_TRY(subtree(middle, end, stored)));
            end = middle;
        } else {
            proof.push_back(KITH_TRY(subtree(begin, middle, stored)));
            begin = middle;
        }
    }
    if (begin != 0) proof.push_back(KITH_TRY(subtree(begin, end, stored)));
    std::ranges::reverse(proof);
    return proof;
}

bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, std::span<const Hash> proof,
                      const Hash& root) {
    if (index >= size) return false;
    std::uint64_t at = index;
    std::uint64_t last = size - 1;
    Hash hash = leaf;
    for (const Hash& piece : proof) {
        if (last == 0) return false;
        if (is_odd(at) || at == last) {
            hash = node_hash(piece, hash);
            while (!is_odd(at) && at != 0) {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(hash, piece);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && hash == root;
}

bool verify_consistency(std::uint64_t first, std::uint64_t second, std::span<const Hash> proof, const Hash& first_root,
                        const Hash& second_root) {
    if (first > second) return false;
    if (first == 0) return proof.empty() && first_root == empty_root() && (second != 0 || second_root == first_root);
    if (first == second) return proof.empty() && first_root == second_root;
    const bool root_is_a_node = std::has_single_bit(first);
    if (!root_is_a_node && proof.empty()) return false;

    std::uint64_t at = first - 1;
    std::uint64_t last = second - 1;
    while (is_odd(at)) {
        at >>= 1;
        last >>= 1;
    }
    Hash old_hash = root_is_a_node ? first_root : proof.front();
    Hash new_hash = old_hash;
    for (const Hash& piece : proof.subspan(root_is_a_node ? 0 : 1)) {
        if (last == 0) return false;
        if (is_odd(at) || at == last) {
            old_hash = node_hash(piece, old_hash);
            new_hash = node_hash(piece, new_hash);
            while (!is_odd(at) && at != 0) {
                at >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = node_hash(new_hash, piece);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && old_hash == first_root && new_hash == second_root;
}

}  // namespace kith::ledger
