#include "web/pages/say.hpp"

#include <gtest/gtest.h>

#include "base/london.hpp"
#include "core/concerns/concern.hpp"
#include "web/pages/concern.hpp"
#include "web/pages/contact.hpp"
#include "web/pages/marks.hpp"

namespace kith::web {
namespace {
using namespace std::chrono_literals;

Instant at(unsigned day, std::chrono::minutes time) {
    return london::instant_of({Day(std::chrono::year(2026), std::chrono::month(11), std::chrono::day(day)), time});
}
const Instant now = at(21, 14h + 30min);

TEST(DecideAnywayAt, IsTheNextTimeTheClockShowsIt) {
    EXPECT_EQ(next_at("14:45", now), at(21, 14h + 45min));
    EXPECT_EQ(next_at("15.05", now), at(21, 15h + 5min));
    EXPECT_EQ(next_at("0:20", at(21, 23h + 50min)), at(22, 20min));
}

TEST(DecideAnywayAt, WhatHasPassedOrIsNoTimeIsRefused) {
    for (const auto* typed : {"14:30", "14:00", "24:00", "9", "9:5", "ab:cd", "", "12:60", "014:45", "4:45"})
        EXPECT_FALSE(next_at(typed, now)) << typed;
}

TEST(Cited, TheFamilyOfTheClausesIsSaidOnce) {
    EXPECT_EQ(cited("Plymouth", {"PLY-022", "PLY-023"}), "Plymouth, PLY-022 and 023");
    EXPECT_EQ(cited("Plymouth", {"PLY-022", "PLY-023", "HAC-001"}), "Plymouth, PLY-022, 023 and HAC-001");
    EXPECT_EQ(cited("Hackney", {"HAC-019"}), "Hackney, HAC-019");
}

TEST(Say, EveryPartOfAnAccountAndEveryOptionHasWordsForStaff) {
    for (const auto& spec : concerns::field_specs()) {
        EXPECT_FALSE(find_word("told." + std::string(spec.name)).empty()) << spec.name;
        for (const auto option : concerns::options_of(spec.field))
            EXPECT_FALSE(find_word("option." + std::string(option)).empty()) << option;
    }
}

TEST(Say, EveryEnumeratorThatPagesShowHasItsWord) {
    using namespace concerns;
    const auto expect_word = [](std::string_view group, std::string_view name) {
        EXPECT_NE(say(group, name), name) << group << '.' << name;
    };
    for (const auto action : {Action::police_now, Action::strategy_discussion, Action::assessment, Action::early_help,
                              Action::another_area, Action::worker_already_involved})
        expect_word("actions", name_of(action));
    for (const auto mark : {DangerMark::by_reporter, DangerMark::by_call_taker, DangerMark::by_manager})
        expect_word("danger_by", name_of(mark));
    for (const auto outcome : {Outcome::act, Outcome::no_action}) expect_word("history", name_of(outcome));
    for (const auto reach : {Reach::ring, Reach::text, Reach::this_page_only}) expect_word("reach_us", name_of(reach));
    for (const auto who : {Category::ordinary, Category::stakeholder, Category::guardian, Category::council_identified})
        expect_word("category", name_of(who));
}

TEST(Counts, AreSaidTheMostFrequentFirst) {
    EXPECT_EQ(counts_in_words({{"evening", 1}, {"after_school", 3}}), "After school 3, Evening 1");
    EXPECT_EQ(counts_in_words({}), "");
}

TEST(MarkName, IsReadBackAndNothingElseIs) {
    const concerns::MarkedWords mark{concerns::Field::worry, 4, 17};
    EXPECT_EQ(mark_named(name_of(mark)), mark);
    for (const auto* name : {"worry:4", "worry:4:17:1", "nothing:4:17", "worry:-4:17", "worry:4:1x", ""})
        EXPECT_FALSE(mark_named(name)) << name;
}

TEST(OpenedContact, ANumberTheyAskNotToRingIsNoLink) {
    concerns::Contact contact;
    contact.telephone = "01632 960123";
    contact.reach = concerns::Reach::this_page_only;
    EXPECT_TRUE(opened_contact(contact).call.empty());
    EXPECT_FALSE(opened_contact(contact).may_ring);
    contact.reach = concerns::Reach::ring;
    EXPECT_EQ(opened_contact(contact).call.text(), Url::telephone("01632 960123").text());
    EXPECT_TRUE(opened_contact({}).is_anonymous);
}

TEST(Say, ATimeThatWasIsTheLastAtWhichTheClockShowedIt) {
    const Instant two = london::instant_of(
        {Day(std::chrono::year(2026), std::chrono::month(11), std::chrono::day(21)), std::chrono::minutes(14 * 60)});
    EXPECT_EQ(last_at("", two), two);
    EXPECT_EQ(last_at("14:00", two), two);
    EXPECT_EQ(last_at("13.30", two), two - std::chrono::minutes(30));
    EXPECT_EQ(last_at("14:01", two), two + std::chrono::minutes(1) - std::chrono::hours(24));
    for (const auto wrong : {"noon", "25:00", "14:60", "1400"}) EXPECT_FALSE(last_at(wrong, two)) << wrong;
}

}  // namespace
}  // namespace kith::web
