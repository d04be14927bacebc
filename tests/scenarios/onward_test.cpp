// What is told on: another area's front door until it confirms, the designated officer until told.
#include <algorithm>

#include "app/onward.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {
using app::ContactGoes;
using app::JudgedHere;
using concerns::Action;
using concerns::OnwardStep;
using concerns::Whom;

app::DecisionForm to_another_area(World& world, ConcernId id) {
    auto form = world.a_decision(id);
    form.decision = {concerns::Outcome::act, {Action::another_area}};
    form.area = "Exampleshire";
    form.judged = JudgedHere::no_danger;
    form.reply.clear();
    return form;
}

struct HandedOn {
    World world;
    TakenWorry told;
    explicit HandedOn(const concerns::Contact& contact = {}) {
        auto telling = world.a_worry();
        telling.contact = contact;
        telling.account.answers[Field::worry] = "My neighbour's boy is beaten.";
        told = world.report(telling);
        must(world.decide(world.manager(), told.id, to_another_area(world, told.id)));
    }
    Result<void> report(const Staff& who, OnwardStep step, std::string to, std::string how = "01632 960777",
                        Duration ago = {}) {
        return app::report_onward(
            world.house(), who.actor, told.id,
            {Whom::another_area, step, {std::move(to), std::move(how), ""}, world.clock.now() - ago});
    }
    Result<app::AreaNotice> write(ContactGoes goes, std::string why = "", std::string words = "") {
        return app::write_notice(world.house(), world.manager().actor, world.manager().holder, told.id,
                                 {goes, std::move(why), "Duty desk", "secure mail", std::move(words)});
    }
    app::OnwardView view() { return world.read(world.manager(), told.id).onward.at(0); }
};

TEST(AnotherArea, IsJudgedHereForDangerBeforeItGoes) {
    World world;
    const auto told = world.report(world.a_worry());
    auto form = to_another_area(world, told.id);
    form.area = " ";
    EXPECT_EQ(field_of(world.decide(world.manager(), told.id, form)), "area");
    form.area = "Exampleshire";
    form.judged = JudgedHere::not_said;
    EXPECT_EQ(field_of(world.decide(world.manager(), told.id, form)), "judged");
    form.judged = JudgedHere::danger_now;
    EXPECT_EQ(field_of(world.decide(world.manager(), told.id, form)), "judged") << "danger is dealt with here first";
    form.decision.actions.push_back(Action::police_now);
    must(world.decide(world.manager(), told.id, form));
    EXPECT_EQ(world.concern(told.id).danger, concerns::DangerMark::by_manager);
    EXPECT_EQ(World::fact(world.last("concern_decided"), "danger_judged"), "now");

    const auto marked = world.report(world.a_worry());
    must(app::mark_danger(world.house(), world.manager().actor, marked.id, concerns::DangerMark::by_manager, "Hurt."));
    EXPECT_EQ(field_of(world.decide(world.manager(), marked.id, to_another_area(world, marked.id))), "judged")
        << "a mark that stands is danger too";
}

TEST(AnotherArea, StaysInTheQueueUntilToldByTelephoneAndInWritingAndConfirmed) {
    KITH_CLAUSE("PLY-015");
    HandedOn handed;
    World& world = handed.world;
    const auto waits = [&] { return world.queue(world.manager()).told_on.size(); };
    ASSERT_EQ(waits(), 1u);
    EXPECT_EQ(handed.view().area, "Exampleshire");
    EXPECT_TRUE(world.queue(world.hackney.manager).told_on.empty()) << "only the own front door sees it";
    EXPECT_EQ(code_of(handed.report(world.hackney.manager, OnwardStep::told, "Ann")), Code::not_found);

    EXPECT_EQ(field_of(handed.report(world.manager(), OnwardStep::told, " ")), "onward_to");
    EXPECT_EQ(field_of(handed.report(world.manager(), OnwardStep::told, "Ann", " ")), "onward_how");
    EXPECT_EQ(field_of(handed.report(world.manager(), OnwardStep::told, "Ann", "x", std::chrono::hours(1))),
              "onward_at")
        << "not before it was owed";
    must(handed.report(world.call_taker(), OnwardStep::told, "Ann of their duty desk"));
    must(handed.write(ContactGoes::left_out));
    EXPECT_EQ(waits(), 1u) << "they have not confirmed";
    world.clock.move(std::chrono::minutes(20));
    must(handed.report(world.manager(), OnwardStep::confirmed, "Bob, their manager", ""));

    EXPECT_EQ(waits(), 0u);
    const auto steps = handed.view().steps;
    std::vector<OnwardStep> done;
    for (const auto& step : steps) done.push_back(step.step);
    EXPECT_EQ(done, (std::vector{OnwardStep::owed, OnwardStep::told, OnwardStep::written, OnwardStep::confirmed,
                                 OnwardStep::ended}));
    EXPECT_EQ(steps[1].by, world.call_taker().name);
    EXPECT_EQ(steps[1].said.to, "Ann of their duty desk");
    EXPECT_EQ(steps[1].said.how, "01632 960777");
    EXPECT_EQ(steps[3].said.to, "Bob, their manager");
    EXPECT_EQ(steps[3].at, world.clock.now());
    EXPECT_EQ(world.count("told_onward"), 3u);
    EXPECT_EQ(code_of(handed.report(world.manager(), OnwardStep::told, "Ann")), Code::conflict) << "it has ended";
}

