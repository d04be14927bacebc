// Unary tests: whether a value passes a cell.
#include "dmn/evaluate/evaluator.hpp"

namespace kith::dmn {

Value Evaluator::in(const Node& node, const Frame* frame) {
    const Value input = evaluate(node.kid(0), frame);
    if (input.is_undetermined()) return input;
    Frame* inner = this->frame(frame, 1);
    inner->values[0] = input;
    Value out = Value::of(false);
    for (std::size_t i = 1; i < node.kids.size(); ++i) {
        const Value passes = one_test(node.kid(i), input, inner);
        if (passes.is_true()) return passes;
        if (!passes.is(Kind::boolean)) out = passes;
    }
    return out;
}

Value Evaluator::test(const Node& tests, const Value& input, const Frame* frame) {
    if (tests.op == Op::test_any) return Value::of(true);
    Frame* inner = this->frame(frame, 1);
    inner->values[0] = input;
    return one_test(tests, input, inner);
}

Value Evaluator::one_test(const Node& node, const Value& input, const Frame* inner) {
    step();
    const Deeper deeper(*this);
    switch (node.op) {
        case Op::test_any:
            return Value::of(true);
        case Op::tests:
        case Op::test_not: {
            Value out = Value::of(false);
            for (const Node* kid : node.kids) {
                const Value passes = one_test(*kid, input, inner);
                if (passes.is_true()) {
                    out = passes;
                    break;
                }
                if (!passes.is(Kind::boolean)) out = passes;
            }
            if (node.op == Op::test_not && out.is(Kind::boolean)) return Value::of(!out.boolean());
            return out;
        }
        case Op::test_compare:
            return compared(node.comparison, input, evaluate(node.kid(0), inner), &node);
        case Op::test_value:
            return test_value(node, input, inner);
        default:
            return evaluate(node, inner);
    }
}

Value Evaluator::test_value(const Node& node, const Value& input, const Frame* inner) {
    const Value value = evaluate(node.kid(0), inner);
    if (value.is_undetermined()) return value;
    if (node.uses_input && value.is(Kind::boolean)) return value;
    if (node.uses_input && value.is_null()) return doubt("a test is neither true nor false", &node);
    if (value.is(Kind::range)) {
        if (input.is(Kind::range)) {
            if (equal(input, value) == Truth::yes) return Value::of(true);
            return Value::of(false);
        }
        return as_value(within(input, value.range()), &node, "a value and a range do not fit together");
    }
    if (value.is(Kind::list)) {
        if (input.is(Kind::list) && equal(input, value) == Truth::yes) return Value::of(true);
        bool unknown = false;
        for (const Value& item : value.list()) {
            const Truth found =
                item.is(Kind::range) && !input.is(Kind::range) ? within(input, item.range()) : equal(input, item);
            if (found == Truth::yes) return Value::of(true);
            unknown = unknown || found == Truth::unknown;
        }
        if (unknown && strict()) return doubt("a value and a list of values do not fit together", &node);
        return Value::of(false);
    }
    return compared(Comparison::equal, input, value, &node);
}

}  // namespace kith::dmn
