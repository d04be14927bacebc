// What every node does, but for arithmetic, paths and filters, iterations and tests, which have files of their own.
#include "dmn/evaluate/evaluator.hpp"

namespace kith::dmn {

Value Evaluator::doubt(const char* message, const Node* at, std::string_view subject) {
    if (mode_ == Mode::lenient) return Value::null();
    if (diagnostics.size() < 1000) diagnostics.push_back({message, at, subject});
    return Value::undetermined(static_cast<std::uint32_t>(diagnostics.size()));
}

Value Evaluator::text(const std::string& out) {
    if (out.size() > limits_.text) throw LimitReached{"text length"};
    return Value::of(arena_.keep(std::string_view(out)));
}

Value Evaluator::list(const std::vector<Value>& items) {
    check_list(items.size());
    return Value::of(arena_.keep(items));
}

Value Evaluator::context(const std::vector<Entry>& entries) {
    Context* made = arena_.make<Context>();
    made->entries = arena_.keep(entries);
    return Value::of(static_cast<const Context*>(made));
}

const Pattern* Evaluator::pattern(std::string_view text, std::string_view flags) {
    std::string key(flags);
    key += '/';
    key += text;
    const auto known = patterns_.find(key);
    if (known != patterns_.end()) return known->second.get();
    if (patterns_.size() >= 256) patterns_.clear();
    return patterns_.emplace(std::move(key), Pattern::compile(text, flags)).first->second.get();
}

Frame* Evaluator::frame(const Frame* parent, std::uint32_t count) {
    Frame* out = arena_.make<Frame>();
    out->parent = parent;
    out->values = arena_.many<Value>(count).data();
    out->count = count;
    return out;
}

Value Evaluator::evaluate(const Node& node, const Frame* frame) {
    step();
    switch (node.op) {
        case Op::constant:
            return node.value;
        case Op::slot:
        case Op::input:
        case Op::item_entry:
            return variable(node, frame);
        case Op::dynamic:
            return dynamic(node, frame);
        case Op::unknown:
            return doubt("a name is not in scope", &node);
        case Op::failed:
            return doubt("an expression could not be read", &node);
        case Op::external:
            return doubt("a function that lies outside the model cannot be run", &node);
        default:
            break;
    }
    const Deeper deeper(*this);
    switch (node.op) {
        case Op::path: {
            const Value from = evaluate(node.kid(0), frame);
            return path(from, node.text, &node);
        }
        case Op::filter:
            return filter(node, frame);
        case Op::call:
            return call_node(node, frame);
        case Op::builtin: {
            if (node.index == 1) return built_in(node, frame);
            Function* made = arena_.make<Function>();
            made->builtin = node.builtin;
            return Value::of(static_cast<const Function*>(made));
        }
        case Op::negate:
            return negate(evaluate(node.kid(0), frame), &node);
        case Op::add:
        case Op::subtract:
        case Op::multiply:
        case Op::divide:
        case Op::power: {
            const Value x = evaluate(node.kid(0), frame);
            return arithmetic(node.op, x, evaluate(node.kid(1), frame), &node);
        }
        case Op::both:
        case Op::either:
            return logic(node, frame);
        case Op::compare:
            return compare_node(node, frame);
        case Op::between:
            return between(node, frame);
        case Op::in:
            return in(node, frame);
        case Op::instance_of: {
            const Value value = evaluate(node.kid(0), frame);
            return value.is_undetermined() ? value : Value::of(instance_of(value, *node.tested));
        }
        case Op::choice:
            return choice(node, frame);
        case Op::for_each:
        case Op::some:
        case Op::every:
            return iterate(node, frame);
        case Op::span:
            return domain(node, frame);
        case Op::lambda:
            return make_lambda(node, frame);
        case Op::context:
        case Op::boxed_context:
            return make_context(node, frame);
        case Op::list:
            return make_list(node, frame);
        case Op::range:
            return make_range(node, frame);
        case Op::one_sided:
            return make_one_sided(node, frame);
        case Op::convert:
            return convert(evaluate(node.kid(0), frame), *node.tested, &node);
        case Op::table:
            return run_table != nullptr ? run_table(*this, *node.table, frame) : doubt("no tables here", &node);
        case Op::test_any:
        case Op::test_not:
        case Op::test_compare:
        case Op::test_value:
        case Op::tests:
            return test(node, frame != nullptr && frame->count > 0 ? frame->values[0] : Value::null(), frame);
        default:
            return doubt("this cannot be evaluated", &node);
    }
}

Value Evaluator::variable(const Node& node, const Frame* frame) {
    for (std::uint32_t i = 0; i < node.depth; ++i) frame = frame->parent;
    if (node.op != Op::item_entry) return frame->values[node.index];
    return path(frame->values[1], node.text, &node);
}

// A name behind a filtered item of unknown type: the item's own entry, if it has one, goes before what lies outside.
Value Evaluator::dynamic(const Node& node, const Frame* frame) {
    const Frame* at = frame;
    for (std::uint32_t i = 0; i < node.depth && at != nullptr; ++i, at = at->parent) {
        if (at->count != 2 || !at->values[1].is(Kind::context)) continue;
        if (const Value* found = at->values[1].context().find(node.text)) return *found;
    }
    const Node& outside = node.kid(0);
    return outside.op == Op::unknown ? doubt("a name is not in scope", &node) : evaluate(outside, frame);
}

// Three-valued. A side that decides wins even where the other is undetermined, in either order.
Value Evaluator::logic(const Node& node, const Frame* frame) {
    const bool decides = node.op == Op::either;
    const Value left = evaluate(node.kid(0), frame);
    if (left.is(Kind::boolean) && left.boolean() == decides) return left;
    const Value right = evaluate(node.kid(1), frame);
    if (right.is(Kind::boolean) && right.boolean() == decides) return right;
    if (left.is_undetermined()) return left;
    if (right.is_undetermined()) return right;
    if (left.is(Kind::boolean) && right.is(Kind::boolean)) return Value::of(!decides);
    return doubt(decides ? "a side of `or` is neither true nor false" : "a side of `and` is neither true nor false",
                 &node);
}

Value Evaluator::as_value(Truth truth, const Node* at, const char* message) {
    return truth == Truth::unknown ? doubt(message, at) : Value::of(truth == Truth::yes);
}

Value Evaluator::compared(Comparison comparison, const Value& x, const Value& y, const Node* at) {
    if (x.is_undetermined()) return x;
    if (y.is_undetermined()) return y;
    if (comparison == Comparison::equal || comparison == Comparison::not_equal) {
        Value a = x, b = y;
        if (a.is(Kind::list) != b.is(Kind::list) && !a.is_null() && !b.is_null()) {  // a list of one equals its item
            if (a.is(Kind::list) && a.list().size() == 1)
                a = a.list()[0];
            else if (b.is(Kind::list) && b.list().size() == 1)
                b = b.list()[0];
        }
        const Truth found = equal(a, b);
        if (found == Truth::unknown) return doubt("these two cannot be compared", at);
        return Value::of((found == Truth::yes) == (comparison == Comparison::equal));
    }
    const Order found = order(x, y);
    switch (found) {
        case Order::unknown:
            return doubt("these two have no order", at);
        case Order::less:
            return Value::of(comparison == Comparison::less || comparison == Comparison::at_most);
        case Order::greater:
            return Value::of(comparison == Comparison::greater || comparison == Comparison::at_least);
        case Order::equal:
            return Value::of(comparison == Comparison::at_most || comparison == Comparison::at_least);
    }
    return Value::null();
}

Value Evaluator::compare_node(const Node& node, const Frame* frame) {
    const Value x = evaluate(node.kid(0), frame);
    const Value y = evaluate(node.kid(1), frame);
    const auto is_null_literal = [](const Node& side) { return side.op == Op::constant && side.value.is_null(); };
    const bool asks_null = is_null_literal(node.kid(0)) || is_null_literal(node.kid(1));
    if (strict() && !asks_null && x.is_null() != y.is_null() && !x.is_undetermined() && !y.is_undetermined())
        return doubt("what is not known is compared with a value", &node);
    return compared(node.comparison, x, y, &node);
}

Value Evaluator::between(const Node& node, const Frame* frame) {
    const Value x = evaluate(node.kid(0), frame);
    const Value above = compared(Comparison::at_least, x, evaluate(node.kid(1), frame), &node);
    const Value below = compared(Comparison::at_most, x, evaluate(node.kid(2), frame), &node);
    if (above.is_null()) return above;
    if (below.is_null()) return below;
    return Value::of(above.boolean() && below.boolean());
}

Value Evaluator::choice(const Node& node, const Frame* frame) {
    const Value condition = evaluate(node.kid(0), frame);
    if (condition.is_undetermined()) return condition;
    // By the standard FEEL's `if` takes its else for all that is not true; the boxed one gives null for what is no
    // truth value.
    if (node.index == 1 && !condition.is(Kind::boolean) && !condition.is_null())
        return doubt("a condition is neither true nor false", &node.kid(0));
    if (!condition.is(Kind::boolean) && strict()) return doubt("a condition is neither true nor false", &node.kid(0));
    return evaluate(node.kid(condition.is_true() ? 1 : 2), frame);
}

Value Evaluator::make_context(const Node& node, const Frame* frame) {
    const std::size_t count = node.kids.size();
    Frame* inner = this->frame(frame, static_cast<std::uint32_t>(count));
    Value first_doubt;
    for (std::size_t i = 0; i < count; ++i) {
        inner->values[i] = evaluate(node.kid(i), inner);
        if (inner->values[i].is_undetermined() && !first_doubt.is_undetermined()) first_doubt = inner->values[i];
    }
    if (node.op == Op::boxed_context) return inner->values[count - 1];
    if (first_doubt.is_undetermined()) return first_doubt;
    const std::span<Entry> entries = arena_.many<Entry>(count);
    for (std::size_t i = 0; i < count; ++i) entries[i] = {node.names[i], inner->values[i]};
    Context* made = arena_.make<Context>();
    made->entries = entries;
    return Value::of(static_cast<const Context*>(made));
}

Value Evaluator::make_list(const Node& node, const Frame* frame) {
    const std::span<Value> items = arena_.many<Value>(node.kids.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        items[i] = evaluate(node.kid(i), frame);
        if (items[i].is_undetermined()) return items[i];
    }
    return Value::of(std::span<const Value>(items));
}

Value Evaluator::make_range(const Node& node, const Frame* frame) {
    Range made;
    made.low = evaluate(node.kid(0), frame);
    made.high = evaluate(node.kid(1), frame);
    if (made.low.is_undetermined()) return made.low;
    if (made.high.is_undetermined()) return made.high;
    made.low_end = node.low_end;
    made.high_end = node.high_end;
    if (made.low.is_null() && made.high.is_null()) return doubt("a range has no ends", &node);
    if (made.low.is_null() || made.high.is_null()) {
        if (strict()) return doubt("an end of a range is not known", &node);
        return range(made);
    }
    switch (order(made.low, made.high)) {
        case Order::unknown:
            return doubt("the ends of a range do not fit together", &node);
        case Order::greater:
            return doubt("a range ends before it begins", &node);
        case Order::less:
        case Order::equal:
            break;
    }
    return range(made);
}

Value Evaluator::make_one_sided(const Node& node, const Frame* frame) {
    const Value value = evaluate(node.kid(0), frame);
    if (value.is_undetermined()) return value;
    if (value.is_null()) return doubt("an end of a range is not known", &node);
    Range made;
    const Comparison c = node.comparison;
    if (c == Comparison::not_equal) return doubt("everything but one value is no range", &node);
    made.has_low = c == Comparison::greater || c == Comparison::at_least || c == Comparison::equal;
    made.has_high = c == Comparison::less || c == Comparison::at_most || c == Comparison::equal;
    if (made.has_low) made.low = value;
    if (made.has_high) made.high = value;
    if (c == Comparison::at_least || c == Comparison::equal) made.low_end = End::closed;
    if (c == Comparison::at_most || c == Comparison::equal) made.high_end = End::closed;
    return range(made);
}

Value Evaluator::make_lambda(const Node& node, const Frame* frame) {
    Function* made = arena_.make<Function>();
    made->lambda = &node;
    made->frame = frame;
    made->names = node.names;
    made->type = node.type;
    return Value::of(static_cast<const Function*>(made));
}

}  // namespace kith::dmn
