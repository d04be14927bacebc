// A call is a worry from its first saved words; what follows it in writing.
#include "app/clockwork.hpp"
#include "app/come_back.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {

TEST(ACall, OpensARecordAtItsFirstWordsAndStandsInTheQueueAtOnce) {
    KITH_CLAUSE("PLY-018", "HAC-016");
    World world;
    for (const DoorStaff* door : {&world.plymouth, &world.hackney}) {
        const Instant began = world.clock.now() - std::chrono::minutes(3);
        app::CallWords first;
        first.account.answers[Field::what_seen] = "He is hitting her, I can hear it";
        first.danger = concerns::DangerMark::by_call_taker;

        const auto call =
            must(app::begin_call(world.house(), door->call_taker.actor, door->call_taker.holder, began, first));

        const auto kept = world.concern(call);
        EXPECT_EQ(kept.stage, concerns::Stage::on_call);
        EXPECT_EQ(kept.received_at, began) << "the clock starts when the call begins";
        EXPECT_TRUE(kept.incomplete);
        ASSERT_EQ(world.queue(door->manager).waiting.size(), 1u);
        EXPECT_EQ(world.queue(door->manager).waiting[0].id, call);
        EXPECT_EQ(world.last("call_began").subject, call.text());
        EXPECT_EQ(World::fact(world.last("call_began"), "danger"), "by_call_taker");
    }
}

TEST(ACall, GoesToTheManagerInOneActAndIsThenOutOfTheCallTakersHands) {
    KITH_CLAUSE("PLY-021");
    World world;
    const auto call = world.begin_call();
    const auto page = must(app::read_call(world.house(), world.call_taker().actor, world.call_taker().holder, call));
    EXPECT_EQ(page.contact, world.a_person()) << "while the call lasts";
    EXPECT_EQ(code_of(world.decide(world.manager(), call, world.a_decision(call))), Code::not_found)
        << "nor decided while it lasts";

    const auto handed = world.hand_over(call);

    EXPECT_EQ(handed.with, world.manager().id());
    EXPECT_EQ(world.concern(call).handed_over_at, world.clock.now());
    EXPECT_EQ(world.last("concern_handed_over").clauses, Clauses{"PLY-021"});
    EXPECT_EQ(world.notices.count(world.manager().email, app::Notice::worry_waiting), 1u);
    EXPECT_TRUE(world.vault_row(call).wrap_taker.empty());
    EXPECT_EQ(code_of(app::save_call(world.house(), world.call_taker().actor, world.call_taker().holder, call,
                                     world.words_of_a_call())),
              Code::conflict);
    EXPECT_EQ(must(world.open_contact(world.manager(), call)), world.a_person());
}

TEST(ACall, LeftIdleGoesToTheManagerAsItIs) {
    KITH_CLAUSE("PLY-021");
    World world;
    app::Clockwork clockwork(world.house());
    app::CallWords half;
    half.account.answers[Field::what_seen] = "the line went";
    const auto call = world.begin_call(half);
    world.clock.move(std::chrono::minutes(9));
    must(clockwork.tick());
    EXPECT_EQ(world.concern(call).stage, concerns::Stage::on_call);

    world.clock.move(std::chrono::minutes(1));

    EXPECT_EQ(must(clockwork.tick()).idle_calls, 1u);
    EXPECT_EQ(world.concern(call).with, world.manager().id());
    EXPECT_EQ(world.last("concern_handed_over").by, "system");
    EXPECT_EQ(world.last("concern_handed_over").clauses, Clauses{"PLY-021"});
    EXPECT_EQ(world.read(world.manager(), call).account.known(Field::what_seen), "the line went");
}

/// The written form on paper, with every part that is needed.
void form_comes_on_paper(World& world, ConcernId call) {
    auto account = world.words_of_a_call().account;
    account.answers[Field::how_known] = "saw";
    must(app::type_in_form(world.house(), world.manager().actor, call, {account, world.clock.now()}));
}

TEST(TheWrittenForm, IsOwedByAStakeholderWhoRangAndIsOneWithTheCall) {
    World world;
    const auto call = world.begin_call();
    const auto handed = world.hand_over(call);
    EXPECT_EQ(world.concern(call).form, concerns::WrittenForm::awaited);
    EXPECT_EQ(handed.form_due_at, at("2026-06-11 10:00"));

    const auto thread = must(app::come_back(world.house(), handed.code));

    EXPECT_TRUE(thread.form_owed) << "the code leads to this call";
    EXPECT_EQ(thread.form_due_at, handed.form_due_at);
    const auto needed = world.questions(world.plymouth.id).required_parts_of_written_form(Subject::child);
    for (const auto part : {"what_seen", "where_seen", "worry"})
        EXPECT_NE(std::ranges::find(needed.value(), part, &protocol::Part::id), needed.value().end()) << part;
    ASSERT_EQ(world.queue(world.manager()).form_due.size(), 1u);
    form_comes_on_paper(world, call);
    EXPECT_EQ(world.concern(call).form, concerns::WrittenForm::received);
    EXPECT_TRUE(world.queue(world.manager()).form_due.empty());
    EXPECT_EQ(world.last("form_received").subject, call.text());
}

