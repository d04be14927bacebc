#include "ledger/witness.hpp"

#include <gtest/gtest.h>

#include "ledger/memory_ledger_for_test.hpp"

namespace kith::ledger {
namespace {

constexpr Seconds kNow = 1795253400;

/// Remembers in memory, and dies when it is told to.
class Memory : public WitnessMemory {
  public:
    std::map<std::string, WatchedLog, std::less<>> logs;
    bool is_broken = false;
    Result<WatchedLog> recall(std::string_view origin) override {
        const auto found = logs.find(origin);
        if (found == logs.end()) return fail(Code::not_found, "not watched");
        return found->second;
    }
    Result<void> remember(std::string_view origin, const WatchedLog& log) override {
        if (is_broken) return fail(Code::unavailable, "the disk is full");
        logs[std::string(origin)] = log;
        return {};
    }
};

struct AWitness : testing::Test {
    OurKey own{11};
    VerifierKey key = VerifierKey::of("witness.example/w1", own.key, KeyKind::witness).value();
    Memory memory;
    Witness witness{key, own.signer(), memory};
    MemoryLedger ledger;

    void SetUp() override { ASSERT_TRUE(witness.watch(ledger.key.verifier()).has_value()); }
    static void grow_to(MemoryLedger& grown, std::uint64_t size, const std::string& with = "leaf ") {
        while (grown.leaves.size() < size) grown.append(to_bytes(with + std::to_string(grown.leaves.size())));
        grown.sign(size);
    }
    static std::string request(MemoryLedger& from, std::uint64_t old_size, std::uint64_t size) {
        const auto stored = [&](Place at) -> Result<Hash> { return from.hash_at(at); };
        return write_proof(
            GrowthProof{old_size, consistency_proof(old_size, size, stored).value(), from.checkpoints.at(size)});
    }
    WitnessAnswer ask(const std::string& text, Seconds now = kNow) { return witness.add_checkpoint(text, now).value(); }
    void cosign_up_to(std::uint64_t size) {
        grow_to(ledger, size);
        ASSERT_FALSE(ask(request(ledger, 0, size)).refusal.has_value());
    }
};

TEST_F(AWitness, CosignsWhatBeginsAndWhatContinues) {
    std::uint64_t before = 0;
    for (const std::uint64_t size : {1U, 2U, 5U, 8U, 21U}) {
        grow_to(ledger, size);
        const auto answer = ask(request(ledger, before, size), kNow + size);
        ASSERT_FALSE(answer.refusal.has_value()) << size;
        const auto note = parse_checkpoint(ledger.checkpoints.at(size) + answer.lines).value();
        const auto lines = cosigned_by(note, key).value();
        ASSERT_EQ(lines.size(), 1U);
        EXPECT_EQ(lines[0].at, kNow + size);
        EXPECT_EQ(witness.latest(kOrigin).value(), ledger.checkpoints.at(size));
        before = size;
    }
}

TEST_F(AWitness, SignsTheTimeAndTheBodyAndNothingElse) {
    cosign_up_to(3);
    const auto answer = ask(request(ledger, 3, 3));
    const auto note = parse_checkpoint(ledger.checkpoints.at(3) + answer.lines).value();
    const Bytes& bytes = note.signatures.back().bytes;
    const std::string body = body_of(note.checkpoint).value();
    EXPECT_EQ(bytes.size(), 8U + 64U);
    EXPECT_EQ(cosigned_at(bytes, key, body), kNow);
    EXPECT_FALSE(cosigned_at(bytes, key, body + "more\n").has_value());
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        Bytes other = bytes;
        other[at] ^= 1U;
        EXPECT_FALSE(cosigned_at(other, key, body).has_value()) << at;
    }
    EXPECT_FALSE(cosigned_at(BytesView(bytes).first(71), key, body).has_value());
    // The same key as an ordinary one has another id, so that neither passes for the other.
    EXPECT_FALSE(is_line_of(note.signatures.back(), VerifierKey::of(key.name(), own.key).value()));
}

TEST_F(AWitness, NamesALedgerThatWasCutBack) {
    cosign_up_to(9);
    grow_to(ledger, 9);
    MemoryLedger cut;
    grow_to(cut, 6);
    const auto answer = ask(request(cut, 6, 6));
    EXPECT_EQ(answer.refusal, Refusal::rolled_back);
    EXPECT_EQ(answer.latest, 9U);
    EXPECT_EQ(answer.lines, "");
    EXPECT_EQ(witness.latest(kOrigin).value(), ledger.checkpoints.at(9));
}

TEST_F(AWitness, NamesAForkOfTheSameSize) {
    cosign_up_to(9);
    MemoryLedger fork;
    grow_to(fork, 4);
    grow_to(fork, 9, "another ");
    for (const std::uint64_t old_size : {4U, 9U}) EXPECT_EQ(ask(request(fork, old_size, 9)).refusal, Refusal::forked);
}

TEST_F(AWitness, NamesAForkThatGrewLarger) {
    cosign_up_to(9);
    MemoryLedger fork;
    grow_to(fork, 4);
    grow_to(fork, 14, "another ");
    EXPECT_EQ(ask(request(fork, 9, 14)).refusal, Refusal::not_continued);
    EXPECT_EQ(ask(request(fork, 4, 14)).refusal, Refusal::not_the_latest);
    EXPECT_EQ(ask(write_proof(GrowthProof{0, {}, fork.checkpoints.at(14)})).refusal, Refusal::not_the_latest);
    EXPECT_EQ(ask(write_proof(GrowthProof{9, {}, fork.checkpoints.at(14)})).refusal, Refusal::not_continued);
}

TEST_F(AWitness, CosignsNothingThatItCannotRemember) {
    cosign_up_to(5);
    MemoryLedger fork;
    grow_to(fork, 5);
    grow_to(fork, 8, "another ");
    grow_to(ledger, 8);
    memory.is_broken = true;
    EXPECT_FALSE(witness.add_checkpoint(request(fork, 5, 8), kNow).has_value());
    memory.is_broken = false;
    EXPECT_FALSE(ask(request(ledger, 5, 8)).refusal.has_value()) << "nobody holds a cosignature of the other";
}

TEST_F(AWitness, DoesNotCosignWhereWhatItRemembersIsDamaged) {
    cosign_up_to(5);
    grow_to(ledger, 6);
    std::string& note = memory.logs.begin()->second.note;
    note[note.find("\n5\n") + 1] = '4';
    EXPECT_EQ(witness.add_checkpoint(request(ledger, 5, 6), kNow).error().code, Code::betrayed);
}

TEST_F(AWitness, KnowsOnlyTheLedgersAndKeysThatItWatches) {
    grow_to(ledger, 3);
    std::string other_name = request(ledger, 0, 3);
    other_name.replace(other_name.find(kOrigin), 4, "kitz");
    EXPECT_EQ(ask(other_name).refusal, Refusal::unknown_log);
    MemoryLedger forged;
    forged.key = OurKey(12);
    grow_to(forged, 3);
    EXPECT_EQ(ask(request(forged, 0, 3)).refusal, Refusal::not_signed);
    EXPECT_EQ(ask("old 4\n\n" + ledger.checkpoints.at(3)).refusal, Refusal::malformed);
    EXPECT_EQ(ask("").refusal, Refusal::malformed);
    EXPECT_FALSE(witness.watch(key).has_value()) << "a witness is no ledger";
    EXPECT_FALSE(witness.latest(kOrigin).has_value());
    // A ledger that changed its key goes on under both.
    ASSERT_TRUE(witness.watch(forged.key.verifier()).has_value());
    EXPECT_FALSE(ask(request(forged, 0, 3)).refusal.has_value());
    EXPECT_FALSE(ask(request(ledger, 3, 3)).refusal.has_value());
}

TEST_F(AWitness, KeepsOnlyTheLedgersOwnLines) {
    grow_to(ledger, 3);
    const std::string foreign = line_of({"somebody.example", {1, 2, 3, 4}, Bytes(64)});
    EXPECT_FALSE(ask(request(ledger, 0, 3) + foreign).refusal.has_value());
    EXPECT_EQ(witness.latest(kOrigin).value(), ledger.checkpoints.at(3));
}

TEST(Cosignatures, OfAKnownWitnessThatAreWrongMakeTheNoteWrong) {
    MemoryLedger ledger;
    ledger.append(to_bytes("leaf"));
    ledger.sign(1);
    const OurKey own{11};
    const auto key = VerifierKey::of("witness.example/w1", own.key, KeyKind::witness).value();
    const auto note = parse_checkpoint(ledger.checkpoints.at(1)).value();
    const auto line = cosignature_line(note, key, kNow, own.signer()).value();
    const std::vector<VerifierKey> known{ledger.key.verifier(), key};
    EXPECT_EQ(standing(parse_checkpoint(ledger.checkpoints.at(1) + line).value(), known), Standing::signed_by_origin);
    auto wrong = parse_checkpoint(ledger.checkpoints.at(1) + line).value();
    wrong.signatures.back().bytes[20] ^= 1U;
    EXPECT_EQ(standing(wrong, known), Standing::wrong);
    EXPECT_FALSE(cosigned_by(wrong, key).has_value());
    // A witness that calls itself by the ledger's name is not the ledger.
    const auto posing = VerifierKey::of(kOrigin, own.key, KeyKind::witness).value();
    SignedCheckpoint posed{note.checkpoint, {}};
    posed.signatures =
        parse_checkpoint(ledger.checkpoints.at(1) + cosignature_line(note, posing, kNow, own.signer()).value())
            .value()
            .signatures;
    posed.signatures.erase(posed.signatures.begin());
    EXPECT_EQ(standing(posed, std::vector{posing}), Standing::not_signed);
    EXPECT_FALSE(cosignature_line(note, ledger.key.verifier(), kNow, own.signer()).has_value());
    EXPECT_EQ(VerifierKey::parse(key.text()).value(), key);
}

}  // namespace
}  // namespace kith::ledger
