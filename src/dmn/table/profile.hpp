// What a cell accepts, as a set that can be reasoned about: points and intervals of one kind, and whether null is
// named. Cells that are more than that (they call functions, or read other facts) lie outside the profile.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "dmn/evaluate/evaluator.hpp"
#include "dmn/table/table.hpp"

namespace kith::dmn {

/// A point is the closed interval from a value to itself. Booleans are points; everything else of one kind is ordered.
struct Interval {
    Value low, high;
    bool has_low = true, has_high = true;
    End low_end = End::closed, high_end = End::closed;
    bool holds(const Value& value) const;
};

struct Accepts {
    bool everything = false;   ///< `-`
    bool names_null = false;   ///< the cell decides about null
    bool null = false;         ///< and accepts it
    bool negated = false;      ///< all of the kind but `parts`
    std::optional<Kind> kind;  ///< of the parts; none when there is none
    std::vector<Interval> parts;
    /// Of a value that is known and of the kind.
    bool holds(const Value& value) const;
};

/// What the cell accepts, or nothing when it lies outside the profile. `?` is in the frame of the tests, no other
/// variable is read.
std::optional<Accepts> accepts(const Node& cell, Evaluator& evaluator);

/// The value of an expression that reads no variable, or nothing.
std::optional<Value> constant_value(const Node& node, Evaluator& evaluator);

}  // namespace kith::dmn
