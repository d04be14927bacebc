// A value that lies in a stretch of an ordered domain.
#pragma once
#include "dmn/verify/cells.hpp"

namespace kith::dmn::verify {

enum class Near : std::uint8_t { low, high };

/// Nothing where no value of 34 digits, no day, no nanosecond or no whole number lies in it. On a stepped line it is
/// the one next to the end that is named, else a plain one.
std::optional<Value> witness(const Line& line, const Stretch& stretch, Near near = Near::low);

/// Days and months go in steps of one, numbers where they are declared whole.
bool is_stepped(const Line& line);

}  // namespace kith::dmn::verify
