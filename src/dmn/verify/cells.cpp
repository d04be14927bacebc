#include "dmn/verify/cells.hpp"

#include <algorithm>

#include "dmn/builtin/builtin.hpp"

namespace kith::dmn::verify {
namespace {
bool is_closed(const Node& node) {
    switch (node.op) {
        case Op::constant:
            return true;
        case Op::builtin:
            if (node.builtin == nullptr || node.builtin->name == "now" || node.builtin->name == "today") return false;
            break;
        case Op::negate:
        case Op::add:
        case Op::subtract:
        case Op::multiply:
        case Op::divide:
        case Op::power:
        case Op::list:
        case Op::range:
        case Op::one_sided:
        case Op::convert:
            break;
        default:
            return false;
    }
    return std::all_of(node.kids.begin(), node.kids.end(), [](const Node* kid) { return is_closed(*kid); });
}

bool is_floor_of_input(const Node& node) {
    return node.op == Op::builtin && node.builtin != nullptr && node.builtin->name == "floor" &&
           node.kids.size() == 1 && node.kid(0).op == Op::input;
}

Comparison mirrored(Comparison c) {
    switch (c) {
        case Comparison::less:
            return Comparison::greater;
        case Comparison::at_most:
            return Comparison::at_least;
        case Comparison::greater:
            return Comparison::less;
        case Comparison::at_least:
            return Comparison::at_most;
        case Comparison::equal:
        case Comparison::not_equal:
            break;
    }
    return c;
}

bool holds(Comparison c, Order found) {
    switch (c) {
        case Comparison::equal:
            return found == Order::equal;
        case Comparison::not_equal:
            return found != Order::equal;
        case Comparison::less:
            return found == Order::less;
        case Comparison::at_most:
            return found == Order::less || found == Order::equal;
        case Comparison::greater:
            return found == Order::greater;
        case Comparison::at_least:
            return found == Order::greater || found == Order::equal;
    }
    return false;
}

void scatter(const Value& value, std::vector<Value>& out) {
    if (value.is(Kind::range)) {
        if (value.range().has_low) out.push_back(value.range().low);
        if (value.range().has_high) out.push_back(value.range().high);
    } else if (value.is(Kind::list)) {
        for (const Value& item : value.list()) scatter(item, out);
    } else if (!value.is_null()) {
        out.push_back(value);
    }
}

/// Reads one cell against one line.
class Reader {
  public:
    Reader(const Line& line, Constants& constants) : line_(line), constants_(constants) {}
    using Answer = std::optional<Bits>;

    Answer test(const Node& node) {
        switch (node.op) {
            case Op::test_any:
                return everything();
            case Op::tests:
                return any_of(node, 0);
            case Op::test_not:
                return inverted(any_of(node, 0));
            case Op::test_compare:
                return against(node.comparison, node.kid(0));
            case Op::test_value:
                return node.uses_input ? condition(node.kid(0)) : value_test(node.kid(0));
            default:
                return condition(node);
        }
    }

  private:
    Bits everything() const { return Bits::all(line_.size()); }
    Bits nothing() const { return Bits(line_.size()); }
    Answer inverted(const Answer& of) const { return of ? Answer(of->missing(everything())) : Answer(); }

    Answer any_of(const Node& node, std::size_t from) {
        Bits out = nothing();
        for (std::size_t i = from; i < node.kids.size(); ++i) {
            const Answer one = test(node.kid(i));
            if (!one) return {};
            out |= *one;
        }
        return out;
    }
    Answer value_test(const Node& node) {
        const auto value = constants_.of(node);
        return value ? matches(*value) : Answer();
    }
    Answer matches(const Value& value) {
        if (value.is_null()) return nothing();
        if (line_.form == Form::subsets) return {};
        if (value.is(Kind::range)) return in_range(value.range());
        if (!value.is(Kind::list)) return compare(Comparison::equal, value);
        Bits out = nothing();
        for (const Value& item : value.list()) {
            const Answer one = matches(item);
            if (!one) return {};
            out |= *one;
        }
        return out;
    }
    Answer in_range(const Range& range) {
        Bits out = everything();
        if (range.has_low) {
            const Answer one =
                compare(range.low_end == End::closed ? Comparison::at_least : Comparison::greater, range.low);
            if (!one) return {};
            out &= *one;
        }
        if (range.has_high) {
            const Answer one =
                compare(range.high_end == End::closed ? Comparison::at_most : Comparison::less, range.high);
            if (!one) return {};
            out &= *one;
        }
        return out;
    }
    Answer against(Comparison comparison, const Node& node) {
        const auto value = constants_.of(node);
        if (!value || value->is(Kind::list) || value->is(Kind::range)) return {};
        return compare(comparison, *value);
    }
    Answer compare(Comparison comparison, const Value& value) {
        if (value.is_null()) {
            if (comparison == Comparison::equal) return nothing();
            if (comparison == Comparison::not_equal) return everything();
            return {};
        }
        if (value.kind() != line_.kind) return {};
        if (line_.form == Form::ordered) return compare_stretches(comparison, value);
        if (line_.form == Form::subsets) return {};
        const bool by_order = comparison != Comparison::equal && comparison != Comparison::not_equal;
        if (by_order && (line_.any_other || line_.kind != Kind::string)) return {};
        Bits out = nothing();
        for (std::size_t i = 0; i < line_.values.size(); ++i) {
            const Order found = by_order                                      ? order(line_.values[i], value)
                                : equal(line_.values[i], value) == Truth::yes ? Order::equal
                                                                              : Order::unknown;
            if (holds(comparison, found)) out.set(i);
        }
        if (line_.any_other && comparison == Comparison::not_equal) out.set(line_.values.size());
        return out;
    }
    // The stretches were cut at every constant, so one side of `value` holds each of them whole.
    Answer compare_stretches(Comparison comparison, const Value& value) {
        Bits out = nothing();
        for (std::size_t i = 0; i < line_.stretches.size(); ++i) {
            const Stretch& s = line_.stretches[i];
            Order found = Order::equal;
            if (s.point) {
                found = order(*s.low, value);
            } else if (s.high) {
                const Order high = order(*s.high, value);
                found = high == Order::unknown ? high : high == Order::greater ? Order::greater : Order::less;
            } else {
                found = Order::greater;
            }
            if (found == Order::unknown) return {};
            if (holds(comparison, found)) out.set(i);
        }
        return out;
    }

