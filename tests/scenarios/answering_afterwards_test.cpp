// A reply to what was decided without one, a worry that its decider steps back from, a motive noted, the edge of the
// hour.
#include <algorithm>

#include "app/come_back.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {

struct DecidedUnanswered {
    World world;
    TakenWorry told;
    explicit DecidedUnanswered(concerns::Outcome outcome = concerns::Outcome::act) {
        auto telling = world.a_worry();
        telling.contact = world.a_person();
        told = world.report(telling);
        auto form = world.a_decision(told.id);
        if (outcome == concerns::Outcome::no_action) form.decision = {outcome, {}};
        form.reply.clear();
        must(world.decide(world.manager(), told.id, form));
    }
    Result<void> answer(const Staff& who, std::string_view reply, std::string_view late = "") {
        return app::answer_in_writing(world.house(), who.actor, who.holder, told.id, reply, late);
    }
};

TEST(AnsweringAfterwards, SaysTheSameForActAndNoActionAndClosesTheWayIn) {
    KITH_CLAUSE("PLY-023", "PLY-035", "PLY-036");
    std::vector<std::string> read;
    for (const auto outcome : {concerns::Outcome::act, concerns::Outcome::no_action}) {
        DecidedUnanswered decided(outcome);
        World& world = decided.world;
        world.clock.move(std::chrono::minutes(30));
        must(decided.answer(world.manager(), world.standard_reply(world.plymouth.id)));
        const auto concern = world.concern(decided.told.id);
        EXPECT_EQ(concern.answered_at, world.clock.now());
        EXPECT_EQ(concern.answered_by, concerns::AnswerMeans::reply_placed);
        EXPECT_TRUE(world.vault_row(decided.told.id).wrap_duty.empty());
        EXPECT_EQ(world.last("concern_answered").clauses, (Clauses{"PLY-023", "PLY-035", "PLY-036"}));
        EXPECT_EQ(code_of(decided.answer(world.manager(), "Again.")), Code::conflict);
        const auto thread = must(app::come_back(world.house(), decided.told.code));
        ASSERT_EQ(thread.messages.size(), 1u);
        read.push_back(thread.messages[0].text);
    }
    EXPECT_EQ(read[0], read[1]);
}

TEST(AnsweringAfterwards, IsCheckedLikeAReplyWithTheDecision) {
    KITH_CLAUSE("PLY-022", "PLY-023");
    DecidedUnanswered decided;
    World& world = decided.world;
    EXPECT_EQ(field_of(decided.answer(world.manager(), "Dear Winifred, thank you.")), "reply");
    EXPECT_EQ(field_of(decided.answer(world.manager(), "  ")), "reply");
    EXPECT_EQ(code_of(decided.answer(world.call_taker(), "Thank you.")), Code::not_found);
    world.clock.move(std::chrono::hours(1));
    EXPECT_EQ(field_of(decided.answer(world.manager(), "Thank you.")), "late_reason");
    EXPECT_FALSE(world.concern(decided.told.id).answered_at.has_value());
    must(decided.answer(world.manager(), "Thank you.", "Three came at once."));

    const auto waiting = world.report(world.a_worry());
    EXPECT_EQ(code_of(app::answer_in_writing(world.house(), world.manager().actor, world.manager().holder, waiting.id,
                                             "Thank you.", "")),
              Code::conflict)
        << "not before it is decided";
}

TEST(SteppingBack, FromADecidedWorryThatIsNotAnsweredPassesItOnToTheNext) {
    DecidedUnanswered decided;
    World& world = decided.world;
    must(app::step_back(world.house(), world.manager().actor, decided.told.id));
    EXPECT_EQ(world.concern(decided.told.id).with, world.plymouth.second_manager.id());
    EXPECT_EQ(world.concern(decided.told.id).stage, concerns::Stage::decided) << "the decision stands";
    EXPECT_EQ(code_of(decided.answer(world.manager(), "Thank you.")), Code::not_found);
    must(decided.answer(world.plymouth.second_manager, world.standard_reply(world.plymouth.id)));
    const auto revision = world.concern(decided.told.id).revision;
    must(app::step_back(world.house(), world.plymouth.second_manager.actor, decided.told.id));
    EXPECT_EQ(world.concern(decided.told.id).with, world.plymouth.second_manager.id())
        << "answered: nothing to pass on";
    EXPECT_EQ(world.concern(decided.told.id).revision, revision + 1);
}

