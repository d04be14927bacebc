// What the verifier has to say, as data: the lines that a person reads are made from it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dmn/feel/fault.hpp"

namespace kith::dmn::verify {

enum class FindingKind : std::uint8_t {
    gap,                ///< no rule matches, and there is no default
    overlap,            ///< two rules match where one may
    never_fires,        ///< others always go before it, or no admissible value passes
    never_matters,      ///< without it every result is the same
    outside_allowed,    ///< a cell or an output names a value that is not allowed
    undetermined,       ///< a value that is not known leaves the result open
    unused_input,       ///< a column, a requirement or a fact that decides nothing
    unhandled_outcome,  ///< another decision can give what no rule takes
    value_never_given   ///< an output value that no rule gives
};
enum class Severity : std::uint8_t { information, warning, error };

/// One input of a row, its test as a cell would hold it.
struct Condition {
    std::string input;
    std::string test;
};
/// A box of the input space as a row of a table; inputs that may be anything are left out.
using Row = std::vector<Condition>;

struct Fact {
    std::string name;
    std::string literal;
};

/// Facts, and what the evaluator answers to them: a literal, `no rule` or `undetermined`.
struct Example {
    std::vector<Fact> facts;  ///< named as a case names them
    std::string answer;
    std::string outcome;  ///< the same as it stands behind the arrow of a case
};

struct Finding {
    FindingKind kind = FindingKind::gap;
    Severity severity = Severity::error;
    std::string message;                   ///< a sentence without its stop
    std::vector<std::uint32_t> rules;      ///< counted from 1
    std::vector<std::string> annotations;  ///< of these rules
    std::vector<Row> region;
    std::optional<Example> example;
    bool if_together = false;  ///< it rests on results of other decisions that may never come together
    Position position;
};

/// One question asked of a table: answered whole, or why not.
struct Analysis {
    std::string name;
    bool proved = true;
    std::string why_not;
    std::size_t unlisted = 0;  ///< found beyond those that the report lists
};

struct TableReport {
    std::string decision;
    std::vector<Finding> findings;
    std::vector<Analysis> analyses;
    std::vector<std::string> not_analysed;  ///< cells and inputs outside the profile
    bool complete() const {
        for (const Analysis& one : analyses)
            if (!one.proved) return false;
        return true;
    }
};

}  // namespace kith::dmn::verify
