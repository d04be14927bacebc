// A call that jumps about, and a hand-over that is undone.
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {

struct OnACall : World {
    ConcernId call = begin_call();
    Result<void> take_back() {
        return app::take_back_call(house(), call_taker().actor, call_taker().holder, call, words_of_a_call());
    }
    app::CallPage page() { return must(app::read_call(house(), call_taker().actor, call_taker().holder, call)); }
};

TEST(AHandOver, IsTakenBackWithinTenSecondsAndTheTakerReadsTheCallerAgain) {
    OnACall world;
    world.hand_over(world.call);
    EXPECT_TRUE(world.vault_row(world.call).wrap_taker.empty());
    world.clock.move(std::chrono::seconds(10));

    must(world.take_back());

    EXPECT_EQ(world.concern(world.call).stage, concerns::Stage::on_call);
    EXPECT_FALSE(world.concern(world.call).handed_over_at || world.concern(world.call).with);
    EXPECT_EQ(world.page().contact, world.words_of_a_call().contact);
    EXPECT_EQ(world.last("call_taken_back").subject, world.call.text());
    EXPECT_NE(world.hand_over(world.call).code, "") << "and is handed over once more";
}

TEST(AHandOver, StaysOnceTheTenSecondsAreOver) {
    OnACall world;
    world.hand_over(world.call);
    world.clock.move(std::chrono::milliseconds(10'001));
    EXPECT_EQ(code_of(world.take_back()), Code::conflict);
    EXPECT_EQ(world.concern(world.call).stage, concerns::Stage::waiting);
    EXPECT_TRUE(world.vault_row(world.call).wrap_taker.empty());
}

TEST(AHandOver, StaysOnceAManagerHasReadIt) {
    OnACall world;
    world.hand_over(world.call);
    world.read(world.manager(), world.call);
    EXPECT_EQ(code_of(world.take_back()), Code::conflict);
}

TEST(AHandOver, StaysOnceItIsDecided) {
    OnACall world;
    world.hand_over(world.call);
    must(world.decide(world.manager(), world.call, world.a_decision(world.call)));
    EXPECT_EQ(code_of(world.take_back()), Code::conflict);
}

TEST(AHandOver, IsTakenBackByItsOwnCallTakerOnly) {
    OnACall world;
    world.hand_over(world.call);
    const auto& manager = world.manager();
    EXPECT_EQ(
        code_of(app::take_back_call(world.house(), manager.actor, manager.holder, world.call, world.words_of_a_call())),
        Code::not_found);
}

TEST(ACallPage, SavedTwiceForTheFirstTimeIsOneCall) {
    World world;
    auto words = world.words_of_a_call();
    words.once.fill(7);
    const auto first = world.begin_call(words);
    words.account.answers[Field::when_seen] = "on Friday";
    EXPECT_EQ(world.begin_call(words), first);
    EXPECT_EQ(world.concerns_kept(), 1u);
    EXPECT_EQ(world.read(world.manager(), first).account.known(Field::when_seen), "on Friday");
    words.once.fill(8);
    EXPECT_NE(world.begin_call(words), first) << "another page";
}

TEST(ACallPage, ThatLayOpenLongerThanAnIdleCallBeganNothingYet) {
    World world;
    const auto& taker = world.call_taker();
    const auto begin = [&](std::chrono::minutes ago) {
        return world
            .concern(must(app::begin_call(world.house(), taker.actor, taker.holder, world.clock.now() - ago,
                                          world.words_of_a_call())))
            .received_at;
    };
    EXPECT_EQ(begin(std::chrono::minutes(9)), world.clock.now() - std::chrono::minutes(9));
    EXPECT_EQ(begin(std::chrono::minutes(11)), world.clock.now());
}

TEST(ACallPage, BeginsNothingWithoutAWord) {
    World world;
    app::CallWords nothing;
    const auto refused =
        app::begin_call(world.house(), world.call_taker().actor, world.call_taker().holder, world.clock.now(), nothing);
    EXPECT_EQ(code_of(refused), Code::invalid);
    EXPECT_EQ(field_of(refused), "what_seen");
}

TEST(ACall, ThatChangesItsKindKeepsEveryWord) {
    World world;
    auto words = world.words_of_a_call();
    words.account.subject = Subject::group;
    words.account.answers[Field::who_leads] = "the tall one";
    const auto call = world.begin_call(words);
    words.account.subject = Subject::child;
    const auto& taker = world.call_taker();
    must(app::save_call(world.house(), taker.actor, taker.holder, call, words));
    EXPECT_EQ(must(app::read_call(world.house(), taker.actor, taker.holder, call)).account.known(Field::who_leads),
              "the tall one")
        << "while it may be changed back";
    world.hand_over(call);
    const auto told = world.read(world.manager(), call).account;
    EXPECT_TRUE(told.known(Field::what_seen).ends_with("Who leads: the tall one"));
    EXPECT_TRUE(concerns::problems_so_far(told).empty());
}

TEST(ACall, KeepsWhatWasSaidLastOfConsentDangerAndTheCaller) {
    KITH_CLAUSE("PLY-026");
    World world;
    auto words = world.words_of_a_call();
    const auto call = world.begin_call(words);
    words.naming = {true, false};
    words.danger = concerns::DangerMark::by_call_taker;
    words.contact.under_18 = true;
    words.account.answers[Field::rung_999_by] = "us";
    words.account.answers[Field::police_log] = "LOG 41";
    const auto& taker = world.call_taker();
    must(app::save_call(world.house(), taker.actor, taker.holder, call, words));
    const auto page = must(app::read_call(world.house(), taker.actor, taker.holder, call));
    EXPECT_TRUE(page.naming.person);
    EXPECT_FALSE(page.naming.organisation);
    EXPECT_EQ(page.contact, words.contact);
    EXPECT_EQ(world.concern(call).form, concerns::WrittenForm::not_owed) << "a child owes no form";
    must(app::mark_danger(world.house(), world.manager().actor, call, concerns::DangerMark::by_manager, "knife"));
    words.danger = concerns::DangerMark::none;
    must(app::save_call(world.house(), taker.actor, taker.holder, call, words));
    EXPECT_EQ(world.concern(call).danger, concerns::DangerMark::by_manager)
        << "a save does not take another's mark away";
    world.hand_over(call);
    const auto notes = world.read(world.manager(), call).notes;
    ASSERT_FALSE(notes.empty());
    EXPECT_EQ(notes.back().text, "999 rung by the call taker. Police log LOG 41");
}

TEST(PerhapsKnown, FindsTheSameNameWhileTheCallLastsAndForgetsAHalfTypedOne) {
    KITH_CLAUSE("HAC-024");
    World world;
    auto earlier = world.a_worry(Subject::group);
    earlier.account.people = {{"", "Peaches", "14", "", concerns::Part::unknown}};
    const auto told = world.report(earlier);
    auto words = world.words_of_a_call();
    words.account.people = {{"", "Peaches", "", "", concerns::Part::unknown}};
    const auto call = world.begin_call(words);
    const auto& taker = world.call_taker();
    const auto known = [&] { return must(app::perhaps_known(world.house(), taker.actor, call)); };
    ASSERT_EQ(known().size(), 1u);
    EXPECT_EQ(known()[0].id, told.id);
    EXPECT_EQ(known()[0].because, "nickname");
    const auto found_from_there = [&] { return world.read(world.manager(), told.id).earlier.size(); };
    EXPECT_EQ(found_from_there(), 1u);
    EXPECT_EQ(code_of(app::perhaps_known(world.house(), world.hackney.manager.actor, call)), Code::not_found);
    words.account.people[0].nickname = "Pea";
    must(app::save_call(world.house(), taker.actor, taker.holder, call, words));
    EXPECT_TRUE(known().empty());
    EXPECT_EQ(found_from_there(), 0u) << "a corrected name leaves no mark";
}

}  // namespace
}  // namespace kith::test
