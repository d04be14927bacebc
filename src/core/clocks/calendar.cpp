#include "core/clocks/calendar.hpp"

#include <algorithm>

#include "base/london.hpp"

namespace kith::clocks {

Result<Calendar> Calendar::create(std::vector<BankHoliday> holidays) {
    std::ranges::sort(holidays, {}, &BankHoliday::day);
    for (std::size_t i = 0; i < holidays.size(); ++i) {
        if (!holidays[i].day.ok()) return fail(Code::invalid, "bank holiday is not a day of the calendar", "date");
        if (holidays[i].title.empty()) return fail(Code::invalid, "bank holiday has no title", "title");
        if (i > 0 && holidays[i].day == holidays[i - 1].day)
            return fail(Code::invalid, "bank holiday is given twice", "date");
    }
    Calendar calendar;
    calendar.holidays_ = std::move(holidays);
    return calendar;
}

std::string_view Calendar::title_of(Day day) const {
    const auto at = std::ranges::lower_bound(holidays_, day, {}, &BankHoliday::day);
    return at != holidays_.end() && at->day == day ? std::string_view(at->title) : std::string_view{};
}

bool Calendar::is_bank_holiday(Day day) const { return !title_of(day).empty(); }

bool Calendar::is_working_day(Day day) const {
    const auto weekday = london::weekday_of(day);
    return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday && !is_bank_holiday(day);
}

bool Calendar::covers(Day day) const {
    return !holidays_.empty() && day.year() >= holidays_.front().day.year() &&
           day.year() <= holidays_.back().day.year();
}

}  // namespace kith::clocks
