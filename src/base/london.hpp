// Europe/London wall-clock time, by the system's time zone data.
#pragma once
#include <string>

#include "base/instant.hpp"

namespace kith::london {

/// A day and the minutes since its midnight as a clock on the wall shows them.
struct WallTime {
    Day day;
    std::chrono::minutes time{0};
    friend bool operator==(const WallTime&, const WallTime&) = default;
};

WallTime wall_time(Instant at);
/// The first instant with that wall time. A time that the clocks skip in spring is the instant at which they jump.
Instant instant_of(const WallTime& wall);
Day day_of(Instant at);
std::chrono::weekday weekday_of(Day day);

std::string to_clock(Instant at);               ///< 13:41
std::string to_clock_with_seconds(Instant at);  ///< 13:41:08
std::string to_day(Instant at);                 ///< Saturday 21 November 2026
std::string to_day_and_clock(Instant at);       ///< Saturday 21 November 2026, 13:41
std::string to_short(Instant at);               ///< Sat 21 Nov, 13:41

}  // namespace kith::london
