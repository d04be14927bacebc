// What a decision answered, in the words of a case.
#include <algorithm>

#include "dmn/explain/answer.hpp"
#include "dmn/feel/scope.hpp"
#include "dmn/value/text.hpp"

namespace kith::dmn {
namespace {
Value entry(const Value& value, std::string_view name) {
    if (!value.is(Kind::context)) return {};
    const Value* found = value.context().find(name);
    return found != nullptr ? *found : Value();
}

std::string column_text(const Value& result, const Table& table, std::string_view name) {
    if (!gives_list(table) || !result.is(Kind::list)) return literal_of(entry(result, name));
    std::string out;
    for (const Value& item : result.list()) out += (out.empty() ? "" : ", ") + literal_of(entry(item, name));
    return "[" + out + "]";
}

std::string name_of(const Element& decision, const Table* table) {
    const bool named = table != nullptr && table->outputs.size() == 1 && !table->outputs.front().name.empty();
    return written_name(named ? std::string(table->outputs.front().name) : decision.name);
}
}  // namespace

const TableReason* reason_of(const Explanation& explanation, const Element& decision) {
    const Table* table = table_of(decision);
    for (auto at = explanation.tables.rbegin(); table != nullptr && at != explanation.tables.rend(); ++at)
        if (at->table == table) return &*at;
    return nullptr;
}

bool no_rule(const Explanation& explanation, const Element& decision) {
    const TableReason* reason = reason_of(explanation, decision);
    return explanation.determined && explanation.value.is_null() && reason != nullptr && reason->matched.empty();
}

std::vector<std::uint32_t> rules_of(const Explanation& explanation, const Element& decision) {
    const TableReason* reason = reason_of(explanation, decision);
    if (reason == nullptr) return {};
    // Under A all that match agree, and the answer rests on each of them.
    std::vector<std::uint32_t> out = reason->table->policy == HitPolicy::any ? reason->matched : reason->decided;
    for (std::uint32_t& rule : out) ++rule;
    return out;
}

std::vector<std::string> facts_behind(const Explanation& explanation) {
    std::vector<std::string> out = explanation.unknown;
    for (const TableReason& reason : explanation.tables) {
        if (!reason.result.is_undetermined()) continue;
        for (const std::uint32_t column : reason.waiting) out.emplace_back(reason.table->inputs[column].text);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::string answer_of(const Explanation& explanation, const Element& decision, Detail detail) {
    if (!explanation.determined) {
        if (detail == Detail::outputs) return "undetermined";
        std::string facts;
        for (const std::string& fact : facts_behind(explanation)) facts += (facts.empty() ? "" : ", ") + fact;
        return "undetermined" + (facts.empty() ? "" : " [because " + facts + "]");
    }
    if (no_rule(explanation, decision)) return "no rule";
    const Table* table = table_of(decision);
    std::string out;
    if (table != nullptr && table->outputs.size() > 1 && !explanation.value.is_null() &&
        table->aggregation == Aggregation::none) {
        for (const OutputClause& output : table->outputs)
            out += (out.empty() ? "" : ", ") + written_name(output.name) + " = " +
                   column_text(explanation.value, *table, output.name);
    } else {
        out = name_of(decision, table) + " = " + literal_of(explanation.value);
    }
    if (detail == Detail::outputs) return out;
    std::string numbers;
    for (const std::uint32_t rule : rules_of(explanation, decision))
        numbers += (numbers.empty() ? "" : ", ") + std::to_string(rule);
    return numbers.empty() ? out : out + " [rules " + numbers + "]";
}

}  // namespace kith::dmn
