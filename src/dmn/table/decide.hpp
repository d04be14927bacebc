// A decision table run cell by cell. The truth of a cell has three values; a rule with no false cell and an undecided
// one is undecided, and the result is undetermined when undecided rules, taken as matching or not, could change it.
#pragma once
#include <vector>

#include "dmn/evaluate/evaluator.hpp"
#include "dmn/table/table.hpp"

namespace kith::dmn {

enum class Match : std::uint8_t { no, yes, undecided };

/// Whether a value passes a cell. In strict mode a null passes `-`, is decided by a cell that names null, and else is
/// undecided.
Match match(Evaluator& evaluator, const Node& cell, const Value& input, const Frame* frame);

/// What the rules that match give under the hit policy, outputs evaluated in `frame`.
Value outcome(Evaluator& evaluator, const Table& table, std::span<const std::uint32_t> matching, const Frame* frame);

/// The outcome where some rules are undecided.
Value outcome(Evaluator& evaluator, const Table& table, std::span<const std::uint32_t> matching,
              std::span<const std::uint32_t> undecided, const Frame* frame);

/// By the compiled table where there is one and it knows the inputs, else by the interpreter; the two never differ.
Value decide(Evaluator& evaluator, const Table& table, const Frame* frame);
Value interpret(Evaluator& evaluator, const Table& table, std::span<const Value> inputs, const Frame* frame);

/// Whether the literal null stands in the tests.
bool names_null(const Node& node);

}  // namespace kith::dmn
