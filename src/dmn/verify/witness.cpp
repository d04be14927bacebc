#include "dmn/verify/witness.hpp"

#include "dmn/value/temporal.hpp"

namespace kith::dmn::verify {
namespace {
__extension__ using Ticks = __int128;
constexpr Ticks kBillion = 1'000'000'000;

std::optional<Ticks> ticks_of(const Value& value) {
    switch (value.kind()) {
        case Kind::date:
            return value.days();
        case Kind::months_duration:
            return value.months();
        case Kind::days_duration:
            return Ticks{value.span().seconds} * kBillion + value.span().nanos;
        case Kind::time:
        case Kind::date_time:
            return Ticks{line_of(value.clock())} * kBillion + value.clock().nanos;
        default:
            return {};
    }
}

std::int64_t seconds_in(Ticks ticks) {
    Ticks out = ticks / kBillion;
    if (ticks % kBillion < 0) --out;
    return static_cast<std::int64_t>(out);
}

Value value_of(Kind kind, Ticks ticks, ZoneKind zone) {
    if (kind == Kind::date) return Value::date(static_cast<std::int64_t>(ticks));
    if (kind == Kind::months_duration) return Value::months(static_cast<std::int64_t>(ticks));
    const std::int64_t seconds = seconds_in(ticks);
    const auto nanos = static_cast<std::uint32_t>(ticks - Ticks{seconds} * kBillion);
    if (kind == Kind::days_duration) return Value::of(Span{seconds, nanos});
    return Value::clock(kind, Clock{seconds, nanos, zone});
}

struct Bounds {
    Ticks low, high, usual, step;
};

Bounds bounds_of(Kind kind) {
    const Ticks first = days_of({-kMostYear, 1, 1}), last = days_of({kMostYear, 12, 31});
    switch (kind) {
        case Kind::date:
            return {first, last, days_of({2026, 1, 1}), 1};
        case Kind::date_time:
            return {first * kDay * kBillion, (last + 1) * kDay * kBillion - 1, days_of({2026, 1, 1}) * kDay * kBillion,
                    60 * kBillion};
        case Kind::time:
            return {0, kDay * kBillion - 1, kDay / 2 * kBillion, 60 * kBillion};
        case Kind::months_duration:
            return {-(Ticks{1} << 33), Ticks{1} << 33, 0, 1};
        default:
            return {-(Ticks{1} << 54) * kBillion, (Ticks{1} << 54) * kBillion, 0, kDay * kBillion};
    }
}

std::optional<Value> tick_between(const Line& line, const Stretch& s, Near near) {
    const Bounds bounds = bounds_of(line.kind);
    const Value& end = s.low ? *s.low : s.high ? *s.high : Value();
    ZoneKind zone = ZoneKind::none;
    if ((end.is(Kind::time) || end.is(Kind::date_time)) && end.clock().kind != ZoneKind::none) zone = ZoneKind::offset;
    const Ticks low = s.low ? *ticks_of(*s.low) + 1 : bounds.low;
    const Ticks high = s.high ? *ticks_of(*s.high) - 1 : bounds.high;
    if (low > high) return {};
    if (!s.low && !s.high) return value_of(line.kind, bounds.usual, zone);
    if (!s.low || (near == Near::high && s.high)) {
        const Ticks wanted = high - (bounds.step - 1);
        return value_of(line.kind, wanted >= low ? wanted : low + (high - low) / 2, zone);
    }
    const Ticks wanted = low + (bounds.step - 1);
    return value_of(line.kind, wanted <= high ? wanted : low + (high - low) / 2, zone);
}

std::optional<Decimal> beyond(Decimal from, bool up) {
    const auto less = [&](Decimal x, Decimal y) { return up ? x < y : y < x; };
    const Decimal one = Decimal::of(up ? 1 : -1);
    if (const auto next = add(from, one); next && less(from, *next)) return next;
    const auto more = add(from, up ? from.abs() : -from.abs());
    return more && less(from, *more) ? more : std::nullopt;
}

std::optional<Decimal> number_between(const Line& line, const Stretch& s, Near near) {
    const auto rounded = [&](const Value& v, Rounding how) { return v.number().rounded(0, how); };
    if (!s.low && !s.high) return Decimal::of(0);
    if (s.low && near == Near::low) {
        const auto floor = rounded(*s.low, Rounding::floor);
        const auto next = floor ? beyond(*floor, true) : std::nullopt;
        if (next && (!s.high || *next < s.high->number())) return next;
        if (!s.high) return beyond(s.low->number(), true);
    } else if (s.high) {
        const auto ceiling = rounded(*s.high, Rounding::ceiling);
        const auto next = ceiling ? beyond(*ceiling, false) : std::nullopt;
        if (next && (!s.low || s.low->number() < *next)) return next;
        if (!s.low) return beyond(s.high->number(), false);
    }
    if (line.stepped || !s.low || !s.high) return {};
    const auto width = subtract(s.high->number(), s.low->number());
    const auto half = width ? divide(*width, Decimal::of(2)) : std::nullopt;
    const auto middle = half ? add(s.low->number(), *half) : std::nullopt;
    return middle && s.low->number() < *middle && *middle < s.high->number() ? middle : std::nullopt;
}
}  // namespace

bool is_stepped(const Line& line) {
    return line.form == Form::ordered &&
           (line.stepped || line.kind == Kind::date || line.kind == Kind::months_duration);
}

std::optional<Value> witness(const Line& line, const Stretch& stretch, Near near) {
    if (stretch.point) {
        if (line.stepped && !stretch.low->number().is_whole()) return {};
        return stretch.low;
    }
    if (line.kind != Kind::number) return tick_between(line, stretch, near);
    const auto found = number_between(line, stretch, near);
    if (!found) return {};
    if (line.stepped && !found->is_whole()) return {};
    return Value::of(*found);
}

}  // namespace kith::dmn::verify
