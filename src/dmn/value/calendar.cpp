#include "dmn/value/calendar.hpp"

#include <algorithm>

namespace kith::dmn {

// Years begin in March here, so that the leap day is the last of one; 400 years are 146,097 days.
std::int64_t days_of(CivilDate date) {
    const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    const std::int64_t era = floor_div(year, 400);
    const std::int64_t of_era = year - era * 400;
    const std::int64_t of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    return era * 146'097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719'468;
}

CivilDate civil(std::int64_t days) {
    days += 719'468;
    const std::int64_t era = floor_div(days, 146'097);
    const std::int64_t of_era = days - era * 146'097;
    const std::int64_t year_of_era = (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
    const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted = (5 * of_year + 2) / 153;
    const int day = static_cast<int>(of_year - (153 * shifted + 2) / 5 + 1);
    const int month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
    return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

int days_in_month(std::int64_t year, int month) {
    if (month == 2) return (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

bool exists(CivilDate date) {
    return date.year >= -kMostYear && date.year <= kMostYear && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
           date.day <= days_in_month(date.year, date.month);
}

int weekday(std::int64_t days) { return static_cast<int>(floor_mod(days + 3, 7)) + 1; }

int day_of_year(std::int64_t days) { return static_cast<int>(days - days_of({civil(days).year, 1, 1})) + 1; }

int week_of_year(std::int64_t days) {
    const std::int64_t thursday = days - weekday(days) + 4;  // a week belongs to the year of its Thursday
    return (day_of_year(thursday) - 1) / 7 + 1;
}

CivilDate add_months(CivilDate date, std::int64_t months) {
    const std::int64_t total = date.year * 12 + (date.month - 1) + months;
    const std::int64_t year = floor_div(total, 12);
    const int month = static_cast<int>(floor_mod(total, 12)) + 1;
    return {year, month, std::min(date.day, days_in_month(year, month))};
}

}  // namespace kith::dmn
