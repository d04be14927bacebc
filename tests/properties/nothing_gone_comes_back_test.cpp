// Promise: what was closed, shut out or destroyed stays so, at whatever instant a process ended and whatever backup was
// put back (docs/decisions/0012).
#include <gtest/gtest.h>

#include <fstream>

#include "app/clockwork.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {

namespace fs = std::filesystem;

class NothingGoneComesBack : public testing::Test {
  protected:
    World world;

    fs::path backup() const { return world.folder() / "backup.db"; }
    fs::path list() const { return world.anchor_folder() / "gone"; }
    std::string list_text() const {
        std::ifstream file(list(), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void put_list(std::string_view text) const { std::ofstream(list(), std::ios::binary) << text; }

    TakenWorry told() {
        auto telling = world.a_worry();
        telling.contact = world.a_person();
        return world.report(telling);
    }
    Result<void> answer(ConcernId id) { return world.decide(world.manager(), id, world.a_decision(id)); }
    bool opens(ConcernId id) { return world.open_contact(world.manager(), id).has_value(); }
    bool has_way_in(ConcernId id) { return !world.vault_row(id).wrap_duty.empty(); }
};

TEST_F(NothingGoneComesBack, AWayInThatWasClosedStaysClosedInABackupFromBefore) {
    const auto answered = told(), waiting = told();
    world.back_up(backup());
    must(answer(answered.id));

    const auto replayed = must(world.restore(backup()));

    EXPECT_EQ(replayed.lines, 1u);
    EXPECT_EQ(replayed.ways_closed, 1u);
    EXPECT_FALSE(has_way_in(answered.id));
    EXPECT_FALSE(opens(answered.id));
    EXPECT_TRUE(opens(waiting.id)) << "what was never closed is as it was";
    EXPECT_EQ(World::fact(world.last("gone_replayed"), "ways_closed"), "1");
    EXPECT_TRUE(world.verify().intact());
    EXPECT_EQ(must(world.start_again()).lines, 0u) << "and it is done once";
}

TEST_F(NothingGoneComesBack, NorDoesAMemberWhoWasShutOut) {
    world.back_up(backup());
    must(app::shut_out(world.house(), world.administrator.actor, world.manager().id()));

    must(world.restore(backup()));

    EXPECT_EQ(world.sql_text("select shut_out from members where member_id = x'" +
                             to_hex(world.manager().id().bytes()) + "'"),
              "1\n");
    EXPECT_EQ(world.sql_text("select count(*) from holdings where member_id = x'" +
                             to_hex(world.manager().id().bytes()) + "'"),
              "0\n");
}

TEST_F(NothingGoneComesBack, NorACallTakersWrapAfterHandOver) {
    const auto call = world.begin_call();
    world.back_up(backup());
    world.hand_over(call);
    must(world.restore(backup()));
    EXPECT_TRUE(world.vault_row(call).wrap_taker.empty());
}

TEST_F(NothingGoneComesBack, NorAnEpochKeyThatSomebodyPutBackFromASnapshot) {
    const auto waiting = told();
    const auto day = world.vault_row(waiting.id).epoch;
    const fs::path key = world.epochs_folder() / (std::to_string(day.day) + ".key");
    fs::copy_file(key, world.folder() / "snapshot");
    app::Clockwork clockwork(world.house());
    for (int i = 0; i < 9; ++i) {
        world.clock.move(std::chrono::hours(24));
        must(clockwork.tick());
    }
    ASSERT_FALSE(fs::exists(key));
    ASSERT_TRUE(has_way_in(waiting.id)) << "re-wrapped";
    fs::copy_file(world.folder() / "snapshot", key);

    must(world.start_again());

    EXPECT_FALSE(fs::exists(key));
    EXPECT_TRUE(opens(waiting.id));
}

TEST_F(NothingGoneComesBack, AtAnyByteOfTheLineThatACrashCutShort) {
    const auto first = told(), second = told();
    must(answer(first.id));
    const std::string before = list_text();
    world.before_commit = [] { return Result<void>(fail(Code::unavailable, "the process ends here")); };
    ASSERT_FALSE(answer(second.id).has_value()) << "nobody was told that it is closed";
    world.before_commit = {};
    const std::string after = list_text();
    ASSERT_GT(after.size(), before.size());
    ASSERT_TRUE(has_way_in(second.id));
    for (std::size_t size = before.size(); size < after.size(); ++size) {
        put_list(std::string_view(after).substr(0, size));
        EXPECT_EQ(must(world.start_again()).lines, 0u) << size;
        EXPECT_TRUE(has_way_in(second.id)) << size;
    }
    put_list(after);
    EXPECT_EQ(must(world.start_again()).lines, 1u) << "listed and not committed: it is done, never forgotten";
    EXPECT_FALSE(has_way_in(second.id));
    const auto third = told();
    must(answer(third.id));
    EXPECT_EQ(list_text().substr(0, after.size()), after) << "the list only grows";
}

TEST_F(NothingGoneComesBack, ALineCutShortIsWrittenOverByTheNext) {
    const auto first = told(), second = told();
    must(answer(first.id));
    const std::string before = list_text();
    put_list(before + "2 way_in 0102");
    must(world.start_again());
    must(answer(second.id));
    EXPECT_EQ(list_text().substr(0, before.size()), before);
    EXPECT_EQ(must(world.start_again()).lines, 0u);
}

TEST_F(NothingGoneComesBack, WhatCouldNotBeListedIsListedLater) {
    const auto first = told(), second = told();
    world.back_up(backup());
    const std::string before = list_text();
    fs::rename(list(), world.folder() / "away");
    must(answer(first.id));
    EXPECT_FALSE(has_way_in(first.id)) << "answering never waits for the list";
    EXPECT_TRUE(world.house().alarms.has(app::Alarm::gone_unlisted));
    fs::rename(world.folder() / "away", list());
    ASSERT_EQ(list_text(), before);

    must(answer(second.id));

    EXPECT_FALSE(world.house().alarms.has(app::Alarm::gone_unlisted));
    must(world.restore(backup()));
    EXPECT_FALSE(has_way_in(first.id));
    EXPECT_FALSE(has_way_in(second.id));
}

TEST_F(NothingGoneComesBack, ARequestThatFailedPutsNothingOnTheList) {
    const auto told_first = told();
    auto form = world.a_decision(told_first.id);
    form.seen_revision = 77;
    const std::string before = list_text();
    EXPECT_EQ(code_of(world.decide(world.manager(), told_first.id, form)), Code::conflict);
    EXPECT_EQ(list_text(), before);
    EXPECT_TRUE(opens(told_first.id));
}

TEST_F(NothingGoneComesBack, WithoutTheListNoWayInOpensAndWorriesAreTakenAllTheSame) {
    const auto answered = told(), waiting = told();
    must(answer(answered.id));
    const std::string whole = list_text();
    std::string altered = whole;
    altered[whole.size() - 20] ^= 1;
    const std::string shorter = whole.substr(0, whole.find('\n') + 1);
    for (const std::string& text : {altered, shorter, std::string("kith-gone/2\n")}) {
        put_list(text);
        EXPECT_FALSE(world.start_again().has_value()) << text;
        EXPECT_TRUE(world.house().alarms.has(app::Alarm::gone_list));
        EXPECT_FALSE(opens(waiting.id)) << "nobody can say that it was not closed";
        EXPECT_TRUE(has_way_in(told().id));
        app::Clockwork clockwork(world.house());
        must(clockwork.tick());
        EXPECT_TRUE(has_way_in(waiting.id)) << "and nothing is closed for want of the list";
        EXPECT_EQ(World::fact(world.last("alarm_raised"), "alarm"), "gone_list");
    }
    fs::remove(list());
    EXPECT_EQ(code_of(world.start_again()), Code::not_found);
    EXPECT_FALSE(opens(waiting.id));
    put_list(whole);
    must(world.start_again());
    EXPECT_TRUE(opens(waiting.id));
}

TEST_F(NothingGoneComesBack, AnAlteredListIsSeenAtEveryByte) {
    must(answer(told().id));
    must(answer(told().id));
    const std::string whole = list_text();
    files::GoneListFile file(world.anchor_folder(), [&](BytesView b) { return world.crypto().sha256(b); });
    ASSERT_EQ(must(file.read()).size(), 2u);
    for (std::size_t i = 0; i + 1 < whole.size(); ++i) {
        std::string altered = whole;
        altered[i] ^= 1;
        put_list(altered);
        EXPECT_EQ(code_of(file.read()), Code::betrayed) << i;
    }
    put_list(whole.substr(0, whole.find("1 way_in")) + whole.substr(whole.find("2 way_in")));
    EXPECT_EQ(code_of(file.read()), Code::betrayed) << "a line left out";
}

TEST_F(NothingGoneComesBack, ARestoredStoreSaysWhatItsEpochKeysStillOpen) {
    const auto waiting = told();
    world.back_up(backup());
    world.take_epochs_away();
    fs::create_directory(world.epochs_folder());
    must(world.restore(backup()));

    const auto restored = must(app::settle_restored(world.house()));

    EXPECT_EQ(restored.ways_without_a_key, 1u);
    EXPECT_FALSE(has_way_in(waiting.id));
    EXPECT_EQ(World::fact(world.last("restored"), "ways_closed"), "1");
}

}  // namespace
}  // namespace kith::test
