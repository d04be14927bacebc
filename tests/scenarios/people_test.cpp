// Coming to work here, one's own account, and what keeps a rota whole.
#include "app/account.hpp"
#include "base/london.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {
using parties::Role;
using parties::Seat;

class People : public testing::Test {
  protected:
    World world;

    std::string code(const SecretBytes& secret) {
        return world.house().codes.code_at(secret, world.clock.now()).expose();
    }
    /// The same code does not count twice.
    void next_code() { world.clock.move(std::chrono::seconds(30)); }
    SecretText invite(std::string_view name, parties::Roles roles) {
        app::Newcomer who{std::string(name), "newcomer@example.test", world.plymouth.id, roles, {}};
        return must(app::invite(world.house(), world.administrator.actor, who)).link_secret;
    }
    Result<app::Enrolled> accept(const SecretText& link, const SecretText& password) {
        const auto factor = must(app::offer_to_invited(world.house(), link, {}));
        return app::accept_invitation(world.house(), link, {password, factor.kept, code(factor.secret)});
    }
    Result<app::SignedIn> sign_in(const std::string& email, const SecretText& password, const SecretBytes& secret) {
        next_code();
        return app::sign_in(world.house(), email, password, code(secret));
    }
};

TEST_F(People, ASecondFactorCountsOnlyOnceACodeMadeWithItWasRight) {
    const auto link = invite("Petra Vane", {Role::manager});
    const SecretText password("four words of my own");
    const auto factor = must(app::offer_to_invited(world.house(), link, {}));
    EXPECT_EQ(field_of(app::accept_invitation(world.house(), link, {password, factor.kept, "000000"})),
              "one_time_code");
    EXPECT_EQ(field_of(app::accept_invitation(world.house(), link, {password, to_hex(Bytes(60)), code(factor.secret)})),
              "one_time_code")
        << "only one that was offered here";
    EXPECT_EQ(must(app::offer_to_invited(world.house(), link, factor.kept)).key.expose(), factor.key.expose())
        << "the picture stays the same";
    const auto enrolled =
        must(app::accept_invitation(world.house(), link, {password, factor.kept, code(factor.secret)}));
    EXPECT_TRUE(sign_in("newcomer@example.test", password, enrolled.code_secret).has_value());
    EXPECT_EQ(code_of(app::read_invitation(world.house(), link)), Code::not_found) << "used up";
}

TEST_F(People, ACustodianGetsAPassPhraseAndChoosesNone) {
    const auto link = invite("Petra Vane", {Role::custodian});
    const auto enrolled = must(accept(link, SecretText("a password of my own")));
    ASSERT_FALSE(enrolled.pass_phrase.expose().empty());
    EXPECT_FALSE(
        sign_in("newcomer@example.test", SecretText("a password of my own"), enrolled.code_secret).has_value());
    EXPECT_TRUE(sign_in("newcomer@example.test", enrolled.pass_phrase, enrolled.code_secret).has_value());
}

TEST_F(People, WhoWasShutOutCanBeInvitedAnewAndIsThenSomebodyElseToTheKeys) {
    const auto& old = world.plymouth.second_manager;
    app::Newcomer again{old.name, old.email, world.plymouth.id, {Role::manager}, {}};
    EXPECT_EQ(code_of(app::invite(world.house(), world.administrator.actor, again)), Code::conflict);
    must(app::shut_out(world.house(), world.administrator.actor, old.id()));
    const auto link = must(app::invite(world.house(), world.administrator.actor, again)).link_secret;
    const auto enrolled = must(accept(link, SecretText("another long password")));
    EXPECT_NE(enrolled.id, old.id());
    EXPECT_EQ(must(app::awaiting_admission(world.house())), std::vector{enrolled.id});
    EXPECT_FALSE(sign_in(old.email, old.password, old.code_secret).has_value());
    EXPECT_EQ(code_of(app::shut_out(world.house(), world.administrator.actor, world.administrator.id())),
              Code::conflict);
}

TEST_F(People, AManagerAdmittedBeforeTheDutyKeyIsMadeHoldsItAllTheSame) {
    const auto newer = world.member("Petra Vane", world.plymouth.id, {Role::manager});
    must(app::add_duty_key(world.house(), world.custodian.actor, world.custodian.holder, world.plymouth.id));
    auto telling = world.a_worry();
    telling.contact = world.a_person();
    const auto told = world.report(telling);
    EXPECT_EQ(must(world.open_contact(newer, told.id)).name, world.a_person().name);
}

