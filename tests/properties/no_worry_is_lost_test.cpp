// Promise: no worry is lost. Taking one never depends on a rota, a duty key, an epoch key or a custodian's presence.
#include <gtest/gtest.h>

#include "app/come_back.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {

/// Taken, marked, in the queue and on the ledger; the contact sealed to custody alone where the way in is missing.
void expect_taken(World& world, const TakenWorry& told, bool with_way_in) {
    const auto kept = world.concern(told.id);
    EXPECT_EQ(kept.stage, concerns::Stage::waiting);
    EXPECT_EQ(kept.way_in_missing, !with_way_in);
    EXPECT_EQ(world.vault_row(told.id).wrap_duty.empty(), !with_way_in);
    EXPECT_FALSE(world.vault_row(told.id).wrap_custody.empty());
    EXPECT_EQ(World::fact(world.last("concern_received"), "way_in"), with_way_in ? "open" : "missing");
    EXPECT_EQ(world.last("concern_received").subject, told.id.text());
    EXPECT_EQ(must(app::come_back(world.house(), told.code)).received_at, kept.received_at);
}

concerns::Contact opened_by_custody(World& world, const TakenWorry& told) {
    const auto id = must(app::ask_opening(world.house(), world.custodian.actor, world.concern(told.id).reference,
                                          app::OpeningPurpose::protect_the_child, "The child may be harmed tonight."));
    must(app::second_opening(world.house(), world.second_custodian.actor, id, app::OpeningState::agreed));
    return must(app::open_afterwards(world.house(), world.custodian.actor, world.custodian.holder, id));
}

app::Telling a_named_worry(World& world) {
    auto telling = world.a_worry();
    telling.contact = world.a_person();
    return telling;
}

TEST(NoWorryIsLost, WithNobodyOnDuty) {
    World world;
    world.clock.move(std::chrono::hours(24 * 61));  // the rota has run out

    const auto told = world.report(a_named_worry(world));

    expect_taken(world, told, true);
    EXPECT_FALSE(world.concern(told.id).with.has_value()) << "shown as unattended";
    EXPECT_EQ(World::fact(world.last("concern_received"), "handed_to"), "nobody");
    ASSERT_EQ(world.queue(world.manager()).waiting.size(), 1u);
    EXPECT_TRUE(world.queue(world.manager()).waiting[0].with_name.empty());
    must(world.decide(world.manager(), told.id, world.a_decision(told.id)));
}

TEST(NoWorryIsLost, WithoutAnyKeyListBeyondTheFirstAndSoWithoutADutyKey) {
    World world;
    world.sql("delete from key_lists where number > 0");
    world.house().key_list_changed();

    const auto told = world.report(a_named_worry(world));

    expect_taken(world, told, false);
    EXPECT_EQ(world.concern(told.id).with, world.manager().id());
    EXPECT_EQ(code_of(world.open_contact(world.manager(), told.id)), Code::not_found);
    EXPECT_EQ(opened_by_custody(world, told), world.a_person()) << "sealed to custody, and custody opens";
}

TEST(NoWorryIsLost, WithAKeyListThatDoesNotVerify) {
    World world;
    world.sql("update key_lists set signature = zeroblob(64) where number = (select max(number) from key_lists)");
    world.house().key_list_changed();

    const auto told = world.report(a_named_worry(world));

    expect_taken(world, told, true);
    EXPECT_EQ(must(world.open_contact(world.manager(), told.id)), world.a_person()) << "by the last good list";
}

TEST(NoWorryIsLost, WithoutTheEpochFolder) {
    World world;
    world.take_epochs_away();

    const auto told = world.report(a_named_worry(world));

    expect_taken(world, told, false);
    EXPECT_EQ(code_of(world.open_contact(world.manager(), told.id)), Code::not_found);
    EXPECT_EQ(opened_by_custody(world, told), world.a_person());
}

TEST(NoWorryIsLost, WithTheEpochKeysGoneAfterwards) {
    World world;
    const auto before = world.report(a_named_worry(world));
    world.take_epochs_away();
    expect_taken(world, world.report(a_named_worry(world)), false);
    must(world.decide(world.manager(), before.id, world.a_decision(before.id)));
    EXPECT_EQ(opened_by_custody(world, before), world.a_person());
}

