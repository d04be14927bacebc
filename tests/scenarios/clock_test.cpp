// A clock that cannot be trusted: nothing ends by its time until an administrator confirms it (reporters-vault, Keys
// 5). And what its time tells custodians of, day by day (Rules).
#include "app/clockwork.hpp"
#include "app/drafts.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {
using app::Alarm;
using std::chrono::hours;

class AClockInDoubt : public testing::Test {
  protected:
    World world;

    bool in_doubt() { return world.house().alarms.has(Alarm::clock_in_doubt); }
    app::Ticked tick() { return must(app::Clockwork(world.house()).tick()); }
    Result<void> confirm(const Staff& who) { return app::confirm_clock(world.house(), who.actor); }
    /// Answered later, so that its way in has an end.
    TakenWorry told() {
        auto telling = world.a_worry();
        telling.contact = world.a_person();
        return world.report(telling);
    }
    app::DraftKey a_draft() {
        const auto key = app::DraftKey::create(world.crypto());
        app::Draft draft;
        draft.front_door = world.plymouth.id;
        must(app::begin_draft(world.house(), key, draft));
        return key;
    }
};

TEST_F(AClockInDoubt, ThatWasSetAlarmsAndEndsNothingNotEvenADraft) {
    const auto worry = told();
    const auto draft = a_draft();
    const auto epoch = world.vault_row(worry.id).epoch;
    world.clock.set_wall(world.clock.now() + hours(24 * 30));

    const auto ticked = tick();

    EXPECT_TRUE(in_doubt());
    EXPECT_EQ(World::fact(world.last("clock_doubted"), "why"), "moved");
    EXPECT_EQ(ticked.drafts_ended + ticked.ways_closed + ticked.epochs_ended, 0u);
    EXPECT_EQ(world.vault_row(worry.id).epoch, epoch) << "not even wrapped anew";
    EXPECT_EQ(world.sql_text("select count(*) from drafts"), "1\n");
    EXPECT_EQ(world.count("clock_doubted"), 1u);
    tick();
    EXPECT_EQ(world.count("clock_doubted"), 1u) << "once";
}

TEST_F(AClockInDoubt, IsConfirmedByAnAdministratorAndThenTimeEndsThings) {
    a_draft();
    world.clock.set_wall(world.clock.now() + hours(24 * 30));
    tick();
    for (const Staff* one : std::initializer_list<const Staff*>{&world.manager(), &world.custodian, &world.auditor})
        EXPECT_EQ(code_of(confirm(*one)), Code::forbidden) << one->name;
    ASSERT_TRUE(in_doubt());

    must(confirm(world.administrator));

    EXPECT_FALSE(in_doubt());
    EXPECT_EQ(world.last("clock_confirmed").by, world.administrator.id().text());
    EXPECT_EQ(tick().drafts_ended, 1u);
    EXPECT_FALSE(in_doubt()) << "compared from here on";
    EXPECT_EQ(code_of(confirm(world.administrator)), Code::conflict);
    EXPECT_EQ(world.count("clock_confirmed"), 1u);
}

TEST_F(AClockInDoubt, StaysSoOverARestart) {
    world.clock.set_wall(world.clock.now() + hours(24 * 30));
    tick();
    must(world.start_again());
    EXPECT_TRUE(in_doubt()) << "its wrong time is on the last line, and looks like today";
    EXPECT_EQ(world.count("clock_doubted"), 1u);
    must(confirm(world.administrator));
    must(world.start_again());
    EXPECT_FALSE(in_doubt());
}

TEST_F(AClockInDoubt, AfterAStartLongPastTheLastLineDestroysNothing) {
    told();
    const auto before = world.count("clock_doubted");
    world.clock.move(hours(48));
    must(world.start_again());
    ASSERT_FALSE(in_doubt()) << "two days are a weekend";
    told();
    world.clock.move(hours(24 * 30));
    must(world.start_again());
    EXPECT_TRUE(in_doubt());
    EXPECT_EQ(World::fact(world.last("clock_doubted"), "why"), "long_stop");
    EXPECT_EQ(world.count("clock_doubted"), before + 1);
    EXPECT_EQ(tick().epochs_ended, 0u);
    must(confirm(world.administrator));
    EXPECT_GT(tick().epochs_ended, 0u);
}

// --- what waits unanswered
// ---------------------------------------------------------------------------------------------

TEST(AWorryThatWaitsUnanswered, IsToldToCustodiansOnceADayUntilItIsAnswered) {
    World world;
    app::Clockwork clockwork(world.house());
    const auto told = world.report(world.a_worry());
    const auto said_to = [&](const Staff& who) { return world.notices.count(who.email, app::Notice::unanswered); };
    for (int hour = 0; hour < 24; ++hour) {
        EXPECT_EQ(must(clockwork.tick()).custodians_told, 0u) << hour;
        world.clock.move(hours(1));
    }
    EXPECT_EQ(must(clockwork.tick()).custodians_told, 2u);
    EXPECT_EQ(must(clockwork.tick()).custodians_told, 0u) << "once a day";
    for (int hour = 0; hour < 24; ++hour) {
        world.clock.move(hours(1));
        must(clockwork.tick());
    }
    EXPECT_EQ(said_to(world.custodian), 2u);
    EXPECT_EQ(said_to(world.second_custodian), 2u);
    EXPECT_EQ(said_to(world.administrator), 0u);
    EXPECT_EQ(World::fact(world.last("custodians_told"), "unanswered"), "1");
    auto form = world.a_decision(told.id);
    form.late_reason = "The rota had a gap.";
    must(world.decide(world.manager(), told.id, form));
    world.clock.move(hours(24));
    EXPECT_EQ(must(clockwork.tick()).custodians_told, 0u);
}

TEST(AWorryThatWaitsUnanswered, DoesNotExistForTheCustodianWhoMustNotSeeIt) {
    World world;
    app::Clockwork clockwork(world.house());
    const auto told = world.report(world.a_worry());
    must(world.house().store.write([&](app::Tables& tables) {
        return tables.concerns().exclude(told.id, world.custodian.id(), world.clock.now());
    }));
    world.clock.move(hours(25));
    EXPECT_EQ(must(clockwork.tick()).custodians_told, 1u);
    EXPECT_EQ(world.notices.count(world.custodian.email, app::Notice::unanswered), 0u);
}

}  // namespace
}  // namespace kith::test
