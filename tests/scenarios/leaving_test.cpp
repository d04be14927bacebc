// After somebody left: their halves are gone at once, and new pairs are made in a custodian's next session. After a
// duty key became known: its ways in are gone, and those that wait open under another (reporters-vault, Keys 2).
#include "app/leaving.hpp"

#include "app/emergency.hpp"
#include "app/people.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {
using parties::Role;

class Leaving : public testing::Test {
  protected:
    World world;

    TakenWorry told() {
        auto telling = world.a_worry();
        telling.contact = world.a_person();
        return world.report(telling);
    }
    void shut_out(const Staff& who) { must(app::shut_out(world.house(), world.administrator.actor, who.id())); }
    std::string halves_of(const Staff& who) {
        return world.sql_text("select count(*) from holdings where member_id = x'" + to_hex(who.id().bytes()) + "'");
    }
    app::KeyList list() { return must(world.house().key_list())->list; }
    app::RenewedKeys renew(const Staff& custodian) {
        return must(app::renew_after_leavers(world.house(), custodian.actor, custodian.holder));
    }
    concerns::Contact opened_alone(const Staff& custodian, ConcernId id) {
        return must(app::open_in_emergency(world.house(), custodian.actor, custodian.holder,
                                           world.concern(id).reference, app::OpeningPurpose::protect_the_child,
                                           "The child may be harmed tonight."));
    }
};

TEST_F(Leaving, ShuttingOutDeletesEverySealedHalfAtOnce) {
    ASSERT_EQ(halves_of(world.manager()), "1\n");
    shut_out(world.manager());
    EXPECT_EQ(halves_of(world.manager()), "0\n");
    EXPECT_TRUE(list().holders.contains(world.manager().id())) << "until a custodian signs the next list";
}

TEST_F(Leaving, AManagersDutyKeyIsRenewedAndWhoStaysOpensOldRowsThroughTheChain) {
    const auto before = told();
    const auto old = list();
    shut_out(world.plymouth.second_manager);

    const auto renewed = renew(world.custodian);

    EXPECT_EQ(renewed.left, 1u);
    EXPECT_FALSE(renewed.custody);
    EXPECT_EQ(renewed.duty_keys, 1u);
    const auto now = list();
    EXPECT_EQ(now.number, old.number + 1);
    EXPECT_FALSE(now.holders.contains(world.plymouth.second_manager.id()));
    EXPECT_NE(now.duty.at(world.plymouth.id), old.duty.at(world.plymouth.id));
    EXPECT_EQ(now.duty.at(world.hackney.id), old.duty.at(world.hackney.id));
    EXPECT_EQ(World::fact(world.last("keys_renewed"), "left"), [&] {
        std::string id = world.plymouth.second_manager.id().text();
        for (char& c : id) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return id;
    }());
    const auto after = told();
    EXPECT_EQ(world.vault_row(after.id).duty_generation, 2u);
    EXPECT_EQ(must(world.open_contact(world.manager(), after.id)), world.a_person());
    EXPECT_EQ(must(world.open_contact(world.manager(), before.id)), world.a_person());
    const Staff newcomer = world.member("Petra Quill", world.plymouth.id, {Role::manager});
    EXPECT_EQ(must(world.open_contact(newcomer, after.id)), world.a_person());
    EXPECT_EQ(must(world.open_contact(newcomer, before.id)), world.a_person()) << "who never held the old half";
    EXPECT_FALSE(world.open_contact(world.plymouth.second_manager, after.id)) << "who left holds no half of it";
}

TEST_F(Leaving, ACustodiansLeavingRenewsCustodyAndEveryDutyKeyTheyCouldHaveOpened) {
    const auto before = told();
    const Staff third = world.member("Corin Ashby", {}, {Role::custodian});
    shut_out(world.custodian);

    const auto renewed = renew(world.second_custodian);

    EXPECT_TRUE(renewed.custody);
    EXPECT_EQ(renewed.duty_keys, 2u);
    EXPECT_FALSE(list().signers.contains(world.custodian.id()));
    const auto after = told();
    EXPECT_EQ(world.vault_row(after.id).custody_generation, 2u);
    for (const Staff* one : std::initializer_list<const Staff*>{&world.second_custodian, &third})
        for (const auto id : {before.id, after.id}) EXPECT_EQ(opened_alone(*one, id), world.a_person());
    EXPECT_EQ(must(world.open_contact(world.manager(), before.id)), world.a_person());
    EXPECT_EQ(must(world.open_contact(world.manager(), after.id)), world.a_person());
    EXPECT_TRUE(world.house().alarms.all().empty());
    const Staff newcomer = world.member_by(world.second_custodian, "Nia Trevean", {}, {Role::custodian});
    EXPECT_EQ(opened_alone(newcomer, before.id), world.a_person());
}

TEST_F(Leaving, ADeputysLeavingRenewsCustody) {
    must(app::name_deputy(world.house(), world.custodian.actor, world.custodian.holder,
                          world.plymouth.second_manager.id()));
    shut_out(world.plymouth.second_manager);
    EXPECT_TRUE(renew(world.custodian).custody);
    EXPECT_TRUE(list().deputies.empty());
}

TEST_F(Leaving, WithNobodyGoneNothingIsMade) {
    const auto entries = world.ledger().size();
    EXPECT_EQ(renew(world.custodian).left, 0u);
    EXPECT_EQ(world.ledger().size(), entries);
    shut_out(world.manager());
    renew(world.custodian);
    EXPECT_EQ(renew(world.custodian).left, 0u) << "once";
    EXPECT_EQ(world.count("keys_renewed"), 1u);
}

