#include "dmn/cases/judge.hpp"

#include <algorithm>

#include "dmn/value/text.hpp"

namespace kith::dmn::cases {
namespace {
std::optional<Value> at_path(Value value, const std::vector<std::string>& path) {
    for (const std::string& name : path) {
        if (value.is_null()) return value;
        const Value* found = value.is(Kind::context) ? value.context().find(name) : nullptr;
        if (found == nullptr) return std::nullopt;
        value = *found;
    }
    return value;
}

// The output of one rule's result, or of the whole.
std::optional<Value> part_of(const Value& result, const Table* table, const Output& output) {
    const bool among_several = table != nullptr && table->outputs.size() > 1 && output.column;
    if (!among_several) return at_path(result, output.path);
    if (result.is_null()) return result;
    const Value* found =
        result.is(Kind::context) ? result.context().find(table->outputs[*output.column].name) : nullptr;
    return found != nullptr ? at_path(*found, output.path) : std::nullopt;
}

bool same(const std::optional<Value>& x, const Value& y) { return x && equal(*x, y) == Truth::yes; }

// Several outputs of a list are compared rule by rule: what one rule gives stays together.
struct ByRule {
    const Table& table;
    const std::vector<Bound::Wanted>& wanted;
    std::span<const Value> items;

    bool matches(std::size_t item, std::size_t place) const {
        return std::all_of(wanted.begin(), wanted.end(), [&](const Bound::Wanted& one) {
            return same(part_of(items[item], &table, one.output), one.value.list()[place]);
        });
    }
    bool hold() const {
        std::vector<bool> used(items.size());
        for (std::size_t place = 0; place < items.size(); ++place) {
            std::size_t item = place;
            if (table.policy == HitPolicy::collect) {
                item = 0;
                while (item < items.size() && (used[item] || !matches(item, place))) ++item;
            }
            if (item == items.size() || !matches(item, place)) return false;
            used[item] = true;
        }
        return true;
    }
};

std::string list_difference(const Bound& bound, const Table& table, const Value& result) {
    const std::span<const Value> items = result.list();
    for (const Bound::Wanted& one : bound.outputs)
        if (!one.value.is(Kind::list) || one.value.list().size() != items.size()) return "`" + one.name + "` differs";
    if (ByRule{table, bound.outputs, items}.hold()) return {};
    return "the list differs";
}

std::string values_difference(const Bound& bound, const Explanation& explanation) {
    const Table* table = table_of(*bound.decision);
    if (!explanation.determined) return "the answer is undetermined: " + explanation.why;
    if (no_rule(explanation, *bound.decision) && (table == nullptr || !has_default(*table))) return "no rule matches";
    if (table != nullptr && gives_list(*table) && explanation.value.is(Kind::list))
        return list_difference(bound, *table, explanation.value);
    for (const Bound::Wanted& one : bound.outputs)
        if (!same(part_of(explanation.value, table, one.output), one.value)) return "`" + one.name + "` differs";
    return {};
}

// A column asks for a fact by its path, and one fact of it may be what is not known.
bool is_behind(const Bound& bound, const Model& model, const Explanation& explanation) {
    const std::vector<std::string> facts = facts_behind(explanation);
    return std::any_of(facts.begin(), facts.end(), [&](const std::string& fact) {
        const auto found = find_fact(model, *bound.decision, fact);
        return found && found->element == bound.because->element &&
               (found->path == bound.because->path || bound.because->path.empty());
    });
}

std::string numbers(const std::vector<std::uint32_t>& rules) {
    std::string out;
    for (const std::uint32_t rule : rules) out += (out.empty() ? "" : ", ") + std::to_string(rule);
    return out.empty() ? "no rule" : (rules.size() == 1 ? "rule " : "rules ") + out;
}
}  // namespace

bool bind_outputs(const Case& one, Bound& bound, Literals& literals, Wrong& wrong) {
    const Table* table = table_of(*bound.decision);
    const bool list = table != nullptr && gives_list(*table);
    for (const Setting& setting : one.outputs) {
        auto output = find_output(*bound.decision, setting.name);
        if (!output) {
            wrong = {"\"" + bound.decision->name + "\" has no output `" + setting.name + "`", setting.name_at};
            return false;
        }
        const auto value = literals.read(setting, wrong);
        if (!value) return false;
        const bool of_rules = list && value->is(Kind::list);
        bool right = of_rules || !list || has_default(*table);
        if (of_rules)
            for (const Value& item : value->list()) right = right && fits(item, *output->type);
        else
            right = right && fits(*value, *output->type);
        if (!right) {
            const std::string type = with_article(*output->type);
            wrong = {
                "`" + setting.name + "` is " + (list ? "a list, for each rule " + type : type) + ", and this is not",
                setting.literal_at};
            return false;
        }
        bound.outputs.push_back({std::move(*output), setting.name, *value});
    }
    if (!one.rules) return true;
    if (table == nullptr || one.rules->back() > table->rules.size()) {
        wrong = {table == nullptr ? "\"" + bound.decision->name + "\" has no rules"
                                  : "there are only " + std::to_string(table->rules.size()) + " rules",
                 one.rules_at};
        return false;
    }
    return true;
}

std::string difference(const Case& one, const Bound& bound, const Model& model, const Explanation& explanation) {
    switch (one.expected) {
        case Expected::undetermined:
            if (explanation.determined) return "the answer is determined";
            if (bound.because && !is_behind(bound, model, explanation))
                return "it is undetermined for another reason than `" + one.because + "`: " + explanation.why;
            return {};
        case Expected::no_rule:
            return no_rule(explanation, *bound.decision) ? "" : "a rule matches, or there is a default";
        case Expected::values:
            break;
    }
    std::string out = values_difference(bound, explanation);
    if (!out.empty() || !one.rules) return out;
    const std::vector<std::uint32_t> rules = rules_of(explanation, *bound.decision);
    return rules == *one.rules ? "" : "it rests on " + numbers(rules);
}

}  // namespace kith::dmn::cases
