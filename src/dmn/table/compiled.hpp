// A table whose cells all lie in the profile, as bits: for each column the values that its cells name cut the line into
// points and the gaps between them, and each of these knows the rules that accept it. A decision looks up one row of
// bits a column and takes what they have in common, 64 rules at a time; it allocates nothing but its result, in the
// arena.
#pragma once
#include <cstdint>
#include <span>

#include "dmn/evaluate/evaluator.hpp"
#include "dmn/table/profile.hpp"
#include "dmn/table/table.hpp"

namespace kith::dmn {

struct CompiledColumn {
    Kind kind = Kind::null;               ///< null: every cell is `-` or names null alone
    bool always = false;                  ///< every cell is `-`
    std::span<const Value> cuts;          ///< ascending; for booleans false and true
    std::span<const std::uint64_t> bits;  ///< (2 * cuts + 1) rows of words: below a cut, at it, above the last
    std::span<const std::uint64_t> null_yes, null_maybe;  ///< for a value that is not known, in strict mode
    /// The row for a known value of the kind, or null when it has no place among the cuts.
    const std::uint64_t* row(const Value& value, std::uint32_t words) const;
};

struct CompiledTable {
    std::uint32_t words = 0;  ///< of 64 rules each
    std::span<const CompiledColumn> columns;
    std::span<const Value> results;  ///< for each rule, its outputs as one value, where they are constant; else empty
    bool constant = false;           ///< all results are
};

/// Null when a cell lies outside the profile. What it returns lies in the arena.
const CompiledTable* compile(const Table& table, Arena& arena, const Zones& zones);

/// The decision by bits, or nothing when this input has to be asked of the interpreter.
std::optional<Value> decide_compiled(Evaluator& evaluator, const Table& table, std::span<const Value> inputs,
                                     const Frame* frame);

}  // namespace kith::dmn
