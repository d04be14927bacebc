// A session that outlived its member; the clock under Settings; a rota that is not theirs to write.
#include "app/clockwork.hpp"
#include "app/emergency.hpp"
#include "app/people.hpp"
#include "pages.hpp"

namespace kith::test {
namespace {

class StaffPages : public Pages {};

TEST_F(StaffPages, ASessionOfSomebodyWhoWasShutOutElsewhereIsClosedAtTheDoor) {
    Browser maud = signed_in(world.manager());
    ASSERT_EQ(maud.get("/me").status, 200);
    // As the command line does it: no handler of this site has a part in it.
    must(app::shut_out(world.house(), world.administrator.actor, world.manager().id()));
    const auto answer = maud.get("/me");
    EXPECT_EQ(answer.status, 303);
    EXPECT_TRUE(where_to(answer).starts_with("/sign-in")) << where_to(answer);
}

TEST_F(StaffPages, TheClockInDoubtIsSaidToAdministratorsAndCustodiansAndConfirmedByTheFormer) {
    Browser ada = signed_in(world.administrator), constance = signed_in(world.custodian);
    const std::string_view form = "action=\"/clock\"";
    EXPECT_FALSE(says(ada.get("/settings"), form));
    world.house().clock_watch.begin(world.clock);
    world.clock.set_wall(world.clock.now() - std::chrono::minutes(61));
    must(app::Clockwork(world.house()).tick());
    EXPECT_TRUE(says(ada.get("/settings"), form));
    const auto seen = constance.get("/settings");
    EXPECT_TRUE(says(seen, "until an administrator confirms the clock"));
    EXPECT_FALSE(says(seen, form));
    EXPECT_EQ(constance.send("/clock", {}).status, 403);
    ASSERT_TRUE(world.house().alarms.has(app::Alarm::clock_in_doubt));

    EXPECT_EQ(where_to(ada.send("/clock", {})), "/settings?done=clock");

    EXPECT_FALSE(world.house().alarms.has(app::Alarm::clock_in_doubt));
    EXPECT_TRUE(says(ada.get("/settings?done=clock"), "The clock is confirmed"));
    EXPECT_EQ(where_to(ada.send("/clock", {})), "/settings?done=clock") << "pressed twice";
    EXPECT_EQ(world.count("clock_confirmed"), 1u);
}

TEST_F(StaffPages, ADeputyIsToldThatTheirOwnHoursAreNotTheirsToGive) {
    const Staff& deputy = world.plymouth.second_manager;
    must(app::name_deputy(world.house(), world.custodian.actor, world.custodian.holder, deputy.id()));
    Browser silas = signed_in(deputy);
    Fields form{{"door", "plymouth"}, {"week", "2026-06-08"}, {"do", "save"}};
    const auto add = [&](const parties::Shift& shift) {
        form.emplace_back("shift", std::string(shift.seat == parties::Seat::manager ? "manager " : "custodian ") +
                                       shift.member.text() + ' ' + std::to_string(to_millis(shift.from)) + ' ' +
                                       std::to_string(to_millis(shift.until)));
    };
    const Instant sunday = at("2026-06-15 00:00");
    for (const auto& shift :
         must(app::see_rota(world.house(), deputy.actor, world.plymouth.id, world.clock.now(), sunday)).shifts)
        add(shift);
    add({deputy.id(), parties::Seat::custodian, world.clock.now(), at("2026-06-12 00:00")});
    const auto before = world.count("rota_set");
    silas.get("/rota");

    const auto answer = silas.send("/rota", form);

    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(says(answer, "nobody for themselves"));
    EXPECT_EQ(world.count("rota_set"), before);
}

}  // namespace
}  // namespace kith::test
