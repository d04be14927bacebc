// `+ - * / **` for every pair of kinds that has an answer (DMN 1.5, tables 55 to 57).
#include "dmn/evaluate/evaluator.hpp"
#include "dmn/value/temporal.hpp"

namespace kith::dmn {
namespace {
constexpr const char* kNoArithmetic = "these two cannot be calculated with";
constexpr const char* kOutOfRange = "a calculation has no result in range";

std::optional<Value> number(const std::optional<Decimal>& n) { return n ? std::optional(Value::of(*n)) : std::nullopt; }

std::optional<Value> numbers(Op op, Decimal x, Decimal y) {
    switch (op) {
        case Op::add:
            return number(add(x, y));
        case Op::subtract:
            return number(subtract(x, y));
        case Op::multiply:
            return number(multiply(x, y));
        case Op::divide:
            return number(divide(x, y));
        default:
            return number(power(x, y));
    }
}

std::optional<Value> moved_by_months(const Value& point, std::int64_t months) {
    const bool date = point.is(Kind::date);
    const std::int64_t seconds = date ? point.days() * kDay : point.clock().seconds;
    if (months > 12 * 2 * kMostYear || months < -12 * 2 * kMostYear) return std::nullopt;
    const CivilDate moved = add_months(civil(floor_div(seconds, kDay)), months);
    if (!exists(moved)) return std::nullopt;
    if (date) return Value::date(days_of(moved));
    Clock out = point.clock();
    out.seconds = days_of(moved) * kDay + floor_mod(seconds, kDay);
    return Value::clock(Kind::date_time, out);
}

std::optional<Value> moved_by_span(const Value& point, Span span) {
    if (point.is(Kind::date)) {
        const auto moved = later(midnight(point.days()), span);
        if (!moved) return std::nullopt;
        return Value::date(floor_div(moved->seconds, kDay));
    }
    if (point.is(Kind::date_time)) {
        const auto moved = later(point.clock(), span);
        return moved ? std::optional(Value::clock(Kind::date_time, *moved)) : std::nullopt;
    }
    Clock time = point.clock();
    const Span moved =
        sum(Span{time.seconds, time.nanos}, Span{floor_mod(span.seconds, kDay), span.nanos}).value_or(Span{});
    time.seconds = floor_mod(moved.seconds, kDay);
    time.nanos = moved.nanos;
    return Value::clock(Kind::time, time);
}

std::optional<Value> difference(const Clock& x, const Clock& y) {
    if (!comparable(x, y)) return std::nullopt;
    const Span from{line_of(y), y.nanos};
    const auto out = sum(Span{line_of(x), x.nanos}, negated(from));
    return out ? std::optional(Value::of(*out)) : std::nullopt;
}

bool is_point(const Value& v) { return v.is(Kind::date) || v.is(Kind::date_time); }
bool is_duration(const Value& v) { return v.is(Kind::days_duration) || v.is(Kind::months_duration); }

Clock as_clock(const Value& v, bool zoned) {
    if (!v.is(Kind::date)) return v.clock();
    Clock out = midnight(v.days());
    if (zoned) out.kind = ZoneKind::offset;
    return out;
}

std::optional<Value> scaled(const Value& duration, Decimal by, Op op) {
    const auto apply = [&](Decimal x) { return op == Op::multiply ? multiply(x, by) : divide(x, by); };
    if (duration.is(Kind::months_duration)) {
        const auto months = apply(Decimal::of(duration.months()));
        const auto cut = months ? months->rounded(0, Rounding::down) : std::nullopt;
        const auto whole = cut ? cut->whole() : std::nullopt;
        return whole ? std::optional(Value::months(*whole)) : std::nullopt;
    }
    const auto seconds = seconds_of(duration.span());
    const auto out = seconds ? apply(*seconds) : std::nullopt;
    const auto span = out ? span_of(*out) : std::nullopt;
    return span ? std::optional(Value::of(*span)) : std::nullopt;
}

std::optional<Value> add_or_subtract_durations(bool minus, const Value& x, const Value& y) {
    if (x.is(Kind::months_duration)) {
        std::int64_t out = 0;
        const bool over = minus ? __builtin_sub_overflow(x.months(), y.months(), &out)
                                : __builtin_add_overflow(x.months(), y.months(), &out);
        return over ? std::nullopt : std::optional(Value::months(out));
    }
    const auto out = sum(x.span(), minus ? negated(y.span()) : y.span());
    return out ? std::optional(Value::of(*out)) : std::nullopt;
}

std::optional<Value> ratio(const Value& x, const Value& y) {
    if (x.is(Kind::months_duration)) return number(divide(Decimal::of(x.months()), Decimal::of(y.months())));
    const auto a = seconds_of(x.span()), b = seconds_of(y.span());
    return a && b ? number(divide(*a, *b)) : std::nullopt;
}
}  // namespace

Value Evaluator::negate(const Value& x, const Node* at) {
    if (x.is_undetermined()) return x;
    if (x.is(Kind::number)) return Value::of(-x.number());
    if (x.is(Kind::days_duration)) return Value::of(negated(x.span()));
    if (x.is(Kind::months_duration)) return Value::months(-x.months());
    return doubt(kNoArithmetic, at);
}

Value Evaluator::arithmetic(Op op, const Value& x, const Value& y, const Node* at) {
    if (x.is_undetermined()) return x;
    if (y.is_undetermined()) return y;
    std::optional<Value> out;
    const bool sums = op == Op::add || op == Op::subtract;
    bool known = true;
    if (x.is(Kind::number) && y.is(Kind::number)) {
        out = numbers(op, x.number(), y.number());
    } else if (op == Op::add && x.is(Kind::string) && y.is(Kind::string)) {
        if (x.string().size() + y.string().size() > limits_.text) throw LimitReached{"text length"};
        return text(std::string(x.string()) + std::string(y.string()));
    } else if (op == Op::subtract && is_point(x) && is_point(y)) {
        const bool zoned = (x.is(Kind::date_time) && x.clock().kind != ZoneKind::none) ||
                           (y.is(Kind::date_time) && y.clock().kind != ZoneKind::none) || x.kind() != y.kind();
        out = difference(as_clock(x, zoned), as_clock(y, zoned));
    } else if (op == Op::subtract && x.is(Kind::time) && y.is(Kind::time)) {
        out = difference(x.clock(), y.clock());
    } else if (sums && is_duration(x) && x.kind() == y.kind()) {
        out = add_or_subtract_durations(op == Op::subtract, x, y);
    } else if (sums && (is_point(x) || x.is(Kind::time)) && y.is(Kind::days_duration)) {
        out = moved_by_span(x, op == Op::add ? y.span() : negated(y.span()));
    } else if (op == Op::add && x.is(Kind::days_duration) && (is_point(y) || y.is(Kind::time))) {
        out = moved_by_span(y, x.span());
    } else if (sums && is_point(x) && y.is(Kind::months_duration)) {
        out = moved_by_months(x, op == Op::add ? y.months() : -y.months());
    } else if (op == Op::add && x.is(Kind::months_duration) && is_point(y)) {
        out = moved_by_months(y, x.months());
    } else if ((op == Op::multiply || op == Op::divide) && is_duration(x) && y.is(Kind::number)) {
        out = scaled(x, y.number(), op);
    } else if (op == Op::multiply && x.is(Kind::number) && is_duration(y)) {
        out = scaled(y, x.number(), op);
    } else if (op == Op::divide && is_duration(x) && x.kind() == y.kind()) {
        out = ratio(x, y);
    } else {
        known = false;
    }
    return out ? *out : doubt(known ? kOutOfRange : kNoArithmetic, at);
}

}  // namespace kith::dmn
