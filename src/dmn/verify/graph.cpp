#include "dmn/verify/graph.hpp"

#include <algorithm>

#include "dmn/value/text.hpp"

namespace kith::dmn::verify {
namespace {
bool one_answer(HitPolicy policy) {
    return policy == HitPolicy::unique || policy == HitPolicy::any || policy == HitPolicy::first ||
           policy == HitPolicy::priority;
}

void add_once(std::vector<Value>& values, const Value& value) {
    for (const Value& known : values)
        if (equal(known, value) == Truth::yes) return;
    values.push_back(value);
}

// Every slot that an expression reads.
void slots(const Node& node, std::set<std::string, std::less<>>& out) {
    if (node.op == Op::slot || node.op == Op::dynamic) out.emplace(node.text);
    for (const Node* kid : node.kids) slots(*kid, out);
    if (node.table == nullptr) return;
    for (const InputClause& input : node.table->inputs) {
        slots(*input.expression, out);
        if (input.allowed != nullptr) slots(*input.allowed, out);
    }
    for (const OutputClause& output : node.table->outputs)
        if (output.otherwise != nullptr) slots(*output.otherwise, out);
    for (const Rule& rule : node.table->rules) {
        for (const Cell& cell : rule.inputs) slots(*cell.node, out);
        for (const Cell& cell : rule.outputs) slots(*cell.node, out);
    }
}
}  // namespace

const Element* Graph::source_of(const Element& decision, const Variable& variable) const {
    for (const Requirement& requirement : decision.requirements)
        if (requirement.name == variable.name) return requirement.element;
    return nullptr;
}

const std::set<const Element*>& Graph::facts_of(const Element& element) {
    const auto known = facts_.find(&element);
    if (known != facts_.end()) return known->second;
    std::set<const Element*> out;
    if (element.kind == ElementKind::input) out.insert(&element);
    const auto take = [&](const Element& from) {
        const auto& facts = facts_of(from);
        out.insert(facts.begin(), facts.end());
    };
    for (const Requirement& requirement : element.requirements) {
        if (requirement.element != nullptr) take(*requirement.element);
        for (const Requirement& inner : requirement.imported) take(*inner.element);
    }
    return facts_[&element] = std::move(out);
}

// The result of a table with one answer and constant outputs: what its rules give at some point, the default, and null
// where no rule matches.
void Graph::make(const Element& decision, const Table& table, Made& out) {
    out.checker = std::make_unique<Checker>(model_, table, options_, produced_for(&decision));
    const Space& space = out.checker->space();
    if (!one_answer(table.policy) || space.dimensions.size() > kMostInputs || is_empty(space.whole())) return;
    for (const Given& given : space.classes)
        if (!std::all_of(given.values.begin(), given.values.end(), [](const auto& v) { return v.has_value(); })) return;
    const auto results = out.checker->results();
    if (!results) return;
    for (std::size_t o = 0; o < table.outputs.size(); ++o) {
        std::vector<Value>& values = out.values[std::string(table.outputs.size() == 1 ? "" : table.outputs[o].name)];
        for (const auto& one : *results) add_once(values, one ? *space.classes[*one].values[o] : Value::null());
    }
    out.known = true;
}

const Graph::Made& Graph::made_by(const Element& decision) {
    const auto known = made_.find(&decision);
    if (known != made_.end()) return known->second;
    Made made;
    if (const Table* table = table_of(decision)) make(decision, *table, made);
    return made_.emplace(&decision, std::move(made)).first->second;
}

Produced Graph::produced_for(const Element* decision) {
    if (decision == nullptr) return {};
    return [this, decision](const Variable& variable) -> const std::vector<Value>* {
        const Element* source = source_of(*decision, variable);
        if (source == nullptr) return nullptr;
        return values_of(*source, variable.path);
    };
}

const std::vector<Value>* Graph::values_of(const Element& decision, const std::vector<std::string>& path) {
    if (decision.kind != ElementKind::decision || path.size() > 1) return nullptr;
    const Made& made = made_by(decision);
    if (!made.known) return nullptr;
    const auto found = made.values.find(path.empty() ? std::string_view() : std::string_view(path.front()));
    return found == made.values.end() ? nullptr : &found->second;
}

// Results of decisions are taken as free of each other. They are, where no fact is behind two of the columns.
bool Graph::may_not_come_together(const Element& decision, const Space& space) {
    std::set<const Element*> seen, roots;
    bool computed = false;
    for (const Dimension& dimension : space.dimensions) {
        const Element* source = source_of(decision, dimension.variable);
        if (source == nullptr) continue;
        const bool again = !roots.insert(source).second;
        if (again && source->kind == ElementKind::input) continue;
        computed = computed || source->kind == ElementKind::decision;
        for (const Element* fact : facts_of(*source))
            if (!seen.insert(fact).second) return true;
        if (again) return true;
    }
    if (!computed) return false;
    for (const Dimension& dimension : space.dimensions) {
        const Element* source = source_of(decision, dimension.variable);
        if (source != nullptr && source->kind == ElementKind::decision && !made_by(*source).known) return true;
    }
    return false;
}

void Graph::mark_together(const Element& decision, const Space& space, TableReport& report) {
    if (!may_not_come_together(decision, space)) return;
    for (Finding& one : report.findings) {
        if (one.kind != FindingKind::gap && one.kind != FindingKind::overlap && one.kind != FindingKind::undetermined)
            continue;
        one.if_together = true;
        one.message += ", if these can occur together";
    }
    for (Analysis& one : report.analyses) {
        if (one.name != "rules that never fire" && one.name != "rules that never matter") continue;
        if (!one.proved) continue;
        one.proved = false;
        one.why_not = "results of other decisions are taken in every combination";
    }
}

void Graph::report_unhandled_value(const Checker& checker, std::size_t d, const Element& source, const Value& value,
                                   TableReport& report) {
    const Space& space = checker.space();
    const Dimension& dimension = space.dimensions[d];
    std::size_t atom = dimension.atoms.size();
    for (std::size_t a = 0; a < dimension.atoms.size(); ++a)
        if (dimension.atoms[a].not_known ? value.is_null() : equal(dimension.atoms[a].witness, value) == Truth::yes)
            atom = a;
    const auto& rules = space.tables.front().rules;
    const bool allowed = atom < dimension.atoms.size();
    if (allowed && std::any_of(rules.begin(), rules.end(),
                               [&](const SpaceRule& rule) { return space.sides[d][rule.sides[d]].may.has(atom); }))
        return;
    Finding made;
    made.kind = FindingKind::unhandled_outcome;
    const std::string what = value.is_null() ? "no result" : literal_of(value);
    made.message = "\"" + source.name + "\" can give " + what + ", which " +
                   (allowed ? "no rule here takes" : "is not an allowed value of \"" + dimension.label + "\"");
    made.region = {{{dimension.label, value.is_null() ? "null" : literal_of(value)}}};
    if (allowed && !is_empty(space.whole())) {
        Point point = first_point(space.whole());
        point[d] = atom;
        made.example = checker.replay().example(point);
    }
    report.findings.push_back(std::move(made));
}

void Graph::report_unhandled(const Element& decision, const Table& table, Checker& checker, TableReport& report) {
    if (!one_answer(table.policy) || checker.space().tables.front().otherwise) return;
    bool proved = true;
    std::string why_not;
    const Produced produced = produced_for(&decision);
    for (std::size_t d = 0; d < checker.space().dimensions.size(); ++d) {
        const Dimension& dimension = checker.space().dimensions[d];
        const Element* source = source_of(decision, dimension.variable);
        if (source == nullptr || source->kind != ElementKind::decision) continue;
        const std::vector<Value>* values = produced(dimension.variable);
        if (values == nullptr) {
            proved = false;
            why_not = "what \"" + source->name + "\" can give is not known";
            continue;
        }
        for (const Value& value : *values) report_unhandled_value(checker, d, *source, value, report);
    }
    report.analyses.push_back({"outcomes of other decisions", proved, why_not, 0});
}

void Graph::report_unasked(ModelReport& report) {
    std::set<const Element*> asked;
    const auto tell = [&](std::string message) {
        Finding made;
        made.kind = FindingKind::unused_input;
        made.severity = Severity::warning;
        made.message = std::move(message);
        report.findings.push_back(std::move(made));
    };
    for (const Element& element : model_.elements()) {
        for (const Element* one : element.inputs) asked.insert(one);
        for (const Element* one : element.input_decisions) asked.insert(one);
        std::set<std::string, std::less<>> read;
        if (element.logic != nullptr) slots(*element.logic, read);
        for (const Requirement& requirement : element.requirements) {
            if (requirement.element != nullptr) asked.insert(requirement.element);
            for (const Requirement& inner : requirement.imported) asked.insert(inner.element);
            if (element.logic != nullptr && requirement.element != nullptr && !read.contains(requirement.name))
                tell("\"" + element.name + "\" requires \"" + requirement.name + "\" and does not ask for it");
        }
    }
    for (const Element& element : model_.elements())
        if (element.kind == ElementKind::input && !asked.contains(&element))
            tell("nothing asks for \"" + element.name + "\"");
}

ModelReport Graph::check() {
    ModelReport out;
    for (const Table* table : model_.tables()) {
        const Element* decision = decision_of(model_, *table);
        Checker checker(model_, *table, options_, produced_for(decision));
        TableReport report = checker.report();
        if (decision != nullptr && checker.space().dimensions.size() <= kMostInputs) {
            report_unhandled(*decision, *table, checker, report);
            mark_together(*decision, checker.space(), report);
        }
        out.tables.push_back(std::move(report));
    }
    report_unasked(out);
    return out;
}

ModelReport check(const Model& model, const Options& options) {
    try {
        return Graph(model, options).check();
    } catch (const LimitReached& reached) {
        ModelReport out;
        TableReport table;
        table.analyses.push_back({"everything", false, std::string("a limit was reached: ") + reached.limit, 0});
        out.tables.push_back(std::move(table));
        return out;
    }
}

}  // namespace kith::dmn::verify
