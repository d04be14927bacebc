// Promise: it can be proved. The ledger verifies with nothing but the public key, and an alteration is found where it
// is.
#include <gtest/gtest.h>

#include <random>

#include "app/clockwork.hpp"
#include "app/come_back.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {

/// A busy day at both front doors.
void work(World& world, unsigned seed) {
    std::mt19937 random(seed);
    const auto pick = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
    app::Clockwork clockwork(world.house());
    std::vector<TakenWorry> told;
    for (int step = 0; step < 40; ++step) {
        world.clock.move(std::chrono::minutes(pick(12)));
        auto telling = pick(2) == 0 ? world.a_worry() : world.a_worry_in_hackney(Subject::place);
        telling.contact = world.a_person();
        if (told.empty() || pick(3) == 0) told.push_back(world.report(telling));
        const auto& one = told[pick(told.size())];
        const DoorStaff& door = world.concern(one.id).front_door == world.plymouth.id ? world.plymouth : world.hackney;
        switch (pick(6)) {
            case 0:
                static_cast<void>(app::read_concern(world.house(), door.manager.actor, one.id));
                break;
            case 1:
                static_cast<void>(app::read_concern(world.house(), world.auditor.actor, one.id));
                break;
            case 2:
                static_cast<void>(world.decide(door.manager, one.id, world.a_decision(one.id)));
                break;
            case 3:
                static_cast<void>(app::add_to_report(world.house(), one.code, "and again"));
                break;
            case 4:
                static_cast<void>(app::see_queue(world.house(), door.call_taker.actor));
                break;
            default:
                must(clockwork.tick());
        }
    }
}

/// As somebody would who has the file and not the program.
void alter(World& world, const std::string& table, const std::string& statement) {
    std::string triggers =
        world.sql_text("select name from sqlite_schema where type = 'trigger' and tbl_name = '" + table + "'");
    for (std::size_t from = 0; from < triggers.size();) {
        const auto end = triggers.find('\n', from);
        world.sql("drop trigger " + triggers.substr(from, end - from));
        from = end + 1;
    }
    world.sql(statement);
}

TEST(ItCanBeProved, AfterAnyDaysWorkTheLedgerIsIntactAndWhollySigned) {
    for (unsigned seed = 1; seed <= 3; ++seed) {
        World world;
        work(world, seed);
        const auto report = world.verify();
        EXPECT_TRUE(report.intact()) << seed << ": "
                                     << (report.faults.empty() ? "" : ledger::describe(report.faults[0]));
        EXPECT_EQ(report.leaves, world.ledger().size());
        ASSERT_TRUE(report.head.has_value());
        EXPECT_EQ(report.head->size, report.leaves) << "no entry without a signature";
    }
}

TEST(ItCanBeProved, AFlippedByteInAnyLeafIsFoundInThatLeaf) {
    World world;
    work(world, 4);
    const auto leaves = world.ledger().size();
    alter(world, "ledger_leaves", "create table kept as select * from ledger_leaves");
    for (std::uint64_t index = 0; index < leaves; index += 5) {
        const std::string at = std::to_string(index);
        // The last digit of the leaf's time becomes another.
        world.sql(
            "update ledger_leaves set leaf = cast(replace(cast(leaf as text), 'Z', 'Y') as blob) where leaf_index = " +
            at);
        const auto report = world.verify();
        ASSERT_EQ(report.fault_count, 1u) << index;
        EXPECT_EQ(report.faults[0].kind, ledger::FaultKind::leaf_altered);
        EXPECT_EQ(report.faults[0].from, index);
        world.sql("update ledger_leaves set leaf = (select leaf from kept where kept.leaf_index = " + at +
                  ") where leaf_index = " + at);
    }
    EXPECT_TRUE(world.verify().intact());
}

TEST(ItCanBeProved, ALeafTakenAwayOrAHashAlteredIsFound) {
    World world;
    work(world, 5);
    alter(world, "ledger_nodes", "update ledger_nodes set hash = zeroblob(32) where level = 2 and node_index = 1");
    auto report = world.verify();
    ASSERT_EQ(report.fault_count, 1u);
    EXPECT_EQ(report.faults[0], (ledger::Fault{ledger::FaultKind::node_altered, 1, 0, 2}));

    alter(world, "ledger_leaves", "pragma foreign_keys = off; delete from ledger_leaves where leaf_index = 11");
    report = world.verify();
    EXPECT_FALSE(report.intact());
    EXPECT_TRUE(std::ranges::any_of(report.faults, [](const auto& fault) {
        return fault.kind == ledger::FaultKind::leaf_missing && fault.from == 11;
    }));
}

TEST(ItCanBeProved, TheEndCutOffIsFoundWhileItsCheckpointStands) {
    World world;
    work(world, 6);
    const auto leaves = world.ledger().size();
    alter(world, "ledger_leaves",
          "pragma foreign_keys = off; delete from ledger_leaves where leaf_index >= " + std::to_string(leaves - 2));
    EXPECT_FALSE(world.verify().intact());
}

TEST(ItCanBeProved, TheProgramItselfCannotRewriteIt) {
    World world;
    world.report(world.a_worry());
    for (const std::string statement : {"update ledger_leaves set leaf = x'00'", "delete from ledger_leaves",
                                        "update ledger_nodes set hash = zeroblob(32)", "delete from ledger_checkpoints",
                                        "delete from ledger_subjects"})
        EXPECT_THROW(world.sql(statement), std::runtime_error) << statement;
    EXPECT_TRUE(world.verify().intact());
}

TEST(ItCanBeProved, WhatStandsInTheRowsIsWhatTheLedgerSaw) {
    World world;
    const auto told = world.report(world.a_worry());
    const auto sealed = must(world.house().store.reading([&](app::Tables& tables) {
                            return tables.concerns().find(told.id);
                        })).sealed_account;
    const auto entry = world.last("concern_received");
    ASSERT_EQ(entry.digests.size(), 1u);
    EXPECT_EQ(entry.digests[0].table, "concerns");
    EXPECT_EQ(entry.digests[0].sha256, ledger::digest_of(sealed.bytes));
}

TEST(ItCanBeProved, ARefusedTransactionLeavesOnlyItsRefusal) {
    World world;
    const auto told = world.report(world.a_worry());
    const auto entries = world.ledger().size();
    auto form = world.a_decision(told.id);
    form.reply = "x";
    form.decision = {concerns::Outcome::act, {}};
    EXPECT_FALSE(world.decide(world.manager(), told.id, form).has_value());
    EXPECT_EQ(world.ledger().size(), entries);
    EXPECT_TRUE(world.read(world.manager(), told.id).notes.empty());
    EXPECT_TRUE(world.verify().intact());
}

}  // namespace
}  // namespace kith::test
