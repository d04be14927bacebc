#include "dmn/verify/sample.hpp"

#include "dmn/value/calendar.hpp"
#include "dmn/verify/cells.hpp"
#include "dmn/verify/witness.hpp"

namespace kith::dmn::verify {
namespace {
Value plain(const Type& type, Evaluator& e) {
    switch (type.kind) {
        case TypeKind::boolean:
            return Value::of(false);
        case TypeKind::number:
            return Value::of(std::int64_t{0});
        case TypeKind::string:
        case TypeKind::any:
            return e.text("any other");
        case TypeKind::date:
            return Value::date(days_of({2026, 1, 1}));
        case TypeKind::time:
            return Value::clock(Kind::time, Clock{43'200});
        case TypeKind::date_time:
            return Value::clock(Kind::date_time, Clock{days_of({2026, 1, 1}) * kDay});
        case TypeKind::days_duration:
            return Value::of(Span{kDay, 0});
        case TypeKind::months_duration:
            return Value::months(1);
        case TypeKind::list:
            return e.list({});
        case TypeKind::context: {
            std::vector<Entry> entries;
            for (const Field& field : type.fields) entries.push_back({field.name, sample(*field.type, e)});
            return e.context(entries);
        }
        case TypeKind::null:
        case TypeKind::range:
        case TypeKind::function:
            break;
    }
    return Value::null();
}
}  // namespace

Value sample(const Type& type, Evaluator& e) {
    const Value first = plain(type, e);
    const auto allows = [&](const Value& value) {
        for (const Type* one = &type; one != nullptr; one = one->base)
            if (one->allowed != nullptr && !e.test(*one->allowed, value, nullptr).is_true()) return false;
        return true;
    };
    if (type.allowed == nullptr || allows(first)) return first;
    Constants constants(e.zones());
    std::vector<Value> points;
    for (const Type* one = &type; one != nullptr; one = one->base)
        if (one->allowed != nullptr) gather(*one->allowed, constants, points);
    Line line;
    line.kind = first.kind();
    if (line.kind != Kind::string && line.kind != Kind::boolean && line.kind != Kind::list &&
        line.kind != Kind::context) {
        std::vector<const Node*> rest;
        line.stepped = line.kind == Kind::number && asks_whole(*type.allowed, rest);
        std::erase_if(points, [&](const Value& v) { return v.kind() != line.kind; });
        cut(line, points);
        for (const Stretch& stretch : line.stretches)
            if (const auto found = witness(line, stretch)) points.push_back(*found);
    }
    for (const Value& point : points)
        if (allows(point)) return point.is(Kind::string) ? e.text(std::string(point.string())) : point;
    return Value::null();
}

}  // namespace kith::dmn::verify
