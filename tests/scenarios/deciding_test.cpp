// The manager decides, and answers within the hour.
#include "app/clockwork.hpp"
#include "app/come_back.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {

TEST(Deciding, IsAManagersAndNobodyElses) {
    KITH_CLAUSE("PLY-022");
    World world;
    const auto told = world.report(world.a_worry());
    const auto form = world.a_decision(told.id);
    for (const Staff* other :
         {&world.plymouth.call_taker, &world.custodian, &world.administrator, &world.auditor, &world.hackney.manager}) {
        EXPECT_EQ(code_of(world.decide(*other, told.id, form)), Code::not_found) << other->name;
        EXPECT_EQ(world.last("refused").by, other->id().text());
        EXPECT_EQ(World::fact(world.last("refused"), "act"), "decide");
    }
    EXPECT_EQ(world.concern(told.id).stage, concerns::Stage::waiting);
    world.clock.move(std::chrono::minutes(20));

    must(world.decide(world.manager(), told.id, form));

    const auto kept = world.concern(told.id);
    EXPECT_EQ(kept.decided_by, world.manager().id());
    EXPECT_EQ(kept.decided_at, world.clock.now());
    EXPECT_EQ(kept.decision, form.decision);
    const auto entry = world.last("concern_decided");
    EXPECT_EQ(entry.clauses.front(), "PLY-022");
    EXPECT_EQ(World::fact(entry, "outcome"), "act");
    EXPECT_EQ(entry.by, world.manager().id().text());
    EXPECT_EQ(must(ledger::encode(entry)).find("school nurse"), std::string::npos);
}

TEST(Deciding, ActSaysWhatAndNoActionNeedsTheEarlierWorriesRead) {
    KITH_CLAUSE("PLY-022");
    World world;
    const auto told = world.report(world.a_worry());
    auto form = world.a_decision(told.id);
    form.decision = {concerns::Outcome::act, {}};
    EXPECT_EQ(field_of(world.decide(world.manager(), told.id, form)), "actions");
    form.decision = {concerns::Outcome::no_action, {}};
    form.earlier_read = false;
    EXPECT_EQ(field_of(world.decide(world.manager(), told.id, form)), "earlier_read");
    form.reasons = "  ";
    form.earlier_read = true;
    EXPECT_EQ(field_of(world.decide(world.manager(), told.id, form)), "reasons");
    EXPECT_EQ(world.concern(told.id).stage, concerns::Stage::waiting);
    EXPECT_EQ(world.count("concern_decided"), 0u);

    form.reasons = "Read with the two earlier ones; nothing points to harm.";
    must(world.decide(world.manager(), told.id, form));
    EXPECT_EQ(World::fact(world.last("concern_decided"), "outcome"), "no_action");
}

TEST(Answering, IsDueAnHourAfterReceiptAndLateFromThen) {
    KITH_CLAUSE("PLY-023");
    World world;
    app::Clockwork clockwork(world.house());
    ASSERT_EQ(world.clock.now(), at("2026-06-09 10:00"));
    const auto told = world.report(world.a_worry());
    EXPECT_EQ(told.receipt.reply_due_at, at("2026-06-09 11:00"));
    EXPECT_EQ(world.concern(told.id).reply_due_at, at("2026-06-09 11:00"));
    world.clock.move_to(at("2026-06-09 10:44"));
    EXPECT_EQ(must(clockwork.tick()).told_late, 0u);
    world.clock.move_to(at("2026-06-09 10:45"));
    EXPECT_EQ(must(clockwork.tick()).told_late, 1u) << "a quarter of an hour before";
    EXPECT_EQ(world.queue(world.manager()).waiting_late, 0u);

    world.clock.move_to(at("2026-06-09 11:00"));

    world.notices.forget();
    EXPECT_EQ(must(clockwork.tick()).told_late, 1u);
    EXPECT_EQ(must(clockwork.tick()).told_late, 0u) << "once";
    EXPECT_EQ(world.queue(world.manager()).waiting_late, 1u);
    EXPECT_EQ(world.notices.count(world.manager().email, app::Notice::worry_late), 1u);
    EXPECT_EQ(world.notices.count(world.plymouth.second_manager.email, app::Notice::worry_late), 1u);
    EXPECT_EQ(world.notices.count(world.hackney.manager.email, app::Notice::worry_late), 0u);
    EXPECT_EQ(world.last("escalated").clauses, Clauses{"PLY-023"});
    EXPECT_EQ(world.last("escalated").by, "system");
}

