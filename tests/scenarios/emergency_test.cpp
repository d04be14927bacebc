// Who told, opened by one person alone in an emergency, and reviewed afterwards (reporters-vault, Rules).
#include "app/emergency.hpp"

#include "app/people.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {
using app::OpeningPurpose;
using app::Verdict;
using parties::Role;
using parties::Seat;

class OpenedInAnEmergency : public testing::Test {
  protected:
    World world;
    const std::string why = "He says he will find out tonight who told.";

    /// Answered, so that no manager has a way in.
    TakenWorry answered() {
        auto telling = world.a_worry();
        telling.contact = world.a_person();
        const auto told = world.report(telling);
        must(world.decide(world.manager(), told.id, world.a_decision(told.id)));
        return told;
    }
    Result<concerns::Contact> open(const Staff& one, ConcernId id,
                                   OpeningPurpose purpose = OpeningPurpose::protect_the_reporter) {
        return app::open_in_emergency(world.house(), one.actor, one.holder, world.concern(id).reference, purpose, why);
    }
    std::vector<app::OpeningView> seen_by(const Staff& one) {
        return must(app::see_openings(world.house(), one.actor));
    }
    Result<void> review(const Staff& one, OpeningId id) {
        return app::review_opening(world.house(), one.actor, id, Verdict::right, "The threat was real; police went.");
    }
    /// The rota names this deputy for the custodian's seat from now on.
    void put_on_the_rota(const Staff& deputy) {
        const Instant now = world.clock.now(), until = now + std::chrono::hours(24 * 10);
        world.set_rota(world.plymouth,
                       {{world.manager().id(), Seat::manager, now - std::chrono::hours(2), until},
                        {deputy.id(), Seat::custodian, now - std::chrono::hours(2), until}},
                       until);
    }
};

TEST_F(OpenedInAnEmergency, ACustodianOpensAloneWithPurposeAndReasonAndItStandsOnTheLedger) {
    const auto told = answered();
    EXPECT_EQ(must(open(world.custodian, told.id)), world.a_person());
    const auto leaf = world.last("contact_opened");
    EXPECT_EQ(leaf.by, world.custodian.id().text());
    EXPECT_EQ(leaf.subject, told.id.text());
    EXPECT_EQ(World::fact(leaf, "way"), "emergency");
    EXPECT_EQ(World::fact(leaf, "purpose"), "protect_the_reporter");
    EXPECT_FALSE(leaf.clauses.empty());
    EXPECT_TRUE(world.verify().intact());
    const auto openings = seen_by(world.second_custodian);
    ASSERT_EQ(openings.size(), 1u);
    EXPECT_TRUE(openings[0].emergency);
    EXPECT_EQ(openings[0].reason, why);
    EXPECT_EQ(world.notices.count(world.second_custodian.email, app::Notice::custody_asked), 1u);
    EXPECT_EQ(world.notices.count(world.custodian.email, app::Notice::custody_asked), 0u);
}

TEST_F(OpenedInAnEmergency, OnlyToProtectSomebodyAndOnlyWithAReason) {
    const auto told = answered();
    for (const auto purpose : {OpeningPurpose::police, OpeningPurpose::court_order, OpeningPurpose::answer,
                               OpeningPurpose::correction, OpeningPurpose::access_request})
        EXPECT_EQ(field_of(open(world.custodian, told.id, purpose)), "purpose");
    EXPECT_EQ(
        field_of(app::open_in_emergency(world.house(), world.custodian.actor, world.custodian.holder,
                                        world.concern(told.id).reference, OpeningPurpose::protect_the_child, "  ")),
        "reason");
    EXPECT_EQ(world.count("contact_opened"), 0u);
}

TEST_F(OpenedInAnEmergency, AnotherCustodianReviewsItOnceAndUntilThenItWaits) {
    const auto told = answered();
    must(open(world.custodian, told.id));
    const OpeningId id = seen_by(world.custodian).at(0).id;
    EXPECT_FALSE(seen_by(world.custodian).at(0).may_review) << "nobody reviews themselves";
    EXPECT_TRUE(seen_by(world.second_custodian).at(0).may_review);
    EXPECT_FALSE(seen_by(world.manager()).at(0).may_review);
    for (const Staff* one :
         std::initializer_list<const Staff*>{&world.custodian, &world.manager(), &world.auditor, &world.administrator})
        EXPECT_EQ(code_of(review(*one, id)), Code::not_found) << one->name;
    EXPECT_EQ(field_of(app::review_opening(world.house(), world.second_custodian.actor, id, Verdict::wrong, " ")),
              "review");
    EXPECT_TRUE(seen_by(world.second_custodian).at(0).second.empty()) << "it waits";

    must(review(world.second_custodian, id));

    EXPECT_EQ(World::fact(world.last("opening_reviewed"), "verdict"), "right");
    const auto after = seen_by(world.custodian).at(0);
    EXPECT_EQ(after.second, world.second_custodian.name);
    EXPECT_EQ(after.review, "The threat was real; police went.");
    EXPECT_FALSE(seen_by(world.second_custodian).at(0).may_review) << "it waits no more";
    EXPECT_EQ(code_of(review(world.second_custodian, id)), Code::conflict) << "once";
}

