// Promise: nobody learns who told. What those who work here write about a worry lies as sealed as the worry itself.
#include <gtest/gtest.h>

#include "app/emergency.hpp"
#include "app/parties.hpp"
#include "properties/planted_words.hpp"

namespace kith::test {
namespace {

struct Desk {
    World world;
    Markers markers;
    const Staff& manager = world.manager();

    TakenWorry tell() {
        auto telling = world.a_worry();
        telling.contact = world.a_person();
        return world.report(telling);
    }
    app::DecisionForm decision(ConcernId id) {
        auto form = world.a_decision(id);
        form.reasons = markers.next();
        return form;
    }
    std::string reference(const TakenWorry& told) { return world.concern(told.id).reference; }
};

TEST(WhatStaffWrite, OfAWorryAtTheDeskStandsInNoByteOnDisk) {
    Desk desk;
    World& world = desk.world;
    auto next = [&] { return desk.markers.next(); };
    const auto told = desk.tell(), danger = desk.tell();
    must(app::mark_danger(world.house(), desk.manager.actor, danger.id, concerns::DangerMark::by_manager, next()));
    must(app::note_motive(world.house(), desk.manager.actor, told.id, next(), next()));
    must(app::ask_for_more(world.house(), desk.manager.actor, desk.manager.holder, told.id, next(),
                           world.clock.now() + std::chrono::minutes(5)));
    must(app::mark_each(world.house(), desk.manager.actor, told.id, Field::what_seen, "bruises"));
    const auto mark = world.read(desk.manager, told.id).account.marked.at(0);
    const auto put = must(app::put_instead(world.house(), desk.manager.actor, told.id, mark, next()));
    ASSERT_FALSE(put.refused.has_value());
    must(app::ring_back(world.house(), desk.manager.actor, told.id, {app::Reached::no_answer, next(), ""}));
    world.clock.move(std::chrono::hours(2));
    auto late = desk.decision(told.id);
    late.late_reason = next();
    must(world.decide(desk.manager, told.id, late));
    must(app::mark_works_with_children(world.house(), desk.manager.actor, danger.id, next()));
    expect_nowhere(world, desk.markers.all);
}

TEST(WhatStaffWrite, OfWhatIsToldOnStandsInNoByteOnDisk) {
    Desk desk;
    World& world = desk.world;
    auto next = [&] { return desk.markers.next(); };
    const auto told = desk.tell();
    auto form = desk.decision(told.id);
    form.decision.actions = {concerns::Action::another_area};
    form.area = next();
    form.judged = app::JudgedHere::no_danger;
    form.reply.clear();
    must(world.decide(desk.manager, told.id, form));
    const auto step = [&](concerns::OnwardStep what) {
        must(app::report_onward(world.house(), desk.manager.actor, told.id,
                                {concerns::Whom::another_area, what, {next(), next(), next()}, world.clock.now()}));
    };
    step(concerns::OnwardStep::told);
    must(app::write_notice(world.house(), desk.manager.actor, desk.manager.holder, told.id,
                           {app::ContactGoes::they_agree, next(), next(), next(), next()}));
    step(concerns::OnwardStep::confirmed);
    const auto officer = desk.tell();
    must(app::mark_works_with_children(world.house(), desk.manager.actor, officer.id, next()));
    must(app::end_onward(world.house(), desk.manager.actor, officer.id, concerns::Whom::designated_officer, next()));
    expect_nowhere(world, desk.markers.all);
}

TEST(WhatStaffWrite, OfAnOpeningStandsInNoByteOnDisk) {
    Desk desk;
    World& world = desk.world;
    auto next = [&] { return desk.markers.next(); };
    const auto told = desk.tell();
    const auto asked = [&](const app::Demand& demand) {
        return must(app::ask_opening(world.house(), world.custodian.actor, desk.reference(told),
                                     app::OpeningPurpose::court_order, next(), demand));
    };
    const auto demand = [&] { return app::Demand{next(), next(), next(), next(), next()}; };
    const auto first = asked(demand());
    must(app::answer_by_intermediary(world.house(), world.second_custodian.actor, first, next()));
    const auto second = asked(demand());
    must(app::second_opening(world.house(), world.second_custodian.actor, second, app::OpeningState::agreed));
    must(app::open_afterwards(world.house(), world.custodian.actor, world.custodian.holder, second));
    must(app::open_in_emergency(world.house(), world.custodian.actor, world.custodian.holder, desk.reference(told),
                                app::OpeningPurpose::protect_the_child, next()));
    const auto openings = must(app::see_openings(world.house(), world.second_custodian.actor));
    const auto alone = std::ranges::find(openings, true, &app::OpeningView::emergency);
    ASSERT_NE(alone, openings.end());
    must(app::review_opening(world.house(), world.second_custodian.actor, alone->id, app::Verdict::right, next()));
    expect_nowhere(world, desk.markers.all);
}

}  // namespace
}  // namespace kith::test
