// The fourteen relations between points and ranges (DMN 1.5, table 78). A point is a range of one, where the relation
// takes points.
#include "dmn/builtin/arguments.hpp"

namespace kith::dmn {
namespace {
enum class Takes : std::uint8_t { ranges, points_too };

struct Two {
    Range x, y;
    bool x_point = false, y_point = false;
};

bool as_range(const Value& v, Range& out, bool& point) {
    if (v.is(Kind::range)) {
        out = v.range();
        return out.has_low && out.has_high;
    }
    if (v.is(Kind::list) && v.list().size() == 1) return as_range(v.list()[0], out, point);
    point = true;
    out = {v, v, End::closed, End::closed, true, true};
    return order(v, v) != Order::unknown;
}

// Where an end of one lies against an end of the other; throws nothing, `bad` says that they have no order.
struct Ends {
    bool bad = false;
    bool less(const Value& a, const Value& b) { return seen(order(a, b)) == Order::less; }
    bool same(const Value& a, const Value& b) { return seen(order(a, b)) == Order::equal; }
    Order seen(Order found) {
        bad = bad || found == Order::unknown;
        return found;
    }
};

bool closed(End end) { return end == End::closed; }

bool before(Ends& c, const Range& x, const Range& y) {
    return c.less(x.high, y.low) || (c.same(x.high, y.low) && (!closed(x.high_end) || !closed(y.low_end)));
}
bool meets(Ends& c, const Range& x, const Range& y) {
    return c.same(x.high, y.low) && closed(x.high_end) && closed(y.low_end);
}
// The low end of x lies at or before that of y.
bool starts_no_later(Ends& c, const Range& x, const Range& y) {
    return c.less(x.low, y.low) || (c.same(x.low, y.low) && (closed(x.low_end) || !closed(y.low_end)));
}
bool ends_no_earlier(Ends& c, const Range& x, const Range& y) {
    return c.less(y.high, x.high) || (c.same(x.high, y.high) && (closed(x.high_end) || !closed(y.high_end)));
}
bool includes(Ends& c, const Range& x, const Range& y) { return starts_no_later(c, x, y) && ends_no_earlier(c, x, y); }
bool overlaps(Ends& c, const Range& x, const Range& y) { return !before(c, x, y) && !before(c, y, x); }
bool same_low(Ends& c, const Range& x, const Range& y) { return c.same(x.low, y.low) && x.low_end == y.low_end; }
bool same_high(Ends& c, const Range& x, const Range& y) { return c.same(x.high, y.high) && x.high_end == y.high_end; }
bool overlaps_before(Ends& c, const Range& x, const Range& y) {
    const bool starts = c.less(x.low, y.low) || (c.same(x.low, y.low) && closed(x.low_end) && !closed(y.low_end));
    const bool reaches = c.less(y.low, x.high) || (c.same(y.low, x.high) && closed(x.high_end) && closed(y.low_end));
    const bool ends = c.less(x.high, y.high) || (c.same(x.high, y.high) && (!closed(x.high_end) || closed(y.high_end)));
    return starts && reaches && ends;
}
bool overlaps_after(Ends& c, const Range& x, const Range& y) {
    const bool starts = c.less(y.low, x.low) || (c.same(x.low, y.low) && closed(y.low_end) && !closed(x.low_end));
    const bool reaches = c.less(x.low, y.high) || (c.same(x.low, y.high) && closed(x.low_end) && closed(y.high_end));
    const bool ends = c.less(y.high, x.high) || (c.same(x.high, y.high) && (!closed(y.high_end) || closed(x.high_end)));
    return starts && reaches && ends;
}
bool finishes(Ends& c, const Range& x, const Range& y) { return same_high(c, x, y) && starts_no_later(c, y, x); }
bool starts(Ends& c, const Range& x, const Range& y) { return same_low(c, x, y) && ends_no_earlier(c, y, x); }
bool coincides(Ends& c, const Range& x, const Range& y) { return same_low(c, x, y) && same_high(c, x, y); }

using Relation = bool (*)(Ends&, const Range&, const Range&);
template <Relation relation>
bool swapped(Ends& c, const Range& x, const Range& y) {
    return relation(c, y, x);
}

// `x_points`, `y_points`: whether that side may be a point.
template <Relation relation, Takes x_takes, Takes y_takes>
Value relate(Evaluator& e, const Arguments& a) {
    Two two;
    if (!as_range(a.at(0), two.x, two.x_point) || !as_range(a.at(1), two.y, two.y_point))
        return e.doubt(kWrongArgument);
    if ((two.x_point && x_takes == Takes::ranges) || (two.y_point && y_takes == Takes::ranges))
        return e.doubt(kWrongArgument);
    Ends ends;
    const bool out = relation(ends, two.x, two.y);
    return ends.bad ? e.doubt("these two have no order") : Value::of(out);
}

Value coincide(Evaluator& e, const Arguments& a) {
    Two two;
    if (!as_range(a.at(0), two.x, two.x_point) || !as_range(a.at(1), two.y, two.y_point) || two.x_point != two.y_point)
        return e.doubt(kWrongArgument);
    return relate<coincides, Takes::points_too, Takes::points_too>(e, a);
}

constexpr auto kRange = Takes::ranges;
constexpr auto kPoint = Takes::points_too;
constexpr std::string_view kTwo = "point1,point2|point,range|range,point|range1,range2";
constexpr Builtin kAll[] = {
    {"before", kTwo, &types::boolean, relate<before, kPoint, kPoint>},
    {"after", kTwo, &types::boolean, relate<swapped<before>, kPoint, kPoint>},
    {"meets", "range1,range2", &types::boolean, relate<meets, kRange, kRange>},
    {"met by", "range1,range2", &types::boolean, relate<swapped<meets>, kRange, kRange>},
    {"overlaps", "range1,range2", &types::boolean, relate<overlaps, kRange, kRange>},
    {"overlaps before", "range1,range2", &types::boolean, relate<overlaps_before, kRange, kRange>},
    {"overlaps after", "range1,range2", &types::boolean, relate<overlaps_after, kRange, kRange>},
    {"finishes", "point,range|range1,range2", &types::boolean, relate<finishes, kPoint, kRange>},
    {"finished by", "range,point|range1,range2", &types::boolean, relate<swapped<finishes>, kRange, kPoint>},
    {"includes", "range,point|range1,range2", &types::boolean, relate<includes, kRange, kPoint>},
    {"during", "point,range|range1,range2", &types::boolean, relate<swapped<includes>, kPoint, kRange>},
    {"starts", "point,range|range1,range2", &types::boolean, relate<starts, kPoint, kRange>},
    {"started by", "range,point|range1,range2", &types::boolean, relate<swapped<starts>, kRange, kPoint>},
    {"coincides", "point1,point2|range1,range2", &types::boolean, coincide},
};
}  // namespace

std::span<const Builtin> range_builtins() { return kAll; }

}  // namespace kith::dmn
