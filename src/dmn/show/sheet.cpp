#include "dmn/show/sheet.hpp"

#include <algorithm>

#include "dmn/feel/scope.hpp"
#include "dmn/value/json.hpp"
#include "dmn/value/text.hpp"
#include "dmn/verify/shown.hpp"

namespace kith::dmn::show {
namespace {
std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::string cell_text(const Cell& cell, const char* empty) {
    std::string out = trimmed(cell.text);
    return out.empty() ? empty : out;
}

void name_policy(const Table& table, Sheet& out) {
    switch (table.policy) {
        case HitPolicy::unique:
            out.policy = "U", out.policy_meaning = "one rule may match";
            return;
        case HitPolicy::any:
            out.policy = "A", out.policy_meaning = "rules that match agree";
            return;
        case HitPolicy::priority:
            out.policy = "P", out.policy_meaning = "the output that comes first among the output values";
            return;
        case HitPolicy::first:
            out.policy = "F", out.policy_meaning = "the first rule that matches";
            return;
        case HitPolicy::rule_order:
            out.policy = "R", out.policy_meaning = "all that match, in the order of the rules";
            return;
        case HitPolicy::output_order:
            out.policy = "O", out.policy_meaning = "all that match, in the order of the output values";
            return;
        case HitPolicy::collect:
            break;
    }
    out.policy = "C";
    switch (table.aggregation) {
        case Aggregation::none:
            out.policy_meaning = "all that match, in any order";
            return;
        case Aggregation::sum:
            out.policy += "+", out.policy_meaning = "the sum of all that match";
            return;
        case Aggregation::minimum:
            out.policy += "<", out.policy_meaning = "the least of all that match";
            return;
        case Aggregation::maximum:
            out.policy += ">", out.policy_meaning = "the greatest of all that match";
            return;
        case Aggregation::count:
            out.policy += "#", out.policy_meaning = "how many match";
            return;
    }
}

std::string type_text(const Type& type) {
    if (!type.name.empty()) return std::string(type.name);
    return type.is(TypeKind::any) ? "" : written(type);
}

void add_columns(const Table& table, Sheet& out) {
    for (const InputClause& input : table.inputs)
        out.columns.push_back({ColumnKind::input, std::string(input.label), type_text(*input.type)});
    for (const OutputClause& output : table.outputs)
        out.columns.push_back(
            {ColumnKind::output, output.name.empty() ? out.name : std::string(output.name), type_text(*output.type)});
    const bool described = std::any_of(table.rules.begin(), table.rules.end(),
                                       [](const Rule& rule) { return !trimmed(rule.description).empty(); });
    std::size_t notes = table.annotation_names.size();
    for (const Rule& rule : table.rules) notes = std::max(notes, rule.annotations.size());
    if (described) out.columns.push_back({ColumnKind::annotation, "description", {}});
    for (std::size_t i = 0; i < notes; ++i) {
        const std::string_view name =
            i < table.annotation_names.size() ? table.annotation_names[i] : std::string_view{};
        out.columns.push_back({ColumnKind::annotation, name.empty() ? "note" : std::string(name), {}});
    }
    for (const Rule& rule : table.rules) {
        SheetRow row;
        row.rule = static_cast<std::uint32_t>(out.rows.size() + 1);
        for (const Cell& cell : rule.inputs) row.cells.push_back(cell_text(cell, "-"));
        for (const Cell& cell : rule.outputs) row.cells.push_back(cell_text(cell, "null"));
        if (described) row.cells.push_back(trimmed(rule.description));
        for (std::size_t i = 0; i < notes; ++i)
            row.cells.push_back(i < rule.annotations.size() ? trimmed(rule.annotations[i]) : "");
        out.rows.push_back(std::move(row));
    }
}

// The rows that would close a gap stand in the table as what is missing.
void add_gap(const Table& table, const verify::Finding& gap, std::size_t number, Sheet& out) {
    for (const verify::Row& region : gap.region) {
        SheetRow row;
        row.cells.assign(out.columns.size(), "");
        for (std::size_t i = 0; i < table.inputs.size(); ++i) {
            row.cells[i] = "-";
            for (const verify::Condition& one : region)
                if (one.input == table.inputs[i].text) row.cells[i] = one.test;
        }
        for (std::size_t i = 0; i < table.outputs.size(); ++i) row.cells[table.inputs.size() + i] = "no rule";
        row.findings.push_back(number);
        out.rows.push_back(std::move(row));
    }
}

Sheet sheet_of(const Table& table, const verify::TableReport& report, verify::Constants& constants) {
    Sheet out;
    out.name = report.decision;
    out.report = report;
    name_policy(table, out);
    add_columns(table, out);
    for (const OutputClause& output : table.outputs)
        if (output.otherwise != nullptr) {
            const auto value = constants.of(*output.otherwise);
            out.defaults.push_back((output.name.empty() ? out.name : std::string(output.name)) + ": " +
                                   (value ? literal_of(*value) : "an expression"));
        }
    for (std::size_t i = 0; i < report.findings.size(); ++i) {
        const verify::Finding& one = report.findings[i];
        for (const std::uint32_t rule : one.rules)
            if (rule > 0 && rule <= table.rules.size()) out.rows[rule - 1].findings.push_back(i);
        if (one.kind == verify::FindingKind::gap) add_gap(table, one, i, out);
    }
    return out;
}

std::string_view name_of(ColumnKind kind) {
    switch (kind) {
        case ColumnKind::input:
            return "input";
        case ColumnKind::output:
            return "output";
        case ColumnKind::annotation:
            return "annotation";
    }
    return "";
}

std::string json_row(const SheetRow& row) {
    return "{\"rule\":" + (row.rule > 0 ? std::to_string(row.rule) : "null") +
           ",\"cells\":" + json_list(row.cells, [](const std::string& cell) { return json_text(cell); }) +
           ",\"findings\":" + json_list(row.findings, [](std::size_t one) { return std::to_string(one); }) + "}";
}
}  // namespace

std::vector<Sheet> sheets_of(const Model& model, const verify::ModelReport& report) {
    std::vector<Sheet> out;
    verify::Constants constants(model.zones());
    for (std::size_t i = 0; i < model.tables().size() && i < report.tables.size(); ++i)
        out.push_back(sheet_of(*model.tables()[i], report.tables[i], constants));
    return out;
}

std::string as_json(const std::vector<Sheet>& sheets) {
    return "{\"tables\":" +
           json_list(sheets,
                     [](const Sheet& sheet) {
                         return "{\"decision\":" + json_text(sheet.name) + ",\"hitPolicy\":" + json_text(sheet.policy) +
                                ",\"columns\":" +
                                json_list(sheet.columns,
                                          [](const SheetColumn& column) {
                                              return "{\"kind\":" + json_text(name_of(column.kind)) +
                                                     ",\"label\":" + json_text(column.label) +
                                                     ",\"type\":" + json_text(column.type) + "}";
                                          }) +
                                ",\"rows\":" + json_list(sheet.rows, json_row) +
                                ",\"report\":" + verify::as_json(sheet.report) + "}";
                     }) +
           "}\n";
}

}  // namespace kith::dmn::show
