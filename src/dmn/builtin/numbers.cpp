// Functions on numbers.
#include "dmn/builtin/arguments.hpp"
#include "dmn/value/temporal.hpp"

namespace kith::dmn {
namespace {
constexpr std::int64_t kMostScale = 6176, kLeastScale = -6111;

Value from(Evaluator& e, const std::optional<Decimal>& n) {
    return n ? Value::of(*n) : e.doubt("a calculation has no result in range");
}

Value rounded(Evaluator& e, const Arguments& a, Rounding how) {
    const auto n = number_at(a, 0);
    if (!n) return e.doubt(kWrongArgument);
    std::int64_t scale = 0;
    if (a.has(1)) {
        const auto given = whole_at(a, 1);
        if (!given) return e.doubt(kWrongArgument);
        if (*given > kMostScale || *given < kLeastScale) return e.doubt(kOutOfReach);
        scale = *given;
    }
    return from(e, n->rounded(scale, how));
}
Value decimal(Evaluator& e, const Arguments& a) { return rounded(e, a, Rounding::half_even); }
Value floor(Evaluator& e, const Arguments& a) { return rounded(e, a, Rounding::floor); }
Value ceiling(Evaluator& e, const Arguments& a) { return rounded(e, a, Rounding::ceiling); }
Value round_up(Evaluator& e, const Arguments& a) { return rounded(e, a, Rounding::up); }
Value round_down(Evaluator& e, const Arguments& a) { return rounded(e, a, Rounding::down); }
Value round_half_up(Evaluator& e, const Arguments& a) { return rounded(e, a, Rounding::half_up); }
Value round_half_down(Evaluator& e, const Arguments& a) { return rounded(e, a, Rounding::half_down); }

Value abs(Evaluator& e, const Arguments& a) {
    if (const auto n = number_at(a, 0)) return Value::of(n->abs());
    const Value days = taken(a, 0, Kind::days_duration), months = taken(a, 0, Kind::months_duration);
    if (!days.is_null()) return Value::of(days.span().seconds < 0 ? negated(days.span()) : days.span());
    if (!months.is_null()) return Value::months(months.months() < 0 ? -months.months() : months.months());
    return e.doubt(kWrongArgument);
}

template <class Use>
Value with_number(Evaluator& e, const Arguments& a, Use use) {
    const auto n = number_at(a, 0);
    return n ? use(*n) : e.doubt(kWrongArgument);
}
Value modulo_of(Evaluator& e, const Arguments& a) {
    const auto x = number_at(a, 0), y = number_at(a, 1);
    return x && y ? from(e, modulo(*x, *y)) : e.doubt(kWrongArgument);
}
Value sqrt(Evaluator& e, const Arguments& a) {
    return with_number(e, a, [&](Decimal n) { return from(e, n.square_root()); });
}
Value log(Evaluator& e, const Arguments& a) {
    return with_number(e, a, [&](Decimal n) { return from(e, n.logarithm()); });
}
Value exp(Evaluator& e, const Arguments& a) {
    return with_number(e, a, [&](Decimal n) { return from(e, n.exponential()); });
}
Value even_or_odd(Evaluator& e, const Arguments& a, int rest) {
    return with_number(e, a, [&](Decimal n) {
        const auto left = modulo(n.abs(), Decimal::of(2));
        return left ? Value::of(*left == Decimal::of(rest)) : e.doubt(kOutOfReach);
    });
}
Value even(Evaluator& e, const Arguments& a) { return even_or_odd(e, a, 0); }
Value odd(Evaluator& e, const Arguments& a) { return even_or_odd(e, a, 1); }

constexpr Builtin kAll[] = {
    {"decimal", "n,scale", &types::number, decimal},
    {"floor", "n,scale?", &types::number, floor},
    {"ceiling", "n,scale?", &types::number, ceiling},
    {"round up", "n,scale?", &types::number, round_up},
    {"round down", "n,scale?", &types::number, round_down},
    {"round half up", "n,scale?", &types::number, round_half_up},
    {"round half down", "n,scale?", &types::number, round_half_down},
    {"abs", "n", &types::any, abs},
    {"modulo", "dividend,divisor", &types::number, modulo_of},
    {"sqrt", "number", &types::number, sqrt},
    {"log", "number", &types::number, log},
    {"exp", "number", &types::number, exp},
    {"odd", "number", &types::boolean, odd},
    {"even", "number", &types::boolean, even},
};
}  // namespace

std::span<const Builtin> number_builtins() { return kAll; }

}  // namespace kith::dmn
