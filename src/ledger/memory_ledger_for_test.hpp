// A ledger in memory with a key of its own, open to every kind of alteration. For tests.
#pragma once
#include <sodium.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "ledger/verify.hpp"

namespace kith::ledger {

constexpr auto kOrigin = "kith.example/ledger";

struct OurKey {
    PublicKey key{};
    ByteArray<64> secret{};
    explicit OurKey(Byte first = 7) {
        const ByteArray<32> seed{first};
        crypto_sign_seed_keypair(key.data(), secret.data(), seed.data());
    }
    VerifierKey verifier() const { return VerifierKey::of(kOrigin, key).value(); }
    std::string sign(const Checkpoint& checkpoint) const {
        return sign_checkpoint(checkpoint, verifier(), signer()).value();
    }
    SignBody signer() const {
        return [secret = secret](BytesView message) {
            Signature signature;
            crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secret.data());
            return signature;
        };
    }
};

class MemoryLedger : public LedgerReader {
  public:
    std::map<std::uint64_t, Bytes> leaves;
    std::map<Place, Bytes> nodes;
    std::map<std::uint64_t, std::string> checkpoints;
    OurKey key;

    void append(const Bytes& text) {
        const std::uint64_t size = leaves.size();
        const auto read = [&](Place at) -> Result<Hash> { return hash_at(at); };
        const auto complete = grow(size, leaf_hash(text), read).value();
        for (const Node& node : complete) nodes[node.at] = to_bytes(node.hash);
        leaves[size] = text;
    }
    Hash hash_at(Place at) const {
        Hash hash;
        std::ranges::copy(nodes.at(at), hash.begin());
        return hash;
    }
    void sign(std::uint64_t size) {
        const Hash top = root(size, [&](Place at) -> Result<Hash> { return hash_at(at); }).value();
        checkpoints[size] = key.sign(Checkpoint{kOrigin, size, top});
    }
    /// Makes all stored hashes those of the leaves again: what a forger without the key would do.
    void hash_again() {
        const auto texts = std::exchange(leaves, {});
        nodes.clear();
        for (const auto& [index, text] : texts) append(text);
    }

    Result<std::optional<StoredLeaf>> leaf_from(std::uint64_t index) override {
        const auto found = leaves.lower_bound(index);
        if (found == leaves.end()) return std::nullopt;
        return StoredLeaf{found->first, found->second};
    }
    Result<std::optional<Bytes>> node(Place at) override {
        const auto found = nodes.find(at);
        if (found == nodes.end()) return std::nullopt;
        return found->second;
    }
    Result<std::uint64_t> node_count() override { return nodes.size(); }
    Result<std::optional<StoredCheckpoint>> checkpoint_from(std::uint64_t size) override {
        const auto found = checkpoints.lower_bound(size);
        if (found == checkpoints.end()) return std::nullopt;
        return StoredCheckpoint{found->first, found->second};
    }
};

}  // namespace kith::ledger
