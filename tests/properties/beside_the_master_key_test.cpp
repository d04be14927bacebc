// Promise: a key list that was rolled back together with the database is noticed and not used, and taking a worry
// depends on none of it (reporters-vault, First rule and Keys 3).
#include <gtest/gtest.h>

#include <fstream>

#include "app/clockwork.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {

namespace fs = std::filesystem;
using app::Alarm;

class BesideTheMasterKey : public testing::Test {
  protected:
    World world;

    fs::path custody() const { return world.anchor_folder() / "custody"; }
    fs::path number() const { return world.anchor_folder() / "key-list-number"; }
    /// As the clockwork does it every few seconds.
    void look() {
        app::Clockwork clockwork(world.house());
        must(clockwork.tick());
    }
    void roll_back(int lists) {
        world.sql("delete from key_lists where number > (select max(number) from key_lists) - " +
                  std::to_string(lists));
        look();
    }
    TakenWorry told() {
        auto telling = world.a_worry();
        telling.contact = world.a_person();
        return world.report(telling);
    }
    concerns::Contact opened_by_custody(const TakenWorry& told) {
        const auto id =
            must(app::ask_opening(world.house(), world.custodian.actor, world.concern(told.id).reference,
                                  app::OpeningPurpose::protect_the_child, "The child may be harmed tonight."));
        must(app::second_opening(world.house(), world.second_custodian.actor, id, app::OpeningState::agreed));
        return must(app::open_afterwards(world.house(), world.custodian.actor, world.custodian.holder, id));
    }
    void expect_taken_for_custody_alone() {
        const auto one = told();
        EXPECT_TRUE(world.concern(one.id).way_in_missing);
        EXPECT_TRUE(world.vault_row(one.id).wrap_duty.empty());
        EXPECT_EQ(opened_by_custody(one), world.a_person());
    }
    void expect_taken_as_always() {
        const auto one = told();
        EXPECT_FALSE(world.concern(one.id).way_in_missing);
        EXPECT_EQ(must(world.open_contact(world.manager(), one.id)), world.a_person());
        EXPECT_EQ(opened_by_custody(one), world.a_person());
    }
    static void put(const fs::path& path, std::string_view text) { std::ofstream(path, std::ios::binary) << text; }
    static std::string text_of(const fs::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
};

TEST_F(BesideTheMasterKey, NothingAlarmsWhereNothingIsWrong) {
    look();
    EXPECT_TRUE(world.house().alarms.all().empty());
    expect_taken_as_always();
    EXPECT_EQ(world.count("alarm_raised"), 0u);
}

TEST_F(BesideTheMasterKey, AListRolledBackIsRefusedAndAlarmedAndTheWorryIsTakenForCustody) {
    roll_back(1);
    EXPECT_EQ(code_of(world.house().key_list()), Code::betrayed);
    EXPECT_TRUE(world.house().alarms.has(Alarm::key_list_unusable));
    EXPECT_EQ(World::fact(world.last("alarm_raised"), "alarm"), "key_list_unusable");
    expect_taken_for_custody_alone();
    EXPECT_EQ(
        code_of(app::add_duty_key(world.house(), world.custodian.actor, world.custodian.holder, world.plymouth.id)),
        Code::betrayed)
        << "nothing is built on it";
    EXPECT_FALSE(app::admit(world.house(), world.custodian.actor, world.custodian.holder, world.manager().id()))
        << "nothing is built on it";
}

TEST_F(BesideTheMasterKey, ACustodianSignsTheRolledBackListAnewAndTheAlarmEnds) {
    const auto before = must(world.house().key_list())->list.number;
    app::Clockwork clockwork(world.house());
    world.sql("delete from key_lists where number = (select max(number) from key_lists)");
    must(clockwork.tick());
    must(app::sign_list_anew(world.house(), world.custodian.actor, world.custodian.holder));
    must(clockwork.tick());
    EXPECT_TRUE(world.house().alarms.all().empty());
    EXPECT_EQ(must(world.house().key_list())->list.number, before + 1);
    EXPECT_EQ(World::fact(world.last("key_list_signed_anew"), "after"), std::to_string(before - 1));
    EXPECT_EQ(World::fact(world.last("alarm_ended"), "alarm"), "key_list_unusable");
    expect_taken_as_always();
}

TEST_F(BesideTheMasterKey, AListDamagedInTheStoreIsUsedAsItLiesOutsideAndFollowedByTheNext) {
    must(app::add_duty_key(world.house(), world.custodian.actor, world.custodian.holder, world.plymouth.id));
    const auto newest = must(world.house().key_list())->list;
    world.sql("update key_lists set signature = zeroblob(64) where number = (select max(number) from key_lists)");
    look();
    EXPECT_TRUE(world.house().alarms.has(Alarm::key_list_refused));
    EXPECT_EQ(must(world.house().key_list())->list, newest) << "never the older duty key before it";
    expect_taken_as_always();
    must(app::sign_list_anew(world.house(), world.custodian.actor, world.custodian.holder));
    EXPECT_TRUE(world.house().alarms.all().empty());
    EXPECT_EQ(must(world.house().key_list())->list.duty, newest.duty);
    expect_taken_as_always();
}

TEST_F(BesideTheMasterKey, ADamagedListWithNothingOutsideGoesBackToNoOlderOne) {
    world.sql("update key_lists set signature = zeroblob(64) where number = (select max(number) from key_lists)");
    put(custody(), "nonsense");
    look();
    EXPECT_TRUE(world.house().alarms.has(Alarm::key_list_unusable));
    expect_taken_for_custody_alone();
}

TEST_F(BesideTheMasterKey, NobodyButACustodianOfThatListSignsItAnew) {
    roll_back(1);
    EXPECT_EQ(code_of(app::sign_list_anew(world.house(), world.manager().actor, world.manager().holder)),
              Code::forbidden);
    app::Holder stranger = app::new_holder(world.crypto(), world.custodian.id(), {parties::Role::custodian});
    stranger.member = MemberId(ByteArray<16>{9});
    EXPECT_EQ(code_of(app::sign_list_anew(world.house(), world.custodian.actor, stranger)), Code::forbidden);
}

TEST_F(BesideTheMasterKey, AFileThatIsMissingOrDamagedAlarmsAndTheStoresOwnListServes) {
    const std::string custody_text = text_of(custody()), number_text = text_of(number());
    ASSERT_FALSE(custody_text.empty());
    std::string other_signature = custody_text;
    other_signature[custody_text.find('\n') + 6] ^= 1;
    for (const std::string& text : {std::string(), std::string("nonsense"), custody_text.substr(0, 200),
                                    other_signature, custody_text + "key: custody\n"}) {
        put(custody(), text);
        look();
        EXPECT_TRUE(world.house().alarms.has(Alarm::custody_file)) << text;
        expect_taken_as_always();
    }
    fs::remove(custody());
    look();
    EXPECT_TRUE(world.house().alarms.has(Alarm::custody_file));
    put(custody(), custody_text);
    look();
    EXPECT_TRUE(world.house().alarms.all().empty());
    std::string lower = number_text;
    lower[lower.find('\n') + 1] = '0';
    for (const std::string& text : {std::string(), std::string("kith-key-list-number/1\n0\n"), lower}) {
        put(number(), text);
        look();
        EXPECT_TRUE(world.house().alarms.has(Alarm::list_number_file)) << text;
        EXPECT_EQ(text_of(number()), text) << "a number that was lost is not made up";
        expect_taken_as_always();
    }
    fs::remove(number());
    look();
    EXPECT_TRUE(world.house().alarms.has(Alarm::list_number_file));
    expect_taken_as_always();
    must(app::sign_list_anew(world.house(), world.custodian.actor, world.custodian.holder));
    EXPECT_TRUE(world.house().alarms.all().empty()) << "a custodian has looked";
}

TEST_F(BesideTheMasterKey, WithoutAnyFileAndWithARolledBackListTheWorryIsStillTaken) {
    fs::remove_all(world.anchor_folder());
    roll_back(2);
    EXPECT_TRUE(world.house().alarms.has(Alarm::custody_file));
    const auto one = told();
    EXPECT_EQ(opened_by_custody(one), world.a_person());
}

TEST_F(BesideTheMasterKey, WithAFirstListThatDoesNotVerifyCustodyComesFromTheFile) {
    world.sql("update key_lists set signature = zeroblob(64) where number = 0");
    look();
    EXPECT_TRUE(world.house().alarms.has(Alarm::key_list_unusable));
    expect_taken_for_custody_alone();
    fs::remove(custody());
    EXPECT_EQ(code_of(app::report_worry(world.house(), world.a_worry())), Code::betrayed)
        << "with neither there is nobody to seal it to";
}

TEST_F(BesideTheMasterKey, ANumberThatACrashLeftBehindIsCaughtUpWith) {
    const std::string now = text_of(number());
    must(app::add_duty_key(world.house(), world.custodian.actor, world.custodian.holder, world.plymouth.id));
    const std::string next = text_of(number());
    ASSERT_NE(next, now);
    put(number(), now);  // the commit was there, the number was not
    must(world.start_again());
    look();
    EXPECT_EQ(text_of(number()), next);
}

TEST_F(BesideTheMasterKey, ABackupFromBeforeANewListIsRefusedUntilACustodianSigns) {
    world.back_up(world.folder() / "backup.db");
    must(app::add_duty_key(world.house(), world.custodian.actor, world.custodian.holder, world.plymouth.id));
    must(world.restore(world.folder() / "backup.db"));
    const auto restored = must(app::settle_restored(world.house()));
    EXPECT_FALSE(restored.list_usable);
    EXPECT_EQ(restored.custody, app::Restored::Custody::as_it_was);
    expect_taken_for_custody_alone();
    must(app::sign_list_anew(world.house(), world.custodian.actor, world.custodian.holder));
    expect_taken_as_always();
}

}  // namespace
}  // namespace kith::test
