// A table as boxes in the space of its inputs, and what its rules give as classes of equal outputs. Several tables can
// share one space: that is how two versions are compared.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "dmn/table/table.hpp"
#include "dmn/verify/dimension.hpp"

namespace kith::dmn::verify {

struct SpaceRule {
    std::vector<std::uint32_t> sides;  ///< one for each dimension: its number among that dimension's sides
    bool opaque = false;               ///< a column that is no variable asks something of this rule
    std::uint32_t given = 0;           ///< class of its outputs
};

/// What is known of outputs: constants, or an expression, which is equal to itself alone.
struct Given {
    std::vector<std::optional<Value>> values;
    std::vector<std::string> texts;
    std::vector<std::size_t> ranks;  ///< place among the output values, for P and O
    bool broken = false;             ///< a value that its type does not allow: giving it is a fault
};

struct SpaceTable {
    const Table* table = nullptr;
    std::vector<SpaceRule> rules;
    std::optional<std::uint32_t> otherwise;           ///< class of the default outputs
    std::vector<std::optional<std::size_t>> columns;  ///< the dimension of each, none for what is no variable
};

struct Space {
    std::vector<Dimension> dimensions;
    std::vector<std::vector<Side>> sides;  ///< for each dimension, each once
    std::vector<SpaceTable> tables;
    std::vector<Given> classes;
    std::vector<std::string> doubts;  ///< what keeps the findings from being proved complete
    Box whole() const;
    Box may(const SpaceRule& rule) const;
    Box yes(const SpaceRule& rule) const;
};

/// What another decision can put into a variable, or null where that is not known.
using Produced = std::function<const std::vector<Value>*(const Variable&)>;

/// Says what stands behind a variable of a table, by the table's place in the list.
using Resolve = std::function<void(std::size_t table, Variable&)>;

Space make_space(const std::vector<const Table*>& tables, Constants& constants, const Produced& produced = {},
                 const Resolve& resolve = {});

}  // namespace kith::dmn::verify
