// The three relations between values: equal, ordered, identical. Where two values have no answer (kinds that do not
// meet, a zoned point in time against one without a zone) it is `unknown`, which FEEL calls null.
#pragma once
#include "dmn/value/value.hpp"

namespace kith::dmn {

enum class Truth : std::uint8_t { no, yes, unknown };
enum class Order : std::uint8_t { less, equal, greater, unknown };

inline Truth truth(bool holds) { return holds ? Truth::yes : Truth::no; }
/// FEEL's `=`. Null equals null, and nothing else equals null.
Truth equal(const Value& x, const Value& y);
/// FEEL's `<` and `>`, for numbers, texts (by code point), dates, times and durations.
Order order(const Value& x, const Value& y);
/// FEEL's `is()`: the same kind and the same in every written part.
bool identical(const Value& x, const Value& y);
/// Whether a value lies in a range; unknown where an end cannot be compared with it.
Truth within(const Value& value, const Range& range);

}  // namespace kith::dmn