TEST_F(OpenedInAnEmergency, WhoMustNotSeeItOrWasShutOutNeitherOpensNorReviews) {
    const auto told = answered();
    must(open(world.custodian, told.id));
    const OpeningId id = seen_by(world.custodian).at(0).id;
    const Staff third = world.member("Corin Ashby", {}, {Role::custodian});
    must(world.house().store.write([&](app::Tables& tables) {
        return tables.concerns().exclude(told.id, world.second_custodian.id(), world.clock.now());
    }));
    EXPECT_EQ(code_of(open(world.second_custodian, told.id)), Code::not_found);
    EXPECT_EQ(code_of(review(world.second_custodian, id)), Code::not_found);
    EXPECT_TRUE(seen_by(world.second_custodian).empty());
    must(app::shut_out(world.house(), world.administrator.actor, third.id()));
    EXPECT_EQ(code_of(review(third, id)), Code::not_found);
    EXPECT_EQ(code_of(open(third, told.id)), Code::not_found);
}

TEST_F(OpenedInAnEmergency, ADeputyOpensAloneOnlyInAnHourForWhichTheRotaNamesThem) {
    const auto told = answered();
    const Staff& deputy = world.plymouth.second_manager;
    must(app::name_deputy(world.house(), world.custodian.actor, world.custodian.holder, deputy.id()));
    EXPECT_EQ(World::fact(world.last("deputy_named"), "key_list"),
              std::to_string(must(world.house().key_list())->list.number));
    EXPECT_EQ(code_of(open(deputy, told.id)), Code::not_found) << "a custodian is on the rota";
    put_on_the_rota(deputy);
    EXPECT_EQ(must(open(deputy, told.id)), world.a_person());
    EXPECT_EQ(code_of(open(world.manager(), told.id)), Code::not_found);
    EXPECT_EQ(code_of(open(world.hackney.manager, told.id)), Code::not_found);
    world.clock.move(std::chrono::hours(24 * 11));
    EXPECT_EQ(code_of(open(deputy, told.id)), Code::not_found) << "the hours are over";
}

TEST_F(OpenedInAnEmergency, NobodyGivesThemselvesTheHoursInWhichADeputyOpensAlone) {
    const auto told = answered();
    const Staff& deputy = world.plymouth.second_manager;
    must(app::name_deputy(world.house(), world.custodian.actor, world.custodian.holder, deputy.id()));
    const Instant now = world.clock.now(), until = now + std::chrono::hours(24 * 3);
    const auto rota_with = [&](const Staff& in_the_seat) {
        return std::vector<parties::Shift>{{world.manager().id(), Seat::manager, now, until},
                                           {world.custodian.id(), Seat::custodian, now, until},
                                           {in_the_seat.id(), Seat::custodian, now, until}};
    };
    const auto set = [&](const Staff& by, const std::vector<parties::Shift>& shifts) {
        return app::set_rota(world.house(), by.actor, world.plymouth.id, now, until, shifts);
    };
    EXPECT_EQ(field_of(set(deputy, rota_with(deputy))), "custodian_hours");
    EXPECT_EQ(field_of(set(world.manager(), rota_with(deputy))), "custodian_hours") << "nor does a colleague";
    EXPECT_EQ(World::fact(world.last("refused"), "act"), "set_rota");
    EXPECT_EQ(code_of(open(deputy, told.id)), Code::not_found);

    must(set(world.administrator, rota_with(deputy)));
    must(set(deputy, rota_with(deputy)));  // as they stand: a manager lays the managers' hours around them
    EXPECT_EQ(must(open(deputy, told.id)), world.a_person());
    auto longer = rota_with(deputy);
    for (auto& shift : longer) shift.until = until + std::chrono::hours(1);
    EXPECT_EQ(field_of(app::set_rota(world.house(), deputy.actor, world.plymouth.id, now, until + std::chrono::hours(1),
                                     longer)),
              "custodian_hours");
    must(set(world.manager(), {{world.manager().id(), Seat::manager, now, until},
                               {world.second_custodian.id(), Seat::custodian, now, until}}));
    EXPECT_EQ(code_of(open(deputy, told.id)), Code::not_found);
}

TEST_F(OpenedInAnEmergency, AnAdministratorWhoDeputisesIsNamedByAnother) {
    const Staff both = world.member("Petra Vane", world.plymouth.id, {Role::manager, Role::administrator});
    const Instant now = world.clock.now(), until = now + std::chrono::hours(24);
    const std::vector<parties::Shift> own{{world.manager().id(), Seat::manager, now, until},
                                          {both.id(), Seat::custodian, now, until}};
    EXPECT_EQ(field_of(app::set_rota(world.house(), both.actor, world.plymouth.id, now, until, own)),
              "custodian_hours");
    must(app::set_rota(world.house(), world.administrator.actor, world.plymouth.id, now, until, own));
}

TEST_F(OpenedInAnEmergency, WhoOnlySitsInTheSeatWithoutTheKeyOpensNothing) {
    const auto told = answered();
    put_on_the_rota(world.plymouth.second_manager);
    EXPECT_EQ(code_of(open(world.plymouth.second_manager, told.id)), Code::not_found);
    EXPECT_FALSE(app::holds_custody(world.house(), world.plymouth.second_manager.actor));
    EXPECT_EQ(code_of(app::name_deputy(world.house(), world.custodian.actor, world.custodian.holder,
                                       world.call_taker().id())),
              Code::conflict)
        << "managers only";
}

TEST_F(OpenedInAnEmergency, AskingAndNamingOnTheRotaOpensNothingWithoutTheSecondPerson) {
    const auto told = answered();
    const auto id = must(app::ask_opening(world.house(), world.custodian.actor, world.concern(told.id).reference,
                                          OpeningPurpose::protect_the_child, why));
    EXPECT_EQ(code_of(app::open_afterwards(world.house(), world.custodian.actor, world.custodian.holder, id)),
              Code::not_found)
        << "the rota names them, and still two must agree";
}

}  // namespace
}  // namespace kith::test
