// Properties over a whole graph of decisions: a table in a file of its own, whose inputs are facts and decisions and
// whose one output is `never` or `always`. `never`: no facts make the row true. `always`: wherever the row's facts
// hold, its decisions do.
#pragma once
#include "dmn/verify/graph.hpp"

namespace kith::dmn::verify {

enum class Proof : std::uint8_t { proved, refuted, open };

struct Property {
    std::uint32_t row = 0;  ///< counted from 1
    std::vector<std::string> annotations;
    Proof proof = Proof::open;
    std::string why_not;                  ///< of `open`
    std::optional<Example> counter;       ///< facts alone, and what the decisions of the row answer to them
    bool somewhere_undetermined = false;  ///< it holds, but where facts are missing a decision gives no answer
};

/// Each row of the table that is this decision's logic.
std::vector<Property> prove(const Model& model, const Element& properties, const Options& options = {});

}  // namespace kith::dmn::verify
