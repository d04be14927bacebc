// Tables for the tests and measurements of the verifier, from a seed: small ones of every kind of column, and the two
// shapes that its speed is measured on. *Random*: each cell is drawn by itself. *Structured*: each rule tests at most
// four columns; the rules are the leaves of a tree of questions, as tables of people are.
#pragma once
#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace kith::dmn::verify::generated {

using Random = std::mt19937_64;
inline std::size_t below(Random& random, std::size_t bound) { return static_cast<std::size_t>(random() % bound); }

struct InputText {
    std::string name, base, allowed;
    std::vector<std::string> grid;  ///< literals that meet every atom
};
struct RuleText {
    std::vector<std::string> cells, outputs;
    std::string note;
};
struct TableText {
    std::vector<InputText> inputs;
    std::string policy = "UNIQUE", aggregation, output_type = "string", output_values, otherwise;
    std::vector<RuleText> rules;
};

inline std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '&')
            out += "&amp;";
        else
            out += c;
    }
    return out;
}

inline std::string decision(const TableText& table) {
    std::string out;
    const auto text = [](const std::string& name, const std::string& inner) {
        return "<" + name + "><text>" + escaped(inner) + "</text></" + name + ">";
    };
    out += "<decision name=\"Outcome\" id=\"outcome\"><variable name=\"Outcome\"/>";
    for (std::size_t i = 0; i < table.inputs.size(); ++i)
        out += "<informationRequirement><requiredInput href=\"#i" + std::to_string(i) + "\"/></informationRequirement>";
    out += "<decisionTable hitPolicy=\"" + table.policy + "\"" +
           (table.aggregation.empty() ? "" : " aggregation=\"" + table.aggregation + "\"") + ">";
    for (const InputText& input : table.inputs)
        out += "<input><inputExpression><text>" + input.name + "</text></inputExpression></input>";
    out += "<output name=\"out\" typeRef=\"" + table.output_type + "\">";
    if (!table.output_values.empty()) out += text("outputValues", table.output_values);
    if (!table.otherwise.empty()) out += text("defaultOutputEntry", table.otherwise);
    out += "</output><annotation name=\"clause\"/>";
    for (const RuleText& rule : table.rules) {
        out += "<rule>";
        for (const std::string& cell : rule.cells) out += text("inputEntry", cell);
        for (const std::string& output : rule.outputs) out += text("outputEntry", output);
        out += text("annotationEntry", rule.note) + "</rule>";
    }
    return out + "</decisionTable></decision>";
}

inline std::string model(const TableText& table) {
    std::string out =
        "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" namespace=\"https://example.org/t\" "
        "name=\"t\">";
    for (std::size_t i = 0; i < table.inputs.size(); ++i) {
        const InputText& input = table.inputs[i];
        const std::string number = std::to_string(i);
        const bool list = input.base == "list";
        out += "<itemDefinition name=\"T" + number + "\"" + (list ? " isCollection=\"true\"" : "") + "><typeRef>" +
               (list ? "string" : input.base) + "</typeRef>";
        if (!input.allowed.empty()) out += "<allowedValues><text>" + escaped(input.allowed) + "</text></allowedValues>";
        out += "</itemDefinition>";
    }
    for (std::size_t i = 0; i < table.inputs.size(); ++i) {
        const std::string number = std::to_string(i);
        out += "<inputData name=\"" + table.inputs[i].name + "\" id=\"i" + number + "\"><variable name=\"" +
               table.inputs[i].name + "\" typeRef=\"T" + number + "\"/></inputData>";
    }
    return out + decision(table) + "</definitions>";
}

inline std::string date_text(std::size_t day) {
    return "@\"2026-03-" + std::string(day < 10 ? "0" : "") + std::to_string(day) + "\"";
}

// An ordered column over the literals 0..top, and tests of it.
inline std::string ordered_cell(Random& random, std::size_t top, const std::vector<std::string>& literals) {
    std::size_t a = below(random, top + 1), b = below(random, top + 1);
    if (a > b) std::swap(a, b);
    const std::string &x = literals[a], &y = literals[b];
    switch (below(random, 9)) {
        case 0:
            return "< " + y;
        case 1:
            return ">= " + x;
        case 2:
            return "> " + x;
        case 3:
            return "<= " + y;
        case 4:
            return a == b ? x : "(" + x + ".." + y + "]";
        case 5:
            return "not([" + x + ".." + y + "])";
        case 6:
            return "< " + x + ", > " + y;
        case 7:
            return "? >= " + x + " and ? <= " + y;
        default:
            return "[" + x + ".." + y + "]";
    }
}

inline std::vector<std::string> literals_of(const InputText& input) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i <= 5; ++i) {
        if (input.base == "date")
            out.push_back(date_text(i + 1));
        else if (input.base == "years and months duration")
            out.push_back("@\"P" + std::to_string(i) + "M\"");
        else if (input.base == "days and time duration")
            out.push_back("@\"PT" + std::to_string(i) + "H\"");
        else if (input.base == "date and time")
            out.push_back("@\"2026-03-0" + std::to_string(i + 1) + "T00:00:00\"");
        else
            out.push_back(std::to_string(i));
    }
    return out;
}

