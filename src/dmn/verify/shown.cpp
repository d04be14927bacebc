#include "dmn/verify/shown.hpp"

#include <algorithm>

#include "dmn/value/json.hpp"

namespace kith::dmn::verify {
namespace {
std::string row_text(const Row& row) {
    std::string out;
    for (const Condition& one : row) out += (out.empty() ? "" : "; ") + one.input + ": " + one.test;
    return out.empty() ? "any input" : out;
}

std::string facts_text(const std::vector<Fact>& facts) {
    std::string out;
    for (const Fact& one : facts) out += (out.empty() ? "" : ", ") + one.name + " = " + one.literal;
    return out;
}

void show(const Finding& one, std::string& out) {
    out += "  " + std::string(verify::name_of(one.severity)) + ": " + one.message + "\n";
    for (const Row& row : one.region) out += "    where " + row_text(row) + "\n";
    if (one.example) out += "    example: " + facts_text(one.example->facts) + " -> " + one.example->outcome + "\n";
    std::string notes;
    for (const std::string& note : one.annotations) notes += (notes.empty() ? "" : "; ") + note;
    if (!notes.empty()) out += "    notes: " + notes + "\n";
}

std::string json_texts(const std::vector<std::string>& items) {
    return json_list(items, [](const std::string& one) { return json_text(one); });
}
std::string json_numbers(const std::vector<std::uint32_t>& items) {
    return json_list(items, [](std::uint32_t one) { return std::to_string(one); });
}
std::string json_rows(const std::vector<Row>& rows) {
    return json_list(rows, [](const Row& row) {
        std::string out = "{";
        for (const Condition& one : row)
            out += (out.size() > 1 ? "," : "") + json_text(one.input) + ":" + json_text(one.test);
        return out + "}";
    });
}
std::string json_example(const std::optional<Example>& example) {
    if (!example) return "null";
    std::string out = "{\"facts\":{";
    bool first = true;
    for (const Fact& one : example->facts) {
        out += (first ? "" : ",") + json_text(one.name) + ":" + json_text(one.literal);
        first = false;
    }
    return out + "},\"answer\":" + json_text(example->answer) +
           ",\"case\":" + json_text(facts_text(example->facts) + " -> " + example->outcome) + "}";
}
std::string json_finding(const Finding& one) {
    return "{\"kind\":" + json_text(verify::name_of(one.kind)) +
           ",\"severity\":" + json_text(verify::name_of(one.severity)) + ",\"message\":" + json_text(one.message) +
           ",\"rules\":" + json_numbers(one.rules) + ",\"annotations\":" + json_texts(one.annotations) +
           ",\"region\":" + json_rows(one.region) + ",\"ifTogether\":" + (one.if_together ? "true" : "false") +
           ",\"line\":" + std::to_string(one.position.line) + ",\"example\":" + json_example(one.example) + "}";
}
std::string json_analysis(const Analysis& one) {
    return "{\"name\":" + json_text(one.name) + ",\"proved\":" + (one.proved ? "true" : "false") +
           ",\"whyNot\":" + json_text(one.why_not) + ",\"unlisted\":" + std::to_string(one.unlisted) + "}";
}
}  // namespace

std::string_view name_of(Severity severity) {
    switch (severity) {
        case Severity::information:
            return "information";
        case Severity::warning:
            return "warning";
        case Severity::error:
            return "error";
    }
    return "";
}

std::string_view name_of(FindingKind kind) {
    switch (kind) {
        case FindingKind::gap:
            return "gap";
        case FindingKind::overlap:
            return "overlap";
        case FindingKind::never_fires:
            return "never fires";
        case FindingKind::never_matters:
            return "never matters";
        case FindingKind::outside_allowed:
            return "outside allowed";
        case FindingKind::undetermined:
            return "undetermined";
        case FindingKind::unused_input:
            return "unused input";
        case FindingKind::unhandled_outcome:
            return "unhandled outcome";
        case FindingKind::value_never_given:
            return "value never given";
    }
    return "";
}

std::string shown(const TableReport& table) {
    std::string out;
    for (const Finding& one : table.findings) show(one, out);
    for (const Analysis& one : table.analyses) {
        if (one.unlisted > 0) out += "  " + one.name + ": " + std::to_string(one.unlisted) + " more, not listed\n";
        if (!one.proved) out += "  not complete: " + one.name + ": " + one.why_not + "\n";
    }
    for (const std::string& one : table.not_analysed) out += "  not analysed: " + one + "\n";
    if (table.findings.empty() && table.complete()) out += "  nothing found; complete\n";
    return out;
}

std::string shown(const ModelReport& report) {
    std::string out;
    for (const TableReport& table : report.tables) out += table.decision + "\n" + shown(table);
    for (const Finding& one : report.findings) show(one, out);
    return out;
}

std::string shown(const Difference& difference) {
    std::string out;
    for (const std::string& note : difference.notes) out += "note: " + note + "\n";
    for (const Change& change : difference.changes) {
        out += change.before + " becomes " + change.after + "\n";
        for (const Row& row : change.rows) out += "  where " + row_text(row) + "\n";
        if (change.old_example) out += "  example: " + facts_text(change.old_example->facts) + "\n";
    }
    if (difference.changes.empty() && difference.proved) out += "the versions answer the same\n";
    if (!difference.proved) out += "not complete: " + difference.why_not + "\n";
    return out;
}

std::string as_json(const TableReport& table) {
    return "{\"decision\":" + json_text(table.decision) + ",\"findings\":" + json_list(table.findings, json_finding) +
           ",\"analyses\":" + json_list(table.analyses, json_analysis) +
           ",\"notAnalysed\":" + json_texts(table.not_analysed) +
           ",\"complete\":" + (table.complete() ? "true" : "false") + "}";
}

std::string as_json(const ModelReport& report) {
    return "{\"tables\":" + json_list(report.tables, [](const TableReport& table) { return as_json(table); }) +
           ",\"findings\":" + json_list(report.findings, json_finding) +
           ",\"complete\":" + (report.complete() ? "true" : "false") + "}\n";
}

std::string as_json(const Difference& difference) {
    return "{\"changes\":" +
           json_list(difference.changes,
                     [](const Change& change) {
                         return "{\"before\":" + json_text(change.before) + ",\"after\":" + json_text(change.after) +
                                ",\"rows\":" + json_rows(change.rows) +
                                ",\"rulesBefore\":" + json_numbers(change.rules_before) +
                                ",\"rulesAfter\":" + json_numbers(change.rules_after) +
                                ",\"example\":" + json_example(change.old_example) + "}";
                     }) +
           ",\"notes\":" + json_texts(difference.notes) + ",\"proved\":" + (difference.proved ? "true" : "false") +
           ",\"whyNot\":" + json_text(difference.why_not) + "}\n";
}

bool is_sound(const ModelReport& report) {
    const auto wrong = [](const Finding& one) { return one.severity == Severity::error; };
    const auto any = [&](const std::vector<Finding>& findings) {
        return std::any_of(findings.begin(), findings.end(), wrong);
    };
    return report.complete() && !any(report.findings) &&
           std::none_of(report.tables.begin(), report.tables.end(),
                        [&](const TableReport& table) { return any(table.findings); });
}

}  // namespace kith::dmn::verify
