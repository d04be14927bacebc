#include "core/concerns/marks.hpp"

#include <gtest/gtest.h>

namespace kith::concerns {
namespace {

Account told(std::string words) {
    Account account;
    account.answers[Field::what_seen] = std::move(words);
    return account;
}

TEST(Marks, EveryOccurrenceIsMarkedWhateverItsCase) {
    const Account account = told("The flat under mine. Under mine, I said.");
    const auto marks = with_each(account, Field::what_seen, " under mine ");
    ASSERT_EQ(marks.size(), 2U);
    EXPECT_EQ(marks[0], (MarkedWords{Field::what_seen, 9, 19}));
    EXPECT_EQ(marks[1], (MarkedWords{Field::what_seen, 21, 31}));
}

TEST(Marks, WhatOverlapsIsJoinedSoThatMaskingLeavesNothingOfIt) {
    Account account = told("the flat under mine is loud");
    account.marked = with_each(account, Field::what_seen, "flat under");
    account.marked = with_each(account, Field::what_seen, "under mine");
    EXPECT_EQ(masked(account, Field::what_seen), "the […] is loud");
}

TEST(Marks, WordsThatAreNotThereChangeNothing) {
    Account account = told("the flat under mine");
    account.marked = with_each(account, Field::what_seen, "flat");
    EXPECT_EQ(with_each(account, Field::what_seen, "house"), account.marked);
    EXPECT_EQ(with_each(account, Field::what_seen, "  "), account.marked);
    EXPECT_EQ(with_each(account, Field::worry, "flat"), account.marked);
}

TEST(Marks, OutsideItsFieldIsDropped) {
    const Account account = told("short");
    EXPECT_TRUE(tidied(account, {{Field::what_seen, 2, 9}, {Field::what_seen, 3, 3}, {Field::worry, 0, 1}}).empty());
}

TEST(Marks, TheStretchesOfAnAnswerAreTheAnswer) {
    Account account = told("only I know, only I");
    account.marked = with_each(account, Field::what_seen, "only i");
    const auto cut = stretches(account, Field::what_seen);
    ASSERT_EQ(cut.size(), 3U);
    EXPECT_EQ(cut[0], (Stretch{"only I", true}));
    EXPECT_EQ(cut[1], (Stretch{" know, ", false}));
    EXPECT_EQ(cut[2], (Stretch{"only I", true}));
}

TEST(Marks, OneIsTakenAwayAndTheOthersStay) {
    Account account = told("only I know, only I");
    account.marked = with_each(account, Field::what_seen, "only i");
    const auto left = without(account, account.marked.front());
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left.front().from, 13U);
}

}  // namespace
}  // namespace kith::concerns
