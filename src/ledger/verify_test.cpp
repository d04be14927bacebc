#include "ledger/verify.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <random>

#include "ledger/leaf.hpp"
#include "ledger/memory_ledger_for_test.hpp"

namespace kith::ledger {

void PrintTo(const Fault& fault, std::ostream* out);
void PrintTo(const Fault& fault, std::ostream* out) { *out << describe(fault); }

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr std::uint64_t kLeaves = 40;
const std::vector<std::uint64_t> kCheckpoints{0, 1, 3, 4, 8, 11, 16, 17, 24, 31, 40};
const std::vector<Byte> kMasks{0x01, 0x20, 0x80};

Bytes text_of(std::uint64_t i) {
    Leaf leaf;
    leaf.at = from_millis(1795268468250 + static_cast<std::int64_t>(i));
    leaf.act = "looked_at";
    leaf.by = "system";
    leaf.facts = {{"line", std::to_string(i)}};
    if (i % 5 == 0) leaf.sealed = Bytes(9, static_cast<Byte>(i));
    return to_bytes(encode(leaf).value());
}

/// Ed25519 once for each signature, so that many thousands of ledgers are verified in seconds.
bool remembered_verify(const PublicKey& key, BytesView message, const Signature& signature) {
    static std::map<std::pair<std::string, Signature>, bool> known;
    const auto [at, is_new] = known.try_emplace({to_text(message), signature}, false);
    if (is_new) at->second = verify_ed25519(key, message, signature);
    return at->second;
}

Fault fault(FaultKind kind, std::uint64_t from, std::uint64_t to = 0) { return {.kind = kind, .from = from, .to = to}; }
Fault at_node(FaultKind kind, Place at) { return {.kind = kind, .from = at.index, .level = at.level}; }

struct ALedger : testing::Test {
    MemoryLedger ledger;
    std::vector<VerifierKey> keys{ledger.key.verifier()};

