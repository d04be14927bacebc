// One evaluation of a model: facts in, decisions out, each computed once. The values lie in the evaluator's arena.
#pragma once
#include <optional>
#include <vector>

#include "dmn/model/model.hpp"

namespace kith::dmn {

class Run {
  public:
    Run(const Model& model, Evaluator& evaluator);
    /// Forgets every fact and result, keeping what was allocated.
    void reset();
    /// The value of an input, or of a decision that is given from outside instead of being computed.
    void give(const Element& element, const Value& value);
    /// A decision's result; for an input its fact; for knowledge and services the function.
    Value value_of(const Element& element);
    /// Knowledge or a service, with arguments in the order of its parameters.
    Value invoke(const Element& element, std::span<const Value> arguments);
    Evaluator& evaluator() { return evaluator_; }

  private:
    enum class State : std::uint8_t { untouched, given, working, done };
    Value computed(const Element& element);
    Value input(const Element& element);
    Value serve(const Element& service, std::span<const Value> arguments);
    Frame* frame_of(const Element& element);
    Value function_of(const Element& element);
    const Model& model_;
    Evaluator& evaluator_;
    std::vector<Value> values_;
    std::vector<State> states_;
};

}  // namespace kith::dmn
