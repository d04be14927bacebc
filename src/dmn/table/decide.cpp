#include "dmn/table/decide.hpp"

#include <algorithm>
#include <numeric>

#include "dmn/explain/explanation.hpp"
#include "dmn/table/compiled.hpp"

namespace kith::dmn {
namespace {
constexpr const char* kSeveral = "several rules match where one may";
constexpr const char* kDisagree = "rules that match do not agree";
constexpr const char* kUndecided = "rules that cannot be decided could change the result";

Value output_of(Evaluator& e, const Table& table, std::size_t i, const Node& node, const Frame* frame) {
    const Value value = e.evaluate(node, frame);
    return value.is_null() ? value : e.convert(value, *table.outputs[i].type, &node);
}

// One output gives its value, several a context.
template <class NodeOf>
Value assembled(Evaluator& e, const Table& table, const Frame* frame, NodeOf node_of) {
    if (table.outputs.size() == 1) return output_of(e, table, 0, node_of(0), frame);
    const std::span<Entry> entries = e.arena().many<Entry>(table.outputs.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        entries[i] = {table.outputs[i].name, output_of(e, table, i, node_of(i), frame)};
        if (entries[i].value.is_undetermined()) return entries[i].value;
    }
    Context* made = e.arena().make<Context>();
    made->entries = entries;
    return Value::of(static_cast<const Context*>(made));
}

Value given_by(Evaluator& e, const Table& table, std::uint32_t rule, const Frame* frame) {
    if (table.compiled != nullptr && table.compiled->constant) return table.compiled->results[rule];
    return assembled(e, table, frame, [&](std::size_t i) -> const Node& { return *table.rules[rule].outputs[i].node; });
}

Value otherwise(Evaluator& e, const Table& table, const Frame* frame) {
    static constexpr Node kNull{Op::constant};
    const bool any =
        std::any_of(table.outputs.begin(), table.outputs.end(), [](const auto& o) { return o.otherwise != nullptr; });
    if (!any) return Value::null();
    return assembled(e, table, frame, [&](std::size_t i) -> const Node& {
        return table.outputs[i].otherwise != nullptr ? *table.outputs[i].otherwise : kNull;
    });
}

const Value* part(const Table& table, const Value& result, std::size_t i) {
    if (table.outputs.size() == 1) return &result;
    return result.is(Kind::context) ? result.context().find(table.outputs[i].name) : nullptr;
}

std::size_t rank(const Table& table, const Value& result, std::size_t output) {
    const Value* value = part(table, result, output);
    const auto& order = table.outputs[output].priorities;
    for (std::size_t i = 0; i < order.size(); ++i)
        if (value != nullptr && equal(order[i], *value) == Truth::yes) return i;
    return order.size();
}

bool precedes(const Table& table, const Value& x, const Value& y) {
    for (std::size_t i = 0; i < table.outputs.size(); ++i) {
        const std::size_t a = rank(table, x, i), b = rank(table, y, i);
        if (a != b) return a < b;
    }
    return false;
}

Value aggregated(Evaluator& e, const Table& table, std::span<const Value> values) {
    if (table.aggregation == Aggregation::count) return Value::of(static_cast<std::int64_t>(values.size()));
    Value out = values.front();
    if (values.size() == 1 && !out.is(Kind::number) && table.aggregation == Aggregation::sum)
        return e.doubt("what is added up is no number");
    for (const Value& value : values.subspan(1)) {
        if (table.aggregation == Aggregation::sum) {
            out = e.arithmetic(Op::add, out, value, nullptr);
            if (out.is_null()) return out;
            continue;
        }
        const Order found = order(value, out);
        if (found == Order::unknown) return e.doubt("outputs that are aggregated have no order");
        if (found == (table.aggregation == Aggregation::minimum ? Order::less : Order::greater)) out = value;
    }
    return out;
}

// Equal ones stay in the order of their rules.
Value in_order(Evaluator& e, const Table& table, std::span<const Value> values) {
    const std::span<std::uint32_t> places = e.arena().many<std::uint32_t>(values.size());
    std::iota(places.begin(), places.end(), 0U);
    std::sort(places.begin(), places.end(), [&](std::uint32_t x, std::uint32_t y) {
        if (precedes(table, values[x], values[y])) return true;
        return !precedes(table, values[y], values[x]) && x < y;
    });
    const std::span<Value> out = e.arena().many<Value>(values.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = values[places[i]];
    return Value::of(std::span<const Value>(out));
}

Value collected(Evaluator& e, const Table& table, std::span<const std::uint32_t> matching, const Frame* frame) {
    const std::span<Value> values = e.arena().many<Value>(matching.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = given_by(e, table, matching[i], frame);
        if (values[i].is_undetermined()) return values[i];
    }
    if (table.policy == HitPolicy::output_order) return in_order(e, table, values);
    if (table.aggregation != Aggregation::none) return aggregated(e, table, values);
    return Value::of(std::span<const Value>(values));
}

bool same(const Value& x, const Value& y) {
    return !x.is_undetermined() && !y.is_undetermined() && equal(x, y) == Truth::yes;
}
}  // namespace

bool names_null(const Node& node) {
    if (node.op == Op::constant) return node.value.is_null();
    return std::any_of(node.kids.begin(), node.kids.end(), [](const Node* kid) { return names_null(*kid); });
}

Match match(Evaluator& e, const Node& cell, const Value& input, const Frame* frame) {
    if (cell.op == Op::test_any) return Match::yes;
    if (e.strict() && input.is_null() && !names_null(cell)) return Match::undecided;
    const Value passes = e.test(cell, input, frame);
    if (passes.is(Kind::boolean)) return passes.boolean() ? Match::yes : Match::no;
    return e.strict() ? Match::undecided : Match::no;
}

Value outcome(Evaluator& e, const Table& table, std::span<const std::uint32_t> matching, const Frame* frame) {
    if (matching.empty()) {
        const Value out = otherwise(e, table, frame);
        if (!out.is_null()) return out;
        if (table.policy == HitPolicy::collect && table.aggregation == Aggregation::count)
            return Value::of(std::int64_t{0});
        return out;
    }
    switch (table.policy) {
        case HitPolicy::unique:
            return matching.size() > 1 ? e.doubt(kSeveral) : given_by(e, table, matching.front(), frame);
        case HitPolicy::first:
            return given_by(e, table, matching.front(), frame);
        case HitPolicy::any: {
            const Value out = given_by(e, table, matching.front(), frame);
            for (const std::uint32_t rule : matching.subspan(1))
                if (!same(out, given_by(e, table, rule, frame))) return e.doubt(kDisagree);
            return out;
        }
        case HitPolicy::priority: {
            Value best = given_by(e, table, matching.front(), frame);
            for (const std::uint32_t rule : matching.subspan(1)) {
                const Value other = given_by(e, table, rule, frame);
                if (precedes(table, other, best)) best = other;
            }
            return best;
        }
        case HitPolicy::rule_order:
        case HitPolicy::output_order:
        case HitPolicy::collect:
            return collected(e, table, matching, frame);
    }
    return Value::null();
}

Value outcome(Evaluator& e, const Table& table, std::span<const std::uint32_t> matching,
              std::span<const std::uint32_t> undecided, const Frame* frame) {
    const Value base = outcome(e, table, matching, frame);
    if (base.is_undetermined()) return base;
    std::vector<std::uint32_t> with;
    for (const std::uint32_t rule : undecided) {
        with.assign(matching.begin(), matching.end());
        with.insert(std::upper_bound(with.begin(), with.end(), rule), rule);
        if (!same(base, outcome(e, table, with, frame))) return e.doubt(kUndecided);
    }
    if (undecided.size() < 2) return base;
    // Each alone may give what the default gives, and together a clash or another sum.
    with.resize(matching.size() + undecided.size());
    std::merge(matching.begin(), matching.end(), undecided.begin(), undecided.end(), with.begin());
    return same(base, outcome(e, table, with, frame)) ? base : e.doubt(kUndecided);
}

namespace {
// The inputs as their clauses take them; the first that is undetermined or not allowed ends it.
Value take_inputs(Evaluator& e, const Table& table, const Frame* frame, std::span<Value> inputs) {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const InputClause& clause = table.inputs[i];
        inputs[i] = e.evaluate(*clause.expression, frame);
        if (inputs[i].is_undetermined()) return inputs[i];
        // A variable that was converted to this very type when it got its value is not asked again.
        const bool known = clause.expression->op == Op::slot && clause.expression->type == clause.type;
        if (!inputs[i].is_null() && !known) {
            inputs[i] = e.convert(inputs[i], *clause.type, clause.expression);
            if (inputs[i].is_undetermined()) return inputs[i];
        }
        if (clause.allowed != nullptr && !e.test(*clause.allowed, inputs[i], frame).is_true()) {
            const Value wrong = e.doubt("an input is not among its allowed values", clause.expression, clause.text);
            return wrong.is_undetermined() ? wrong : Value::of(false);
        }
    }
    return Value::of(true);
}
}  // namespace

Value decide(Evaluator& e, const Table& table, const Frame* frame) {
    const std::span<Value> inputs = e.arena().many<Value>(table.inputs.size());
    const Value taken = take_inputs(e, table, frame, inputs);
    if (!taken.is_true()) return taken.is_undetermined() ? taken : Value::null();
    std::optional<Value> found;
    if (table.compiled != nullptr) found = decide_compiled(e, table, inputs, frame);
    if (!found) found = interpret(e, table, inputs, frame);
    if (e.trace != nullptr) {
        TableReason reason;
        reason.table = &table;
        reason.frame = frame;
        reason.inputs.assign(inputs.begin(), inputs.end());
        reason.result = *found;
        e.trace->tables.push_back(std::move(reason));
    }
    return *found;
}

Value interpret(Evaluator& e, const Table& table, std::span<const Value> inputs, const Frame* frame) {
    std::vector<std::uint32_t> matching, undecided;
    for (std::uint32_t r = 0; r < table.rules.size(); ++r) {
        Match all = Match::yes;
        for (std::size_t i = 0; i < inputs.size() && all != Match::no; ++i) {
            const Match found = match(e, *table.rules[r].inputs[i].node, inputs[i], frame);
            if (found != Match::yes) all = found;
        }
        if (all == Match::yes) matching.push_back(r);
        if (all == Match::undecided) undecided.push_back(r);
        if (all == Match::yes && table.policy == HitPolicy::first) break;
    }
    return undecided.empty() ? outcome(e, table, matching, frame) : outcome(e, table, matching, undecided, frame);
}

}  // namespace kith::dmn
