#include "dmn/feel/type.hpp"

#include <algorithm>

#include "dmn/feel/tree.hpp"

namespace kith::dmn {
namespace types {

const Type* built_in(std::string_view name) {
    struct Named {
        std::string_view name;
        const Type* type;
    };
    static constexpr Named kNames[] = {{"any", &any},
                                       {"Any", &any},
                                       {"Null", &null},
                                       {"null", &null},
                                       {"boolean", &boolean},
                                       {"number", &number},
                                       {"string", &string},
                                       {"date", &date},
                                       {"time", &time},
                                       {"date and time", &date_time},
                                       {"dateTime", &date_time},
                                       {"days and time duration", &days_duration},
                                       {"dayTimeDuration", &days_duration},
                                       {"years and months duration", &months_duration},
                                       {"yearMonthDuration", &months_duration},
                                       {"list", &list},
                                       {"range", &range},
                                       {"context", &context},
                                       {"function", &function}};
    for (const Named& named : kNames)
        if (named.name == name) return named.type;
    return nullptr;
}

const Type* list_of(Arena& arena, const Type* element) {
    Type made{TypeKind::list};
    made.element = element;
    return arena.make<Type>(made);
}

const Type* range_of(Arena& arena, const Type* element) {
    Type made{TypeKind::range};
    made.element = element;
    return arena.make<Type>(made);
}

const Type* of(Kind kind) {
    switch (kind) {
        case Kind::null:
            return &null;
        case Kind::boolean:
            return &boolean;
        case Kind::number:
            return &number;
        case Kind::string:
            return &string;
        case Kind::date:
            return &date;
        case Kind::time:
            return &time;
        case Kind::date_time:
            return &date_time;
        case Kind::days_duration:
            return &days_duration;
        case Kind::months_duration:
            return &months_duration;
        case Kind::range:
            return &range;
        case Kind::list:
            return &list;
        case Kind::context:
            return &context;
        case Kind::function:
            return &function;
    }
    return &any;
}
}  // namespace types

std::uint32_t height_above(std::span<const Node* const> kids) {
    std::uint32_t out = 0;
    for (const Node* kid : kids) out = std::max(out, kid->height);
    return out + 1;
}

bool may_meet(const Type& x, const Type& y) {
    if (x.is(TypeKind::any) || y.is(TypeKind::any) || x.is(TypeKind::null) || y.is(TypeKind::null)) return true;
    if (x.is(TypeKind::list) != y.is(TypeKind::list)) {  // a list of one is its element, and a range is no list
        const Type& list = x.is(TypeKind::list) ? x : y;
        const Type& other = x.is(TypeKind::list) ? y : x;
        return list.element == nullptr || may_meet(*list.element, other);
    }
    if ((x.is(TypeKind::date) && y.is(TypeKind::date_time)) || (x.is(TypeKind::date_time) && y.is(TypeKind::date)))
        return true;
    if (x.kind != y.kind) return false;
    if (x.element != nullptr && y.element != nullptr) return may_meet(*x.element, *y.element);
    return true;
}

const Type* common(const Type* x, const Type* y) {
    if (x == y || y->is(TypeKind::null)) return x;
    if (x->is(TypeKind::null)) return y;
    if (x->kind != y->kind) return &types::any;
    switch (x->kind) {
        case TypeKind::list:
        case TypeKind::range:
        case TypeKind::function:
            return x->is(TypeKind::list) ? &types::list : &types::any;
        case TypeKind::context:
            return &types::any;
        default:
            return types::built_in(written(Type{x->kind}));
    }
}

std::string written(const Type& type) {
    if (!type.name.empty()) return std::string(type.name);
    switch (type.kind) {
        case TypeKind::any:
            return "Any";
        case TypeKind::null:
            return "Null";
        case TypeKind::boolean:
            return "boolean";
        case TypeKind::number:
            return "number";
        case TypeKind::string:
            return "string";
        case TypeKind::date:
            return "date";
        case TypeKind::time:
            return "time";
        case TypeKind::date_time:
            return "date and time";
        case TypeKind::days_duration:
            return "days and time duration";
        case TypeKind::months_duration:
            return "years and months duration";
        case TypeKind::range:
            return "range<" + (type.element != nullptr ? written(*type.element) : "Any") + ">";
        case TypeKind::list:
            return "list<" + (type.element != nullptr ? written(*type.element) : "Any") + ">";
        case TypeKind::context:
            return "context";
        case TypeKind::function:
            return "function";
    }
    return "Any";
}

}  // namespace kith::dmn
