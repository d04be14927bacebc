// The worked example of docs/ledger-format.md, made again: the document must show exactly these bytes.
#include <gtest/gtest.h>
#include <sodium.h>

#include <fstream>
#include <iterator>
#include <map>

#include "ledger/checkpoint.hpp"
#include "ledger/leaf.hpp"
#include "ledger/tree.hpp"

namespace kith::ledger {
namespace {

std::string document() {
    std::ifstream file(KITH_SOURCE_DIR "/docs/ledger-format.md");
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string id_of(Byte first) {
    ByteArray<16> bytes;
    for (Byte& b : bytes) b = first++;
    return to_crockford(bytes);
}

std::vector<std::string> example_leaves() {
    Leaf opened{from_millis(1795253400000), "ledger_opened", "system", {}, {}, {}, {}, {}, {}};
    Leaf reported{from_millis(1795268468250),           "concern_reported",  "anyone", id_of(0x10), {"PLY-031"},
                  Pack{"plymouth-community", "2026.1"}, {{"kind", "place"}}, {},       {}};
    reported.digests = {{"concerns", "sealed_narrative", digest_of(as_bytes("sealed bytes of the narrative"))}};
    Leaf looked{from_millis(1795268530000),
                "concern_looked_at",
                id_of(0xa0),
                id_of(0x10),
                {"PLY-031", "PLY-044"},
                Pack{"plymouth-community", "2026.1"},
                {{"answer", "share"}, {"recipients", "2"}},
                {},
                to_bytes("sealed reason")};
    return {encode(opened).value(), encode(reported).value(), encode(looked).value()};
}

void expect_shown(const std::string& text) {
    static const std::string shown = document();
    EXPECT_NE(shown.find(text), shown.npos) << "docs/ledger-format.md does not show:\n" << text;
}

TEST(FormatDocument, ShowsTheBytesThatTheCodeWrites) {
    std::map<Place, Hash> stored;
    const auto read = [&](Place at) -> Result<Hash> { return stored.at(at); };
    std::uint64_t size = 0;
    for (const std::string& leaf : example_leaves()) {
        expect_shown("```\n" + leaf + "```");
        const auto complete = grow(size++, leaf_hash(as_bytes(leaf)), read).value();
        for (const Node& node : complete) stored[node.at] = node.hash;
    }
    for (const auto& [at, hash] : stored)
        expect_shown("| " + std::to_string(at.level) + " | " + std::to_string(at.index) + " | `" + to_hex(hash) +
                     "` |");

    PublicKey key;
    ByteArray<64> secret;
    ByteArray<32> seed;
    seed.fill(0x2a);
    crypto_sign_seed_keypair(key.data(), secret.data(), seed.data());
    const VerifierKey verifier = VerifierKey::of("kith.example/ledger", key).value();
    const auto sign = [&](BytesView message) {
        Signature signature;
        crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secret.data());
        return signature;
    };
    expect_shown("```\n" + verifier.text() + "\n```");
    expect_shown("```\n" + sign_checkpoint({verifier.name(), size, root(size, read).value()}, verifier, sign).value() +
                 "```");
    const auto proof = inclusion_proof(1, size, read).value();
    for (const Hash& hash : proof) expect_shown("    " + to_hex(hash) + "\n");
}

}  // namespace
}  // namespace kith::ledger
