// The proleptic Gregorian calendar on 64-bit days, for the years that FEEL needs: -999,999,999 to 999,999,999.
#pragma once
#include <cstdint>

namespace kith::dmn {

inline constexpr std::int64_t kMostYear = 999'999'999;
inline constexpr std::int64_t kDay = 86'400;

struct CivilDate {
    std::int64_t year;
    int month;
    int day;
};

/// Days from 1970-01-01. Asks for a date that exists.
std::int64_t days_of(CivilDate date);
CivilDate civil(std::int64_t days);
int days_in_month(std::int64_t year, int month);
bool exists(CivilDate date);
/// 1 for Monday to 7 for Sunday.
int weekday(std::int64_t days);
int day_of_year(std::int64_t days);
/// ISO 8601.
int week_of_year(std::int64_t days);
/// The same day of another month, or that month's last.
CivilDate add_months(CivilDate date, std::int64_t months);

inline std::int64_t floor_div(std::int64_t x, std::int64_t y) {
    return x / y - ((x % y != 0 && (x < 0) != (y < 0)) ? 1 : 0);
}
inline std::int64_t floor_mod(std::int64_t x, std::int64_t y) { return x - floor_div(x, y) * y; }

}  // namespace kith::dmn
