// Working days of England and Wales: Monday to Friday, less the bank holidays the calendar was given.
#pragma once
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/instant.hpp"

namespace kith::clocks {

struct BankHoliday {
    Day day;
    std::string title;
    friend bool operator==(const BankHoliday&, const BankHoliday&) = default;
};

class Calendar {
  public:
    /// Knows no bank holiday and covers no day; opening hours can be asked of it, working days cannot.
    Calendar() = default;
    /// In any order. `invalid` for an impossible day, an empty title, or a day given twice.
    static Result<Calendar> create(std::vector<BankHoliday> holidays);

    bool is_bank_holiday(Day day) const;
    /// The holiday's name, or empty.
    std::string_view title_of(Day day) const;
    bool is_working_day(Day day) const;
    /// True from the first day of the first year with a holiday to the last day of the last. Outside, the calendar does
    /// not know.
    bool covers(Day day) const;
    /// Sorted by day.
    const std::vector<BankHoliday>& holidays() const { return holidays_; }

  private:
    std::vector<BankHoliday> holidays_;
};

}  // namespace kith::clocks