TEST_F(Leaving, TheNextSignInOfACustodianDoesIt) {
    shut_out(world.plymouth.second_manager);
    const auto sign_in = [&](const Staff& who) {
        world.clock.move(std::chrono::seconds(60));
        return app::sign_in(world.house(), who.email, who.password,
                            world.house().codes.code_at(who.code_secret, world.clock.now()).expose());
    };
    must(sign_in(world.manager()));
    EXPECT_EQ(world.count("keys_renewed"), 0u) << "a manager signs no list";
    must(sign_in(world.custodian));
    EXPECT_EQ(world.count("keys_renewed"), 1u);
}

TEST_F(Leaving, ASuspectedDutyKeysWaysInAreGoneAndThoseThatWaitOpenUnderAnother) {
    const auto waiting = told(), answered = told();
    must(world.decide(world.manager(), answered.id, world.a_decision(answered.id)));
    const auto old_wrap = world.vault_row(waiting.id).wrap_duty;
    world.back_up(world.folder() / "backup.db");

    const auto resealed =
        must(app::suspect_duty_key(world.house(), world.custodian.actor, world.custodian.holder, world.plymouth.id));

    EXPECT_EQ(resealed.ways, 1u);
    EXPECT_EQ(resealed.resealed, 1u);
    EXPECT_NE(world.vault_row(waiting.id).wrap_duty, old_wrap);
    EXPECT_EQ(world.vault_row(waiting.id).duty_generation, 2u);
    EXPECT_TRUE(world.vault_row(answered.id).wrap_duty.empty()) << "what was closed stays closed";
    EXPECT_EQ(must(world.open_contact(world.manager(), waiting.id)), world.a_person());
    EXPECT_EQ(World::fact(world.last("duty_key_suspected"), "resealed"), "1");
    EXPECT_EQ(world.sql_text("select length(sealed_before) from role_keys where kind = 'duty' and generation = 2"),
              "0\n")
        << "the new key opens nothing of the old";
    must(world.restore(world.folder() / "backup.db"));
    EXPECT_TRUE(world.vault_row(waiting.id).wrap_duty.empty()) << "no backup brings the old wrap back";
}

TEST_F(Leaving, ASuspectedDutyKeyIsReplacedByACustodianAlone) {
    for (const Staff* one : std::initializer_list<const Staff*>{&world.manager(), &world.administrator})
        EXPECT_FALSE(app::suspect_duty_key(world.house(), one->actor, one->holder, world.plymouth.id)) << one->name;
    const auto waiting = told();
    world.take_epochs_away();
    const auto without =
        must(app::suspect_duty_key(world.house(), world.custodian.actor, world.custodian.holder, world.plymouth.id));
    EXPECT_EQ(without.ways, 1u);
    EXPECT_EQ(without.resealed, 0u) << "none can be made without an epoch key";
    EXPECT_TRUE(world.vault_row(waiting.id).wrap_duty.empty()) << "and the one somebody may know is gone";
}

TEST_F(Leaving, ACustodyKeyThatSomebodyPutInTheStoreGetsNoDutyKey) {
    const auto own = world.crypto().new_pair();
    world.sql("update role_keys set public_half = x'" + to_hex(own.public_half) + "' where kind = 'custody'");
    const auto before = list();
    EXPECT_EQ(
        code_of(app::add_duty_key(world.house(), world.custodian.actor, world.custodian.holder, world.plymouth.id)),
        Code::betrayed);
    EXPECT_EQ(world.sql_text("select count(*) from role_keys where kind = 'duty' and generation > 1"), "0\n");
    EXPECT_EQ(list(), before);
    shut_out(world.plymouth.second_manager);
    EXPECT_EQ(code_of(app::renew_after_leavers(world.house(), world.custodian.actor, world.custodian.holder)),
              Code::betrayed);
}

TEST_F(Leaving, AnInvitationIsTakenBackAndAnswersNobody) {
    app::Newcomer who{"Petra Vane", "newcomer@example.test", world.plymouth.id, {Role::manager}, {}};
    const auto link = must(app::invite(world.house(), world.administrator.actor, who)).link_secret;
    const auto open = must(app::see_invitations(world.house(), world.administrator.actor));
    ASSERT_EQ(open.size(), 1u);
    EXPECT_EQ(open[0].name, "Petra Vane");
    EXPECT_EQ(code_of(app::see_invitations(world.house(), world.manager().actor)), Code::forbidden);
    EXPECT_EQ(code_of(app::take_invitation_back(world.house(), world.manager().actor, open[0].finder)),
              Code::forbidden);
    must(app::take_invitation_back(world.house(), world.administrator.actor, open[0].finder));
    EXPECT_EQ(code_of(app::read_invitation(world.house(), link)), Code::not_found);
    EXPECT_TRUE(must(app::see_invitations(world.house(), world.administrator.actor)).empty());
}

TEST_F(Leaving, ACodeFromBeforeTheStartIsRefusedAfterwards) {
    const auto sign_in = [&](const Staff& who) {
        return app::sign_in(world.house(), who.email, who.password,
                            world.house().codes.code_at(who.code_secret, world.clock.now()).expose());
    };
    world.clock.move(std::chrono::seconds(60));
    must(sign_in(world.manager()));
    must(world.start_again());
    world.house().used_codes.refuse_until(world.clock.now());
    EXPECT_FALSE(sign_in(world.manager())) << "it may have been used before";
    EXPECT_FALSE(sign_in(world.auditor)) << "nobody knows which were";
    world.clock.move(std::chrono::seconds(30));
    must(sign_in(world.manager()));
}

}  // namespace
}  // namespace kith::test
