#include "dmn/verify/replay.hpp"

#include <algorithm>
#include <map>

#include "dmn/explain/answer.hpp"
#include "dmn/explain/explain.hpp"
#include "dmn/table/decide.hpp"
#include "dmn/value/text.hpp"
#include "dmn/verify/sample.hpp"

namespace kith::dmn::verify {
namespace {
// The value with the entry at `path` set, the entries around it as they are or as its type has them.
Value with(Evaluator& e, const Value& whole, const Type& type, std::span<const std::string> path, const Value& value) {
    if (path.empty()) return value;
    std::vector<Entry> entries;
    if (whole.is(Kind::context)) entries.assign(whole.context().entries.begin(), whole.context().entries.end());
    auto at = std::find_if(entries.begin(), entries.end(), [&](const Entry& x) { return x.name == path.front(); });
    if (at == entries.end())
        at = entries.insert(entries.end(), Entry{e.arena().keep(std::string_view(path.front())), Value::null()});
    const Field* field = type.field(path.front());
    at->value = with(e, at->value, field != nullptr ? *field->type : types::any, path.subspan(1), value);
    return e.context(entries);
}

bool reads(const Node* node, std::string_view name) {
    if (node == nullptr) return false;
    if (node->op == Op::slot && node->text == name) return true;
    return std::any_of(node->kids.begin(), node->kids.end(), [&](const Node* kid) { return reads(kid, name); });
}

bool reads(const Table& table, std::string_view name) {
    const auto cells = [&](std::span<const Cell> row) {
        return std::any_of(row.begin(), row.end(), [&](const Cell& cell) { return reads(cell.node, name); });
    };
    return std::any_of(table.inputs.begin(), table.inputs.end(),
                       [&](const InputClause& input) { return reads(input.expression, name); }) ||
           std::any_of(table.outputs.begin(), table.outputs.end(),
                       [&](const OutputClause& output) { return reads(output.otherwise, name); }) ||
           std::any_of(table.rules.begin(), table.rules.end(),
                       [&](const Rule& rule) { return cells(rule.inputs) || cells(rule.outputs); });
}
}  // namespace

const Element* decision_of(const Model& model, const Table& table) {
    for (const Element& element : model.elements())
        if (table_of(element) == &table) return &element;
    return nullptr;
}

std::vector<Replay::Root> Replay::roots() const {
    std::vector<Root> out;
    for (std::size_t d = 0; d < space_.dimensions.size(); ++d) {
        const Variable& variable = space_.dimensions[d].variable;
        const auto known = std::find_if(out.begin(), out.end(), [&](const Root& root) {
            return root.variable->depth == variable.depth && root.variable->index == variable.index;
        });
        if (known == out.end())
            out.push_back({&variable, {d}});
        else
            known->dimensions.push_back(d);
    }
    return out;
}

Value Replay::value_of(Evaluator& e, const Root& root, const Point& point) const {
    Value out;
    const auto atom = [&](std::size_t d) { return space_.dimensions[d].atoms[point[d]].witness; };
    for (const std::size_t d : root.dimensions)
        if (space_.dimensions[d].variable.path.empty()) return atom(d);
    out = sample(*root.variable->root, e);
    for (const std::size_t d : root.dimensions)
        out = with(e, out, *root.variable->root, space_.dimensions[d].variable.path, atom(d));
    return out;
}

// By name, so that the points of one space can be put to two versions of a model.
void Replay::give(Run& run, const Root& root, const Point& point) const {
    Evaluator& e = run.evaluator();
    for (const Requirement& requirement : decision_->requirements) {
        if (requirement.name != root.variable->name) continue;
        if (requirement.element != nullptr) return run.give(*requirement.element, value_of(e, root, point));
        for (const std::size_t d : root.dimensions) {
            const std::span<const std::string> path = space_.dimensions[d].variable.path;
            for (const Requirement& inner : requirement.imported)
                if (!path.empty() && inner.name == path.front())
                    run.give(*inner.element, with(e, sample(*inner.element->type, e), *inner.element->type,
                                                  path.subspan(1), space_.dimensions[d].atoms[point[d]].witness));
        }
    }
}

void Replay::give_facts(Run& run, const Point& point) const {
    std::map<const Element*, Value> values;
    Evaluator& e = run.evaluator();
    for (std::size_t d = 0; d < point.size(); ++d) {
        const Variable& variable = space_.dimensions[d].variable;
        if (variable.element == nullptr || variable.element->kind != ElementKind::input) continue;
        const Type& type = *variable.element->type;
        const auto at = values.try_emplace(variable.element, sample(type, e)).first;
        at->second = with(e, at->second, type, variable.path, space_.dimensions[d].atoms[point[d]].witness);
    }
    for (const auto& [element, value] : values) run.give(*element, value);
}

Value Replay::run(Evaluator& e, const Point& point) const {
    if (decision_ != nullptr) {
        Run run(model_, e);
        for (const Requirement& one : decision_->requirements)
            if (one.element != nullptr &&
                (one.element->kind == ElementKind::input || one.element->kind == ElementKind::decision))
                run.give(*one.element, sample(*one.element->type, e));
        for (const Root& root : roots()) give(run, root, point);
        return run.value_of(*decision_);
    }
    std::uint32_t depth = 0, width = 1;
    for (const Root& root : roots()) {
        depth = std::max(depth, root.variable->depth);
        width = std::max(width, root.variable->index + 1);
    }
    std::vector<Frame*> frames(depth + 1);
    for (std::size_t i = frames.size(); i-- > 0;)
        frames[i] = e.frame(i + 1 < frames.size() ? frames[i + 1] : nullptr, width);
    for (const Root& root : roots())
        frames[root.variable->depth]->values[root.variable->index] = value_of(e, root, point);
    Run run(model_, e);
    return decide(e, table_, frames.front());
}

// Facts that no column asks for, where a cell or an output does: a case has to supply them.
void Replay::add_others(Evaluator& e, Example& out) const {
    const std::vector<Root> known = roots();
    for (const Requirement& one : decision_->requirements) {
        const bool given = one.element != nullptr &&
                           (one.element->kind == ElementKind::input || one.element->kind == ElementKind::decision);
        const bool asked =
            std::any_of(known.begin(), known.end(), [&](const Root& root) { return root.variable->name == one.name; });
        if (!given || asked || !reads(table_, one.name)) continue;
        const Value value = sample(*one.element->type, e);
        if (!value.is_null()) out.facts.push_back({written_name(one.name), literal_of(value)});
    }
}

Example Replay::example(const Point& point) const {
    Example out;
    for (std::size_t d = 0; d < point.size(); ++d)
        out.facts.push_back(
            {space_.dimensions[d].variable.written(), literal_of(space_.dimensions[d].atoms[point[d]].witness)});
    Arena arena;
    Evaluator evaluator(arena, model_.zones(), model_.mode(), {});
    Explanation explanation;
    evaluator.trace = &explanation;
    const Value result = run(evaluator, point);
    evaluator.trace = nullptr;
    if (result.is_undetermined())
        out.answer = "undetermined";
    else
        out.answer = result.is_null() ? "no rule" : literal_of(result);
    out.outcome = out.answer;
    if (decision_ == nullptr) return out;
    add_others(evaluator, out);
    explanation.value = result;
    explanation.determined = !result.is_undetermined();
    for (TableReason& reason : explanation.tables) complete(reason, evaluator);
    out.outcome = answer_of(explanation, *decision_, Detail::outputs);
    if (out.answer == "no rule" && out.outcome != "no rule") out.answer = "null";
    return out;
}

}  // namespace kith::dmn::verify