TEST(TheWrittenForm, IsNotOwedByTheUnnamedOrByMembersOfThePublicOrOnline) {
    World world;
    auto words = world.words_of_a_call();
    words.contact.name = words.contact.organisation = words.contact.telephone = words.contact.email = "";
    EXPECT_EQ(world.concern(world.begin_call(words)).form, concerns::WrittenForm::not_owed) << "unnamed";
    words = world.words_of_a_call();
    words.contact.category = concerns::Category::ordinary;
    EXPECT_EQ(world.concern(world.begin_call(words)).form, concerns::WrittenForm::not_owed) << "the public";
    auto online = world.a_worry();
    online.contact = world.a_person();
    const auto told = world.report(online);
    EXPECT_FALSE(told.receipt.form_due_at.has_value());
    EXPECT_EQ(world.concern(told.id).form, concerns::WrittenForm::not_owed) << "an online report is the form";

    words = world.words_of_a_call();
    words.contact.category = concerns::Category::guardian;
    EXPECT_EQ(world.concern(world.begin_call(words)).form, concerns::WrittenForm::awaited) << "a guardian";
}

TEST(TheWrittenForm, ThatIsOverdueHoldsUpNeitherDecisionNorReply) {
    KITH_CLAUSE("PLY-025");
    World world;
    app::Clockwork clockwork(world.house());
    const auto call = world.begin_call();
    world.hand_over(call);
    world.clock.move(std::chrono::hours(48) + Duration(1));
    must(clockwork.tick());
    ASSERT_EQ(world.count("form_overdue"), 1u);
    auto form = world.a_decision(call);
    form.late_reason = "Two worries came at once.";

    must(world.decide(world.manager(), call, form));

    EXPECT_EQ(world.concern(call).stage, concerns::Stage::decided);
    EXPECT_EQ(world.concern(call).answered_at, world.clock.now());
    EXPECT_EQ(world.concern(call).form, concerns::WrittenForm::awaited) << "and it is still owed";
}

TEST(TheWrittenForm, IsDueFortyEightHoursAfterTheCallAndHoldsUpNothing) {
    KITH_CLAUSE("PLY-025");
    World world;
    app::Clockwork clockwork(world.house());
    world.clock.move_to(at("2026-06-15 09:00"));  // a Monday
    const auto call = world.begin_call();
    world.hand_over(call);
    must(world.decide(world.manager(), call, world.a_decision(call)));
    EXPECT_EQ(world.concern(call).form_due_at, at("2026-06-17 09:00"));
    world.notices.forget();
    world.clock.move_to(at("2026-06-17 08:59"));
    must(clockwork.tick());
    EXPECT_FALSE(concerns::form_is_overdue(world.concern(call), world.clock.now()));
    EXPECT_EQ(world.count("form_overdue"), 0u);

    world.clock.move_to(at("2026-06-17 09:00") + Duration(1));

    EXPECT_TRUE(concerns::form_is_overdue(world.concern(call), world.clock.now()));
    must(clockwork.tick());
    must(clockwork.tick());
    EXPECT_EQ(world.count("form_overdue"), 1u) << "one reminder";
    EXPECT_EQ(world.last("form_overdue").subject, call.text());
    EXPECT_EQ(world.last("form_overdue").clauses, (Clauses{"PLY-024", "PLY-025"}));
    EXPECT_EQ(world.notices.count(world.manager().email, app::Notice::form_overdue), 1u);
    EXPECT_EQ(world.concern(call).stage, concerns::Stage::decided) << "work on it did not wait";
    for (const auto& told : world.notices.all())
        EXPECT_NE(told.address, world.a_person().email) << "mail goes to staff only";
    form_comes_on_paper(world, call);
}

TEST(TheWrittenForm, KeepsTheWayInOpenUntilItComesAndNoLongerThanSeventyTwoHours) {
    World world;
    app::Clockwork clockwork(world.house());
    const auto call = world.begin_call();
    world.hand_over(call);
    must(world.decide(world.manager(), call, world.a_decision(call)));
    EXPECT_EQ(must(world.open_contact(world.manager(), call)), world.a_person());
    world.clock.move(std::chrono::hours(72) - std::chrono::minutes(1));
    must(clockwork.tick());
    EXPECT_EQ(must(world.open_contact(world.manager(), call)), world.a_person());

    world.clock.move(std::chrono::minutes(1));

    EXPECT_EQ(code_of(world.open_contact(world.manager(), call)), Code::not_found);
    EXPECT_EQ(must(clockwork.tick()).ways_closed, 1u);
    EXPECT_TRUE(world.vault_row(call).wrap_duty.empty());
    EXPECT_EQ(world.last("way_in_closed").subject, call.text());
}

}  // namespace
}  // namespace kith::test
