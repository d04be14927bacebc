// Whether an answer is what a case expects.
#pragma once
#include "dmn/cases/facts.hpp"
#include "dmn/explain/answer.hpp"

namespace kith::dmn::cases {

/// A case that fits its model.
struct Bound {
    struct Wanted {
        Output output;
        std::string name;
        Value value;
    };
    std::size_t line = 0;
    const Element* decision = nullptr;
    std::vector<Given> facts;
    std::vector<Wanted> outputs;
    std::optional<Target> because;
};

/// Reads the expected values; false and `wrong` where one does not fit the decision.
bool bind_outputs(const Case& one, Bound& bound, Literals& literals, Wrong& wrong);

/// Empty where the case holds, else what differs.
std::string difference(const Case& one, const Bound& bound, const Model& model, const Explanation& explanation);

}  // namespace kith::dmn::cases
