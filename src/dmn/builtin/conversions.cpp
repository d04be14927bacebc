// Functions that turn one kind into another, and the two that fit nowhere else.
#include "dmn/builtin/arguments.hpp"
#include "dmn/feel/parser.hpp"
#include "dmn/value/text.hpp"

namespace kith::dmn {
namespace {
Value string(Evaluator& e, const Arguments& a) {
    if (a.at(0).is_null()) return e.doubt(kWrongArgument);
    return e.text(text_of(a.at(0)));
}

// A separator is one of those that the standard names, or null.
bool separator(const Arguments& a, std::size_t i, std::string_view allowed, char& out) {
    if (!a.has(i) || a.at(i).is_null()) return true;
    const auto text = text_at(a, i);
    if (!text || text->size() != 1 || allowed.find(text->front()) == allowed.npos) return false;
    out = text->front();
    return true;
}

Value number(Evaluator& e, const Arguments& a) {
    const auto text = text_at(a, 0);
    if (!text) {
        const Value itself = taken(a, 0, Kind::number);
        return itself.is_null() || a.size() > 1 ? e.doubt(kWrongArgument) : itself;
    }
    char grouping = '\0', point = '\0';
    if (!separator(a, 1, " ,.", grouping) || !separator(a, 2, ",.", point) || (grouping != '\0' && grouping == point))
        return e.doubt(kWrongArgument);
    std::string plain;
    for (const char c : *text) {
        if (grouping != '\0' && c == grouping) continue;
        if (point != '\0' && c == '.' && point != '.') return e.doubt("this text is no number");
        plain += point != '\0' && c == point ? '.' : c;
    }
    const auto out = Decimal::parse(plain);
    return out ? Value::of(*out) : e.doubt("this text is no number");
}

Value negation(Evaluator& e, const Arguments& a) {
    const Value given = taken(a, 0, Kind::boolean);
    return given.is_null() ? e.doubt(kWrongArgument) : Value::of(!given.boolean());
}

Value is(Evaluator& e, const Arguments& a) {
    if (e.strict() && (!a.has(0) || !a.has(1))) return e.doubt(kWrongArgument);
    return Value::of(identical(a.at(0), a.at(1)));
}

bool literal_end(const Node& node) {
    if (node.op == Op::constant) return true;
    if (node.op != Op::builtin || node.kids.empty()) return false;
    for (const Node* kid : node.kids)
        if (kid->op != Op::constant) return false;
    const std::string_view name = node.text;
    return name == "date" || name == "time" || name == "date and time" || name == "duration";
}

// A range as text: its ends are literals, or one of the four functions that make a point of time from one.
Value range(Evaluator& e, const Arguments& a) {
    const auto text = text_at(a, 0);
    if (!text) return e.doubt(kWrongArgument);
    NameSet none;
    ParseWorld world{e.arena(), e.zones(), [](std::string_view) { return nullptr; }, none, {}};
    world.limits.depth = 20;
    Faults faults;
    const Node* node = Parser(world, e.arena().keep(*text), nullptr, faults).expression();
    if (node == nullptr || !faults.empty() || node->op != Op::range || !literal_end(node->kid(0)) ||
        !literal_end(node->kid(1)))
        return e.doubt("this text is no range");
    const Value out = e.evaluate(*node, nullptr);
    if (!out.is(Kind::range) || !out.range().has_low || !out.range().has_high) return e.doubt("this text is no range");
    const Order ends = order(out.range().low, out.range().high);
    return ends == Order::less || ends == Order::equal ? out : e.doubt("a range ends before it begins");
}

constexpr Builtin kAll[] = {
    {"string", "from", &types::string, string},
    {"number", "from|from,grouping separator?,decimal separator?", &types::number, number},
    {"not", "negand", &types::boolean, negation},
    {"is", "value1?,value2?", &types::boolean, is},
    {"range", "from", &types::range, range},
};
}  // namespace

std::span<const Builtin> conversion_builtins() { return kAll; }

}  // namespace kith::dmn
