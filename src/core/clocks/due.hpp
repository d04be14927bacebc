// When a thing is due. An elapsed hour is sixty minutes whatever the wall clock does; a working day is one of the
// calendar's, and the day of the trigger is day 0.
#pragma once
#include "core/clocks/calendar.hpp"

namespace kith::clocks {

inline Instant plus_elapsed(Instant from, std::chrono::minutes span) { return from + span; }
inline Instant plus_elapsed(Instant from, std::chrono::hours span) { return from + span; }

/// The `count`-th working day after `trigger`; `trigger` itself when `count` is 0. `invalid` when `count` is negative,
/// `unavailable` when the days counted leave the years that the calendar covers.
Result<Day> plus_working_days(const Calendar& calendar, Day trigger, int count);

/// The end (the midnight that follows, in London) of the `count`-th working day after the day `trigger` falls on.
Result<Instant> plus_working_days(const Calendar& calendar, Instant trigger, int count);

}  // namespace kith::clocks
