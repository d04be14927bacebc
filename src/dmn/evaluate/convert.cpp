// Types at run time: `instance of`, and the conversions that the standard makes when a value is given to a typed
// variable.
#include "dmn/evaluate/evaluator.hpp"
#include "dmn/value/temporal.hpp"

namespace kith::dmn {
namespace {
bool function_conforms(const Type& have, const Type& want);

// Whether every value of `have` is one of `want`; for function types, where no value is at hand.
bool conforms(const Type& have, const Type& want) {
    if (want.is(TypeKind::any) || &have == &want) return true;
    if (have.is(TypeKind::null)) return true;
    if (have.kind != want.kind) return false;
    switch (want.kind) {
        case TypeKind::list:
        case TypeKind::range:
            return want.element == nullptr || want.element->is(TypeKind::any) ||
                   (have.element != nullptr && conforms(*have.element, *want.element));
        case TypeKind::context:
            for (const Field& field : want.fields) {
                const Field* own = have.field(field.name);
                if (own == nullptr || !conforms(*own->type, *field.type)) return false;
            }
            return true;
        case TypeKind::function:
            return function_conforms(have, want);
        default:
            return true;
    }
}

bool function_conforms(const Type& have, const Type& want) {
    if (want.result == nullptr) return true;
    if (have.parameters.size() != want.parameters.size()) return false;
    for (std::size_t i = 0; i < want.parameters.size(); ++i)
        if (!conforms(*want.parameters[i], *have.parameters[i])) return false;
    return have.result != nullptr && conforms(*have.result, *want.result);
}
}  // namespace

bool Evaluator::instance_of(const Value& value, const Type& type, Allowed allowed) {
    step();
    const Deeper deeper(*this);
    if (value.is_null()) return type.is(TypeKind::null);
    if (type.is(TypeKind::any) && (type.allowed == nullptr || allowed == Allowed::ignored)) return true;
    if (!type.is(TypeKind::any) && types::of(value.kind())->kind != type.kind) return false;
    switch (type.kind) {
        case TypeKind::list:
            if (type.element == nullptr || type.element->is(TypeKind::any)) break;
            for (const Value& item : value.list())
                if (!item.is_null() && !instance_of(item, *type.element, allowed)) return false;
            break;
        case TypeKind::context:
            for (const Field& field : type.fields) {
                const Value* own = value.context().find(field.name);
                if (own == nullptr || (!own->is_null() && !instance_of(*own, *field.type, allowed))) return false;
            }
            break;
        case TypeKind::range: {
            if (type.element == nullptr || type.element->is(TypeKind::any)) break;
            const Range& range = value.range();
            if (range.has_low && !instance_of(range.low, *type.element, allowed)) return false;
            if (range.has_high && !instance_of(range.high, *type.element, allowed)) return false;
            break;
        }
        case TypeKind::function: {
            const Function& function = value.function();
            // What a built-in function takes depends on its arguments: it is held to it when it is called.
            if (type.result != nullptr && function.builtin == nullptr && !function_conforms(*function.type, type))
                return false;
            break;
        }
        default:
            break;
    }
    if (allowed == Allowed::ignored) return true;
    // A type that narrows another allows no more than that one does.
    for (const Type* one = &type; one != nullptr; one = one->base)
        if (one->allowed != nullptr && !test(*one->allowed, value, nullptr).is_true()) return false;
    return true;
}

Value Evaluator::convert(const Value& value, const Type& type, const Node* at) {
    if (value.is_null()) return value;
    if (type.is(TypeKind::any) && type.allowed == nullptr) return value;
    if (instance_of(value, type, Allowed::asked)) return value;
    if (value.is(Kind::list) && !type.is(TypeKind::list) && value.list().size() == 1) {
        const Value item = value.list()[0];
        if (item.is_null() || instance_of(item, type, Allowed::asked)) return item;
        return convert(item, type, at);
    }
    if (type.is(TypeKind::list) && !value.is(Kind::list) && type.element != nullptr) {
        const Value item = convert(value, *type.element, at);
        if (item.is_null()) return item;
        const Value wrapped = list({item});
        if (instance_of(wrapped, type, Allowed::asked)) return wrapped;
    }
    if (type.is(TypeKind::date_time) && value.is(Kind::date)) {
        Clock start = midnight(value.days());
        start.kind = ZoneKind::offset;  // midnight in UTC, by the standard
        return Value::clock(Kind::date_time, start);
    }
    return doubt("a value is not of the declared type", at);
}

}  // namespace kith::dmn