TEST_F(People, AChangedPasswordOpensTheSameKeyAndTheOldOneNothing) {
    const auto& who = world.manager();
    auto telling = world.a_worry();
    telling.contact = world.a_person();
    const auto told = world.report(telling);
    EXPECT_EQ(field_of(app::change_password(world.house(), who.actor, SecretText("not my password"),
                                            SecretText("a new long password"))),
              "old_password");
    EXPECT_EQ(field_of(app::change_password(world.house(), who.actor, who.password, SecretText("short"))), "password");
    must(app::change_password(world.house(), who.actor, who.password, SecretText("a new long password")));
    EXPECT_FALSE(sign_in(who.email, who.password, who.code_secret).has_value());
    const auto in = must(sign_in(who.email, SecretText("a new long password"), who.code_secret));
    EXPECT_EQ(must(app::open_contact(world.house(), in.actor, *in.holder, told.id, app::OpeningPurpose::answer)).name,
              world.a_person().name);
}

TEST_F(People, TheRecoveryCodeLetsBackInOnceAndRefusalsAllLookAlike) {
    const auto& who = world.manager();
    const SecretText fresh("back in with this one");
    const auto recover = [&](const std::string& email, const SecretText& recovery, const std::string& digits) {
        return app::recover(world.house(), {email, digits, recovery, fresh});
    };
    const auto wrong_person = recover("nobody@example.test", who.recovery_code, code(who.code_secret));
    const auto wrong_code = recover(who.email, SecretText("0000-0000-0000-0000-0000-0000"), code(who.code_secret));
    const auto wrong_digits = recover(who.email, who.recovery_code, "000000");
    EXPECT_EQ(field_of(wrong_person), "recovery_code");
    EXPECT_EQ(wrong_person.error(), wrong_code.error());
    EXPECT_EQ(wrong_person.error(), wrong_digits.error());
    const auto back = must(recover(who.email, who.recovery_code, code(who.code_secret)));
    EXPECT_TRUE(sign_in(who.email, fresh, who.code_secret).has_value());
    next_code();
    EXPECT_FALSE(recover(who.email, who.recovery_code, code(who.code_secret)).has_value()) << "used up";
    EXPECT_TRUE(recover(who.email, back.recovery_code, code(who.code_secret)).has_value());
}

TEST_F(People, ANewSecondFactorPutsTheOldOneOutOfUse) {
    const auto& who = world.manager();
    const auto factor = must(app::offer_second_factor_to(world.house(), who.actor, {}));
    EXPECT_EQ(
        field_of(app::change_second_factor(world.house(), who.actor, who.password, factor.kept, code(who.code_secret))),
        "one_time_code");
    must(app::change_second_factor(world.house(), who.actor, who.password, factor.kept, code(factor.secret)));
    EXPECT_FALSE(sign_in(who.email, who.password, who.code_secret).has_value());
    EXPECT_TRUE(sign_in(who.email, who.password, factor.secret).has_value());
    const auto lines = must(app::recent_of_account(world.house(), who.actor, 10));
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[0].act, "signed_in");
    EXPECT_EQ(lines[1].act, "second_factor_changed");
}

TEST_F(People, WhoIsShutOutWhileTheirPasswordIsLookedAtDoesNotComeIn) {
    const Staff& who = world.manager();
    world.crypto().while_stretching = [&] {
        world.crypto().while_stretching = {};
        must(app::shut_out(world.house(), world.administrator.actor, who.id()));
    };
    EXPECT_EQ(field_of(sign_in(who.email, who.password, who.code_secret)), "password");
    EXPECT_EQ(world.count("signed_in"), 0u);
}

TEST_F(People, APasswordThatWasChangedMeanwhileDoesNotLetIn) {
    const Staff& who = world.manager();
    world.crypto().while_stretching = [&] {
        world.crypto().while_stretching = {};
        must(app::change_password(world.house(), who.actor, who.password, SecretText("a new long password")));
    };
    EXPECT_FALSE(sign_in(who.email, who.password, who.code_secret).has_value());
    EXPECT_TRUE(sign_in(who.email, SecretText("a new long password"), who.code_secret).has_value());
}

