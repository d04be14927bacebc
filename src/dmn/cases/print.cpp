#include "dmn/cases/cases.hpp"
#include "dmn/feel/scope.hpp"

namespace kith::dmn::cases {
namespace {
// The name of a file or a decision, which ends with its line.
std::string to_the_end(const std::string& name) {
    const bool plain = name.find_first_of("#\"`") == std::string::npos && normal_name(name) == name;
    return plain ? name : name.find('"') == std::string::npos ? "\"" + name + "\"" : "`" + name + "`";
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
