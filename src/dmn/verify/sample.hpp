// Some admissible value of a type, for the facts of an example that no column asks for.
#pragma once
#include "dmn/evaluate/evaluator.hpp"

namespace kith::dmn::verify {

/// Null where none was found.
Value sample(const Type& type, Evaluator& evaluator);

}  // namespace kith::dmn::verify
