// Functions on lists. Positions count from 1, from the end when negative.
#include "dmn/builtin/arguments.hpp"

namespace kith::dmn {
namespace {
using Items = std::span<const Value>;

template <class Use>
Value with_list(Evaluator& e, const Arguments& a, Use use) {
    const auto items = list_at(e, a, 0);
    return items ? use(*items) : e.doubt(kWrongArgument);
}

bool holds(Items items, const Value& wanted) {
    for (const Value& item : items)
        if (equal(item, wanted) == Truth::yes) return true;
    return false;
}

// The index of a position, or nothing.
std::optional<std::size_t> place(std::optional<std::int64_t> position, std::size_t size) {
    const auto count = static_cast<std::int64_t>(size);
    if (!position || *position == 0 || *position > count || *position < -count) return std::nullopt;
    return static_cast<std::size_t>(*position > 0 ? *position - 1 : count + *position);
}

Value list_contains(Evaluator& e, const Arguments& a) {
    return with_list(e, a, [&](Items items) { return Value::of(holds(items, a.at(1))); });
}
Value count(Evaluator& e, const Arguments& a) {
    return with_list(e, a, [](Items items) { return Value::of(static_cast<std::int64_t>(items.size())); });
}

Value all_or_any(Evaluator& e, const Arguments& a, bool decides) {
    if (a.size() == 1 && a.at(0).is_null()) return e.doubt(kWrongArgument);
    bool unknown = false;
    for (const Value& item : items_of(a)) {
        if (item.is(Kind::boolean) && item.boolean() == decides) return Value::of(decides);
        unknown = unknown || !item.is(Kind::boolean);
    }
    return unknown ? e.doubt(kWrongArgument) : Value::of(!decides);
}
Value all(Evaluator& e, const Arguments& a) {
    if (e.strict() && items_of(a).empty())
        return e.doubt("`all` over an empty list holds of nothing: ask first whether there are any");
    return all_or_any(e, a, false);
}
Value any(Evaluator& e, const Arguments& a) { return all_or_any(e, a, true); }

Value sublist(Evaluator& e, const Arguments& a) {
    return with_list(e, a, [&](Items items) {
        const auto from = place(whole_at(a, 1), items.size());
        if (!from) return e.doubt(kOutOfReach);
        std::size_t length = items.size() - *from;
        if (a.has(2)) {
            const auto wanted = whole_at(a, 2);
            if (!wanted || *wanted < 1 || static_cast<std::uint64_t>(*wanted) > length) return e.doubt(kOutOfReach);
            length = static_cast<std::size_t>(*wanted);
        }
        return Value::of(items.subspan(*from, length));
    });
}

Value append(Evaluator& e, const Arguments& a) {
    std::vector<Value> out;
    if (!a.at(0).is_null()) {
        const auto items = list_at(e, a, 0);
        out.assign(items->begin(), items->end());
    } else {
        return e.doubt(kWrongArgument);
    }
    for (std::size_t i = 1; i < a.size(); ++i) out.push_back(a.at(i));
    return e.list(out);
}

Value concatenate(Evaluator& e, const Arguments& a) {
    std::vector<Value> out;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto items = list_at(e, a, i);
        if (!items) return e.doubt(kWrongArgument);
        out.insert(out.end(), items->begin(), items->end());
        e.check_list(out.size());
    }
    return e.list(out);
}

Value insert_before(Evaluator& e, const Arguments& a) {
    return with_list(e, a, [&](Items items) {
        auto at = place(whole_at(a, 1), items.size());
        if (!at) return e.doubt(kOutOfReach);
        std::vector<Value> out(items.begin(), items.end());
        out.insert(out.begin() + static_cast<std::ptrdiff_t>(*at), a.at(2));
        return e.list(out);
    });
}

Value remove(Evaluator& e, const Arguments& a) {
    return with_list(e, a, [&](Items items) {
        const auto at = place(whole_at(a, 1), items.size());
        if (!at) return e.doubt(kOutOfReach);
        std::vector<Value> out(items.begin(), items.end());
        out.erase(out.begin() + static_cast<std::ptrdiff_t>(*at));
        return e.list(out);
    });
}

Value list_replace(Evaluator& e, const Arguments& a) {
    return with_list(e, a, [&](Items items) {
        std::vector<Value> out(items.begin(), items.end());
        const Value which = a.at(1);
        if (which.is(Kind::function)) {
            for (Value& item : out) {
                const Value arguments[] = {item, a.at(2)};
                const Value match = e.call(which, arguments, nullptr);
                if (!match.is(Kind::boolean))
                    return match.is_undetermined() ? match : e.doubt("a match is neither true nor false");
                if (match.boolean()) item = a.at(2);
            }
            return e.list(out);
        }
        const auto at = place(whole_at(a, 1), items.size());
        if (!at) return e.doubt(kOutOfReach);
        out[*at] = a.at(2);
        return e.list(out);
    });
}

Value reverse(Evaluator& e, const Arguments& a) {
    return with_list(e, a, [&](Items items) { return e.list(std::vector<Value>(items.rbegin(), items.rend())); });
}

Value index_of(Evaluator& e, const Arguments& a) {
    return with_list(e, a, [&](Items items) {
        std::vector<Value> out;
        for (std::size_t i = 0; i < items.size(); ++i)
            if (equal(items[i], a.at(1)) == Truth::yes) out.push_back(Value::of(static_cast<std::int64_t>(i + 1)));
        return e.list(out);
    });
}

// Pairs are compared, so the length is paid for in steps.
void add_new(Evaluator& e, std::vector<Value>& out, const Value& item) {
    for (const Value& known : out) {
        e.step();
        if (equal(known, item) == Truth::yes) return;
    }
    out.push_back(item);
}

Value union_of(Evaluator& e, const Arguments& a) {
    std::vector<Value> out;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto items = list_at(e, a, i);
        if (!items) return e.doubt(kWrongArgument);
        for (const Value& item : *items) add_new(e, out, item);
    }
    return e.list(out);
}