TEST_F(People, WhoWasShutOutIsRefusedByTheGateWhateverTheirSessionHolds) {
    const auto told = world.report(world.a_worry());
    const Staff gone = world.plymouth.second_manager;
    const auto taken = world.begin_call();
    must(app::shut_out(world.house(), world.administrator.actor, gone.id()));
    must(app::shut_out(world.house(), world.administrator.actor, world.call_taker().id()));
    EXPECT_EQ(code_of(app::see_queue(world.house(), gone.actor)), Code::forbidden);
    EXPECT_EQ(code_of(app::read_concern(world.house(), gone.actor, told.id)), Code::not_found);
    EXPECT_EQ(code_of(world.decide(gone, told.id, world.a_decision(told.id))), Code::not_found);
    EXPECT_EQ(code_of(app::change_password(world.house(), gone.actor, gone.password, SecretText("another password"))),
              Code::forbidden);
    EXPECT_EQ(code_of(app::read_call(world.house(), world.call_taker().actor, world.call_taker().holder, taken)),
              Code::not_found);
    EXPECT_EQ(world.last("refused").by, world.call_taker().id().text());
}

TEST_F(People, ARotaOfOneWeekLeavesTheNextAsItIs) {
    const Instant monday = at("2026-06-15 00:00"), sunday = at("2026-06-22 00:00");
    const std::vector<parties::Shift> week{{world.manager().id(), Seat::manager, monday, sunday},
                                           {world.custodian.id(), Seat::custodian, monday, sunday}};
    const std::vector<parties::Shift> later{{world.manager().id(), Seat::manager, sunday, at("2026-06-29 00:00")},
                                            {world.custodian.id(), Seat::custodian, sunday, at("2026-06-29 00:00")}};
    must(app::set_rota(world.house(), world.manager().actor, world.plymouth.id, sunday, at("2026-06-29 00:00"), later));
    must(app::set_rota(world.house(), world.manager().actor, world.plymouth.id, monday, sunday, week));
    EXPECT_EQ(
        must(app::see_rota(world.house(), world.manager().actor, world.plymouth.id, sunday, at("2026-06-29 00:00")))
            .shifts,
        later);
    auto gap = week;
    gap[0].until = at("2026-06-21 20:00");
    EXPECT_EQ(field_of(app::set_rota(world.house(), world.manager().actor, world.plymouth.id, monday, sunday, gap)),
              "rota");
    EXPECT_EQ(
        code_of(app::set_rota(world.house(), world.hackney.manager.actor, world.plymouth.id, monday, sunday, week)),
        Code::forbidden);
}

TEST_F(People, OnlyWhoIsAdmittedIsOfferedForTheRota) {
    const auto link = invite("Petra Vane", {Role::manager});
    const auto enrolled = must(accept(link, SecretText("four words of my own")));
    const auto offered = [&] {
        return must(app::see_rota(world.house(), world.manager().actor, world.plymouth.id, world.clock.now(),
                                  world.clock.now() + std::chrono::hours(1)))
            .choosable;
    };
    EXPECT_EQ(std::ranges::count(offered(), enrolled.id, &app::MemberView::id), 0);
    must(app::admit(world.house(), world.custodian.actor, world.custodian.holder, enrolled.id));
    EXPECT_EQ(std::ranges::count(offered(), enrolled.id, &app::MemberView::id), 1);
}

TEST_F(People, ANumberDecidedHereTakesThePlaceOfThePacksFromItsDay) {
    KITH_CLAUSE("PLY-019");
    const Day today = london::day_of(world.clock.now());
    const auto set = [&](const Day& day) {
        return app::set_local_term(world.house(), world.administrator.actor, world.plymouth.id, "contact_number",
                                   "01632 960777, option 2", {"Ada Nwosu, head of service", day});
    };
    EXPECT_EQ(field_of(set(Day(std::chrono::sys_days(today) + std::chrono::days(1)))), "decided_on");
    must(set(today));
    const auto point = world.questions(world.plymouth.id).contact_points(world.clock.now()).value().at(0);
    EXPECT_EQ(point.number, "01632 960777");
    EXPECT_EQ(point.option, "2");
    EXPECT_EQ(point.effective_from, today);
    EXPECT_EQ(point.label, "Plymouth Gateway");
}

}  // namespace
}  // namespace kith::test
