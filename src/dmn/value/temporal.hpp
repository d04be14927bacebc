// Dates, times and durations as text (XML Schema's forms, and `@Area/City` for a zone), and the few facts about points
// in time that comparing and counting rest on. A text that does not name one is `nullopt`.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "dmn/value/calendar.hpp"
#include "dmn/value/value.hpp"
#include "dmn/value/zone.hpp"

namespace kith::dmn {

std::optional<std::int64_t> parse_date(std::string_view text);
std::optional<Clock> parse_time(std::string_view text, const Zones& zones);
/// A date alone is its midnight.
std::optional<Clock> parse_date_time(std::string_view text, const Zones& zones);
/// Years and months, or days and below; `P` with neither is none, and the two do not mix.
std::optional<Value> parse_duration(std::string_view text);
/// Any of the four, as after `@`.
std::optional<Value> parse_temporal(std::string_view text, const Zones& zones);
/// `Z`, `+02:00`, `@Europe/Paris`.
bool parse_zone(std::string_view text, const Zones& zones, Clock& out);

void write_date(std::int64_t days, std::string& out);
void write_time(const Clock& time, std::string& out);
void write_date_time(const Clock& moment, std::string& out);
void write_span(Span span, std::string& out);
void write_months(std::int64_t months, std::string& out);

/// Seconds east of UTC; `nullopt` where the clock names no zone. A time alone in a named zone has the offset of 1970.
std::optional<std::int64_t> offset_of(const Clock& clock);
/// Seconds on the line of UTC (as written, when there is no zone).
std::int64_t line_of(const Clock& clock);
/// Whether two are both zoned or both not.
inline bool comparable(const Clock& x, const Clock& y) {
    return (x.kind == ZoneKind::none) == (y.kind == ZoneKind::none);
}
Clock midnight(std::int64_t days);
/// Later by a span; the local time is moved along the line of UTC in a named zone. `nullopt` past the last year.
std::optional<Clock> later(const Clock& moment, Span span);
Span negated(Span span);
std::optional<Span> sum(Span x, Span y);
/// Every value that is whole nanoseconds times a number, rounded to a nanosecond towards zero.
std::optional<Decimal> seconds_of(Span span);
std::optional<Span> span_of(Decimal seconds);
bool in_calendar(std::int64_t local_seconds);

}  // namespace kith::dmn
