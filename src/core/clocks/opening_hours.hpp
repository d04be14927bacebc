// When a place is staffed, in London wall time. On the days the clocks change, what the wall clock shows decides: a
// span inside the hour that spring skips does not happen, one inside the hour that autumn repeats happens twice.
#pragma once
#include <array>
#include <optional>
#include <vector>

#include "core/clocks/calendar.hpp"

namespace kith::clocks {

/// From `from` up to but without `to`, in minutes of the day; `to` may be 24:00.
struct Span {
    std::chrono::minutes from{0};
    std::chrono::minutes to{0};
    friend bool operator==(const Span&, const Span&) = default;
};

/// Reads "08:30-17:00". `invalid` for anything else, for an end that is not after its beginning, or past 24:00.
Result<Span> parse_span(std::string_view text);
std::string to_text(const Span& span);

using Spans = std::vector<Span>;

class OpeningHours {
  public:
    /// Never open.
    OpeningHours() = default;
    /// `week` begins with Monday; `bank_holidays` hold instead of the weekday's on a bank holiday (empty: closed).
    /// `invalid` for a span that ends before it begins or for two that overlap on one day.
    static Result<OpeningHours> create(std::array<Spans, 7> week, Spans bank_holidays);
    static OpeningHours always();

    bool is_open(const Calendar& calendar, Instant at) const;
    /// The first instant not before `at` at which it is open: `at` itself if it is open then. Empty when it does not
    /// open in the hundred days that follow.
    std::optional<Instant> next_opening(const Calendar& calendar, Instant at) const;
    const Spans& on(const Calendar& calendar, Day day) const;
    /// "Monday to Friday 8:00 to 20:00; Saturday, Sunday and bank holidays 9:00 to 17:00", or "never", "at all times".
    std::string in_words() const;
    friend bool operator==(const OpeningHours&, const OpeningHours&) = default;

  private:
    std::array<Spans, 7> week_{};
    Spans bank_holidays_;
};

}  // namespace kith::clocks