    // A yes-or-no expression that names `?`.
    Answer condition(const Node& node) {
        switch (node.op) {
            case Op::constant:
                if (!node.value.is(Kind::boolean)) return {};
                return node.value.boolean() ? everything() : nothing();
            case Op::both:
            case Op::either: {
                Bits out = node.op == Op::both ? everything() : nothing();
                for (const Node* kid : node.kids) {
                    const Answer one = condition(*kid);
                    if (!one) return {};
                    if (node.op == Op::both)
                        out &= *one;
                    else
                        out |= *one;
                }
                return out;
            }
            case Op::compare:
                if (node.kid(0).op == Op::input) return against(node.comparison, node.kid(1));
                if (node.kid(1).op == Op::input) return against(mirrored(node.comparison), node.kid(0));
                return {};
            case Op::between: {
                if (node.kid(0).op != Op::input) return {};
                const Answer low = against(Comparison::at_least, node.kid(1));
                const Answer high = against(Comparison::at_most, node.kid(2));
                return low && high ? Answer(*low & *high) : Answer();
            }
            case Op::in:
                return node.kid(0).op == Op::input ? any_of(node, 1) : Answer();
            case Op::builtin:
                return call(node);
            default:
                return {};
        }
    }
    Answer call(const Node& node) {
        if (!node.names.empty() || node.builtin == nullptr) return {};
        if (node.builtin->name == "not" && node.kids.size() == 1) return inverted(condition(node.kid(0)));
        if (node.builtin->name != "list contains" || line_.form != Form::subsets || node.kids.size() != 2) return {};
        if (node.kid(0).op != Op::input) return {};
        const auto wanted = constants_.of(node.kid(1));
        if (!wanted) return {};
        for (std::size_t i = 0; i < line_.values.size(); ++i) {
            if (equal(line_.values[i], *wanted) != Truth::yes) continue;
            Bits out = nothing();
            for (std::size_t n = 0; n < line_.size(); ++n)
                if (((n >> i) & 1U) != 0) out.set(n);
            return out;
        }
        return {};
    }

    const Line& line_;
    Constants& constants_;
};
}  // namespace

std::optional<Value> Constants::of(const Node& node) {
    const auto known = known_.find(&node);
    if (known != known_.end()) return known->second;
    std::optional<Value> out;
    if (is_closed(node)) {
        out = evaluator_.evaluate(node, nullptr);
        if (out->is_undetermined()) out.reset();
    }
    known_[&node] = out;
    return out;
}

std::size_t Line::size() const {
    switch (form) {
        case Form::ordered:
            return stretches.size();
        case Form::listed:
            return values.size() + (any_other ? 1 : 0);
        case Form::subsets:
            return std::size_t{1} << values.size();
    }
    return 0;
}

void gather(const Node& test, Constants& constants, std::vector<Value>& out) {
    if (const auto value = constants.of(test)) return scatter(*value, out);
    for (const Node* kid : test.kids) gather(*kid, constants, out);
}

void gather_named(const Node& test, Constants& constants, std::vector<Value>& out) {
    if (test.op == Op::test_value && !test.uses_input) {
        const auto value = constants.of(test.kid(0));
        if (!value || value->is(Kind::range)) return;
        if (!value->is(Kind::list)) {
            if (!value->is_null()) out.push_back(*value);
            return;
        }
        for (const Value& item : value->list())
            if (!item.is(Kind::range) && !item.is_null()) out.push_back(item);
        return;
    }
    if (test.op == Op::tests || test.op == Op::test_not)
        for (const Node* kid : test.kids) gather_named(*kid, constants, out);
}

std::optional<Bits> passing(const Node& test, const Line& line, Constants& constants) {
    return Reader(line, constants).test(test);
}

bool asks_whole(const Node& test, std::vector<const Node*>& rest) {
    const Node* node = &test;
    if (node->op == Op::test_value && node->uses_input) node = &node->kid(0);
    if (node->op == Op::both) {
        bool found = false;
        for (const Node* kid : node->kids) found = asks_whole(*kid, rest) || found;
        return found;
    }
    if (node->op == Op::compare && node->comparison == Comparison::equal &&
        ((node->kid(0).op == Op::input && is_floor_of_input(node->kid(1))) ||
         (node->kid(1).op == Op::input && is_floor_of_input(node->kid(0)))))
        return true;
    rest.push_back(&test);
    return false;
}

void cut(Line& line, std::vector<Value> points) {
    std::sort(points.begin(), points.end(), [](const Value& x, const Value& y) { return order(x, y) == Order::less; });
    points.erase(std::unique(points.begin(), points.end(),
                             [](const Value& x, const Value& y) { return order(x, y) == Order::equal; }),
                 points.end());
    std::optional<Value> before;
    for (const Value& point : points) {
        line.stretches.push_back({before, point, false});
        line.stretches.push_back({point, point, true});
        before = point;
    }
    line.stretches.push_back({before, {}, false});
}

}  // namespace kith::dmn::verify