TEST(Answering, LateNeedsAReasonAndInTimeDoesNot) {
    KITH_CLAUSE("PLY-023");
    World world;
    const auto in_time = world.report(world.a_worry());
    const auto late = world.report(world.a_worry());
    world.clock.move(std::chrono::minutes(59));
    must(world.decide(world.manager(), in_time.id, world.a_decision(in_time.id)));
    world.clock.move(std::chrono::minutes(1));

    auto form = world.a_decision(late.id);
    EXPECT_EQ(field_of(world.decide(world.manager(), late.id, form)), "late_reason");
    EXPECT_EQ(world.concern(late.id).stage, concerns::Stage::waiting);
    form.late_reason = "The line to the duty room was down.";
    must(world.decide(world.manager(), late.id, form));

    const auto queue = world.queue(world.manager());
    EXPECT_EQ(queue.answered_in_time, 1u);
    EXPECT_EQ(queue.answered_late, 1u);
    const auto notes = world.read(world.manager(), late.id).notes;
    EXPECT_NE(std::ranges::find(notes, app::NoteKind::late_reply, &app::Note::kind), notes.end());
    const auto clauses = world.last("concern_decided").clauses;
    EXPECT_NE(std::ranges::find(clauses, "PLY-023"), clauses.end());
}

TEST(Answering, RingingBackOrItsImpossibilityAnswersAndNoAnswerDoesNot) {
    KITH_CLAUSE("PLY-023");
    World world;
    const auto told = world.report(world.a_worry());
    const auto ring = [&](app::Reached outcome, std::string note) {
        return app::ring_back(world.house(), world.manager().actor, told.id, {outcome, std::move(note), ""});
    };
    must(ring(app::Reached::no_answer, ""));
    EXPECT_FALSE(world.concern(told.id).answered_at.has_value());
    EXPECT_EQ(field_of(ring(app::Reached::impossible, "")), "note") << "impossible says why";

    must(ring(app::Reached::impossible, "They left no way to be reached."));

    EXPECT_EQ(world.concern(told.id).answered_at, world.clock.now());
    EXPECT_EQ(world.concern(told.id).answered_by, concerns::AnswerMeans::impossible);
    EXPECT_EQ(world.last("rang_back").clauses, Clauses{"PLY-023"});
    EXPECT_EQ(world.count("rang_back"), 2u);
}

TEST(Answering, TheReplyIsTheSameWhateverWasDecided) {
    KITH_CLAUSE("PLY-035", "PLY-036");
    World world;
    const auto acted = world.report(world.a_worry());
    const auto not_acted = world.report(world.a_worry());
    must(world.decide(world.manager(), acted.id, world.a_decision(acted.id)));
    auto form = world.a_decision(not_acted.id);
    form.decision = {concerns::Outcome::no_action, {}};
    must(world.decide(world.manager(), not_acted.id, form));

    const auto one = must(app::come_back(world.house(), acted.code));
    const auto other = must(app::come_back(world.house(), not_acted.code));

    ASSERT_EQ(one.messages.size(), 1u);
    ASSERT_EQ(other.messages.size(), 1u);
    EXPECT_EQ(one.messages[0].text, other.messages[0].text);
    EXPECT_EQ(one.messages[0].at, other.messages[0].at);
    EXPECT_EQ(one.question_open, other.question_open);
    EXPECT_EQ(one.form_owed, other.form_owed);
    const auto clauses = world.last("reporter_came_back").clauses;
    EXPECT_NE(std::ranges::find(clauses, "PLY-036"), clauses.end());
}

