#include "dmn/table/profile.hpp"

#include <algorithm>

namespace kith::dmn {
namespace {
bool is_constant(const Node& node) {
    switch (node.op) {
        case Op::constant:
            return true;
        case Op::slot:
        case Op::item_entry:
        case Op::dynamic:
        case Op::unknown:
        case Op::input:
        case Op::external:
        case Op::failed:
        case Op::lambda:
        case Op::table:
        case Op::call:
        case Op::for_each:
        case Op::some:
        case Op::every:
        case Op::context:
        case Op::boxed_context:
        case Op::filter:
            return false;
        case Op::builtin:
            if (node.index == 0 || node.text == "now" || node.text == "today") return false;
            break;
        default:
            break;
    }
    return std::all_of(node.kids.begin(), node.kids.end(), [](const Node* kid) { return is_constant(*kid); });
}

bool take_kind(Accepts& out, const Value& value) {
    const Kind kind = value.kind();
    const bool simple = kind == Kind::boolean || (kind >= Kind::number && kind <= Kind::months_duration);
    if (!simple || (out.kind && *out.kind != kind)) return false;
    out.kind = kind;
    return true;
}

bool add_point(Accepts& out, const Value& value) {
    if (value.is_null()) {
        out.names_null = out.null = true;
        return true;
    }
    if (!take_kind(out, value)) return false;
    out.parts.push_back({value, value});
    return true;
}

bool add_range(Accepts& out, const Range& range) {
    Interval part{range.low, range.high, range.has_low, range.has_high, range.low_end, range.high_end};
    if ((part.has_low && part.low.is_null()) || (part.has_high && part.high.is_null())) return false;
    if (part.has_low && !take_kind(out, part.low)) return false;
    if (part.has_high && !take_kind(out, part.high)) return false;
    if (out.kind == Kind::boolean) return false;
    out.parts.push_back(part);
    return true;
}

bool add_value(Accepts& out, const Value& value) {
    if (value.is(Kind::range)) return add_range(out, value.range());
    if (!value.is(Kind::list)) return add_point(out, value);
    return std::all_of(value.list().begin(), value.list().end(),
                       [&](const Value& item) { return !item.is(Kind::list) && add_value(out, item); });
}

bool add_comparison(Accepts& out, Comparison comparison, const Value& value) {
    if (comparison == Comparison::equal) return add_point(out, value);
    if (comparison == Comparison::not_equal && value.is_null()) {  // whatever is known
        out.names_null = true;
        out.parts.push_back({{}, {}, false, false, End::open, End::open});
        return true;
    }
    if (value.is_null() || !take_kind(out, value)) return false;
    if (comparison == Comparison::not_equal && out.kind == Kind::boolean)
        return add_point(out, Value::of(!value.boolean()));
    if (out.kind == Kind::boolean) return false;
    const Interval below{{},   value,     false,
                         true, End::open, comparison == Comparison::at_most ? End::closed : End::open};
    const Interval above{value,    {}, true, false, comparison == Comparison::at_least ? End::closed : End::open,
                         End::open};
    const bool low =
        comparison == Comparison::less || comparison == Comparison::at_most || comparison == Comparison::not_equal;
    const bool high =
        comparison == Comparison::greater || comparison == Comparison::at_least || comparison == Comparison::not_equal;
    if (low) out.parts.push_back(below);
    if (high) out.parts.push_back(above);
    return true;
}

bool add_test(Accepts& out, const Node& test, Evaluator& evaluator) {
    switch (test.op) {
        case Op::tests:
            return std::all_of(test.kids.begin(), test.kids.end(),
                               [&](const Node* kid) { return add_test(out, *kid, evaluator); });
        case Op::test_compare: {
            const auto value = constant_value(test.kid(0), evaluator);
            return value && add_comparison(out, test.comparison, *value);
        }
        case Op::test_value: {
            const Node& kid = test.kid(0);
            if (test.uses_input) {  // `? < 5` is `< 5`
                if (kid.op != Op::compare || kid.kid(0).op != Op::input || kid.kid(0).depth != 0) return false;
                const auto value = constant_value(kid.kid(1), evaluator);
                return value && add_comparison(out, kid.comparison, *value);
            }
            const auto value = constant_value(kid, evaluator);
            return value && add_value(out, *value);
        }
        default:
            return false;
    }
}

// Points in time with a zone and those without have no order among each other.
bool all_comparable(const Accepts& out) {
    const Value* first = nullptr;
    for (const Interval& part : out.parts) {
        for (const Value* end : {part.has_low ? &part.low : nullptr, part.has_high ? &part.high : nullptr}) {
            if (end == nullptr) continue;
            if (first == nullptr) first = end;
            if (out.kind != Kind::boolean && order(*first, *end) == Order::unknown) return false;
        }
    }
    return true;
}
}  // namespace

bool Interval::holds(const Value& value) const {
    if (!has_low && !has_high) return true;
    if (value.is(Kind::boolean)) return equal(value, low) == Truth::yes;
    return within(value, Range{low, high, low_end, high_end, has_low, has_high}) == Truth::yes;
}

bool Accepts::holds(const Value& value) const {
    if (everything) return true;
    const bool inside =
        std::any_of(parts.begin(), parts.end(), [&](const Interval& part) { return part.holds(value); });
    return inside != negated;
}

std::optional<Value> constant_value(const Node& node, Evaluator& evaluator) {
    if (!is_constant(node)) return std::nullopt;
    const std::size_t before = evaluator.diagnostics.size();
    const Value out = evaluator.evaluate(node, nullptr);
    if (out.is_undetermined() || evaluator.diagnostics.size() != before) return std::nullopt;
    return out;
}

std::optional<Accepts> accepts(const Node& cell, Evaluator& evaluator) {
    Accepts out;
    if (cell.op == Op::test_any) {
        out.everything = true;
        return out;
    }
    if (cell.op == Op::test_not) {
        for (const Node* kid : cell.kids)
            if (!add_test(out, *kid, evaluator)) return std::nullopt;
        out.negated = true;
        out.null = out.names_null && !out.null;
    } else if (!add_test(out, cell, evaluator)) {
        return std::nullopt;
    }
    return all_comparable(out) ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace kith::dmn
