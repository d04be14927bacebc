// Promise: what was signed stays. Whoever holds the machine, the data and even the ledger's own key can make another
// history; whoever kept anything of the first one elsewhere, a checkpoint, a receipt, an export, or as a witness, finds
// it and says what was done.
#include <gtest/gtest.h>

#include <map>

#include "app/come_back.hpp"
#include "app/stored_ledger.hpp"
#include "ledger/held.hpp"
#include "ledger/tiles.hpp"
#include "ledger/witness.hpp"
#include "properties/planted_words.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {

using ledger::HeldKind;
using ledger::HeldVerdict;
using ledger::Refusal;

class Tiles : public ledger::TileFolder {
  public:
    std::map<std::string, Bytes> files;
    Result<std::optional<Bytes>> read(const std::string& name) override {
        const auto found = files.find(name);
        if (found == files.end()) return std::optional<Bytes>();
        return std::optional(found->second);
    }
    Result<void> add(const std::string& name, BytesView bytes) override { return replace(name, bytes); }
    Result<void> replace(const std::string& name, BytesView bytes) override {
        files[name] = to_bytes(bytes);
        return {};
    }
};

class Memory : public ledger::WitnessMemory {
  public:
    ledger::WatchedLog log;
    Result<ledger::WatchedLog> recall(std::string_view) override { return log; }
    Result<void> remember(std::string_view, const ledger::WatchedLog& kept) override {
        log = kept;
        return {};
    }
};

std::uint64_t size_of(World& world) {
    return must(world.house().store.reading([](app::Tables& tables) { return tables.ledger().size(); }));
}
ledger::VerifierKey key_of(World& world) { return must(app::verifier_of(world.house())); }

/// Who kept something of the ledger as it was, elsewhere.
class Keepers {
  public:
    /// The receipt is for that entry.
    Keepers(World& world, std::uint64_t entry) {
        memory_.log.keys = {key_of(world)};
        must(world.house().store.reading([&](app::Tables& tables) -> Result<void> {
            const auto note = KITH_TRY(app::newest_note(tables));
            kept_ = KITH_TRY(ledger::open_checkpoint(note, memory_.log.keys));
            receipt_ = KITH_TRY(app::prove_entry(tables, entry, kept_.size));
            app::StoredLedger stored(tables);
            KITH_TRY(ledger::export_tiles(stored, note, tiles_));
            return {};
        }));
        EXPECT_FALSE(asked(world, 0).has_value()) << "the witness cosigned";
    }

    std::uint64_t size() const { return kept_.size; }
    HeldVerdict by_checkpoint(World& world) {
        return held(world, [&](ledger::Holding& now) { return now.against(kept_); });
    }
    HeldVerdict by_receipt(World& world) {
        return held(world, [&](ledger::Holding& now) { return now.against(receipt_, kept_); });
    }
    HeldVerdict by_export(World& world) {
        auto tiled = must(ledger::TiledLedger::open(tiles_));
        return held(world, [&](ledger::Holding& now) { return now.against(tiled, kept_); });
    }
    /// Asked as the program would ask it, from what it cosigned last.
    std::optional<Refusal> by_witness(World& world) { return asked(world, std::min(kept_.size, size_of(world))); }

