// A worry that comes when nobody is on duty is taken, and told at once to every manager of that front door, to the
// administrators and to whoever is on call (front-door 6).
#include "app/clockwork.hpp"
#include "app/people.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {
using app::Notice;
using parties::Role;
using parties::Seat;

class Unattended : public testing::Test {
  protected:
    World world;
    const Staff on_call = world.member("Corin Ashby", {}, {Role::custodian});

    void SetUp() override {
        // Hours with nobody in the manager's seat come of somebody's leaving; no rota with a gap is saved.
        const Instant until = world.clock.now() + std::chrono::hours(24);
        must(world.house().store.write([&](app::Tables& tables) {
            return tables.members().put_rota(world.plymouth.id, world.clock.now() - std::chrono::hours(24),
                                             {{on_call.id(), Seat::custodian, world.clock.now(), until}});
        }));
        world.notices.forget();
    }
    std::size_t told(const Staff& who) { return world.notices.count(who.email, Notice::unattended); }
    void expect_told_to_those_concerned() {
        for (const Staff* one : std::initializer_list<const Staff*>{
                 &world.plymouth.manager, &world.plymouth.second_manager, &world.administrator, &on_call})
            EXPECT_EQ(told(*one), 1u) << one->name;
        for (const Staff* one : std::initializer_list<const Staff*>{&world.hackney.manager, &world.call_taker(),
                                                                    &world.auditor, &world.custodian})
            EXPECT_EQ(told(*one), 0u) << one->name;
    }
};

TEST_F(Unattended, AReportIsToldAtOnceToManagersAdministratorsAndWhoeverIsOnCall) {
    const auto report = world.report(world.a_worry());
    EXPECT_FALSE(world.concern(report.id).with);
    expect_told_to_those_concerned();
}

TEST_F(Unattended, SoIsACall) {
    EXPECT_FALSE(world.hand_over(world.begin_call()).with);
    expect_told_to_those_concerned();
}

TEST_F(Unattended, WhoMustNotSeeItIsNotTold) {
    auto telling = world.a_worry();
    telling.must_not_see = world.plymouth.second_manager.name;
    world.report(telling);
    EXPECT_EQ(told(world.plymouth.second_manager), 0u);
    EXPECT_EQ(told(world.plymouth.manager), 1u);
}

TEST_F(Unattended, WhenItRunsLateTheSameAreToldAgain) {
    world.report(world.a_worry());
    world.notices.forget();
    world.clock.move(std::chrono::minutes(50));
    EXPECT_EQ(must(app::Clockwork(world.house()).tick()).told_late, 1u);
    expect_told_to_those_concerned();
}

TEST(AWorry, WhoseManagerStepsBackWithNobodyElseOnDutyIsToldAsUnattended) {
    World world;
    const auto report = world.report(world.a_worry());
    must(app::shut_out(world.house(), world.administrator.actor, world.plymouth.second_manager.id()));
    world.notices.forget();
    must(app::step_back(world.house(), world.manager().actor, report.id));
    EXPECT_FALSE(world.concern(report.id).with);
    EXPECT_EQ(world.notices.count(world.administrator.email, Notice::unattended), 1u);
    EXPECT_EQ(world.notices.count(world.manager().email, Notice::unattended), 0u) << "it is not there for them";
    EXPECT_EQ(world.notices.count(world.plymouth.second_manager.email, Notice::unattended), 0u) << "who has left";
}

}  // namespace
}  // namespace kith::test
