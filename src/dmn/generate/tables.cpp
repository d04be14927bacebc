#include "dmn/generate/tables.hpp"

namespace kith::dmn::generate {
namespace {
constexpr const char* kTexts[] = {"low", "medium", "high", "unclear"};

std::uint64_t below(std::mt19937_64& random, std::uint64_t n) { return random() % n; }

std::string day(std::uint64_t n) {
    const std::uint64_t day = n % 28 + 1, month = n / 28 % 12 + 1;
    return "2026-" + std::string(month < 10 ? "0" : "") + std::to_string(month) + "-" + (day < 10 ? "0" : "") +
           std::to_string(day);
}

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) out += c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : std::string(1, c);
    return out;
}

std::string type_of(Domain domain) {
    switch (domain) {
        case Domain::text:
            return "string";
        case Domain::number:
            return "number";
        case Domain::truth:
            return "boolean";
        case Domain::date:
            return "date";
    }
    return "";
}

std::string allowed(Domain domain, bool null_allowed) {
    const std::string null = null_allowed ? ", null" : "";
    switch (domain) {
        case Domain::text:
            return "\"low\", \"medium\", \"high\", \"unclear\"" + null;
        case Domain::number:
            return "[0..100]" + null;
        case Domain::truth:
            return "true, false" + null;
        case Domain::date:
            return "[date(\"2026-01-01\")..date(\"2026-12-28\")]" + null;
    }
    return "";
}

std::string ordered_cell(std::mt19937_64& random, Domain domain) {
    const auto value = [&](std::uint64_t n) {
        return domain == Domain::number ? std::to_string(n) : "date(\"" + day(n * 3) + "\")";
    };
    const std::uint64_t a = below(random, 100), b = a + below(random, 101 - a);
    switch (below(random, 6)) {
        case 0:
            return "< " + value(a);
        case 1:
            return ">= " + value(a);
        case 2:
            return std::string(below(random, 2) != 0 ? "[" : "(") + value(a) + ".." + value(b) +
                   (below(random, 2) != 0 ? "]" : ")");
        case 3:
            return value(a) + ", > " + value(b);
        case 4:
            return "not([" + value(a) + ".." + value(b) + "])";
        default:
            return "<= " + value(b);
    }
}

std::string cell(std::size_t input, bool null_allowed, std::mt19937_64& random) {
    const Domain domain = domain_of(input);
    if (null_allowed && below(random, 12) == 0) return "null";
    std::string out;
    switch (domain) {
        case Domain::text: {
            const std::uint64_t first = below(random, 4), second = (first + 1 + below(random, 3)) % 4;
            out = "\"" + std::string(kTexts[first]) + "\"";
            if (below(random, 2) != 0) out += ", \"" + std::string(kTexts[second]) + "\"";
            if (below(random, 4) == 0) out = "not(" + out + ")";
            break;
        }
        case Domain::truth:
            out = below(random, 2) != 0 ? "true" : "false";
            break;
        case Domain::number:
        case Domain::date:
            out = ordered_cell(random, domain);
            break;
    }
    if (null_allowed && out[0] != 'n' && below(random, 6) == 0) out += ", null";
    return out;
}
}  // namespace

Domain domain_of(std::size_t input) {
    static constexpr Domain kRound[] = {Domain::text,   Domain::number, Domain::truth,
                                        Domain::number, Domain::text,   Domain::date};
    return kRound[input % 6];
}

std::string literal(std::size_t input, bool null_too, std::mt19937_64& random) {
    if (null_too && below(random, 8) == 0) return "null";
    switch (domain_of(input)) {
        case Domain::text:
            return "\"" + std::string(kTexts[below(random, 4)]) + "\"";
        case Domain::number:
            return std::to_string(below(random, 101)) + (below(random, 4) == 0 ? ".5" : "");
        case Domain::truth:
            return below(random, 2) != 0 ? "true" : "false";
        case Domain::date:
            return "@\"" + day(below(random, 336)) + "\"";
    }
    return "null";
}

std::string table_xml(const Wanted& wanted, std::mt19937_64& random) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<definitions "
        "xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" "
        "namespace=\"urn:generated\" name=\"generated\" id=\"d\">\n";
    std::string requirements, clauses;
    for (std::size_t i = 0; i < wanted.inputs; ++i) {
        const std::string n = std::to_string(i + 1), type = type_of(domain_of(i));
        out += "<itemDefinition name=\"tFact" + n + "\"><typeRef>" + type + "</typeRef><allowedValues><text>" +
               escaped(allowed(domain_of(i), wanted.null_allowed)) + "</text></allowedValues></itemDefinition>\n";
        out += "<inputData id=\"i" + n + "\" name=\"fact " + n + "\"><variable name=\"fact " + n +
               "\" typeRef=\"tFact" + n + "\"/></inputData>\n";
        requirements += "<informationRequirement><requiredInput href=\"#i" + n + "\"/></informationRequirement>\n";
        clauses += "<input label=\"fact " + n + "\"><inputExpression typeRef=\"" + type + "\"><text>fact " + n +
                   "</text></inputExpression></input>\n";
    }
    out += "<decision id=\"o\" name=\"Outcome\"><variable name=\"Outcome\"/>\n" + requirements +
           "<decisionTable hitPolicy=\"" + wanted.policy + "\"" +
           (wanted.aggregation.empty() ? "" : " aggregation=\"" + wanted.aggregation + "\"") + ">\n" + clauses;
    const bool numbers = !wanted.aggregation.empty();
    std::string values;
    for (std::size_t i = 0; i < wanted.outcomes; ++i)
        values += (i == 0 ? "" : ", ") + (numbers ? std::to_string(i) : "\"outcome " + std::to_string(i) + "\"");
    out += "<output name=\"Outcome\" typeRef=\"" + std::string(numbers ? "number" : "string") +
           "\"><outputValues><text>" + values + "</text></outputValues></output>\n";
    for (std::size_t rule = 0; rule < wanted.rules; ++rule) {
        std::vector<bool> tests(wanted.inputs, wanted.shape == Shape::random);
        if (wanted.shape == Shape::structured)
            for (std::size_t i = 0, count = 1 + below(random, 4); i < count; ++i)
                tests[below(random, wanted.inputs)] = true;
        out += "<rule id=\"r" + std::to_string(rule + 1) + "\">";
        for (std::size_t i = 0; i < wanted.inputs; ++i)
            out += "<inputEntry><text>" + escaped(tests[i] ? cell(i, wanted.null_allowed, random) : "-") +
                   "</text></inputEntry>";
        const std::string n = std::to_string(below(random, wanted.outcomes));
        out += "<outputEntry><text>" + (numbers ? n : "\"outcome " + n + "\"") + "</text></outputEntry></rule>\n";
    }
    return out + "</decisionTable></decision>\n</definitions>\n";
}

}  // namespace kith::dmn::generate
