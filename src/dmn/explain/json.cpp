#include "dmn/value/json.hpp"
#include "dmn/explain/explanation.hpp"

namespace kith::dmn {
namespace {
std::string yes_or_no(bool holds) { return holds ? "true" : "false"; }

std::string numbers(const std::vector<std::uint32_t>& rules) {
    return json_list(rules, [](std::uint32_t rule) { return std::to_string(rule + 1); });
}

std::string labels(const Table& table, const std::vector<std::uint32_t>& columns) {
    return json_list(columns, [&](std::uint32_t i) { return json_text(table.inputs[i].label); });
}

std::string notes(const Rule& rule) {
    std::vector<std::string_view> out(rule.annotations.begin(), rule.annotations.end());
    if (!rule.description.empty()) out.insert(out.begin(), rule.description);
    return json_list(out, [](std::string_view one) { return json_text(one); });
}

std::string near_miss(const Table& table, const NearMiss& miss) {
    const Rule& rule = table.rules[miss.rule];
    return "{\"rule\":" + std::to_string(miss.rule + 1) + ",\"notes\":" + notes(rule) +
           ",\"input\":" + json_text(table.inputs[miss.input].label) +
           ",\"asks\":" + json_text(rule.inputs[miss.input].text) + ",\"seen\":" + json_of(miss.seen) +
           ",\"nearest\":" + (miss.nearest ? json_of(*miss.nearest) : "null") +
           ",\"wouldDecide\":" + yes_or_no(miss.would_decide) + "}";
}

std::string reason(const TableReason& one) {
    const Table& table = *one.table;
    std::string inputs = "{";
    for (std::size_t i = 0; i < one.inputs.size(); ++i)
        inputs += (i > 0 ? "," : "") + json_text(table.inputs[i].label) + ":" + json_of(one.inputs[i]);
    return "{\"table\":" + json_text(table.name) + ",\"determined\":" + yes_or_no(!one.result.is_undetermined()) +
           ",\"result\":" + json_of(one.result) + ",\"inputs\":" + inputs + "},\"matched\":" + numbers(one.matched) +
           ",\"decided\":" +
           json_list(one.decided,
                     [&](std::uint32_t rule) {
                         return "{\"rule\":" + std::to_string(rule + 1) + ",\"notes\":" + notes(table.rules[rule]) +
                                "}";
                     }) +
           ",\"undecided\":" + numbers(one.undecided) + ",\"waitingFor\":" + labels(table, one.waiting) +
           ",\"mattered\":" + labels(table, one.mattered) +
           ",\"nearMisses\":" + json_list(one.near_misses, [&](const NearMiss& m) { return near_miss(table, m); }) +
           "}";
}
}  // namespace

std::string as_json(const Explanation& explanation) {
    return "{\"determined\":" + yes_or_no(explanation.determined) + ",\"answer\":" + json_of(explanation.value) +
           ",\"why\":" + json_text(explanation.why) +
           ",\"notKnown\":" + json_list(explanation.unknown, [](const std::string& one) { return json_text(one); }) +
           ",\"tables\":" + json_list(explanation.tables, reason) + "}\n";
}

}  // namespace kith::dmn
