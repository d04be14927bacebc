// Whom to ring, and what keeps a front door closed.
#include "clause.hpp"
#include "protocol/shipped.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {
using protocol::Purpose;

std::vector<protocol::ContactPoint> points(World& world, const DoorStaff& door) {
    return world.questions(door.id).contact_points(world.clock.now()).value();
}

TEST(ContactPoints, ThePlymouthGatewayIsFirst) {
    KITH_CLAUSE("PLY-018");
    World world;
    const auto all = points(world, world.plymouth);
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(all[0].purpose, Purpose::front_door);
    EXPECT_EQ(all[0].label, "Plymouth Gateway");
    EXPECT_NE(std::ranges::find(all[0].basis.clauses, "PLY-018"), all[0].basis.clauses.end());
}

TEST(ContactPoints, ThePlymouthNumberAndItsOptionAreTwoSettingsWithADate) {
    KITH_CLAUSE("PLY-019");
    World world;
    const auto gateway = points(world, world.plymouth).at(0);
    EXPECT_EQ(gateway.number, "01752 668000");
    EXPECT_EQ(gateway.option, "1");
    EXPECT_NE(std::ranges::find(gateway.basis.clauses, "PLY-019"), gateway.basis.clauses.end());
    const auto before = world.questions(world.plymouth.id)
                            .contact_points(std::chrono::sys_days(gateway.effective_from) - std::chrono::hours(2));
    EXPECT_TRUE(std::ranges::none_of(before.value(), [](const auto& point) {
        return point.purpose == Purpose::front_door;
    })) << "not before the day from which it holds";
}

TEST(ContactPoints, HackneysFirstAccessScreeningTeamIsFirst) {
    KITH_CLAUSE("HAC-016");
    World world;
    const auto all = points(world, world.hackney);
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(all[0].purpose, Purpose::front_door);
    EXPECT_EQ(all[0].label, "First Access Screening Team (FAST)");
    EXPECT_EQ(world.questions(world.hackney.id).word(protocol::Term::front_door), "First Access Screening Team (FAST)");
    EXPECT_TRUE(world.questions(world.hackney.id).contact_points(world.clock.now()).locally_decided_by().has_value());
}

TEST(OpeningHackney, IsRefusedWhileTheNumberIsMissingAndNamesIt) {
    KITH_CLAUSE("HAC-017");
    World world({.hackney_terms = false, .rotas = true});
    world.set_rota(world.hackney,
                   {{world.hackney.manager.id(), parties::Seat::manager, world.clock.now(),
                     world.clock.now() + std::chrono::hours(24 * 30)},
                    {world.custodian.id(), parties::Seat::custodian, world.clock.now(),
                     world.clock.now() + std::chrono::hours(24 * 30)}},
                   world.clock.now() + std::chrono::hours(24 * 30));
    const auto decided = protocol::demonstration_terms(must(protocol::shipped_pack("hackney-community")),
                                                       Day(std::chrono::floor<std::chrono::days>(world.clock.now())));
    for (const auto& [key, term] : decided.all())
        if (key != protocol::TermKey::contact_number)
            must(app::set_local_term(world.house(), world.administrator.actor, world.hackney.id, protocol::name_of(key),
                                     term.text, term.decision));

    const auto ready = must(app::readiness(world.house(), world.hackney.id));
    EXPECT_EQ(ready.missing_terms, std::vector{protocol::TermKey::contact_number}) << "the missing one by its name";
    EXPECT_EQ(code_of(app::open_front_door(world.house(), world.administrator.actor, world.hackney.id)),
              Code::conflict);
    EXPECT_TRUE(std::ranges::none_of(points(world, world.hackney), [](const auto& point) {
        return point.purpose == Purpose::front_door;
    })) << "and none is borrowed from elsewhere";
    EXPECT_EQ(code_of(app::report_worry(world.house(), world.a_worry_in_hackney())), Code::unavailable);

    EXPECT_EQ(field_of(app::set_local_term(world.house(), world.administrator.actor, world.hackney.id, "contact_number",
                                           "01632 960300", {"", {}})),
              "decider");
    const protocol::LocalDecision decision{"Head of service",
                                           Day(std::chrono::floor<std::chrono::days>(world.clock.now()))};
    must(app::set_local_term(world.house(), world.administrator.actor, world.hackney.id, "contact_number",
                             "01632 960300", decision));
    must(app::open_front_door(world.house(), world.administrator.actor, world.hackney.id));

    EXPECT_EQ(points(world, world.hackney).at(0).number, "01632 960300");
    EXPECT_EQ(world.last("front_door_opened").subject, world.hackney.id.text());
    world.report(world.a_worry_in_hackney());
}

TEST(Emergency, PlymouthSaysRing999) {
    KITH_CLAUSE("PLY-026");
    World world;
    const auto words = world.questions(world.plymouth.id).emergency_words();
    EXPECT_NE(words.value().headline.find("999"), std::string::npos);
    EXPECT_NE(words.value().cannot_speak.find("55"), std::string::npos);
    EXPECT_EQ(words.clauses(), Clauses{"PLY-026"});

    auto telling = world.a_worry();
    telling.danger = concerns::DangerMark::by_reporter;
    const auto told = world.report(telling);

    EXPECT_EQ(world.concern(told.id).with, world.manager().id()) << "and it is handed over all the same";
    EXPECT_EQ(World::fact(world.last("concern_received"), "danger"), "by_reporter");
}

TEST(Emergency, HackneySaysRing999EvenWhileItsFrontDoorIsClosed) {
    KITH_CLAUSE("HAC-018");
    World world({.hackney_terms = false, .rotas = true});
    const auto words = world.questions(world.hackney.id).emergency_words();
    EXPECT_NE(words.value().headline.find("999"), std::string::npos);
    EXPECT_EQ(words.clauses(), Clauses{"HAC-018"});
    EXPECT_EQ(code_of(app::report_worry(world.house(), world.a_worry_in_hackney())), Code::unavailable);
    EXPECT_EQ(world.concerns_kept(), 0u);
}

}  // namespace
}  // namespace kith::test