TEST(AnotherArea, ConfirmedBeforeItIsWrittenStaysUntilItIsWritten) {
    HandedOn handed;
    must(handed.report(handed.world.manager(), OnwardStep::told, "Ann"));
    must(handed.report(handed.world.manager(), OnwardStep::confirmed, "Ann", ""));
    EXPECT_EQ(handed.world.queue(handed.world.manager()).told_on.size(), 1u);
    must(handed.write(ContactGoes::left_out));
    EXPECT_TRUE(handed.world.queue(handed.world.manager()).told_on.empty());
}

TEST(AnotherArea, WhatIsSaidOfAStepIsTextAndNotTooLong) {
    HandedOn area;
    const auto say = [&](std::string words) {
        return app::report_onward(area.world.house(), area.world.manager().actor, area.told.id,
                                  {Whom::another_area,
                                   OnwardStep::told,
                                   {"Duty desk", "01632 960777", std::move(words)},
                                   area.world.clock.now()});
    };
    EXPECT_EQ(field_of(say(std::string(2001, 'a'))), "onward_words");
    EXPECT_EQ(field_of(say("\xff\xfe")), "onward_words");
    must(say("They ring back."));
}

TEST(AnotherArea, ThatTheyConfirmLateIsSeen) {
    HandedOn handed;
    World& world = handed.world;  // a Tuesday
    must(handed.report(world.manager(), OnwardStep::told, "Ann"));
    must(handed.write(ContactGoes::left_out));
    const auto due = handed.view().due_at;
    EXPECT_EQ(due, at("2026-06-11 00:00")) << "one working day after they have it";
    world.clock.move_to(*due);
    EXPECT_FALSE(handed.view().is_late);
    world.clock.move(Duration(1));
    EXPECT_TRUE(handed.view().is_late);
    EXPECT_TRUE(world.queue(world.manager()).told_on.at(0).onward.at(0).is_late);
}

TEST(AnotherArea, TheNoticeLeavesOutWhoToldAndWhatIsMarked) {
    World known;
    HandedOn handed(known.a_person());
    World& world = handed.world;
    must(app::mark_each(world.house(), world.manager().actor, handed.told.id, Field::worry, "My neighbour"));

    const auto notice = must(handed.write(ContactGoes::left_out));

    EXPECT_FALSE(notice.contact.has_value());
    EXPECT_EQ(concerns::masked(notice.account, Field::worry), "[…]'s boy is beaten.");
    const auto entry = world.last("told_onward");
    EXPECT_EQ(World::fact(entry, "contact"), "left_out");
    EXPECT_EQ(World::fact(entry, "step"), "written");
    EXPECT_EQ(world.count("contact_opened"), 0u);
    EXPECT_EQ(field_of(handed.write(ContactGoes::left_out, "", "Winifred told us.")), "notice_words");
}

TEST(AnotherArea, WhoToldGoesOnlyIfTheyAgreeOrDangerRequiresItWithTheReason) {
    World known;
    HandedOn handed(known.a_person());
    World& world = handed.world;
    EXPECT_EQ(field_of(handed.write(ContactGoes::they_agree)), "contact_why");
    EXPECT_EQ(field_of(handed.write(ContactGoes::danger_requires, "They must be rung at once.")), "contact_goes")
        << "no danger is marked";
    EXPECT_EQ(world.count("told_onward"), 0u);
    EXPECT_EQ(world.count("contact_opened"), 0u);

    const auto notice = must(handed.write(ContactGoes::they_agree, "Said so when I rang at ten."));

    ASSERT_TRUE(notice.contact.has_value());
    EXPECT_EQ(notice.contact->name, known.a_person().name);
    EXPECT_EQ(World::fact(world.last("told_onward"), "contact"), "they_agree");
    EXPECT_EQ(World::fact(world.last("contact_opened"), "purpose"), "another_area");
    EXPECT_EQ(handed.view().steps.at(1).said.words, "Said so when I rang at ten.");

    must(app::mark_danger(world.house(), world.manager().actor, handed.told.id, concerns::DangerMark::by_manager, "!"));
    EXPECT_TRUE(must(handed.write(ContactGoes::danger_requires, "They must be rung at once.")).contact.has_value());
    must(app::answer_in_writing(world.house(), world.manager().actor, world.manager().holder, handed.told.id,
                                world.standard_reply(world.plymouth.id), ""));
    EXPECT_EQ(field_of(handed.write(ContactGoes::they_agree, "Said so.")), "contact_goes") << "the way in has closed";
    EXPECT_FALSE(must(handed.write(ContactGoes::left_out)).contact.has_value());
}

