// `for`, `some` and `every`, over lists, ranges and spans of numbers or dates.
#include "dmn/evaluate/evaluator.hpp"
#include "dmn/value/temporal.hpp"

namespace kith::dmn {
namespace {
// The whole steps from low to high, both included, downwards where high is the lower.
std::optional<std::pair<std::int64_t, std::int64_t>> steps(const Value& low, const Value& high) {
    if (low.is(Kind::number) && high.is(Kind::number)) {
        const auto a = low.number().whole(), b = high.number().whole();
        if (a && b) return std::pair(*a, *b);
    }
    if (low.is(Kind::date) && high.is(Kind::date)) return std::pair(low.days(), high.days());
    return std::nullopt;
}
}  // namespace

Value Evaluator::domain(const Node& node, const Frame* frame) {
    if (node.op != Op::span) {
        const Value value = evaluate(node, frame);
        if (value.is_undetermined() || value.is(Kind::list)) return value;
        if (value.is_null()) return doubt("what is iterated over is not known", &node);
        if (!value.is(Kind::range)) return list({value});
        const Range& range = value.range();
        if (!range.has_low || !range.has_high) return doubt("a range without an end cannot be iterated over", &node);
        const auto ends = steps(range.low, range.high);
        if (!ends) return doubt("this range cannot be iterated over", &node);
        const std::int64_t from = ends->first + (range.low_end == End::open ? 1 : 0);
        const std::int64_t to = ends->second - (range.high_end == End::open ? 1 : 0);
        std::vector<Value> out;
        if (to >= from) check_list(static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from));
        for (std::int64_t i = from; i <= to; ++i)
            out.push_back(range.low.is(Kind::date) ? Value::date(i) : Value::of(i));
        return list(out);
    }
    const Value low = evaluate(node.kid(0), frame), high = evaluate(node.kid(1), frame);
    if (low.is_undetermined()) return low;
    if (high.is_undetermined()) return high;
    const auto ends = steps(low, high);
    if (!ends) return doubt("an iteration runs between two whole numbers or two dates", &node);
    const bool up = ends->first <= ends->second;
    check_list(up ? static_cast<std::uint64_t>(ends->second) - static_cast<std::uint64_t>(ends->first)
                  : static_cast<std::uint64_t>(ends->first) - static_cast<std::uint64_t>(ends->second));
    std::vector<Value> out;
    for (std::int64_t i = ends->first;; i += up ? 1 : -1) {
        out.push_back(low.is(Kind::date) ? Value::date(i) : Value::of(i));
        if (i == ends->second) break;
    }
    return list(out);
}

// Goes through the domain of one variable for given values of those before it. False ends the whole iteration.
bool Evaluator::iterate_level(const Node& node, Frame*& inner, std::size_t level, Growing& out, Value& verdict) {
    const std::size_t names = node.names.size();
    if (level == names) {
        if (node.op == Op::for_each) {
            check_list(out.size() + 1);
            inner->values[names] = out.value();  // `partial`: what was returned so far
            const Value made = evaluate(node.kid(names), inner);
            if (made.is_undetermined()) {
                verdict = made;
                return false;
            }
            out.push(made);
            return true;
        }
        const Value holds = evaluate(node.kid(names), inner);
        const bool decides = node.op == Op::some;
        if (holds.is(Kind::boolean) && holds.boolean() == decides) {
            verdict = holds;
            return false;
        }
        if (!holds.is(Kind::boolean) && !verdict.is_undetermined())
            verdict =
                holds.is_undetermined() ? holds : doubt("what a quantifier asks is neither true nor false", &node);
        return true;
    }
    const Value items = domain(node.kid(level), inner);
    if (!items.is(Kind::list)) {
        verdict = items;
        return false;
    }
    if (items.list().empty() && node.op == Op::every && strict()) {
        verdict = doubt("`every` over an empty list holds of nothing: ask first whether there are any", &node);
        return false;
    }
    for (const Value& item : items.list()) {
        if (node.makes_functions) {  // a function made here keeps its own frame
            Frame* fresh = frame(inner->parent, inner->count);
            std::copy(inner->values, inner->values + inner->count, fresh->values);
            inner = fresh;
        }
        inner->values[level] = item;
        if (!iterate_level(node, inner, level + 1, out, verdict)) return false;
    }
    return true;
}

Value Evaluator::iterate(const Node& node, const Frame* frame) {
    Frame* inner = this->frame(frame, static_cast<std::uint32_t>(node.names.size() + 1));
    Growing out(arena_);
    Value verdict = node.op == Op::for_each ? Value::null() : Value::of(node.op == Op::every);
    const bool finished = iterate_level(node, inner, 0, out, verdict);
    if (node.op != Op::for_each) return verdict;
    return finished ? out.value() : verdict;
}

}  // namespace kith::dmn
