#pragma once
#include "dmn/evaluate/evaluator.hpp"
#include "dmn/explain/explanation.hpp"

namespace kith::dmn {

/// From inputs and result to rules, what mattered and near misses. The frame is that in which the table was run.
void complete(TableReason& reason, Evaluator& evaluator);

}  // namespace kith::dmn
