// Where a worry goes, and to whom it does not.
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {

bool stands_in(const std::vector<app::QueueLine>& lines, ConcernId id) {
    return std::ranges::find(lines, id, &app::QueueLine::id) != lines.end();
}

TEST(TellingAWorry, IsTakenFromAnyoneWithTheNeededPartsAloneAndAsksNobodysLeave) {
    KITH_CLAUSE("PLY-002", "HAC-004");
    World world;
    for (const auto& telling : {world.a_worry(), world.a_worry_in_hackney()}) {
        ASSERT_EQ(telling.account.answers.size(), concerns::needed(Subject::child).size());
        ASSERT_TRUE(telling.contact.is_anonymous());

        const auto told = world.report(telling);

        const auto kept = world.concern(told.id);
        EXPECT_EQ(kept.stage, concerns::Stage::waiting) << "it waits for a decision, not for a leave";
        EXPECT_FALSE(kept.incomplete);
        const auto about = world.ledger_about(told.id);
        ASSERT_EQ(about.size(), 1u) << "one act, and none of approval";
        EXPECT_EQ(about[0].act, "concern_received");
        EXPECT_EQ(about[0].by, "anyone");
    }
}

TEST(TellingPlymouth, ReachesThatServiceAndNoOtherCouncil) {
    KITH_CLAUSE("PLY-015");
    World world;

    const auto told = world.report(world.a_worry());

    EXPECT_TRUE(stands_in(world.queue(world.plymouth.manager).waiting, told.id));
    EXPECT_FALSE(stands_in(world.queue(world.hackney.manager).waiting, told.id));
    EXPECT_EQ(world.last("concern_received").clauses, Clauses{"PLY-021"});
    EXPECT_EQ(world.last("concern_received").pack->name, "plymouth-community");
    EXPECT_EQ(code_of(app::read_concern(world.house(), world.hackney.manager.actor, told.id)), Code::not_found);
    EXPECT_EQ(code_of(world.decide(world.hackney.manager, told.id, world.a_decision(told.id))), Code::not_found);
    EXPECT_EQ(code_of(world.open_contact(world.hackney.manager, told.id)), Code::not_found);
    EXPECT_EQ(world.count("refused"), 3u);
    EXPECT_EQ(world.last("refused").by, world.hackney.manager.id().text());
}

TEST(TellingHackney, ReachesThatServiceAndNoOtherCouncil) {
    KITH_CLAUSE("HAC-014");
    World world;

    const auto told = world.report(world.a_worry_in_hackney());

    EXPECT_TRUE(stands_in(world.queue(world.hackney.manager).waiting, told.id));
    EXPECT_FALSE(stands_in(world.queue(world.plymouth.manager).waiting, told.id));
    EXPECT_EQ(world.last("concern_received").clauses, Clauses{"HAC-019"});
    EXPECT_EQ(world.last("concern_received").pack->name, "hackney-community");
    EXPECT_EQ(code_of(app::read_concern(world.house(), world.plymouth.manager.actor, told.id)), Code::not_found);
    EXPECT_EQ(code_of(app::step_back(world.house(), world.plymouth.call_taker.actor, told.id)), Code::not_found);
    EXPECT_EQ(world.count("refused"), 2u);
}

TEST(TellingHackney, TheDutyWorkerReceivesAndOnlyFastOpensIt) {
    KITH_CLAUSE("HAC-019");
    World world;
    const Staff& duty_worker = world.hackney.call_taker;

    const auto call = must(app::begin_call(world.house(), duty_worker.actor, duty_worker.holder, world.clock.now(),
                                           world.words_of_a_call()));

    EXPECT_EQ(world.concern(call).taken_by, duty_worker.id());
    const auto entry = world.last("call_began");
    EXPECT_EQ(entry.by, duty_worker.id().text());
    EXPECT_EQ(entry.clauses, Clauses{"HAC-019"});
    EXPECT_EQ(world.read(duty_worker, call).account, world.words_of_a_call().account);
    EXPECT_EQ(world.read(world.hackney.manager, call).taken_by_name, duty_worker.name);
    for (const Staff* other :
         {&world.administrator, &world.auditor, &world.custodian, &world.plymouth.manager, &world.plymouth.call_taker})
        EXPECT_EQ(code_of(app::read_concern(world.house(), other->actor, call)), Code::not_found) << other->name;
    EXPECT_EQ(world.count("refused"), 5u);
}

TEST(TellingAWorry, GoesToTheManagerOnDutyInTheSameAct) {
    KITH_CLAUSE("PLY-021");
    World world;
    const auto entries = world.ledger().size();

    const auto told = world.report(world.a_worry());

    const auto kept = world.concern(told.id);
    EXPECT_EQ(kept.with, world.manager().id());
    EXPECT_EQ(kept.handed_over_at, world.clock.now());
    ASSERT_EQ(world.ledger().size(), entries + 1) << "one entry, so one transaction";
    EXPECT_EQ(World::fact(world.last("concern_received"), "handed_to"), [&] {
        auto lower = world.manager().id().text();
        for (auto& c : lower) c = static_cast<char>(std::tolower(c));
        return lower;
    }());
    EXPECT_EQ(world.last("concern_received").clauses, Clauses{"PLY-021"});
    EXPECT_EQ(world.notices.count(world.manager().email, app::Notice::worry_waiting), 1u);
    EXPECT_EQ(world.notices.all().size(), 1u) << "nobody else is told";
}

TEST(TellingAWorry, GoesToWhoeverIsOnDutyAtThatHourAndPassesOnWithTheRota) {
    KITH_CLAUSE("PLY-021");
    World world;
    const Instant evening = at("2026-06-09 20:00"), morning = at("2026-06-10 08:00");
    world.set_rota(world.plymouth,
                   {{world.manager().id(), parties::Seat::manager, world.clock.now(), evening},
                    {world.plymouth.second_manager.id(), parties::Seat::manager, evening, morning},
                    {world.custodian.id(), parties::Seat::custodian, world.clock.now(), morning}},
                   morning);
    const auto by_day = world.report(world.a_worry());
    EXPECT_EQ(world.concern(by_day.id).with, world.manager().id());

    world.clock.move_to(evening);
    const auto by_night = world.report(world.a_worry());

    EXPECT_EQ(world.concern(by_night.id).with, world.plymouth.second_manager.id());
    EXPECT_EQ(must(app::pass_on_the_waiting(world.house())), 1u);
    EXPECT_EQ(world.concern(by_day.id).with, world.plymouth.second_manager.id());
    EXPECT_EQ(world.last("concern_handed_over").by, "system");
    EXPECT_EQ(world.last("concern_handed_over").clauses, Clauses{"PLY-021"});
}

TEST(TellingAWorry, DangerStandsFirstInTheQueueWhateverTheTime) {
    World world;
    const auto older = world.report(world.a_worry());
    world.clock.move(std::chrono::minutes(40));
    auto dangerous = world.a_worry();
    dangerous.danger = concerns::DangerMark::by_reporter;
    const auto newer = world.report(dangerous);

    const auto queue = world.queue(world.manager());

    ASSERT_EQ(queue.waiting.size(), 2u);
    EXPECT_EQ(queue.waiting[0].id, newer.id);
    EXPECT_EQ(queue.waiting[1].id, older.id);
    EXPECT_EQ(world.notices.count(world.manager().email, app::Notice::danger_marked), 1u);
}

}  // namespace
}  // namespace kith::test