Value distinct_values(Evaluator& e, const Arguments& a) {
    return with_list(e, a, [&](Items items) {
        std::vector<Value> out;
        for (const Value& item : items) add_new(e, out, item);
        return e.list(out);
    });
}

void flatten_into(Evaluator& e, Items items, std::vector<Value>& out) {
    const Evaluator::Deeper deeper(e);
    for (const Value& item : items) {
        e.step();
        if (item.is(Kind::list))
            flatten_into(e, item.list(), out);
        else
            out.push_back(item);
        e.check_list(out.size());
    }
}
Value flatten(Evaluator& e, const Arguments& a) {
    return with_list(e, a, [&](Items items) {
        std::vector<Value> out;
        flatten_into(e, items, out);
        return e.list(out);
    });
}

// A merge sort of our own: a comparison by the caller's function need not be an order, which std::sort would not
// survive.
Value sort(Evaluator& e, const Arguments& a) {
    return with_list(e, a, [&](Items items) {
        std::vector<Value> now(items.begin(), items.end()), next(items.size());
        Value trouble;
        bool failed = false;
        const auto precedes = [&](const Value& x, const Value& y) {
            e.step();
            if (!a.has(1) || a.at(1).is_null()) {
                const Order found = order(x, y);
                if (found == Order::unknown) failed = true;
                return found == Order::less;
            }
            const Value arguments[] = {x, y};
            const Value answer = e.call(a.at(1), arguments, nullptr);
            if (!answer.is(Kind::boolean)) {
                failed = true;
                trouble = answer;
            }
            return answer.is_true();
        };
        for (std::size_t width = 1; width < now.size() && !failed; width *= 2) {
            for (std::size_t low = 0; low < now.size(); low += 2 * width) {
                const std::size_t middle = std::min(low + width, now.size()),
                                  high = std::min(low + 2 * width, now.size());
                std::size_t left = low, right = middle;
                for (std::size_t to = low; to < high; ++to) {
                    const bool take_right = left == middle || (right < high && precedes(now[right], now[left]));
                    next[to] = take_right ? now[right++] : now[left++];
                }
            }
            now.swap(next);
        }
        if (failed) return trouble.is_undetermined() ? trouble : e.doubt("a list cannot be put in order by this");
        return e.list(now);
    });
}

constexpr Builtin kAll[] = {
    {"list contains", "list,element", &types::boolean, list_contains},
    {"count", "list", &types::number, count},
    {"all", "list|b...", &types::boolean, all},
    {"any", "list|b...", &types::boolean, any},
    {"sublist", "list,start position,length?", &types::list, sublist},
    {"append", "list,item...", &types::list, append},
    {"concatenate", "list...", &types::list, concatenate},
    {"insert before", "list,position,newItem", &types::list, insert_before},
    {"remove", "list,position", &types::list, remove},
    {"list replace", "list,position,newItem|list,match,newItem", &types::list, list_replace},
    {"reverse", "list", &types::list, reverse},
    {"index of", "list,match", &types::list, index_of},
    {"union", "list...", &types::list, union_of},
    {"distinct values", "list", &types::list, distinct_values},
    {"flatten", "list", &types::list, flatten},
    {"sort", "list,precedes?", &types::list, sort},
};
}  // namespace

std::span<const Builtin> list_builtins() { return kAll; }

}  // namespace kith::dmn
