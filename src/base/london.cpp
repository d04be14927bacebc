#include "base/london.hpp"

#include <date/tz.h>
#include <fmt/core.h>

#include <array>

namespace kith::london {
namespace {
const date::time_zone& zone() {
    static const date::time_zone* const london = date::locate_zone("Europe/London");
    return *london;
}
constexpr std::array<const char*, 7> kWeekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                               "Thursday", "Friday", "Saturday"};
constexpr std::array<const char*, 12> kMonths{"January", "February", "March",     "April",   "May",      "June",
                                              "July",    "August",   "September", "October", "November", "December"};
const char* weekday_name(Day day) { return kWeekdays[weekday_of(day).c_encoding()]; }
const char* month_name(Day day) { return kMonths[static_cast<unsigned>(day.month()) - 1]; }
}  // namespace

WallTime wall_time(Instant at) {
    const auto local = zone().to_local(at);
    const auto day = std::chrono::floor<std::chrono::days>(local.time_since_epoch());
    return {Day(std::chrono::sys_days(day)), std::chrono::floor<std::chrono::minutes>(local.time_since_epoch() - day)};
}

Instant instant_of(const WallTime& wall) {
    const date::local_time<Duration> local(std::chrono::sys_days(wall.day).time_since_epoch() + wall.time);
    return std::chrono::floor<Duration>(zone().to_sys(local, date::choose::earliest));
}

Day day_of(Instant at) { return wall_time(at).day; }
std::chrono::weekday weekday_of(Day day) { return std::chrono::weekday(std::chrono::sys_days(day)); }

std::string to_clock(Instant at) {
    const auto time = wall_time(at).time;
    return fmt::format("{}:{:02}", time.count() / 60, time.count() % 60);
}

std::string to_clock_with_seconds(Instant at) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count() % 60;
    return fmt::format("{}:{:02}", to_clock(at), seconds);
}

std::string to_day(Instant at) {
    const Day day = day_of(at);
    return fmt::format("{} {} {} {}", weekday_name(day), static_cast<unsigned>(day.day()), month_name(day),
                       static_cast<int>(day.year()));
}

std::string to_day_and_clock(Instant at) { return to_day(at) + ", " + to_clock(at); }

std::string to_short(Instant at) {
    const Day day = day_of(at);
    return fmt::format("{:.3} {} {:.3}, {}", weekday_name(day), static_cast<unsigned>(day.day()), month_name(day),
                       to_clock(at));
}

}  // namespace kith::london