    void SetUp() override {
        for (std::uint64_t i = 0; i <= kLeaves; ++i) {
            if (std::ranges::count(kCheckpoints, i) != 0) ledger.sign(i);
            if (i < kLeaves) ledger.append(text_of(i));
        }
    }
    Report report() { return verify(ledger, keys, remembered_verify).value(); }
    std::vector<Fault> faults() { return report().faults; }
    static std::uint64_t next_checkpoint(std::uint64_t leaf) { return *std::ranges::upper_bound(kCheckpoints, leaf); }
};

TEST_F(ALedger, ThatNobodyTouchedIsIntact) {
    const Report found = report();
    EXPECT_TRUE(found.intact()) << describe(found.faults.at(0));
    EXPECT_EQ(found.leaves, kLeaves);
    EXPECT_EQ(found.nodes, node_count(kLeaves));
    EXPECT_EQ(found.checkpoints, kCheckpoints.size());
    EXPECT_EQ(found.head->size, kLeaves);
}

TEST_F(ALedger, OfAnySizeAndGroupingIsIntact) {
    for (std::uint64_t size = 0; size <= 33; ++size) {
        for (std::uint64_t group = 1; group <= 9; ++group) {
            MemoryLedger other;
            for (std::uint64_t i = 0; i < size; ++i) {
                other.append(text_of(i));
                if ((i + 1) % group == 0 || i + 1 == size) other.sign(i + 1);
            }
            EXPECT_TRUE(verify(other, keys, remembered_verify).value().intact()) << size << ' ' << group;
        }
    }
}

TEST_F(ALedger, ShowsEveryAlteredByteOfALeaf) {
    for (auto& [index, text] : ledger.leaves)
        for (Byte& byte : text)
            for (const Byte mask : kMasks) {
                byte ^= mask;
                ASSERT_THAT(faults(), ElementsAre(fault(FaultKind::leaf_altered, index)));
                byte ^= mask;
            }
    EXPECT_TRUE(report().intact());
}

TEST_F(ALedger, ShowsEveryAlteredByteOfAStoredHash) {
    for (auto& [at, hash] : ledger.nodes)
        for (Byte& byte : hash)
            for (const Byte mask : kMasks) {
                byte ^= mask;
                ASSERT_THAT(faults(), ElementsAre(at_node(FaultKind::node_altered, at)));
                byte ^= mask;
            }
    EXPECT_TRUE(report().intact());
}

TEST_F(ALedger, ShowsEveryAlteredByteOfACheckpoint) {
    for (auto& [size, note] : ledger.checkpoints)
        for (char& byte : note)
            for (const Byte mask : kMasks) {
                const char before = byte;
                byte = static_cast<char>(byte ^ mask);
                const auto found = faults();
                ASSERT_EQ(found.size(), 1U) << size;
                ASSERT_EQ(found[0].from, size) << describe(found[0]);
                ASSERT_THAT(found[0].kind,
                            testing::AnyOf(FaultKind::checkpoint_malformed, FaultKind::checkpoint_not_signed,
                                           FaultKind::checkpoint_wrong));
                byte = before;
            }
    EXPECT_TRUE(report().intact());
}

TEST_F(ALedger, ShowsTextsThatGrewOrShrank) {
    for (auto& [index, text] : ledger.leaves) {
        const Bytes before = text;
        for (const Bytes& altered : {Bytes{}, Bytes(before.begin(), before.end() - 1), to_bytes("x")}) {
            text = altered;
            EXPECT_THAT(faults(), ElementsAre(fault(FaultKind::leaf_altered, index)));
        }
        text = before;
    }
    for (auto& [at, hash] : ledger.nodes) {
        const Bytes before = hash;
        for (const Bytes& altered : {Bytes{}, Bytes(before.begin(), before.end() - 1), Bytes(33)}) {
            hash = altered;
            EXPECT_THAT(faults(), ElementsAre(at_node(FaultKind::node_altered, at)));
        }
        hash = before;
    }
}

TEST_F(ALedger, ShowsWhatIsMissing) {
    for (std::uint64_t i = 0; i + 1 < kLeaves; ++i) {
        const auto taken = ledger.leaves.extract(i);
        EXPECT_THAT(faults(), ElementsAre(fault(FaultKind::leaf_missing, i)));
        ledger.leaves[i] = taken.mapped();
    }
    const auto nodes = ledger.nodes;
    for (const auto& [at, hash] : nodes) {
        ledger.nodes.erase(at);
        EXPECT_THAT(faults(), ElementsAre(at_node(FaultKind::node_missing, at)));
        ledger.nodes[at] = hash;
    }
    for (std::uint64_t i = 0; i + 1 < kLeaves; ++i) {
        const auto leaf = ledger.leaves.extract(i);
        const auto hash = ledger.nodes.extract(Place{0, i});
        const auto found = faults();
        EXPECT_THAT(found, testing::IsSupersetOf(
                               {fault(FaultKind::leaf_missing, i), at_node(FaultKind::node_missing, Place{0, i})}));
        ledger.leaves[i] = leaf.mapped();
        ledger.nodes[Place{0, i}] = hash.mapped();
    }
}

TEST_F(ALedger, ShowsWhatWasSwapped) {
    for (std::uint64_t i = 0; i < kLeaves; ++i)
        for (std::uint64_t j = i + 1; j < kLeaves; ++j) {
            std::swap(ledger.leaves[i], ledger.leaves[j]);
            ASSERT_THAT(faults(),
                        UnorderedElementsAre(fault(FaultKind::leaf_altered, i), fault(FaultKind::leaf_altered, j)));
            std::swap(ledger.leaves[i], ledger.leaves[j]);
        }
    for (auto a = ledger.nodes.begin(); a != ledger.nodes.end(); ++a)
        for (auto b = std::next(a); b != ledger.nodes.end(); ++b) {
            std::swap(a->second, b->second);
            ASSERT_THAT(faults(), UnorderedElementsAre(at_node(FaultKind::node_altered, a->first),
                                                       at_node(FaultKind::node_altered, b->first)));
            std::swap(a->second, b->second);
        }
    for (const std::uint64_t a : kCheckpoints)
        for (const std::uint64_t b : kCheckpoints) {
            if (a >= b) continue;
            std::swap(ledger.checkpoints[a], ledger.checkpoints[b]);
            EXPECT_THAT(faults(), ElementsAre(fault(FaultKind::checkpoint_misplaced, a),
                                              fault(FaultKind::checkpoint_misplaced, b)));
            std::swap(ledger.checkpoints[a], ledger.checkpoints[b]);
        }
}

TEST_F(ALedger, TellsALeafFromAStoredHashWhenBothKindsWereAltered) {
    for (std::uint64_t i = 0; i < kLeaves; ++i)
        for (auto& [at, hash] : ledger.nodes) {
            ledger.leaves[i][3] ^= 1;
            hash[5] ^= 1;
            const auto found = faults();
            if (at == Place{0, i}) {  // Two witnesses of the three are gone.
                ASSERT_THAT(found,
                            testing::Contains(testing::Field(&Fault::from, testing::AnyOf(i, next_checkpoint(i)))));
            } else {
                ASSERT_THAT(found, UnorderedElementsAre(fault(FaultKind::leaf_altered, i),
                                                        at_node(FaultKind::node_altered, at)));
            }
            ledger.leaves[i][3] ^= 1;
            hash[5] ^= 1;
        }
}

TEST_F(ALedger, NamesTheRangeWhenALeafAndItsHashWereRewrittenTogether) {
    for (std::uint64_t i = 0; i < kLeaves; ++i) {
        const Bytes text = ledger.leaves[i];
        const Bytes hash = ledger.nodes[Place{0, i}];
        ledger.leaves[i] = text_of(i + 1000);
        ledger.nodes[Place{0, i}] = to_bytes(leaf_hash(ledger.leaves[i]));
        const auto found = faults();
        ASSERT_FALSE(found.empty());
        for (const Fault& f : found) {
            const bool range = f.kind == FaultKind::leaves_rewritten && f.from <= i && i < f.to && f.to - f.from <= 2;
            const bool root = f.kind == FaultKind::checkpoint_root_differs && f.from == next_checkpoint(i);
            EXPECT_TRUE(range || root) << i << ": " << describe(f);
        }
        ledger.leaves[i] = text;
        ledger.nodes[Place{0, i}] = hash;
    }
}

TEST_F(ALedger, RewrittenWithoutTheKeyContradictsTheNextCheckpoint) {
    for (std::uint64_t i = 0; i < kLeaves; ++i) {
        MemoryLedger forged = ledger;
        forged.leaves[i] = text_of(i + 1000);
        forged.hash_again();
        const Report found = verify(forged, keys, remembered_verify).value();
        ASSERT_FALSE(found.intact());
        EXPECT_EQ(found.faults[0], fault(FaultKind::checkpoint_root_differs, next_checkpoint(i)));
        EXPECT_LE(found.head->size, i);
    }
}

TEST_F(ALedger, RewrittenWithTheKeyContradictsTheCheckpointsThatWereKept) {
    MemoryLedger forged = ledger;
    forged.leaves[5] = text_of(1005);
    forged.hash_again();
    for (const std::uint64_t size : kCheckpoints)
        if (size >= 16) forged.sign(size);
    EXPECT_THAT(
        verify(forged, keys, remembered_verify).value().faults,
        ElementsAre(fault(FaultKind::checkpoint_root_differs, 8), fault(FaultKind::checkpoint_root_differs, 11)));
}

TEST_F(ALedger, ShowsACheckpointSignedForAnotherRoot) {
    for (const std::uint64_t size : kCheckpoints) {
        const std::string before = ledger.checkpoints[size];
        ledger.checkpoints[size] = ledger.key.sign(Checkpoint{kOrigin, size, leaf_hash(as_bytes("other"))});
        EXPECT_THAT(faults(), ElementsAre(fault(FaultKind::checkpoint_root_differs, size)));
        ledger.checkpoints[size] = before;
    }
}

TEST_F(ALedger, ThatWasCutShortIsShownByALaterCheckpoint) {
    while (!ledger.leaves.empty()) {
        ledger.leaves.erase(std::prev(ledger.leaves.end()));
        EXPECT_THAT(faults(), ElementsAre(fault(FaultKind::leaves_cut_off, ledger.leaves.size(), kLeaves)));
    }
    ledger.nodes.clear();
    EXPECT_THAT(faults(), ElementsAre(fault(FaultKind::leaves_cut_off, 0, kLeaves)));
}

TEST_F(ALedger, ShowsLeavesAfterTheLastCheckpoint) {
    ledger.checkpoints.erase(kLeaves);
    EXPECT_THAT(faults(), ElementsAre(fault(FaultKind::leaves_unsigned, 31, kLeaves)));
    for (std::uint64_t i = 31; i < kLeaves; ++i) {
        ledger.leaves[i][3] ^= 1;
        const auto found = faults();
        EXPECT_THAT(found, testing::AnyOf(UnorderedElementsAre(fault(FaultKind::leaf_altered, i),
                                                               fault(FaultKind::leaves_unsigned, 31, kLeaves)),
                                          UnorderedElementsAre(fault(FaultKind::leaf_or_hash_altered, i),
                                                               fault(FaultKind::leaves_unsigned, 31, kLeaves))));
        ledger.leaves[i][3] ^= 1;
    }
    ledger.checkpoints.clear();
    EXPECT_THAT(faults(), ElementsAre(fault(FaultKind::leaves_unsigned, 0, kLeaves)));
}

TEST_F(ALedger, ShowsRowsThatBelongToNothing) {
    ledger.nodes[Place{3, 17}] = Bytes(32);
    EXPECT_THAT(faults(), ElementsAre(fault(FaultKind::nodes_stray, 1)));
    ledger.nodes.erase(Place{3, 17});
    ledger.leaves[std::uint64_t{1} << 60] = text_of(1);
    EXPECT_THAT(faults(), ElementsAre(fault(FaultKind::leaf_stray, std::uint64_t{1} << 60)));
    ledger.leaves.erase(std::uint64_t{1} << 60);
    ledger.checkpoints[41] = ledger.checkpoints[40];
    EXPECT_THAT(faults(), ElementsAre(fault(FaultKind::checkpoint_misplaced, 41)));
}

TEST_F(ALedger, ShowsALeafThatWasSignedButIsNotInTheFormat) {
    ledger.append(to_bytes("kith-ledger/1\nhello\n"));
    ledger.sign(kLeaves + 1);
    EXPECT_THAT(faults(), ElementsAre(fault(FaultKind::leaf_malformed, kLeaves)));
}

TEST_F(ALedger, IsNotVerifiedByAnotherKey) {
    keys = {VerifierKey::of(kOrigin, PublicKey{1}).value()};
    const Report found = report();
    EXPECT_EQ(found.checkpoints, 0U);
    EXPECT_EQ(found.fault_count, kCheckpoints.size());
    EXPECT_EQ(found.faults[0].kind, FaultKind::checkpoint_not_signed);
}

TEST_F(ALedger, NeverLooksIntactAfterSeveralAlterations) {
    for (unsigned seed = 0; seed < 500; ++seed) {
        std::mt19937 random(seed);
        const auto up_to = [&](std::size_t most) {
            return std::uniform_int_distribution<std::size_t>(0, most)(random);
        };
        MemoryLedger altered = ledger;
        altered.leaves[up_to(kLeaves - 1)][up_to(20)] ^= 1;
        for (std::size_t n = up_to(6); n > 0; --n) {
            altered.leaves[up_to(kLeaves - 1)].push_back(1);
            std::next(altered.nodes.begin(), static_cast<std::ptrdiff_t>(up_to(70)))->second[up_to(31)] ^= 2;
            if (up_to(2) == 0) altered.leaves.erase(up_to(kLeaves - 1));
            if (up_to(2) == 0) altered.checkpoints.erase(kCheckpoints[up_to(9)]);
            if (up_to(2) == 0) altered.hash_again();
        }
        EXPECT_FALSE(verify(altered, keys, remembered_verify).value().intact()) << seed;
    }
}

TEST_F(ALedger, ListsNoMoreFaultsThanItCanHold) {
    MemoryLedger large;
    for (std::uint64_t i = 0; i < 1100; ++i) large.append(text_of(i));
    large.sign(1100);
    for (auto& [index, text] : large.leaves) text.push_back('x');
    const Report found = verify(large, keys, remembered_verify).value();
    EXPECT_EQ(found.fault_count, 1100U);
    EXPECT_EQ(found.faults.size(), most_faults);
}

struct Away : MemoryLedger {
    Result<std::optional<Bytes>> node(Place) override { return fail(Code::unavailable, "store is away"); }
};

TEST_F(ALedger, ThatCannotBeReadIsAnErrorAndNotAFault) {
    Away away;
    away.leaves = ledger.leaves;
    EXPECT_EQ(verify(away, keys).error().code, Code::unavailable);
}

}  // namespace
}  // namespace kith::ledger
