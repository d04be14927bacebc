#include "dmn/cases/facts.hpp"

#include <algorithm>

namespace kith::dmn::cases {
namespace {
bool makes_a_date(std::string_view name) {
    return name == "date" || name == "time" || name == "date and time" || name == "duration";
}

bool is_literal(const Node& node) {
    const auto literal_kids = [&] {
        return std::all_of(node.kids.begin(), node.kids.end(), [](const Node* kid) { return is_literal(*kid); });
    };
    switch (node.op) {
        case Op::constant:
            return true;
        case Op::negate:
            return node.kid(0).op == Op::constant;
        case Op::list:
        case Op::range:
        case Op::one_sided:
        case Op::context:
            return literal_kids();
        case Op::builtin:
            return node.builtin != nullptr && makes_a_date(node.builtin->name) && literal_kids();
        default:
            return false;
    }
}

Value with(Evaluator& e, const Value& whole, const Type& type, std::span<const std::string> path, const Value& value) {
    if (path.empty()) return value;
    std::vector<Entry> entries;
    if (whole.is(Kind::context)) entries.assign(whole.context().entries.begin(), whole.context().entries.end());
    const auto place = [&](std::string_view name) -> Entry& {
        for (Entry& entry : entries)
            if (entry.name == name) return entry;
        entries.push_back({e.arena().keep(name), Value::null()});
        return entries.back();
    };
    for (const Field& field : type.fields) place(field.name);
    const Field* field = type.field(path.front());
    Entry& entry = place(path.front());
    entry.value = with(e, entry.value, field != nullptr ? *field->type : types::any, path.subspan(1), value);
    return e.context(entries);
}
}  // namespace

std::optional<Value> Literals::read(const Setting& setting, Wrong& wrong) {
    wrong = {"this is no literal; a text stands in double quotes", setting.literal_at};
    try {
        NameSet none;
        Faults faults;
        ParseWorld world{evaluator_.arena(), evaluator_.zones(), [](std::string_view) { return nullptr; }, none, {}};
        const std::string_view text = evaluator_.arena().keep(std::string_view(setting.literal));
        const Node* node = Parser(world, text, nullptr, faults).expression();
        if (!faults.empty() && faults.front().kind != FaultKind::name) {
            wrong.message = faults.front().message;
            wrong.place = {setting.literal_at.begin + faults.front().begin,
                           setting.literal_at.begin + faults.front().end};
        }
        if (node == nullptr || !faults.empty() || !is_literal(*node)) return std::nullopt;
        evaluator_.reset();
        const Value out = evaluator_.evaluate(*node, nullptr);
        if (!out.is_undetermined() && evaluator_.diagnostics.empty()) return out;
        wrong.message = evaluator_.diagnostics.front().message;
    } catch (const LimitReached& reached) {
        wrong.message = std::string("a limit was reached: ") + reached.limit;
    }
    return std::nullopt;
}

std::optional<Given> read_fact(const Model& model, const Element& asked, const Setting& setting, Literals& literals,
                               Wrong& wrong) {
    auto target = find_fact(model, asked, setting.name);
    if (!target) {
        wrong = {"there is no fact `" + setting.name + "`", setting.name_at};
        return std::nullopt;
    }
    const auto value = literals.read(setting, wrong);
    if (!value) return std::nullopt;
    if (!fits(*value, *target->type)) {
        wrong = {"`" + setting.name + "` is " + with_article(*target->type) + ", and this is " +
                     with_article(*types::of(value->kind())),
                 setting.literal_at};
        return std::nullopt;
    }
    return Given{std::move(*target), *value};
}

void give(Session& session, const std::vector<Given>& facts, Literals& literals) {
    session.clear();
    struct Whole {
        const Element* element;
        Value value;
    };
    std::vector<Whole> wholes;
    for (const Given& fact : facts) {
        auto at = std::find_if(wholes.begin(), wholes.end(),
                               [&](const Whole& whole) { return whole.element == fact.target.element; });
        if (at == wholes.end()) at = wholes.insert(wholes.end(), Whole{fact.target.element, Value::null()});
        const Element& element = *at->element;
        const Type& type = element.declared != nullptr ? *element.declared : *element.type;
        at->value = with(literals.evaluator(), at->value, type, fact.target.path, fact.value);
    }
    for (const Whole& whole : wholes) session.give(*whole.element, whole.value);
}

}  // namespace kith::dmn::cases
