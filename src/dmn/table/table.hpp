// A decision table as data: what an interpreter, a compiler, an explanation and a verifier all read.
#pragma once
#include <span>
#include <string_view>

#include "dmn/feel/fault.hpp"
#include "dmn/feel/tree.hpp"

namespace kith::dmn {

struct CompiledTable;

enum class HitPolicy : std::uint8_t { unique, any, priority, first, rule_order, output_order, collect };
enum class Aggregation : std::uint8_t { none, sum, minimum, maximum, count };

struct InputClause {
    const Node* expression = nullptr;
    std::string_view text;  ///< of the expression
    std::string_view label;
    const Type* type = &types::any;
    const Node* allowed = nullptr;  ///< of this clause; those of its type stand in the type
};

struct OutputClause {
    std::string_view name;
    const Type* type = &types::any;
    const Node* allowed = nullptr;
    std::span<const Value> priorities;  ///< output values in their order, where they are literals
    const Node* otherwise = nullptr;    ///< the default output
};

struct Cell {
    const Node* node = nullptr;  ///< unary tests, or an output expression
    std::string_view text;
    Position position;
};

struct Rule {
    std::string_view id;
    std::span<const Cell> inputs;
    std::span<const Cell> outputs;
    std::span<const std::string_view> annotations;
    std::string_view description;
};

struct Table {
    std::string_view name;  ///< of the decision that it is the logic of
    HitPolicy policy = HitPolicy::unique;
    Aggregation aggregation = Aggregation::none;
    std::span<const InputClause> inputs;
    std::span<const OutputClause> outputs;
    std::span<const Rule> rules;
    std::span<const std::string_view> annotation_names;
    const CompiledTable* compiled = nullptr;  ///< null where a cell lies outside the profile
};

/// Whether a result is a list with one item for each rule that matches.
inline bool gives_list(const Table& table) {
    return table.aggregation == Aggregation::none &&
           (table.policy == HitPolicy::rule_order || table.policy == HitPolicy::output_order ||
            table.policy == HitPolicy::collect);
}

inline bool has_default(const Table& table) {
    for (const OutputClause& output : table.outputs)
        if (output.otherwise != nullptr) return true;
    return false;
}

}  // namespace kith::dmn