TEST(Asking, ForMoreDoesNotStopTheHourAndIsRefusedInDanger) {
    KITH_CLAUSE("PLY-021", "PLY-022");
    World world;
    const auto told = world.report(world.a_worry());
    const auto ask = [&](ConcernId id) {
        return app::ask_for_more(world.house(), world.manager().actor, world.manager().holder, id,
                                 "Which evenings was it?", world.clock.now() + std::chrono::minutes(30));
    };
    must(ask(told.id));
    EXPECT_EQ(world.concern(told.id).reply_due_at, at("2026-06-09 11:00"));
    EXPECT_TRUE(must(app::come_back(world.house(), told.code)).question_open);

    must(app::mark_danger(world.house(), world.call_taker().actor, told.id, concerns::DangerMark::by_call_taker,
                          "Screams heard."));
    EXPECT_FALSE(world.concern(told.id).more_asked_at.has_value()) << "a danger mark cannot be parked";
    EXPECT_EQ(code_of(ask(told.id)), Code::invalid);
    EXPECT_EQ(world.count("more_asked"), 1u);
}

TEST(Asking, CarriesATimeToDecideAnywayAndPassesOnWithTheRota) {
    World world;
    const auto told = world.report(world.a_worry());
    const auto ask = [&](Duration after) {
        return app::ask_for_more(world.house(), world.manager().actor, world.manager().holder, told.id,
                                 "Which evenings was it?", world.clock.now() + after);
    };
    EXPECT_EQ(field_of(ask(Duration(0))), "decide_anyway") << "a time to come";
    EXPECT_FALSE(world.concern(told.id).decide_anyway_at.has_value());
    must(ask(std::chrono::minutes(20)));
    ASSERT_EQ(world.concern(told.id).with, world.manager().id());
    const Instant now = world.clock.now(), until = now + std::chrono::hours(24 * 10);
    world.set_rota(world.plymouth,
                   {{world.plymouth.second_manager.id(), parties::Seat::manager, now, until},
                    {world.custodian.id(), parties::Seat::custodian, now, until}},
                   until);
    world.clock.move(std::chrono::minutes(20));
    must(app::Clockwork(world.house()).tick());

    const auto queue = world.queue(world.plymouth.second_manager);

    ASSERT_EQ(queue.more_asked.size(), 1u);
    EXPECT_EQ(queue.more_asked[0].with_name, world.plymouth.second_manager.name);
    EXPECT_EQ(queue.more_asked[0].concern.decide_anyway_at, world.clock.now());
    must(world.decide(world.plymouth.second_manager, told.id, world.a_decision(told.id)));
}

TEST(Deciding, OnWhatHasChangedSinceItWasReadIsAConflict) {
    World world;
    const auto told = world.report(world.a_worry());
    const auto form = world.a_decision(told.id);
    must(app::add_to_report(world.house(), told.code, "It happened again tonight."));

    EXPECT_EQ(code_of(world.decide(world.manager(), told.id, form)), Code::conflict);

    EXPECT_EQ(world.concern(told.id).stage, concerns::Stage::waiting);
    must(world.decide(world.manager(), told.id, world.a_decision(told.id)));
}

TEST(SteppingBack, TakesTheWorryOutOfThatPersonsSightAndToTheNextOnTheRota) {
    World world;
    const auto told = world.report(world.a_worry());
    ASSERT_EQ(world.concern(told.id).with, world.manager().id());

    must(app::step_back(world.house(), world.manager().actor, told.id));

    EXPECT_EQ(world.concern(told.id).with, world.plymouth.second_manager.id());
    EXPECT_TRUE(world.queue(world.manager()).waiting.empty());
    EXPECT_EQ(world.queue(world.plymouth.second_manager).waiting.size(), 1u);
    EXPECT_EQ(code_of(app::read_concern(world.house(), world.manager().actor, told.id)), Code::not_found);
    EXPECT_EQ(code_of(world.open_contact(world.manager(), told.id)), Code::not_found);
    EXPECT_EQ(world.last("stepped_back").by, world.manager().id().text());
}

TEST(SteppingBack, WhoIsNamedAsSomeoneWhoMustNotSeeItNeverDoes) {
    World world;
    auto telling = world.a_worry();
    telling.must_not_see = "please not maud TREGENZA, she knows them";
    const auto told = world.report(telling);

    EXPECT_EQ(world.concern(told.id).with, world.plymouth.second_manager.id());
    EXPECT_TRUE(world.queue(world.manager()).waiting.empty());
    EXPECT_EQ(code_of(app::read_concern(world.house(), world.manager().actor, told.id)), Code::not_found);
    EXPECT_EQ(world.notices.count(world.manager().email, app::Notice::worry_waiting), 0u);
}

}  // namespace
}  // namespace kith::test
