// `a.b` and `xs[...]`: entries of contexts, the parts of points in time, projection over lists, and picking from lists.
#include "dmn/evaluate/evaluator.hpp"
#include "dmn/value/temporal.hpp"

namespace kith::dmn {
namespace {
std::optional<Value> of_date(std::int64_t days, std::string_view name) {
    const CivilDate date = civil(days);
    if (name == "year") return Value::of(date.year);
    if (name == "month") return Value::of(std::int64_t{date.month});
    if (name == "day") return Value::of(std::int64_t{date.day});
    if (name == "weekday") return Value::of(std::int64_t{weekday(days)});
    return std::nullopt;
}

std::optional<Value> of_span(Span span, std::string_view name) {
    const bool minus = span.seconds < 0;
    const Span size = minus ? negated(span) : span;
    const auto signed_part = [&](std::int64_t n) { return Value::of(minus ? -n : n); };
    if (name == "days") return signed_part(size.seconds / kDay);
    if (name == "hours") return signed_part(size.seconds / 3600 % 24);
    if (name == "minutes") return signed_part(size.seconds / 60 % 60);
    if (name == "seconds") return signed_part(size.seconds % 60);
    return std::nullopt;
}
}  // namespace

static std::optional<Value> of_clock(Evaluator& evaluator, const Clock& clock, std::string_view name) {
    const std::int64_t second = floor_mod(clock.seconds, kDay);
    if (name == "hour") return Value::of(second / 3600);
    if (name == "minute") return Value::of(second / 60 % 60);
    if (name == "second") return Value::of(second % 60);
    if (name == "time offset") {
        const auto offset = offset_of(clock);
        return offset ? Value::of(Span{*offset, 0}) : Value::null();
    }
    if (name == "timezone") return clock.kind == ZoneKind::named ? evaluator.text(clock.zone->name()) : Value::null();
    return std::nullopt;
}

static std::optional<Value> property(Evaluator& evaluator, const Value& of, std::string_view name) {
    switch (of.kind()) {
        case Kind::date:
            return of_date(of.days(), name);
        case Kind::time:
            return of_clock(evaluator, of.clock(), name);
        case Kind::date_time: {
            const auto day = of_date(floor_div(of.clock().seconds, kDay), name);
            return day ? day : of_clock(evaluator, of.clock(), name);
        }
        case Kind::days_duration:
            return of_span(of.span(), name);
        case Kind::months_duration:
            if (name == "years") return Value::of(of.months() / 12);
            if (name == "months") return Value::of(of.months() % 12);
            return std::nullopt;
        case Kind::range: {
            const Range& range = of.range();
            if (name == "start") return range.has_low ? range.low : Value::null();
            if (name == "end") return range.has_high ? range.high : Value::null();
            if (name == "start included") return Value::of(range.low_end == End::closed);
            if (name == "end included") return Value::of(range.high_end == End::closed);
            return std::nullopt;
        }
        default:
            return std::nullopt;
    }
}

Value Evaluator::path(const Value& from, std::string_view name, const Node* at) {
    step();
    if (from.is_undetermined()) return from;
    if (from.is(Kind::context)) {
        const Value* found = from.context().find(name);
        return found != nullptr ? *found : doubt("a context has no entry of that name", at);
    }
    if (from.is(Kind::list)) {
        const Deeper deeper(*this);
        const std::span<const Value> items = from.list();
        const std::span<Value> out = arena_.many<Value>(items.size());
        for (std::size_t i = 0; i < items.size(); ++i) {
            out[i] = path(items[i], name, at);
            if (out[i].is_undetermined()) return out[i];
        }
        return Value::of(std::span<const Value>(out));
    }
    const auto found = property(*this, from, name);
    return found ? *found : doubt("a value has no part of that name", at);
}

Value Evaluator::pick(const Value& from, const Value& index, const Node& at) {
    const auto place = index.number().whole();
    const std::span<const Value> items = from.list();
    const auto size = static_cast<std::int64_t>(items.size());
    if (place && *place >= 1 && *place <= size) return items[static_cast<std::size_t>(*place - 1)];
    if (place && *place <= -1 && *place >= -size) return items[static_cast<std::size_t>(size + *place)];
    return doubt("a list has no item of that number", &at);
}

// The frame of a filter holds the item twice: as `item`, unless it has an entry of that name, and for its entries.
Value Evaluator::filter_item(const Node& node, const Value& item, Frame*& inner, const Frame* frame) {
    if (inner == nullptr || node.makes_functions) inner = this->frame(frame, 2);
    inner->values[1] = item;
    inner->values[0] = item;
    if (item.is(Kind::context))
        if (const Value* own = item.context().find("item")) inner->values[0] = *own;
    return evaluate(node.kid(1), inner);
}

Value Evaluator::filter(const Node& node, const Frame* frame) {
    Value from = evaluate(node.kid(0), frame);
    if (from.is_undetermined()) return from;
    if (!from.is(Kind::list)) {
        if (from.is_null() && strict()) return doubt("what is filtered is not known", &node);
        from = from.is_null() ? Value::of(std::span<const Value>{}) : list({from});
    }
    const Node& condition = node.kid(1);
    Frame* inner = nullptr;
    if (condition.op == Op::constant && condition.value.is(Kind::number)) return pick(from, condition.value, node);
    Growing out(arena_);
    if (from.list().empty()) {  // the index may be calculated, and is then looked for in vain
        if (condition.type->is(TypeKind::number)) return doubt("a list has no item of that number", &node);
        return out.value();
    }
    for (const Value& item : from.list()) {
        const Value keeps = filter_item(node, item, inner, frame);
        if (keeps.is_undetermined()) return keeps;
        if (keeps.is(Kind::number)) return pick(from, keeps, node);
        if (!keeps.is(Kind::boolean)) {
            if (strict()) return doubt("a filter is neither true nor false", &condition);
            if (!keeps.is_null()) return Value::null();
        }
        if (keeps.is_true()) out.push(item);
    }
    return out.value();
}

}  // namespace kith::dmn