TEST(NoWorryIsLost, WithEverythingGoneAtOnceAndACallAsWell) {
    World world;
    world.clock.move(std::chrono::hours(24 * 61));
    world.take_epochs_away();
    world.sql("delete from key_lists where number > 0");
    world.house().key_list_changed();

    expect_taken(world, world.report(a_named_worry(world)), false);
    const auto call = world.begin_call();
    world.hand_over(call);

    EXPECT_EQ(world.concern(call).stage, concerns::Stage::waiting);
    EXPECT_TRUE(world.concern(call).way_in_missing);
    EXPECT_EQ(world.queue(world.manager()).waiting.size(), 2u);
}

TEST(NoWorryIsLost, WhenTheReferenceDrawnIsTaken) {
    World world;
    world.crypto().next_references({{1, 2, 3, 4}, {1, 2, 3, 4}, {1, 2, 3, 4}, {9, 9, 9, 9}});

    const auto first = world.report(world.a_worry());
    const auto second = world.report(world.a_worry());

    EXPECT_NE(world.concern(first.id).reference, world.concern(second.id).reference);
    EXPECT_EQ(world.concerns_kept(), 2u);
}

TEST(NoWorryIsLost, TheSameFormTwiceIsOneWorryAndTellsTheSameCode) {
    World world;
    const auto form = a_named_worry(world);
    const auto first = world.report(form);
    world.clock.move(std::chrono::minutes(5));
    auto edited = form;
    edited.account.answers[Field::worry] = "typed again before the button was pressed again";

    EXPECT_EQ(world.report(form).code, first.code);
    EXPECT_EQ(world.report(edited).code, first.code);

    EXPECT_EQ(world.concerns_kept(), 1u);
    EXPECT_EQ(world.count("concern_received"), 1u);
    EXPECT_EQ(world.report(form).receipt.reply_due_at, first.receipt.reply_due_at);
}

TEST(NoWorryIsLost, TwoTellingsAreTwoThoughEveryWordIsTheSame) {
    World world;
    auto form = a_named_worry(world);
    const auto first = world.report(form);
    form.once[5] ^= 1;
    const auto second = world.report(form);

    EXPECT_NE(first.code, second.code);
    EXPECT_EQ(world.concerns_kept(), 2u);
    EXPECT_EQ(world.read(world.manager(), first.id).account, world.read(world.manager(), second.id).account);
}

TEST(NoWorryIsLost, ARowThatDoesNotOpenIsStillShownAsWaiting) {
    World world;
    const auto told = world.report(world.a_worry());
    world.sql("update concerns set sealed_account = zeroblob(80)");

    const auto queue = world.queue(world.manager());

    ASSERT_EQ(queue.waiting.size(), 1u);
    EXPECT_TRUE(queue.waiting[0].unreadable);
    EXPECT_EQ(queue.waiting[0].id, told.id);
    EXPECT_EQ(World::fact(world.last("row_does_not_open"), "count"), "1");
}

TEST(NoWorryIsLost, ARefusedWorryLeavesNothingBehind) {
    World world;
    const auto entries = world.ledger().size();
    auto telling = a_named_worry(world);
    telling.account.answers.erase(Field::worry);
    EXPECT_EQ(code_of(app::report_worry(world.house(), telling)), Code::invalid);
    EXPECT_EQ(world.concerns_kept(), 0u);
    EXPECT_EQ(world.ledger().size(), entries);
    telling.account.answers[Field::worry] = "He is alone every night.";
    expect_taken(world, world.report(telling), true);  // and the same form can be sent once it is put right
}

TEST(NoWorryIsLost, NobodyWhoCouldSeeItIsLeftAndItIsTakenAllTheSame) {
    World world;
    auto telling = world.a_worry();
    telling.must_not_see = "Maud Tregenza and Silas Brook";
    const auto told = world.report(telling);
    expect_taken(world, told, true);
    EXPECT_FALSE(world.concern(told.id).with.has_value());
    const Staff third = world.member("Petra Quill", world.plymouth.id, {parties::Role::manager});
    EXPECT_EQ(world.queue(third).waiting.size(), 1u);
}

}  // namespace
}  // namespace kith::test