inline std::string cell(Random& random, const InputText& input) {
    const bool null = input.allowed.find("null") != std::string::npos;
    if (below(random, 3) == 0) return "-";
    if (null && below(random, 6) == 0) return below(random, 2) == 0 ? "null" : "not(null)";
    if (input.base == "boolean") return below(random, 2) == 0 ? "true" : "false";
    if (input.base == "list") {
        const std::string one = std::string("list contains(?, \"") + (below(random, 2) == 0 ? "a" : "b") + "\")";
        return below(random, 2) == 0 ? one : "not(" + one + ")";
    }
    if (input.base == "string") {
        static const std::vector<std::string> values{"\"a\"", "\"b\"", "\"c\""};
        const std::string &x = values[below(random, 3)], &y = values[below(random, 3)];
        const std::string also = null && below(random, 5) == 0 ? ", null" : "";
        switch (below(random, 4)) {
            case 0:
                return x + also;
            case 1:
                return "not(" + x + also + ")";
            case 2:
                return "!= " + x;
            default:
                return x + ", " + y + also;
        }
    }
    return ordered_cell(random, 5, literals_of(input));
}

inline InputText input(Random& random, std::size_t number) {
    InputText out;
    out.name = "in" + std::to_string(number);
    const bool null = below(random, 3) == 0;
    const std::vector<std::string> kinds{"boolean",
                                         "string",
                                         "open string",
                                         "whole",
                                         "number",
                                         "date",
                                         "list",
                                         "years and months duration",
                                         "days and time duration",
                                         "date and time"};
    const std::string kind = kinds[below(random, kinds.size())];
    out.base = kind == "open string" ? "string" : kind == "whole" ? "number" : kind;
    if (kind == "boolean") {
        out.grid = {"true", "false"};
        if (null) out.allowed = "true, false, null";
    } else if (kind == "string") {
        out.grid = {"\"a\"", "\"b\"", "\"c\""};
        out.allowed = "\"a\", \"b\", \"c\"";
        if (null) out.allowed += ", null";
    } else if (kind == "open string") {
        out.grid = {"\"a\"", "\"b\"", "\"c\"", "\"somebody else\""};
    } else if (kind == "whole") {
        out.allowed = "? = floor(?) and ? >= 0 and ? <= 5";
        out.grid = {"0", "1", "2", "3", "4", "5"};
    } else if (kind == "number") {
        out.allowed = "[0..5]";
        out.grid = {"0", "0.5", "1", "1.25", "2", "2.5", "3", "3.5", "4", "4.999", "5"};
        if (null) out.allowed += ", null";
    } else if (kind == "date") {
        out.allowed = "[" + date_text(1) + ".." + date_text(6) + "]";
        if (null) out.allowed += ", null";
        for (std::size_t day = 1; day <= 6; ++day) out.grid.push_back(date_text(day));
    } else if (kind == "list") {
        out.allowed = "\"a\", \"b\", \"c\"";
        out.grid = {"[]", "[\"a\"]", "[\"b\"]", "[\"a\", \"b\"]", "[\"c\"]", "[\"a\", \"c\"]", "[\"b\", \"c\"]"};
    } else {
        const std::vector<std::string> literals = literals_of(out);
        out.allowed = "[" + literals.front() + ".." + literals.back() + "]";
        out.grid = literals;
        if (kind == "days and time duration")
            out.grid.insert(out.grid.end(),
                            {"@\"PT30M\"", "@\"PT1H1M\"", "@\"PT2H30M\"", "@\"PT3H1S\"", "@\"PT4H30M\""});
        if (kind == "date and time")
            for (std::size_t day = 1; day <= 5; ++day)
                out.grid.push_back("@\"2026-03-0" + std::to_string(day) + "T09:30:00\"");
    }
    if (out.allowed.find("null") != std::string::npos) out.grid.emplace_back("null");
    return out;
}

inline TableText small(Random& random) {
    TableText out;
    const std::size_t inputs = 1 + below(random, 3), rules = 1 + below(random, 7);
    for (std::size_t i = 0; i < inputs; ++i) out.inputs.push_back(input(random, i));
    static const std::vector<std::string> policies{"UNIQUE",  "ANY",        "FIRST",       "PRIORITY",
                                                   "COLLECT", "RULE ORDER", "OUTPUT ORDER"};
    out.policy = policies[below(random, policies.size())];
    const bool summed = out.policy == "COLLECT" && below(random, 2) == 0;
    std::vector<std::string> values{"\"x\"", "\"y\"", "\"z\""};
    if (summed) {
        static const std::vector<std::string> kinds{"SUM", "MIN", "MAX", "COUNT"};
        out.aggregation = kinds[below(random, kinds.size())];
        out.output_type = "number";
        values = {"0", "1", "2"};
    } else {
        out.output_values = "\"x\", \"y\", \"z\"";
    }
    if (!summed && out.policy != "UNIQUE" && below(random, 4) == 0) out.otherwise = values[below(random, 3)];
    for (std::size_t r = 0; r < rules; ++r) {
        RuleText rule;
        for (const InputText& one : out.inputs) rule.cells.push_back(cell(random, one));
        rule.outputs.push_back(values[below(random, values.size())]);
        rule.note = "clause " + std::to_string(r + 1);
        out.rules.push_back(std::move(rule));
    }
    return out;
}

