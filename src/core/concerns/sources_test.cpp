#include "core/concerns/sources.hpp"

#include <gtest/gtest.h>

namespace kith::concerns {
namespace {

ConcernId worry(Byte n) { return ConcernId(ByteArray<16>{n}); }
const std::vector<ConcernId> kThree{worry(1), worry(2), worry(3)};
using enum Sameness;

TEST(SeparateWitnesses, AreOneUnlessItIsRecordedThatTheyAreMore) {
    EXPECT_EQ(separate_witnesses({}, {}), 0u);
    EXPECT_EQ(separate_witnesses(kThree, {}), 1u);
    EXPECT_EQ(separate_witnesses(kThree, {{worry(1), worry(2), same}}), 1u);
    EXPECT_EQ(separate_witnesses(kThree, {{worry(1), worry(2), told_before}}), 1u);
}

TEST(SeparateWitnesses, AreAsManyAsAreRecordedToBeApartFromEachOther) {
    EXPECT_EQ(separate_witnesses(kThree, {{worry(1), worry(2), not_same}}), 2u);
    EXPECT_EQ(separate_witnesses(kThree, {{worry(1), worry(2), not_same}, {worry(2), worry(3), not_same}}), 2u)
        << "the first and the third may be one";
    EXPECT_EQ(
        separate_witnesses(
            kThree, {{worry(1), worry(2), not_same}, {worry(3), worry(2), not_same}, {worry(1), worry(3), not_same}}),
        3u);
}

TEST(SeparateWitnesses, GoThroughWorriesOfTheSameSource) {
    const auto four = [] {
        auto all = kThree;
        all.push_back(worry(4));
        return all;
    }();
    EXPECT_EQ(separate_witnesses(four, {{worry(3), worry(1), same}, {worry(3), worry(2), not_same}}), 2u);
    EXPECT_EQ(separate_witnesses(
                  four, {{worry(3), worry(1), same}, {worry(4), worry(3), same}, {worry(4), worry(1), not_same}}),
              1u)
        << "said both ways counts as one";
}

TEST(SeparateWitnesses, TakeNoNoticeOfWorriesNobodyAskedAbout) {
    EXPECT_EQ(separate_witnesses({worry(1)}, {{worry(1), worry(2), not_same}}), 1u);
}

TEST(WhatIsSealedOfASource, ReadsBackAndIsOfOneLength) {
    for (const auto is : {told_before, same, not_same})
        EXPECT_EQ(decode_source(encode(is, worry(7))).value(), std::pair(is, worry(7)));
    EXPECT_EQ(encode(told_before, ConcernId()).size(), encode(not_same, worry(255)).size());
    for (const auto* wrong : {"", "s", "x0123", "sNOTANID"}) EXPECT_FALSE(decode_source(wrong).has_value()) << wrong;
}

}  // namespace
}  // namespace kith::concerns
