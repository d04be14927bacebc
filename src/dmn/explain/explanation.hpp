// Why a decision came out as it did, as data. Values in it lie in the session that was asked and are valid until its
// next question.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dmn/table/table.hpp"

namespace kith::dmn {

/// A rule that fails on one fact alone.
struct NearMiss {
    std::uint32_t rule = 0;
    std::uint32_t input = 0;  ///< the first column that the fact fails in
    Value seen;
    std::optional<Value> nearest;  ///< an admissible value with which the rule matches; the nearest where there is one
    bool would_decide = false;     ///< with it the rule would change the result, not merely match
};

struct TableReason {
    const Table* table = nullptr;
    const void* frame = nullptr;         ///< of the evaluation, for completing
    std::vector<Value> inputs;           ///< one for each column
    std::vector<std::uint32_t> matched;  ///< rules, from 0
    std::vector<std::uint32_t> undecided;
    std::vector<std::uint32_t> waiting;   ///< columns whose not being known leaves rules undecided
    std::vector<std::uint32_t> decided;   ///< those of the matched that the result rests on
    std::vector<std::uint32_t> mattered;  ///< columns: a sufficient set
    std::vector<NearMiss> near_misses;
    Value result;
};

struct Explanation {
    Value value;
    bool determined = false;
    std::string why;
    std::vector<std::string> unknown;  ///< where it is not determined: facts that a diagnostic names
    std::vector<TableReason> tables;
};

/// Plain sentences, one a line: what matched and why, what mattered, what nearly matched, with the rules' annotations.
std::string sentences(const Explanation& explanation);
/// The same for a script; rules are counted from 1.
std::string as_json(const Explanation& explanation);

}  // namespace kith::dmn