TEST(AMotive, IsNotedWithReasonsAndDoesNothing) {
    World world;
    auto telling = world.a_worry();
    telling.danger = concerns::DangerMark::by_reporter;
    const auto told = world.report(telling);
    const auto before = world.concern(told.id);
    const auto decision = world.a_decision(told.id);
    const auto note = [&](std::string_view motive, std::string_view why) {
        return app::note_motive(world.house(), world.plymouth.second_manager.actor, told.id, motive, why);
    };
    EXPECT_EQ(field_of(note("", "x")), "motive");
    EXPECT_EQ(field_of(note("A quarrel about parking.", " ")), "motive_why");
    must(note("A quarrel about parking.", "They said so themselves."));

    EXPECT_EQ(world.concern(told.id), before) << "danger, order and revision stay";
    const auto notes = world.read(world.manager(), told.id).notes;
    const auto at = std::ranges::find(notes, app::NoteKind::motive, &app::Note::kind);
    ASSERT_NE(at, notes.end());
    EXPECT_EQ(at->text, "A quarrel about parking.\nBecause: They said so themselves.");
    EXPECT_EQ(must(ledger::encode(world.last("motive_noted"))).find("parking"), std::string::npos);
    must(world.decide(world.manager(), told.id, decision));
}

TEST(Answering, WhenTheClockReachesElevenItIsLate) {
    KITH_CLAUSE("PLY-023");
    World world;
    const auto told = world.report(world.a_worry());
    world.clock.move_to(at("2026-06-09 11:00") - Duration(1));
    EXPECT_EQ(world.queue(world.manager()).waiting_late, 0u);
    world.clock.move_to(at("2026-06-09 11:00"));
    EXPECT_EQ(world.queue(world.manager()).waiting_late, 1u);
    EXPECT_EQ(field_of(world.decide(world.manager(), told.id, world.a_decision(told.id))), "late_reason");
}

TEST(WhatIsAddedAfterTheAnswer, IsHeardOfByWhoIsOnDutyAndStandsInTheQueueForADay) {
    World world;
    const auto told = world.report(world.a_worry());
    const auto heard = [&](const Staff& one) { return world.notices.count(one.email, app::Notice::worry_waiting); };
    const auto before = heard(world.manager());
    must(app::add_to_report(world.house(), told.code, "It happened again."));
    EXPECT_EQ(heard(world.manager()), before + 1) << "who owes the answer hears of it at once";
    EXPECT_TRUE(world.queue(world.manager()).added_to.empty()) << "it waits in the list of what is to be decided";
    must(world.decide(world.manager(), told.id, world.a_decision(told.id)));
    world.clock.move(std::chrono::minutes(5));

    must(app::add_to_report(world.house(), told.code, "And again today, worse."));

    EXPECT_EQ(heard(world.manager()), before + 2);
    const auto lines = world.queue(world.manager()).added_to;
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0].id, told.id);
    EXPECT_EQ(lines[0].added_at, world.clock.now());
    EXPECT_TRUE(world.queue(world.hackney.manager).added_to.empty());
    must(app::keep_away(world.house(), world.manager().actor, told.id, world.call_taker().id()));
    EXPECT_TRUE(world.queue(world.call_taker()).added_to.empty()) << "not for whoever must not see it";
    world.clock.move(std::chrono::hours(24) + std::chrono::minutes(1));
    EXPECT_TRUE(world.queue(world.manager()).added_to.empty());
}

TEST(WhatIsAddedInQuickSuccession, IsToldOfOnceInTenMinutes) {
    World world;
    const auto told = world.report(world.a_worry());
    const auto heard = [&] { return world.notices.count(world.manager().email, app::Notice::worry_waiting); };
    const auto before = heard();
    const auto add_after = [&](int minutes) {
        world.clock.move(std::chrono::minutes(minutes));
        must(app::add_to_report(world.house(), told.code, "And another thing."));
        return heard() - before;
    };
    EXPECT_EQ(add_after(0), 1u);
    for (int n = 0; n < 9; ++n) EXPECT_EQ(add_after(1), 1u) << "however many";
    EXPECT_EQ(add_after(1), 2u) << "ten minutes after they were told, and not after the last";
    EXPECT_EQ(add_after(9), 2u);
    must(world.decide(world.manager(), told.id, world.a_decision(told.id)));
    EXPECT_EQ(add_after(0), 3u) << "what came before the answer may not have been read with it";
    EXPECT_EQ(world.read(world.manager(), told.id).messages.size(), 14u) << "all of it is kept";
}

}  // namespace
}  // namespace kith::test
