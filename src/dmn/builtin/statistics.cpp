// Functions that draw one value from many.
#include <algorithm>

#include "dmn/builtin/arguments.hpp"
#include "dmn/value/temporal.hpp"

namespace kith::dmn {
namespace {
constexpr const char* kEmpty = "a function is given an empty list";

// The numbers, or nothing when one is none; `trouble` says which.
std::optional<std::vector<Decimal>> numbers(const Arguments& a) {
    std::vector<Decimal> out;
    for (const Value& item : items_of(a)) {
        if (!item.is(Kind::number)) return std::nullopt;
        out.push_back(item.number());
    }
    return out;
}
Value from(Evaluator& e, const std::optional<Decimal>& n) {
    return n ? Value::of(*n) : e.doubt("a calculation has no result in range");
}

Value extreme(Evaluator& e, const Arguments& a, Order wanted) {
    const auto items = items_of(a);
    if (items.empty()) return e.doubt(kEmpty);
    Value best = items.front();
    if (items.size() == 1 && order(best, best) == Order::unknown) return e.doubt(kWrongArgument);
    for (const Value& item : items.subspan(1)) {
        const Order found = order(item, best);
        if (found == Order::unknown) return e.doubt(kWrongArgument);
        if (found == wanted) best = item;
    }
    return best;
}
Value min(Evaluator& e, const Arguments& a) { return extreme(e, a, Order::less); }
Value max(Evaluator& e, const Arguments& a) { return extreme(e, a, Order::greater); }

std::optional<Decimal> total(const std::vector<Decimal>& items) {
    std::optional<Decimal> out = Decimal{};
    for (const Decimal n : items)
        if (out) out = add(*out, n);
    return out;
}

// Numbers, and durations of one kind.
Value sum_of(Evaluator& e, const Arguments& a) {
    const auto items = items_of(a);
    if (items.empty()) return e.doubt(kEmpty);
    if (const auto found = numbers(a)) return from(e, total(*found));
    const bool durations = items.front().is(Kind::days_duration) || items.front().is(Kind::months_duration);
    Value out = items.front();
    for (const Value& item : items.subspan(1)) {
        if (!durations || item.kind() != out.kind()) return e.doubt(kWrongArgument);
        out = e.arithmetic(Op::add, out, item, nullptr);
        if (out.is_null()) return out;
    }
    return durations ? out : e.doubt(kWrongArgument);
}

Value mean(Evaluator& e, const Arguments& a) {
    if (items_of(a).empty()) return e.doubt(kEmpty);
    const Value whole = sum_of(e, a);
    if (whole.is_null()) return whole;
    return e.arithmetic(Op::divide, whole, Value::of(static_cast<std::int64_t>(items_of(a).size())), nullptr);
}

Value product(Evaluator& e, const Arguments& a) {
    const auto found = numbers(a);
    if (!found) return e.doubt(kWrongArgument);
    if (found->empty()) return e.doubt(kEmpty);
    std::optional<Decimal> out = Decimal::of(1);
    for (const Decimal n : *found)
        if (out) out = multiply(*out, n);
    return from(e, out);
}

Value median(Evaluator& e, const Arguments& a) {
    auto found = numbers(a);
    if (!found) return e.doubt(kWrongArgument);
    if (found->empty()) return e.doubt(kEmpty);
    std::sort(found->begin(), found->end());
    const std::size_t middle = found->size() / 2;
    if (found->size() % 2 == 1) return Value::of((*found)[middle]);
    const auto both = add((*found)[middle - 1], (*found)[middle]);
    return from(e, both ? divide(*both, Decimal::of(2)) : std::nullopt);
}

Value stddev(Evaluator& e, const Arguments& a) {
    const auto found = numbers(a);
    if (!found) return e.doubt(kWrongArgument);
    if (found->size() < 2) return e.doubt("a deviation needs two numbers");
    const auto count = static_cast<std::int64_t>(found->size());
    const auto whole = total(*found);
    const auto middle = whole ? divide(*whole, Decimal::of(count)) : std::nullopt;
    std::optional<Decimal> squares = Decimal{};
    for (const Decimal n : *found) {
        const auto off = middle ? subtract(n, *middle) : std::nullopt;
        const auto square = off ? multiply(*off, *off) : std::nullopt;
        squares = squares && square ? add(*squares, *square) : std::nullopt;
    }
    const auto variance = squares ? divide(*squares, Decimal::of(count - 1)) : std::nullopt;
    return from(e, variance ? variance->square_root() : std::nullopt);
}

Value mode_of(Evaluator& e, const Arguments& a) {
    auto found = numbers(a);
    if (!found) return e.doubt(kWrongArgument);
    std::sort(found->begin(), found->end());
    std::size_t most = 0;
    std::vector<Value> out;
    for (std::size_t i = 0; i < found->size();) {
        std::size_t next = i;
        while (next < found->size() && (*found)[next] == (*found)[i]) ++next;
        if (next - i > most) out.clear();
        if (next - i >= most) out.push_back(Value::of((*found)[i]));
        most = std::max(most, next - i);
        i = next;
    }
    return e.list(out);
}

constexpr Builtin kAll[] = {
    {"min", "list|c...", &types::any, min},
    {"max", "list|c...", &types::any, max},
    {"sum", "list|n...", &types::any, sum_of},
    {"mean", "list|n...", &types::any, mean},
    {"product", "list|n...", &types::number, product},
    {"median", "list|n...", &types::number, median},
    {"stddev", "list|n...", &types::number, stddev},
    {"mode", "list|n...", &types::list, mode_of},
};
}  // namespace

std::span<const Builtin> statistics_builtins() { return kAll; }

}  // namespace kith::dmn
