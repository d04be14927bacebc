// Instants (UTC, milliseconds) and the plain forms that go to disk. Europe/London is base/london.hpp.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>

namespace kith {

using Duration = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<Duration>;
using Day = std::chrono::year_month_day;

inline std::int64_t to_millis(Instant at) { return at.time_since_epoch().count(); }
inline Instant from_millis(std::int64_t ms) { return Instant(Duration(ms)); }

/// RFC 3339 in UTC with milliseconds: 2026-11-21T13:41:08.250Z.
std::string to_rfc3339(Instant at);

}  // namespace kith
