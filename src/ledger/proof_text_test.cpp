#include "ledger/proof_text.hpp"

#include <gtest/gtest.h>

#include "ledger/memory_ledger_for_test.hpp"

namespace kith::ledger {
namespace {

struct AProof : testing::Test {
    MemoryLedger ledger;
    EntryProof entry;
    GrowthProof growth;
    void SetUp() override {
        for (int i = 0; i < 7; ++i) ledger.append(to_bytes("leaf " + std::to_string(i)));
        ledger.sign(7);
        const auto stored = [&](Place at) -> Result<Hash> { return ledger.hash_at(at); };
        entry = {5, inclusion_proof(5, 7, stored).value(), ledger.checkpoints.at(7)};
        growth = {3, consistency_proof(3, 7, stored).value(), ledger.checkpoints.at(7)};
    }
};

TEST_F(AProof, IsReadAsItWasWritten) {
    EXPECT_EQ(parse_entry_proof(write_proof(entry)).value(), entry);
    EXPECT_EQ(parse_growth_proof(write_proof(growth)).value(), growth);
}

TEST_F(AProof, HasTheLinesThatOtherToolsRead) {
    EXPECT_EQ(write_proof(entry), "c2sp.org/tlog-proof@v1\nindex 5\n" + to_base64(entry.path[0]) + '\n' +
                                      to_base64(entry.path[1]) + '\n' + to_base64(entry.path[2]) + "\n\n" + entry.note);
    EXPECT_TRUE(write_proof(growth).starts_with("old 3\n" + to_base64(growth.path[0]) + '\n'));
    EXPECT_TRUE(write_proof(growth).ends_with("\n\n" + growth.note));
}

TEST_F(AProof, MayHaveAnExtraLineThatNobodyBelieves) {
    std::string text = write_proof(entry);
    text.insert(text.find("index"), "extra bm90aGluZw==\n");
    EXPECT_EQ(parse_entry_proof(text).value(), entry);
}

TEST_F(AProof, OfAnEmptyPathHasNoLinesOfHashes) {
    const GrowthProof first{0, {}, growth.note};
    EXPECT_EQ(write_proof(first), "old 0\n\n" + growth.note);
    EXPECT_EQ(parse_growth_proof("old 0\n\n" + growth.note).value(), first);
}

TEST_F(AProof, IsRefusedInAnyOtherForm) {
    const std::string good = write_proof(growth);
    std::vector<std::string> others{"",
                                    "old",
                                    "old 3",
                                    "old 03\n" + good.substr(6),
                                    "old -1\n" + good.substr(6),
                                    "old 18446744073709551616\n" + good.substr(6),
                                    "new 3\n" + good.substr(6),
                                    good.substr(0, good.size() - 1),
                                    good + "\n"};
    std::string cut_hash = good;
    cut_hash.erase(10, 4);
    others.push_back(cut_hash);
    std::string without_gap = good;
    without_gap.erase(without_gap.find("\n\n"), 1);
    others.push_back(without_gap);
    GrowthProof long_one = growth;
    long_one.path.resize(max_proof + 2);
    others.push_back(write_proof(long_one));
    for (const std::string& text : others) EXPECT_FALSE(parse_growth_proof(text).has_value()) << text;
    EXPECT_FALSE(parse_entry_proof(good).has_value());
    EXPECT_FALSE(parse_growth_proof(write_proof(entry)).has_value());
}

TEST_F(AProof, CutShortAnywhereIsRefused) {
    for (const std::string& text : {write_proof(entry), write_proof(growth)})
        for (std::size_t size = 0; size < text.size(); ++size) {
            EXPECT_FALSE(parse_entry_proof(text.substr(0, size)).has_value()) << size;
            EXPECT_FALSE(parse_growth_proof(text.substr(0, size)).has_value()) << size;
        }
}

}  // namespace
}  // namespace kith::ledger