  private:
    template <class F>
    HeldVerdict held(World& world, F compare) {
        return must(world.house().store.reading([&](app::Tables& tables) {
            app::StoredLedger stored(tables);
            ledger::Holding now(stored, must(tables.ledger().size()));
            return compare(now);
        }));
    }
    std::optional<Refusal> asked(World& world, std::uint64_t since) {
        const auto pair = world.crypto().new_signing_pair();
        ledger::Witness witness(
            must(ledger::VerifierKey::of("witness.example/w1", pair.public_half, ledger::KeyKind::witness)),
            [&](BytesView body) { return world.crypto().sign(pair, body); }, memory_);
        const auto proof = must(world.house().store.reading(
            [&](app::Tables& tables) { return app::prove_growth(tables, since, must(tables.ledger().size())); }));
        return must(witness.add_checkpoint(ledger::write_proof(proof), 1'781'000'000)).refusal;
    }

    ledger::Checkpoint kept_;
    ledger::EntryProof receipt_;
    Tiles tiles_;
    Memory memory_;
};

void drop_triggers(World& world) {
    std::string names =
        world.sql_text("select name from sqlite_schema where type = 'trigger' and tbl_name like 'ledger_%'");
    for (std::size_t from = 0; from < names.size();) {
        const auto end = names.find('\n', from);
        world.sql("drop trigger " + names.substr(from, end - from));
        from = end + 1;
    }
}

/// Everything from `size` on, as if it had never been; `size` had a checkpoint.
void cut_back_to(World& world, std::uint64_t size) {
    drop_triggers(world);
    const std::string at = std::to_string(size);
    world.sql("pragma foreign_keys = off; delete from ledger_leaves where leaf_index >= " + at +
              "; delete from ledger_subjects where leaf_index >= " + at +
              "; delete from ledger_checkpoints where size > " + at +
              "; delete from ledger_nodes where ((node_index + 1) << level) > " + at);
}

std::string hex(BytesView bytes) { return "x'" + to_hex(bytes) + "'"; }

/// By whoever stole the ledger's own key: one entry says something else, and every hash and signature is made again.
void make_again(World& world, std::uint64_t entry) {
    drop_triggers(world);
    std::vector<ledger::Leaf> leaves = world.ledger();
    leaves.at(entry).at += std::chrono::hours(1);
    std::string statements;
    std::map<ledger::Place, ledger::Hash> nodes;
    std::map<std::uint64_t, std::string> notes;
    const auto read = [&](ledger::Place at) -> Result<ledger::Hash> { return nodes.at(at); };
    const auto& signer = world.house().identity.ledger_signer;
    for (std::uint64_t index = 0; index < leaves.size(); ++index) {
        const std::string text = must(ledger::encode(leaves[index]));
        for (const auto& node : must(ledger::grow(index, ledger::leaf_hash(as_bytes(text)), read))) {
            nodes[node.at] = node.hash;
            statements += "update ledger_nodes set hash = " + hex(node.hash) +
                          " where level = " + std::to_string(node.at.level) +
                          " and node_index = " + std::to_string(node.at.index) + ";";
        }
        if (index == entry)
            statements += "update ledger_leaves set leaf = " + hex(as_bytes(text)) +
                          " where leaf_index = " + std::to_string(index) + ";";
        const ledger::Checkpoint head{world.house().identity.origin, index + 1, must(ledger::root(index + 1, read))};
        notes[index + 1] = must(ledger::sign_checkpoint(
            head, key_of(world), [&](BytesView body) { return world.crypto().sign(signer, body); }));
    }
    for (const auto& [size, note] : notes)
        statements += "update ledger_checkpoints set note = cast(" + hex(as_bytes(note)) +
                      " as text) where size = " + std::to_string(size) + ";";
    world.sql(statements);
}

void work(World& world, int worries) {
    for (int i = 0; i < worries; ++i) {
        world.clock.move(std::chrono::minutes(3));
        const auto told = world.report(world.a_worry());
        world.read(world.manager(), told.id);
    }
}

TEST(WhatWasSignedStays, AnHonestLedgerContinuesWhatAnybodyKept) {
    World world;
    work(world, 3);
    Keepers keepers(world, 5);
    for (int more = 0; more < 3; ++more) {
        EXPECT_EQ(keepers.by_checkpoint(world), HeldVerdict{});
        EXPECT_EQ(keepers.by_receipt(world), HeldVerdict{});
        EXPECT_EQ(keepers.by_export(world), HeldVerdict{});
        work(world, more);
    }
    EXPECT_FALSE(keepers.by_witness(world).has_value());
}

TEST(WhatWasSignedStays, ARewrittenEntryIsFoundFromTheFolderAlone) {
    World world;
    work(world, 3);
    drop_triggers(world);
    world.sql(
        "update ledger_leaves set leaf = cast(replace(cast(leaf as text), 'Z', 'Y') as blob) where leaf_index = 7");
    const auto report = world.verify();
    ASSERT_EQ(report.fault_count, 1u);
    EXPECT_EQ(report.faults[0], (ledger::Fault{ledger::FaultKind::leaf_altered, 7}));
}

TEST(WhatWasSignedStays, WhatIsMissingFromTheStoreIsNamedThroughTheProgramsOwnReader) {
    World world;
    work(world, 3);
    drop_triggers(world);
    world.sql(
        "pragma foreign_keys = off; delete from ledger_leaves where leaf_index = 6;"
        "delete from ledger_nodes where level = 1 and node_index = 4");
    const auto key = key_of(world);
    const auto report = must(world.house().store.reading([&](app::Tables& tables) {
        app::StoredLedger stored(tables);
        return ledger::verify(stored, {&key, 1});
    }));
    ASSERT_EQ(report.fault_count, 2u);
    EXPECT_EQ(report.faults[0], (ledger::Fault{ledger::FaultKind::leaf_missing, 6}));
    EXPECT_EQ(report.faults[1], (ledger::Fault{ledger::FaultKind::node_missing, 4, 0, 1}));
}

TEST(WhatWasSignedStays, ARollbackToAnOldBackupIsNamedByAnyKeeper) {
    World world;
    work(world, 2);
    const auto copy = world.folder() / "old.db";
    world.back_up(copy);
    work(world, 9);
    Keepers keepers(world, 8);
    must(world.restore(copy));
    const std::uint64_t now = size_of(world);
    ASSERT_LT(now, keepers.size());
    EXPECT_TRUE(world.verify().intact()) << "alone it is a perfect ledger: hence the keepers";
    const HeldVerdict expected{HeldKind::rolled_back, now, keepers.size()};
    EXPECT_EQ(keepers.by_checkpoint(world), expected);
    EXPECT_EQ(keepers.by_export(world), expected);
    EXPECT_EQ(keepers.by_receipt(world), expected);
    EXPECT_EQ(keepers.by_witness(world), Refusal::rolled_back);
}

TEST(WhatWasSignedStays, ATruncatedTailIsNamedByAnyKeeper) {
    World world;
    work(world, 2);
    const std::uint64_t before = size_of(world);
    work(world, 3);
    Keepers keepers(world, before + 1);
    cut_back_to(world, before);
    EXPECT_TRUE(world.verify().intact()) << "alone it is a perfect ledger: hence the keepers";
    const HeldVerdict expected{HeldKind::rolled_back, before, keepers.size()};
    EXPECT_EQ(keepers.by_checkpoint(world), expected);
    EXPECT_EQ(keepers.by_receipt(world), expected) << "the entry itself is among those";
    EXPECT_EQ(keepers.by_export(world), expected);
    EXPECT_EQ(keepers.by_witness(world), Refusal::rolled_back);
}

TEST(WhatWasSignedStays, AForkIsNamedByAnyKeeperHoweverFarItWent) {
    for (const int further : {1, 9}) {
        World world;
        work(world, 2);
        const std::uint64_t parting = size_of(world);
        const auto copy = world.folder() / "old.db";
        world.back_up(copy);
        work(world, 4);
        Keepers keepers(world, parting + 1);
        must(world.restore(copy));
        world.clock.move(std::chrono::minutes(1));
        while (size_of(world) < keepers.size()) work(world, 1);
        work(world, further);
        EXPECT_TRUE(world.verify().intact());
        EXPECT_EQ(keepers.by_checkpoint(world), (HeldVerdict{HeldKind::rewritten, 0, keepers.size()}));
        EXPECT_EQ(keepers.by_receipt(world), (HeldVerdict{HeldKind::entry_replaced, parting + 1, parting + 2}));
        EXPECT_EQ(keepers.by_export(world).kind, HeldKind::entry_replaced);
        EXPECT_EQ(keepers.by_export(world).from, parting) << "the first entry after they part";
        EXPECT_EQ(keepers.by_witness(world), Refusal::not_continued);
    }
}

TEST(WhatWasSignedStays, ATreeMadeAgainWithTheStolenKeyIsNamedByAnyKeeper) {
    World world;
    work(world, 4);
    Keepers keepers(world, 9);
    make_again(world, 9);
    EXPECT_TRUE(world.verify().intact()) << "the key was stolen, so alone it is a perfect ledger";
    EXPECT_EQ(size_of(world), keepers.size());
    EXPECT_EQ(keepers.by_checkpoint(world), (HeldVerdict{HeldKind::rewritten, 0, keepers.size()}));
    EXPECT_EQ(keepers.by_receipt(world), (HeldVerdict{HeldKind::entry_replaced, 9, 10}));
    EXPECT_EQ(keepers.by_export(world), (HeldVerdict{HeldKind::entry_replaced, 9, 10}));
    EXPECT_EQ(keepers.by_witness(world), Refusal::forked);
}

TEST(WhatWasSignedStays, SeveralKeepersTogetherNarrowDownWhereItWasMadeAgain) {
    World world;
    work(world, 2);
    const auto note_now = [&] {
        return must(ledger::parse_checkpoint(must(world.house().store.reading(app::newest_note)))).checkpoint;
    };
    const auto first = note_now();
    work(world, 2);
    const auto second = note_now();
    make_again(world, first.size + 1);
    const auto verdicts = must(world.house().store.reading([&](app::Tables& tables) {
        app::StoredLedger stored(tables);
        ledger::Holding now(stored, must(tables.ledger().size()));
        return Result<std::pair<HeldVerdict, HeldVerdict>>({must(now.against(first)), must(now.against(second))});
    }));
    EXPECT_EQ(verdicts.first, HeldVerdict{});
    EXPECT_EQ(verdicts.second, (HeldVerdict{HeldKind::rewritten, first.size, second.size}));
}

TEST(WhatWasSignedStays, AnExportHoldsNoWordThatWasToldAndNobodysName) {
    World world;
    Markers markers;
    auto telling = world.a_worry();
    telling.contact = marked_contact(markers);
    for (auto& [field, answer] : telling.account.answers) answer = markers.next();
    telling.account.people = {{markers.next(), markers.next(), markers.next(), markers.next()}};
    const auto told = world.report(telling);
    must(app::add_to_report(world.house(), told.code, markers.next()));
    auto form = world.a_decision(told.id);
    form.reasons = markers.next();
    must(world.decide(world.manager(), told.id, form));
    markers.all.insert(markers.all.end(), {told.code, world.manager().name, world.manager().email});
    Tiles tiles;
    must(world.house().store.reading([&](app::Tables& tables) -> Result<void> {
        app::StoredLedger stored(tables);
        KITH_TRY(ledger::export_tiles(stored, KITH_TRY(app::newest_note(tables)), tiles));
        return {};
    }));
    std::string all;
    for (const auto& [name, bytes] : tiles.files) all += name + '\n' + to_text(bytes);
    for (const auto& word : markers.all)
        for (const auto& one : forms_of(word)) EXPECT_EQ(all.find(one), all.npos) << word;
    EXPECT_NE(all.find("act: concern_received"), all.npos) << "the entries are there";
}

}  // namespace
}  // namespace kith::test
