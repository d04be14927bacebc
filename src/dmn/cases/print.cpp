#include "dmn/cases/cases.hpp"
#include "dmn/feel/scope.hpp"

namespace kith::dmn::cases {
namespace {
// Whether a name that ends with its line is read back as it is: no comment begins in it, and its quotes close.
bool stands_alone(std::string_view name) {
    if (name.empty() || std::string_view(":\"` \t").find(name.front()) != std::string_view::npos) return false;
    if (name.back() == ' ' || name.back() == '\t') return false;
    char open = 0;
    for (std::size_t at = 0; at < name.size(); ++at) {
        const char c = name[at];
        if (open == 0 && c == '#') return false;
        if (open == 0 && (c == '"' || c == '`'))
            open = c;
        else if (open == '"' && c == '\\')
            ++at;
        else if (c == open)
            open = 0;
    }
    return open == 0;
}

std::string to_the_end(const std::string& name) {
    if (stands_alone(name)) return name;
    return name.find_first_of("\"\\") == std::string::npos ? "\"" + name + "\"" : "`" + name + "`";
}
}  // namespace

std::string plain(const std::vector<Setting>& settings) {
    std::string out;
    for (const Setting& one : settings) out += (out.empty() ? "" : ", ") + one.name + " = " + one.literal;
    return out;
}

std::string plain(const Case& one) {
    std::string out = one.id + ":";
    if (!one.facts.empty()) out += " " + plain(one.facts);
    out += " -> ";
    switch (one.expected) {
        case Expected::undetermined:
            return out + "undetermined" + (one.because.empty() ? "" : " [because " + one.because + "]");
        case Expected::no_rule:
            return out + "no rule";
        case Expected::values:
            break;
    }
    out += plain(one.outputs);
    if (!one.rules) return out;
    std::string numbers;
    for (const std::uint32_t rule : *one.rules) numbers += (numbers.empty() ? "" : ", ") + std::to_string(rule);
    return out + " [rules " + numbers + "]";
}

std::string plain(const Line& line) {
    std::string out;
    switch (line.kind) {
        case LineKind::blank:
            break;
        case LineKind::model:
            out = "model " + to_the_end(line.name);
            break;
        case LineKind::decision:
            out = "decision " + to_the_end(line.name);
            break;
        case LineKind::given:
            out = line.given.empty() ? "given" : "given " + plain(line.given);
            break;
        case LineKind::one_case:
            out = plain(line.one);
            break;
    }
    if (line.comment.empty()) return out;
    return out.empty() ? line.comment : out + "  " + line.comment;
}

std::string printed(const File& file) {
    std::string out;
    for (const Line& line : file.lines) out += line.written.empty() ? plain(line) + "\n" : line.written;
    return out;
}

}  // namespace kith::dmn::cases
