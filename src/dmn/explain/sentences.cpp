#include "dmn/explain/explanation.hpp"
#include "dmn/value/text.hpp"

namespace kith::dmn {
namespace {
std::string value_in_words(const Value& value) { return value.is_null() ? "not known" : literal_of(value); }

std::string rule_in_words(const Table& table, std::uint32_t rule) {
    std::string out = "rule " + std::to_string(rule + 1);
    const Rule& one = table.rules[rule];
    std::string notes(one.description);
    for (const std::string_view note : one.annotations) {
        if (note.empty()) continue;
        if (!notes.empty()) notes += "; ";
        notes += note;
    }
    return notes.empty() ? out : out + " (" + notes + ")";
}

std::string cell_in_words(const Table& table, std::uint32_t rule, std::uint32_t input) {
    return std::string(table.inputs[input].label) + " is " + std::string(table.rules[rule].inputs[input].text);
}

void matched(const TableReason& reason, std::string& out) {
    const Table& table = *reason.table;
    if (reason.decided.empty()) out += "  No rule matched.\n";
    for (const std::uint32_t rule : reason.decided) {
        out += "  It rests on " + rule_in_words(table, rule) + ":";
        bool any = false;
        for (std::uint32_t i = 0; i < reason.inputs.size(); ++i) {
            if (table.rules[rule].inputs[i].node->op == Op::test_any) continue;
            out +=
                (any ? ", and " : " ") + cell_in_words(table, rule, i) + " (" + value_in_words(reason.inputs[i]) + ")";
            any = true;
        }
        out += any ? ".\n" : " it asks for nothing.\n";
    }
    for (const std::uint32_t rule : reason.undecided) out += "  Undecided is " + rule_in_words(table, rule) + ".\n";
    std::string missing;
    for (const std::uint32_t i : reason.waiting)
        missing += (missing.empty() ? "" : ", ") + std::string(table.inputs[i].label);
    if (!missing.empty()) out += "  What is not known, or cannot be compared: " + missing + ".\n";
}
// The facts that are to blame, where they are known by name.
std::string names(const Explanation& explanation) {
    std::string out;
    for (const std::string& fact : explanation.unknown) out += (out.empty() ? " (" : ", ") + fact;
    return out.empty() ? out : out + ")";
}
}  // namespace

std::string sentences(const Explanation& explanation) {
    std::string out = explanation.determined
                          ? "The answer is " + value_in_words(explanation.value) + ".\n"
                          : "The answer is undetermined: " + explanation.why + names(explanation) + ".\n";
    for (const TableReason& reason : explanation.tables) {
        const Table& table = *reason.table;
        out += std::string(table.name) + " gives " +
               (reason.result.is_undetermined() ? std::string("nothing that can be relied on")
                                                : value_in_words(reason.result)) +
               ".\n";
        matched(reason, out);
        if (!reason.mattered.empty()) {
            out += "  What mattered:";
            bool first = true;
            for (const std::uint32_t i : reason.mattered) {
                out += (first ? " " : ", ") + std::string(table.inputs[i].label);
                first = false;
            }
            out += ".\n";
        }
        for (const NearMiss& miss : reason.near_misses) {
            out += "  Nearly: " + rule_in_words(table, miss.rule) + " asks that " +
                   cell_in_words(table, miss.rule, miss.input) + ", seen was " + value_in_words(miss.seen);
            if (miss.nearest)
                out += "; with " + value_in_words(*miss.nearest) +
                       (miss.would_decide ? " it would have changed the answer" : " it would have matched as well");
            out += ".\n";
        }
    }
    return out;
}

}  // namespace kith::dmn
