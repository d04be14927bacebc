// Many people at once: every worry is kept, and of two who decide exactly one does.
#include <gtest/gtest.h>

#include <barrier>
#include <future>
#include <set>

#include "app/come_back.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {

/// Runs `work(0)` to `work(n - 1)`, each on a thread of its own, begun together; throws what the first of them threw,
/// here, so that the world around it is still taken down.
template <class F>
void all_at_once(std::size_t n, F work) {
    std::barrier start(static_cast<std::ptrdiff_t>(n));
    std::vector<std::future<void>> all;
    for (std::size_t i = 0; i < n; ++i)
        all.push_back(std::async(std::launch::async, [&, i] {
            start.arrive_and_wait();
            work(i);
        }));
    for (const auto& one : all) one.wait();
    for (auto& one : all) one.get();
}

TEST(ManyAtOnce, SixtyFourWorriesAreSixtyFourAndEachIsOnTheLedger) {
    World world;
    std::vector<app::Telling> forms;
    for (int i = 0; i < 64; ++i) forms.push_back(world.a_worry());
    std::vector<std::string> codes(forms.size());
    const auto entries = world.ledger().size();

    all_at_once(forms.size(), [&](std::size_t i) {
        const auto receipt = app::report_worry(world.house(), forms[i]);
        if (receipt) codes[i] = receipt->code;
    });

    EXPECT_EQ(world.concerns_kept(), 64u);
    EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), 64u);
    EXPECT_EQ(world.ledger().size(), entries + 64);
    for (const auto& code : codes) EXPECT_TRUE(app::come_back(world.house(), code).has_value());
    EXPECT_TRUE(world.verify().intact());
    EXPECT_EQ(world.queue(world.manager()).waiting.size(), 64u);
}

TEST(ManyAtOnce, OneFormPressedSixteenTimesIsOneWorryWithOneCode) {
    World world;
    const auto form = world.a_worry();
    std::vector<std::string> codes(16);

    all_at_once(codes.size(), [&](std::size_t i) { codes[i] = must(app::report_worry(world.house(), form)).code; });

    EXPECT_EQ(world.concerns_kept(), 1u);
    EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), 1u);
    EXPECT_EQ(world.count("concern_received"), 1u);
}

TEST(ManyAtOnce, OfTwoManagersWhoDecideExactlyOneDoes) {
    World world;
    for (int round = 0; round < 10; ++round) {
        const auto told = world.report(world.a_worry());
        std::array<app::DecisionForm, 2> forms{world.a_decision(told.id), world.a_decision(told.id)};
        forms[1].decision = {concerns::Outcome::no_action, {}};
        const std::array<const Staff*, 2> managers{&world.plymouth.manager, &world.plymouth.second_manager};
        std::array<std::optional<Result<void>>, 2> answers;

        all_at_once(2, [&](std::size_t i) { answers[i] = world.decide(*managers[i], told.id, forms[i]); });

        const std::size_t winner = answers[0]->has_value() ? 0 : 1;
        ASSERT_TRUE(answers[winner]->has_value());
        ASSERT_FALSE(answers[1 - winner]->has_value()) << "exactly one";
        EXPECT_EQ(answers[1 - winner]->error().code, Code::conflict) << "and the other is told that somebody was first";
        EXPECT_EQ(world.concern(told.id).decided_by, managers[winner]->id());
        EXPECT_EQ(world.concern(told.id).decision, forms[winner].decision);
        EXPECT_EQ(must(app::come_back(world.house(), told.code)).messages.size(), 1u) << "one reply";
    }
    EXPECT_EQ(world.count("concern_decided"), 10u);
    EXPECT_TRUE(world.verify().intact());
}

TEST(ManyAtOnce, ADayBeginsWithOneEpochKeyHoweverManyTell) {
    World world;
    std::vector<app::Telling> forms;
    for (int i = 0; i < 16; ++i) {
        forms.push_back(world.a_worry());
        forms.back().contact = world.a_person();
    }
    std::vector<TakenWorry> told(forms.size());
    world.clock.move(std::chrono::hours(24));

    all_at_once(forms.size(), [&](std::size_t i) { told[i] = world.report(forms[i]); });

    for (const auto& one : told) EXPECT_EQ(must(world.open_contact(world.manager(), one.id)), world.a_person());
}

}  // namespace
}  // namespace kith::test
