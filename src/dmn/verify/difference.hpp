// Where two versions of a table answer differently: exactly, as readable rows.
#pragma once
#include "dmn/verify/check.hpp"

namespace kith::dmn::verify {

struct Change {
    std::vector<Row> rows;  ///< disjoint; on each of them `before` has become `after`
    std::string before, after;
    std::vector<std::uint32_t> rules_before, rules_after;  ///< that decide there, counted from 1
    std::optional<Example> old_example, new_example;       ///< the same facts, put to either version
};

struct Difference {
    std::vector<Change> changes;
    std::vector<std::string> notes;  ///< facts, outcomes or allowed values that only one version has
    bool proved = true;              ///< everything else is the same
    std::string why_not;
};

/// Over the facts of both; where what is allowed differs, over what both allow, and a note says so.
Difference difference(const Model& before, const Table& old_table, const Model& after, const Table& new_table,
                      const Options& options = {});

}  // namespace kith::dmn::verify
