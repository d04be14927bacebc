#include "web/http/rate_limit.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <thread>
#include <vector>

namespace kith::web::http {
namespace {

constexpr Instant kNow{std::chrono::hours(500'000)};
constexpr Rate kThree{3, std::chrono::seconds(10)};
using std::chrono::seconds;

bool allowed(RateLimiter& limiter, std::string_view key, Instant now, Rate rate = kThree) {
    return limiter.take("sign-in", key, rate, now).answer == Taken::Answer::yes;
}

TEST(RateLimit, LetsABurstThroughAndThenOneAtATime) {
    RateLimiter limiter;
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(allowed(limiter, "a", kNow));
    EXPECT_FALSE(allowed(limiter, "a", kNow));
    EXPECT_FALSE(allowed(limiter, "a", kNow + seconds(9)));
    EXPECT_TRUE(allowed(limiter, "a", kNow + seconds(10)));
    EXPECT_FALSE(allowed(limiter, "a", kNow + seconds(10)));
}

TEST(RateLimit, SaysHowLongToWait) {
    RateLimiter limiter;
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(allowed(limiter, "a", kNow));
    EXPECT_EQ(limiter.take("sign-in", "a", kThree, kNow + seconds(4)).wait, seconds(6));
    EXPECT_TRUE(allowed(limiter, "a", kNow + seconds(10)));
}

TEST(RateLimit, FillsUpToTheBurstAndNoFurther) {
    RateLimiter limiter;
    ASSERT_TRUE(allowed(limiter, "a", kNow));
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(allowed(limiter, "a", kNow + seconds(10'000)));
    EXPECT_FALSE(allowed(limiter, "a", kNow + seconds(10'000)));
}

TEST(RateLimit, KeysAndKindsAreCountedApart) {
    RateLimiter limiter;
    const Rate once{1, seconds(60)};
    EXPECT_TRUE(allowed(limiter, "a", kNow, once));
    EXPECT_TRUE(allowed(limiter, "b", kNow, once));
    EXPECT_FALSE(allowed(limiter, "a", kNow, once));
    EXPECT_EQ(limiter.take("report", "a", once, kNow).answer, Taken::Answer::yes);
}

TEST(RateLimit, AClockSetBackGivesNothingAway) {
    RateLimiter limiter;
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(allowed(limiter, "a", kNow));
    EXPECT_FALSE(allowed(limiter, "a", kNow - seconds(3600)));
    EXPECT_FALSE(allowed(limiter, "a", kNow + seconds(9)));
    EXPECT_TRUE(allowed(limiter, "a", kNow + seconds(10)));
}

TEST(RateLimit, MemoryIsBoundedAndAFloodOfOneKindForgetsNoOther) {
    RateLimiter limiter(100);
    const Rate once{1, seconds(60)};
    ASSERT_TRUE(allowed(limiter, "victim", kNow, once));
    for (int i = 0; i < 10'000; ++i) (void)limiter.take("report", std::to_string(i), once, kNow);
    EXPECT_EQ(limiter.size(), 101U);
    EXPECT_FALSE(allowed(limiter, "victim", kNow, once));
}

TEST(RateLimit, ForgetsTheOneUnusedTheLongest) {
    RateLimiter limiter(2);
    const Rate once{1, seconds(60)};
    ASSERT_TRUE(allowed(limiter, "a", kNow, once));
    ASSERT_TRUE(allowed(limiter, "b", kNow, once));
    EXPECT_FALSE(allowed(limiter, "a", kNow, once));
    ASSERT_TRUE(allowed(limiter, "c", kNow, once));
    EXPECT_FALSE(allowed(limiter, "a", kNow, once));
    EXPECT_TRUE(allowed(limiter, "b", kNow, once));
}

TEST(RateLimit, ThreadsTogetherGetNoMoreThanTheBurst) {
    RateLimiter limiter;
    std::atomic<int> through = 0;
    std::vector<std::jthread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 500; ++i) through += allowed(limiter, "a", kNow, {1000, seconds(10)}) ? 1 : 0;
        });
    threads.clear();
    EXPECT_EQ(through, 1000);
}

// The vectors of the SipHash paper's reference code: key 00..0f, input 00, 01, 02 ...
TEST(SipHash, AgreesWithItsPublishedVectors) {
    ByteArray<16> key{};
    std::iota(key.begin(), key.end(), Byte{0});
    Bytes input(15);
    std::iota(input.begin(), input.end(), Byte{0});
    EXPECT_EQ(siphash(key, input), 0xa129ca6149be45e5U);
    EXPECT_EQ(siphash(key, {}), 0x726fdb47dd0e0e31U);
    EXPECT_EQ(siphash(key, BytesView(input).first(8)), 0x93f5f5799a932462U);
}

}  // namespace
}  // namespace kith::web::http