TEST(AnotherArea, AManagerEndsItWithAReasonWhereItStaysHere) {
    HandedOn handed;
    World& world = handed.world;
    const auto end = [&](const Staff& who, std::string_view why) {
        return app::end_onward(world.house(), who.actor, handed.told.id, Whom::another_area, why);
    };
    EXPECT_EQ(field_of(end(world.manager(), " ")), "onward_why");
    EXPECT_EQ(code_of(end(world.call_taker(), "why")), Code::not_found);
    must(end(world.manager(), "He moved back to us."));
    EXPECT_TRUE(world.queue(world.manager()).told_on.empty());
    EXPECT_EQ(world.last("onward_ended").by, world.manager().id().text());
}

TEST(TheDesignatedOfficer, IsOwedAWorryAboutSomeoneWhoWorksWithChildrenWhoeverSaysSo) {
    World world;
    auto telling = world.a_worry();
    telling.account.answers[Field::works_with_children] = "yes";
    const auto reported = world.report(telling);
    auto words = world.words_of_a_call();
    words.account.answers[Field::works_with_children] = "yes";
    const auto call = world.begin_call(words);
    EXPECT_TRUE(world.queue(world.manager()).told_on.size() == 1u) << "a call owes it when it is handed over";
    world.hand_over(call);
    // Each stands on the ledger with the act that it came with.
    for (const char* act : {"concern_received", "concern_handed_over"}) {
        const auto digests = world.last(act).digests;
        EXPECT_EQ(std::ranges::count(digests, std::string("onward_steps"), &ledger::Digest::table), 1) << act;
    }
    const auto other = world.report(world.a_worry());
    must(app::mark_works_with_children(world.house(), world.manager().actor, other.id, "The swimming coach."));
    EXPECT_EQ(code_of(app::mark_works_with_children(world.house(), world.manager().actor, other.id, "Again.")),
              Code::conflict);
    EXPECT_EQ(field_of(app::mark_works_with_children(world.house(), world.manager().actor, other.id, "")),
              "onward_why");
    EXPECT_EQ(world.queue(world.manager()).told_on.size(), 3u);
    const auto by = [&](ConcernId id) { return world.read(world.manager(), id).onward.at(0).steps.at(0).by; };
    EXPECT_EQ(by(reported.id), "") << "the reporter";
    EXPECT_EQ(by(call), world.call_taker().name);
    EXPECT_EQ(by(other.id), world.manager().name);
    telling = world.a_worry();
    telling.account.answers[Field::works_with_children] = "no";
    world.report(telling);
    EXPECT_EQ(world.queue(world.manager()).told_on.size(), 3u);
}

TEST(TheDesignatedOfficer, IsOwedItOnceTheWrittenFormSaysSo) {
    World world;
    const auto call = world.begin_call();
    const auto code = world.hand_over(call).code;
    EXPECT_TRUE(world.queue(world.manager()).told_on.empty());
    must(app::change_form(world.house(), code, [](app::Draft& draft) {
        draft.account.answers[Field::how_known] = "saw";
        draft.account.answers[Field::works_with_children] = "yes";
    }));
    must(app::send_form(world.house(), code));
    ASSERT_EQ(world.queue(world.manager()).told_on.size(), 1u);
    EXPECT_EQ(world.read(world.manager(), call).onward.at(0).steps.at(0).by, "") << "the reporter";
}

TEST(TheDesignatedOfficer, IsToldWithinOneWorkingDayAndItIsSeenUntilThen) {
    World world;
    world.clock.move_to(at("2026-06-12 16:00"));  // a Friday
    const auto told = world.report(world.a_worry());
    must(app::mark_works_with_children(world.house(), world.call_taker().actor, told.id, "A teaching assistant."));
    const auto view = [&] { return world.read(world.manager(), told.id).onward.at(0); };
    EXPECT_EQ(view().due_at, at("2026-06-16 00:00")) << "the end of Monday";
    world.clock.move_to(at("2026-06-16 00:00") + Duration(1));
    EXPECT_TRUE(view().is_late);

    must(app::report_onward(
        world.house(), world.manager().actor, told.id,
        {Whom::designated_officer, OnwardStep::told, {"Ms Example, LADO", "01632 960203", ""}, world.clock.now()}));

    EXPECT_TRUE(world.queue(world.manager()).told_on.empty());
    EXPECT_EQ(view().state.told_at, world.clock.now());
    EXPECT_EQ(World::fact(world.last("told_onward"), "whom"), "designated_officer");
    EXPECT_EQ(must(ledger::encode(world.last("told_onward"))).find("Ms Example"), std::string::npos);
}

}  // namespace
}  // namespace kith::test