inline std::vector<InputText> wide_inputs(std::size_t count) {
    std::vector<InputText> out;
    for (std::size_t i = 0; i < count; ++i) {
        InputText one;
        one.name = "in" + std::to_string(i);
        if (i % 3 == 0) {
            one.base = "number";
            one.allowed = "? = floor(?) and ? >= 0 and ? <= 120";
        } else if (i % 3 == 1) {
            one.base = "string";
            one.allowed = "\"a\", \"b\", \"c\", \"d\", \"e\"";
        } else {
            one.base = "boolean";
        }
        out.push_back(std::move(one));
    }
    return out;
}

// The tests that cut one column into parts which together are all of it.
inline std::vector<std::string> cuts(Random& random, const InputText& input) {
    if (input.base == "boolean") return {"true", "false"};
    if (input.base == "string") return {"\"a\"", "\"b\", \"c\"", "\"d\", \"e\""};
    const std::size_t a = 5 + below(random, 40), b = a + 5 + below(random, 40);
    return {"< " + std::to_string(a), "[" + std::to_string(a) + ".." + std::to_string(b) + "]",
            "> " + std::to_string(b)};
}

/// Complete and without overlaps where no rule is dropped or widened afterwards.
inline TableText structured(Random& random, std::size_t rules, std::size_t inputs) {
    TableText out;
    out.inputs = wide_inputs(inputs);
    struct Open {
        std::vector<std::string> cells;
        std::vector<bool> asked;
        std::size_t tests;
    };
    std::vector<Open> leaves{{std::vector<std::string>(inputs, "-"), std::vector<bool>(inputs, false), 0}};
    for (std::size_t at = 0; at < leaves.size() && leaves.size() < rules;) {
        if (leaves[at].tests == 4) {
            ++at;
            continue;
        }
        const Open open = leaves[at];
        leaves.erase(leaves.begin() + static_cast<std::ptrdiff_t>(at));
        std::size_t column = below(random, inputs);
        while (open.asked[column]) column = below(random, inputs);
        std::vector<std::string> parts = cuts(random, out.inputs[column]);
        if (rules > 81 && out.inputs[column].base == "number") {  // as many parts as four tests need for so many rules
            parts.clear();
            const std::size_t wanted = 9;
            for (std::size_t i = 0; i < wanted; ++i)
                parts.push_back(i + 1 == wanted
                                    ? ">= " + std::to_string(i * 13)
                                    : "[" + std::to_string(i * 13) + ".." + std::to_string(i * 13 + 12) + "]");
        }
        for (const std::string& part : parts) {
            Open next = open;
            next.cells[column] = part;
            next.asked[column] = true;
            ++next.tests;
            leaves.push_back(std::move(next));
        }
    }
    for (const Open& leaf : leaves)
        out.rules.push_back(
            {leaf.cells, {"\"" + std::string(1, static_cast<char>('p' + below(random, 6))) + "\""}, "c"});
    std::shuffle(out.rules.begin(), out.rules.end(), random);
    return out;
}

/// Each rule tests at most four columns, drawn by itself: much overlaps, and little is left open.
inline TableText sparse(Random& random, std::size_t rules, std::size_t inputs) {
    TableText out;
    out.inputs = wide_inputs(inputs);
    out.policy = "FIRST";
    for (std::size_t r = 0; r < rules; ++r) {
        RuleText rule;
        rule.cells.assign(inputs, "-");
        for (std::size_t test = 0; test < 4; ++test) {
            const std::size_t column = below(random, inputs);
            const std::vector<std::string> parts = cuts(random, out.inputs[column]);
            rule.cells[column] = parts[below(random, parts.size())];
        }
        rule.outputs.push_back("\"" + std::string(1, static_cast<char>('p' + below(random, 6))) + "\"");
        out.rules.push_back(std::move(rule));
    }
    return out;
}

inline TableText random(Random& random, std::size_t rules, std::size_t inputs) {
    TableText out;
    out.inputs = wide_inputs(inputs);
    out.policy = "FIRST";
    for (std::size_t r = 0; r < rules; ++r) {
        RuleText rule;
        for (const InputText& one : out.inputs) {
            if (below(random, 4) == 0) {
                rule.cells.emplace_back("-");
            } else if (one.base == "number") {
                const std::size_t a = below(random, 110), b = a + below(random, 60);
                rule.cells.push_back("[" + std::to_string(a) + ".." + std::to_string(b) + "]");
            } else {
                const std::vector<std::string> parts = cuts(random, one);
                rule.cells.push_back(parts[below(random, parts.size())]);
            }
        }
        rule.outputs.push_back("\"" + std::string(1, static_cast<char>('p' + below(random, 6))) + "\"");
        out.rules.push_back(std::move(rule));
    }
    return out;
}

}  // namespace kith::dmn::verify::generated
