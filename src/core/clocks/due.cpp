#include "core/clocks/due.hpp"

#include "base/london.hpp"

namespace kith::clocks {
namespace {
Day next(Day day) { return Day(std::chrono::sys_days(day) + std::chrono::days(1)); }
}  // namespace

Result<Day> plus_working_days(const Calendar& calendar, Day trigger, int count) {
    if (count < 0) return fail(Code::invalid, "working days cannot be negative");
    Day day = trigger;
    if (!calendar.covers(day)) return fail(Code::unavailable, "no bank holidays are known for that year");
    while (count > 0) {
        day = next(day);
        if (!calendar.covers(day)) return fail(Code::unavailable, "no bank holidays are known for that year");
        if (calendar.is_working_day(day)) --count;
    }
    return day;
}

Result<Instant> plus_working_days(const Calendar& calendar, Instant trigger, int count) {
    const Day day = KITH_TRY(plus_working_days(calendar, london::day_of(trigger), count));
    return london::instant_of({next(day), std::chrono::minutes(0)});
}

}  // namespace kith::clocks
