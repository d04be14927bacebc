// Functions on contexts.
#include "dmn/builtin/arguments.hpp"

namespace kith::dmn {
namespace {
constexpr std::string_view kKey = "key", kValue = "value";

// A key is a text or a list of texts that leads inwards.
std::optional<std::vector<std::string_view>> keys_at(const Arguments& a, std::size_t i) {
    const Value given = a.at(i);
    if (given.is(Kind::string)) return std::vector{given.string()};
    if (!given.is(Kind::list) || given.list().empty()) return std::nullopt;
    std::vector<std::string_view> out;
    for (const Value& key : given.list()) {
        if (!key.is(Kind::string)) return std::nullopt;
        out.push_back(key.string());
    }
    return out;
}

Value get_value(Evaluator& e, const Arguments& a) {
    Value at = taken(a, 0, Kind::context);
    const auto keys = keys_at(a, 1);
    if (at.is_null() || !keys) return e.doubt(kWrongArgument);
    for (const std::string_view key : *keys) {
        const Value* found = at.is(Kind::context) ? at.context().find(key) : nullptr;
        if (found == nullptr) return e.doubt("a context has no entry of that name");
        at = *found;
    }
    return at;
}

Value get_entries(Evaluator& e, const Arguments& a) {
    const Value of = taken(a, 0, Kind::context);
    if (of.is_null()) return e.doubt(kWrongArgument);
    std::vector<Value> out;
    for (const Entry& entry : of.context().entries)
        out.push_back(e.context({{kKey, Value::of(entry.name)}, {kValue, entry.value}}));
    return e.list(out);
}

Value context_of(Evaluator& e, const Arguments& a) {
    const auto items = list_at(e, a, 0);
    if (!items) return e.doubt(kWrongArgument);
    std::vector<Entry> out;
    for (const Value& item : *items) {
        const Value* key = item.is(Kind::context) ? item.context().find(kKey) : nullptr;
        const Value* value = item.is(Kind::context) ? item.context().find(kValue) : nullptr;
        if (key == nullptr || value == nullptr || !key->is(Kind::string)) return e.doubt(kWrongArgument);
        for (const Entry& known : out)
            if (known.name == key->string()) return e.doubt("a context would have an entry twice");
        out.push_back({key->string(), *value});
    }
    return e.context(out);
}

void put(std::vector<Entry>& entries, std::string_view key, const Value& value) {
    for (Entry& entry : entries)
        if (entry.name == key) {
            entry.value = value;
            return;
        }
    entries.push_back({key, value});
}

Value put_deep(Evaluator& e, const Value& into, std::span<const std::string_view> keys, const Value& value) {
    const Evaluator::Deeper deeper(e);
    if (!into.is(Kind::context)) return e.doubt(kWrongArgument);
    const auto known = into.context().entries;
    std::vector<Entry> out(known.begin(), known.end());
    Value inner = value;
    if (keys.size() > 1) {
        const Value* next = into.context().find(keys.front());
        if (next == nullptr) return e.doubt("a context has no entry of that name");
        inner = put_deep(e, *next, keys.subspan(1), value);
        if (inner.is_null()) return inner;
    }
    put(out, keys.front(), inner);
    return e.context(out);
}

Value context_put(Evaluator& e, const Arguments& a) {
    const auto keys = keys_at(a, 1);
    // By name, `key` is one text and `keys` a list of them.
    if (!keys || (a.signature == 1 && !a.at(1).is(Kind::string)) || (a.signature == 2 && !a.at(1).is(Kind::list)))
        return e.doubt(kWrongArgument);
    return put_deep(e, taken(a, 0, Kind::context), *keys, a.at(2));
}

Value context_merge(Evaluator& e, const Arguments& a) {
    const auto items = list_at(e, a, 0);
    if (!items) return e.doubt(kWrongArgument);
    std::vector<Entry> out;
    for (const Value& item : *items) {
        if (!item.is(Kind::context)) return e.doubt(kWrongArgument);
        for (const Entry& entry : item.context().entries) put(out, entry.name, entry.value);
    }
    return e.context(out);
}

constexpr Builtin kAll[] = {
    {"get value", "m,key|context,key", &types::any, get_value},
    {"get entries", "m|context", &types::list, get_entries},
    {"context", "entries", &types::context, context_of},
    {"context put", "context,key,value|context,keys,value", &types::context, context_put},
    {"context merge", "contexts", &types::context, context_merge},
};
}  // namespace

std::span<const Builtin> context_builtins() { return kAll; }

}  // namespace kith::dmn
