#include "adapters/system_clock/system_clock.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace kith::system_clock {
namespace {

TEST(SystemClock, BothClocksGoForwardTogether) {
    SystemClock clock;
    const auto wall = clock.now();
    const auto running = clock.running();
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    const auto wall_passed = clock.now() - wall;
    const auto running_passed = clock.running() - running;
    EXPECT_GE(running_passed.count(), 29);
    EXPECT_LT(std::chrono::abs(wall_passed - running_passed).count(), 1000);
}

TEST(SystemClock, TellsTheTimeSinceTheEpochAndNotSinceTheStart) {
    SystemClock clock;
    EXPECT_GT(to_millis(clock.now()), 1'700'000'000'000);
    EXPECT_GT(clock.running().count(), 0);
}

}  // namespace
}  // namespace kith::system_clock
