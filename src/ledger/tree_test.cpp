#include "ledger/tree.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace kith::ledger {
namespace {

Hash hex(std::string_view text) {
    Hash hash;
    std::ranges::copy(from_hex(text).value(), hash.begin());
    return hash;
}

/// Inputs and roots of the certificate-transparency reference implementation.
const std::vector<std::string> kInputs{
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
const std::vector<std::string> kRoots{"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
constexpr auto k6e34 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
constexpr auto k96a2 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
constexpr auto k5f08 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
constexpr auto k6b47 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
constexpr auto kbc1a = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
constexpr auto kca85 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
constexpr auto k0ebc = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
constexpr auto kd37e = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
constexpr auto kfac5 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";

Proof proof_of(std::initializer_list<std::string_view> hashes) {
    Proof proof;
    for (const auto text : hashes) proof.push_back(hex(text));
    return proof;
}

/// A tree whose nodes lie in a map, as they would in a table; it counts the reads.
struct Stored {
    std::map<Place, Hash> nodes;
    std::vector<Hash> leaves;
    mutable int reads = 0;

    NodeReader reader() const {
        return [this](Place at) -> Result<Hash> {
            ++reads;
            const auto found = nodes.find(at);
            if (found == nodes.end()) return fail(Code::not_found, "no such node");
            return found->second;
        };
    }
    void append(BytesView leaf) {
        const Hash hash = leaf_hash(leaf);
        const auto complete = grow(leaves.size(), hash, reader()).value();
        for (const Node& node : complete) {
            EXPECT_TRUE(nodes.emplace(node.at, node.hash).second) << "a complete node is stored once";
        }
        leaves.push_back(hash);
    }
};

Stored reference_tree() {
    Stored tree;
    for (const auto& input : kInputs) tree.append(from_hex(input).value());
    return tree;
}

Stored tree_of(std::size_t size) {
    Stored tree;
    for (std::size_t i = 0; i < size; ++i) tree.append(as_bytes("leaf " + std::to_string(i)));
    return tree;
}

/// RFC 6962, 2.1, word for word.
Hash naive_root(std::span<const Hash> leaves) {
    if (leaves.empty()) return empty_root();
    if (leaves.size() == 1) return leaves[0];
    std::size_t k = 1;
    while (k * 2 < leaves.size()) k *= 2;
    return node_hash(naive_root(leaves.first(k)), naive_root(leaves.subspan(k)));
}

Proof naive_path(std::size_t m, std::span<const Hash> leaves) {
    if (leaves.size() == 1) return {};
    std::size_t k = 1;
    while (k * 2 < leaves.size()) k *= 2;
    Proof path = m < k ? naive_path(m, leaves.first(k)) : naive_path(m - k, leaves.subspan(k));
    path.push_back(naive_root(m < k ? leaves.subspan(k) : leaves.first(k)));
    return path;
}

enum class Known { yes, no };
Proof naive_subproof(std::size_t m, std::span<const Hash> leaves, Known known) {
    if (m == leaves.size()) return known == Known::yes ? Proof{} : Proof{naive_root(leaves)};
    std::size_t k = 1;
    while (k * 2 < leaves.size()) k *= 2;
    Proof proof =
        m <= k ? naive_subproof(m, leaves.first(k), known) : naive_subproof(m - k, leaves.subspan(k), Known::no);
    proof.push_back(naive_root(m <= k ? leaves.subspan(k) : leaves.first(k)));
    return proof;
}

constexpr std::size_t kMost = 130;

TEST(Tree, HashesAsTheReferenceDoes) {
    EXPECT_EQ(leaf_hash({}), hex(k6e34));
    EXPECT_EQ(leaf_hash(as_bytes("L123456")), hex("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"));
    EXPECT_EQ(node_hash(hex(k6e34), hex(k96a2)), hex(kfac5));
}

TEST(Tree, RootsAreThoseOfTheReferenceAtEverySize) {
    const Stored tree = reference_tree();
    for (std::size_t size = 0; size < kRoots.size(); ++size)
        EXPECT_EQ(root(size, tree.reader()).value(), hex(kRoots[size])) << size;
}

TEST(Tree, ProofsAreThoseOfTheReference) {
    const Stored tree = reference_tree();
    EXPECT_EQ(inclusion_proof(0, 1, tree.reader()).value(), Proof{});
    EXPECT_EQ(inclusion_proof(0, 8, tree.reader()).value(), proof_of({k96a2, k5f08, k6b47}));
    EXPECT_EQ(inclusion_proof(5, 8, tree.reader()).value(), proof_of({kbc1a, kca85, kd37e}));
    EXPECT_EQ(inclusion_proof(2, 3, tree.reader()).value(), proof_of({kfac5}));
    EXPECT_EQ(inclusion_proof(1, 5, tree.reader()).value(), proof_of({k6e34, k5f08, kbc1a}));
    EXPECT_EQ(consistency_proof(1, 1, tree.reader()).value(), Proof{});
    EXPECT_EQ(consistency_proof(1, 8, tree.reader()).value(), proof_of({k96a2, k5f08, k6b47}));
    EXPECT_EQ(consistency_proof(6, 8, tree.reader()).value(), proof_of({k0ebc, kca85, kd37e}));
    EXPECT_EQ(consistency_proof(2, 5, tree.reader()).value(), proof_of({k5f08, kbc1a}));
}

TEST(Tree, RootOfEverySizeIsTheRecursiveDefinition) {
    const Stored tree = tree_of(kMost);
    Edge edge;
    for (std::size_t size = 0; size <= kMost; ++size) {
        const Hash expected = naive_root(std::span(tree.leaves).first(size));
        EXPECT_EQ(root(size, tree.reader()).value(), expected) << size;
        EXPECT_EQ(edge.root(), expected) << size;
        EXPECT_EQ(Edge::load(size, tree.reader()).value().nodes(), edge.nodes()) << size;
        if (size == kMost) break;
        for (const Node& node : edge.append(tree.leaves[size])) EXPECT_EQ(tree.nodes.at(node.at), node.hash);
    }
    EXPECT_EQ(tree.nodes.size(), node_count(kMost));
}

TEST(Tree, InclusionProofsAreTheRecursiveDefinitionAndVerify) {
    const Stored tree = tree_of(kMost);
    for (std::size_t size = 1; size <= kMost; ++size) {
        const auto leaves = std::span(tree.leaves).first(size);
        const Hash top = root(size, tree.reader()).value();
        for (std::size_t i = 0; i < size; ++i) {
            const Proof proof = inclusion_proof(i, size, tree.reader()).value();
            ASSERT_EQ(proof, naive_path(i, leaves)) << i << " of " << size;
            ASSERT_TRUE(verify_inclusion(leaves[i], i, size, proof, top)) << i << " of " << size;
            ASSERT_FALSE(verify_inclusion(leaves[i], i, size, proof, tree.nodes.at({0, (i + 1) % kMost})));
            if (size > 1) {
                ASSERT_FALSE(verify_inclusion(leaves[i], (i + 1) % size, size, proof, top)) << i << " of " << size;
                ASSERT_FALSE(verify_inclusion(leaves[(i + 1) % size], i, size, proof, top)) << i << " of " << size;
            }
        }
    }
}

TEST(Tree, ConsistencyProofsAreTheRecursiveDefinitionAndVerify) {
    const Stored tree = tree_of(kMost);
    std::vector<Hash> roots;
    for (std::size_t size = 0; size <= kMost; ++size) roots.push_back(root(size, tree.reader()).value());
    for (std::size_t n = 1; n <= kMost; ++n) {
        for (std::size_t m = 1; m <= n; ++m) {
            const Proof proof = consistency_proof(m, n, tree.reader()).value();
            ASSERT_EQ(proof, naive_subproof(m, std::span(tree.leaves).first(n), Known::yes)) << m << " to " << n;
            ASSERT_TRUE(verify_consistency(m, n, proof, roots[m], roots[n])) << m << " to " << n;
            ASSERT_FALSE(verify_consistency(m, n, proof, roots[m - 1], roots[n])) << m << " to " << n;
            ASSERT_FALSE(verify_consistency(m, n, proof, roots[m], roots[n - 1])) << m << " to " << n;
        }
        EXPECT_TRUE(verify_consistency(0, n, {}, roots[0], roots[n]));
        EXPECT_FALSE(verify_consistency(0, n, {}, roots[1], roots[n]));
    }
}

TEST(Tree, AProofThatIsAlteredShortenedOrLengthenedFails) {
    const Stored tree = tree_of(23);
    const Hash top = root(23, tree.reader()).value();
    const Hash old = root(11, tree.reader()).value();
    const Proof path = inclusion_proof(20, 23, tree.reader()).value();
    const Proof growth = consistency_proof(11, 23, tree.reader()).value();
    const auto both_fail = [&](const Proof& p, const Proof& g) {
        EXPECT_FALSE(verify_inclusion(tree.leaves[20], 20, 23, p, top));
        EXPECT_FALSE(verify_consistency(11, 23, g, old, top));
    };
    for (std::size_t byte = 0; byte < 32; ++byte) {
        for (std::size_t i = 0; i < std::min(path.size(), growth.size()); ++i) {
            Proof p = path;
            Proof g = growth;
            p[i][byte] ^= 0x10;
            g[i][byte] ^= 0x10;
            both_fail(p, g);
        }
    }
    both_fail(Proof(path.begin(), path.end() - 1), Proof(growth.begin(), growth.end() - 1));
    both_fail(Proof(path.begin() + 1, path.end()), Proof(growth.begin() + 1, growth.end()));
    Proof p = path;
    Proof g = growth;
    p.push_back(top);
    g.push_back(top);
    both_fail(p, g);
    both_fail({}, {});
    EXPECT_FALSE(verify_inclusion(tree.leaves[20], 23, 23, path, top));
    EXPECT_FALSE(verify_consistency(23, 11, growth, top, old));
}

TEST(Tree, AProofForOneSizeIsNotOneForASizeOfAnotherDepth) {
    const Stored tree = tree_of(4);
    const auto root_of = [&](std::uint64_t size) { return root(size, tree.reader()).value(); };
    const Proof path = inclusion_proof(3, 4, tree.reader()).value();
    EXPECT_TRUE(verify_inclusion(tree.leaves[3], 3, 4, path, root_of(4)));
    EXPECT_FALSE(verify_inclusion(tree.leaves[3], 1, 2, path, root_of(4)));
    EXPECT_FALSE(verify_inclusion(tree.leaves[3], 7, 8, path, root_of(4)));
    const Proof growth = consistency_proof(2, 3, tree.reader()).value();
    EXPECT_TRUE(verify_consistency(2, 3, growth, root_of(2), root_of(3)));
    EXPECT_FALSE(verify_consistency(2, 5, growth, root_of(2), root_of(3)));
}

TEST(Tree, AskingBeyondTheTreeIsInvalid) {
    const Stored tree = tree_of(4);
    EXPECT_EQ(inclusion_proof(4, 4, tree.reader()).error().code, Code::invalid);
    EXPECT_EQ(consistency_proof(5, 4, tree.reader()).error().code, Code::invalid);
    EXPECT_EQ(root(5, tree.reader()).error().code, Code::not_found);
}

TEST(Tree, AppendingReadsOneNodeOnAverageAndARootOneForEachBit) {
    const Stored tree = tree_of(1024);
    EXPECT_LT(tree.reads, 1024);
    tree.reads = 0;
    EXPECT_TRUE(root(1023, tree.reader()));
    EXPECT_EQ(tree.reads, 10);
    tree.reads = 0;
    EXPECT_TRUE(inclusion_proof(700, 1023, tree.reader()));
    EXPECT_LE(tree.reads, 20);
}

}  // namespace
}  // namespace kith::ledger
