#include "dmn/value/compare.hpp"

#include "dmn/value/temporal.hpp"

namespace kith::dmn {
namespace {
template <class T>
Order ordered(const T& x, const T& y) {
    return x < y ? Order::less : y < x ? Order::greater : Order::equal;
}

Order order_clocks(const Clock& x, const Clock& y) {
    if (!comparable(x, y)) return Order::unknown;
    const std::int64_t a = line_of(x), b = line_of(y);
    return a != b ? ordered(a, b) : ordered(x.nanos, y.nanos);
}

Truth all(Truth so_far, Truth next) {
    if (so_far == Truth::no || next == Truth::no) return Truth::no;
    return so_far == Truth::unknown ? so_far : next;
}

Truth equal_lists(std::span<const Value> x, std::span<const Value> y) {
    if (x.size() != y.size()) return Truth::no;
    Truth out = Truth::yes;
    for (std::size_t i = 0; i < x.size() && out != Truth::no; ++i) out = all(out, equal(x[i], y[i]));
    return out;
}

Truth equal_contexts(const Context& x, const Context& y) {
    if (x.entries.size() != y.entries.size()) return Truth::no;
    Truth out = Truth::yes;
    for (const Entry& entry : x.entries) {
        const Value* other = y.find(entry.name);
        if (other == nullptr) return Truth::no;
        out = all(out, equal(entry.value, *other));
    }
    return out;
}

Truth equal_ends(bool has_x, const Value& x, End x_end, bool has_y, const Value& y, End y_end) {
    if (has_x != has_y) return truth(false);
    if (!has_x) return Truth::yes;
    return x_end == y_end ? equal(x, y) : Truth::no;
}
}  // namespace

Truth equal(const Value& x, const Value& y) {
    if (x.is_null() || y.is_null()) return truth(x.is_null() && y.is_null());
    if (x.kind() != y.kind()) return Truth::unknown;
    switch (x.kind()) {
        case Kind::null:
            return Truth::yes;
        case Kind::boolean:
            return truth(x.boolean() == y.boolean());
        case Kind::number:
            return truth(x.number() == y.number());
        case Kind::string:
            return truth(x.string() == y.string());
        case Kind::date:
            return truth(x.days() == y.days());
        case Kind::time:
        case Kind::date_time: {
            const Order found = order_clocks(x.clock(), y.clock());
            return found == Order::unknown ? Truth::unknown : truth(found == Order::equal);
        }
        case Kind::days_duration:
            return truth(x.span() == y.span());
        case Kind::months_duration:
            return truth(x.months() == y.months());
        case Kind::list:
            return equal_lists(x.list(), y.list());
        case Kind::context:
            return equal_contexts(x.context(), y.context());
        case Kind::range: {
            const Range &a = x.range(), &b = y.range();
            return all(equal_ends(a.has_low, a.low, a.low_end, b.has_low, b.low, b.low_end),
                       equal_ends(a.has_high, a.high, a.high_end, b.has_high, b.high, b.high_end));
        }
        case Kind::function:
            return &x.function() == &y.function() ? Truth::yes : Truth::unknown;
    }
    return Truth::unknown;
}

Order order(const Value& x, const Value& y) {
    if (x.kind() != y.kind()) return Order::unknown;
    switch (x.kind()) {
        case Kind::number: {
            const int found = compare(x.number(), y.number());
            return found < 0 ? Order::less : found > 0 ? Order::greater : Order::equal;
        }
        case Kind::string:
            return ordered(x.string(), y.string());
        case Kind::date:
            return ordered(x.days(), y.days());
        case Kind::time:
        case Kind::date_time:
            return order_clocks(x.clock(), y.clock());
        case Kind::days_duration:
            return ordered(x.span(), y.span());
        case Kind::months_duration:
            return ordered(x.months(), y.months());
        case Kind::null:
        case Kind::boolean:
        case Kind::range:
        case Kind::list:
        case Kind::context:
        case Kind::function:
            return Order::unknown;
    }
    return Order::unknown;
}

bool identical(const Value& x, const Value& y) {
    if (x.kind() != y.kind()) return false;
    if (!x.is(Kind::time) && !x.is(Kind::date_time)) return equal(x, y) == Truth::yes;
    const Clock a = x.clock(), b = y.clock();
    return a.seconds == b.seconds && a.nanos == b.nanos && comparable(a, b) && offset_of(a) == offset_of(b) &&
           a.kind == b.kind && a.zone == b.zone;
}

Truth within(const Value& value, const Range& range) {
    Truth out = Truth::yes;
    if (range.has_low) {
        const Order low = order(value, range.low);
        out = low == Order::unknown
                  ? Truth::unknown
                  : truth(low == Order::greater || (low == Order::equal && range.low_end == End::closed));
    }
    if (range.has_high && out != Truth::no) {
        const Order high = order(value, range.high);
        out = all(out, high == Order::unknown
                           ? Truth::unknown
                           : truth(high == Order::less || (high == Order::equal && range.high_end == End::closed)));
    }
    return out;
}

}  // namespace kith::dmn
