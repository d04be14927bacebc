#include "dmn/verify/property.hpp"

#include <algorithm>

#include "dmn/value/text.hpp"
#include "dmn/verify/sample.hpp"

namespace kith::dmn::verify {
namespace {
struct Refused {
    std::string why;
};

class Prover {
  public:
    Prover(const Model& model, const Element& properties, const Options& options)
        : model_(model), options_(options), graph_(model, options), constants_(model.zones()), properties_(properties) {
        owners_.push_back(&properties);
        tables_.push_back(table_of(properties));
    }

    std::vector<Property> prove() {
        std::vector<Property> out;
        std::string refused;
        try {
            prepare();
        } catch (const Refused& reason) {
            refused = reason.why;
        }
        for (std::size_t r = 0; r < tables_.front()->rules.size(); ++r) {
            Property one;
            one.row = static_cast<std::uint32_t>(r + 1);
            for (const std::string_view note : tables_.front()->rules[r].annotations)
                if (!note.empty()) one.annotations.emplace_back(note);
            one.why_not = refused;
            if (refused.empty()) prove_row(r, one);
            out.push_back(std::move(one));
        }
        return out;
    }

  private:
    // Every decision behind the columns, each a table whose results are known.
    void collect(const Element& decision) {
        if (std::find(owners_.begin(), owners_.end(), &decision) != owners_.end()) return;
        const Table* table = table_of(decision);
        if (table == nullptr) throw Refused{"\"" + decision.name + "\" is not a decision table"};
        owners_.push_back(&decision);
        tables_.push_back(table);
        if (owners_.size() > kMostMachines - 2) throw Refused{"it rests on more decisions than are looked at together"};
        for (const InputClause& input : table->inputs) follow(decision, input);
    }
    void follow(const Element& owner, const InputClause& input) {
        auto variable = variable_of(*input.expression);
        if (!variable) throw Refused{"a column of \"" + owner.name + "\" asks for more than one variable"};
        resolve(owner, *variable);
        if (variable->element != nullptr && variable->element->kind == ElementKind::decision)
            collect(*variable->element);
    }
    static void resolve(const Element& owner, Variable& variable) {
        for (const Requirement& requirement : owner.requirements) {
            if (requirement.name != variable.name) continue;
            if (requirement.element != nullptr) {
                variable.element = requirement.element;
                return;
            }
            for (const Requirement& inner : requirement.imported)
                if (!variable.path.empty() && inner.name == variable.path.front()) {
                    variable.element = inner.element;
                    variable.name = inner.name;
                    variable.root = inner.element->type;
                    variable.path.erase(variable.path.begin());
                    return;
                }
        }
    }
    void prepare() {
        if (tables_.front() == nullptr) throw Refused{"properties are rows of a decision table"};
        for (const InputClause& input : tables_.front()->inputs) follow(properties_, input);
        space_ = make_space(
            tables_, constants_,
            [&](const Variable& v) { return v.element != nullptr ? graph_.values_of(*v.element, v.path) : nullptr; },
            [&](std::size_t t, Variable& v) { resolve(*owners_[t], v); });
        if (space_.dimensions.size() > kMostInputs) throw Refused{"it has more inputs than are analysed"};
        if (is_empty(space_.whole())) throw Refused{"an input has no admissible value"};
        if (!space_.doubts.empty()) throw Refused{space_.doubts.front()};
        for (std::size_t d = 0; d < space_.dimensions.size(); ++d) tie(d);
    }
    void tie(std::size_t d) {
        const Dimension& dimension = space_.dimensions[d];
        const Variable& variable = dimension.variable;
        if (variable.element == nullptr || variable.element->kind != ElementKind::decision) return;
        const auto owner = std::find(owners_.begin(), owners_.end(), variable.element);
        if (graph_.values_of(*variable.element, variable.path) == nullptr)
            throw Refused{"what \"" + variable.element->name + "\" can give is not known"};
        Tie made;
        made.machine = static_cast<std::size_t>(owner - owners_.begin()) - 1;
        made.dimension = d;
        const Table& table = *tables_[made.machine + 1];
        std::size_t output = 0;
        for (std::size_t o = 0; o < table.outputs.size() && !variable.path.empty(); ++o)
            if (table.outputs[o].name == variable.path.front()) output = o;
        for (const Given& given : space_.classes)
            made.atoms.push_back(output < given.values.size() && given.values[output]
                                     ? atoms_of(dimension, *given.values[output])
                                     : Bits(dimension.atoms.size()));
        made.none = atoms_of(dimension, Value::null());
        ties_.push_back(std::move(made));
    }
    static Bits atoms_of(const Dimension& dimension, const Value& value) {
        Bits out(dimension.atoms.size());
        for (std::size_t a = 0; a < dimension.atoms.size(); ++a)
            if (dimension.atoms[a].not_known ? value.is_null() : equal(dimension.atoms[a].witness, value) == Truth::yes)
                out.set(a);
        return out;
    }
    bool is_decided(std::size_t d) const {
        const Element* element = space_.dimensions[d].variable.element;
        return element != nullptr && element->kind == ElementKind::decision;
    }
    // The row with only its facts, or only its decisions.
    SpaceRule part(std::size_t row, bool decisions) {
        SpaceRule out = space_.tables.front().rules[row];
        for (std::size_t d = 0; d < out.sides.size(); ++d) {
            if (is_decided(d) == decisions) continue;
            const Side whole{space_.dimensions[d].whole(), space_.dimensions[d].whole(), false};
            auto& sides = space_.sides[d];
            const auto known = std::find(sides.begin(), sides.end(), whole);
            out.sides[d] = static_cast<std::uint32_t>(known - sides.begin());
            if (known == sides.end()) sides.push_back(whole);
        }
        return out;
    }
    void prove_row(std::size_t row, Property& out) {
        const Given& given = space_.classes[space_.tables.front().rules[row].given];
        const std::string word = given.texts.size() == 1 ? given.texts.front() : std::string();
        if (word != "\"never\"" && word != "\"always\"") {
            out.why_not = "its output is neither `never` nor `always`";
            return;
        }
        const SpaceRule facts = part(row, false), decisions = part(row, true);
        std::vector<Machine> machines;
        std::vector<Player> players;
        for (std::size_t t = 1; t < space_.tables.size(); ++t) {
            const SpaceTable& table = space_.tables[t];
            machines.push_back({Light::result, table.table->policy, table.table->aggregation, table.otherwise});
            for (const SpaceRule& rule : table.rules)
                players.push_back({&rule, static_cast<std::uint32_t>(players.size()), 1U << (t - 1)});
        }
        const std::size_t first = machines.size();
        for (const SpaceRule* half : {&facts, &decisions}) {
            players.push_back({half, static_cast<std::uint32_t>(players.size()), 1U << machines.size()});
            machines.push_back({Light::coverage, HitPolicy::first, Aggregation::none, {}});
        }
        search(std::move(machines), std::move(players), first, word == "\"never\"", out);
    }
    void search(std::vector<Machine> machines, std::vector<Player> players, std::size_t first, bool never,
                Property& out) {
        Budget budget{options_.work};
        Explorer explorer(space_, std::move(machines), std::move(players), budget);
        explorer.tie(ties_);
        explorer.explore(space_.whole(), [&](const Leaf& leaf, const Box& box) {
            if (leaf[first].kind != VerdictKind::covered) return false;
            for (std::size_t m = 0; m < first; ++m)
                if (leaf[m].has_none()) {
                    out.somewhere_undetermined = true;
                    return false;
                }
            const bool holds = leaf[first + 1].kind == VerdictKind::covered;
            if (leaf[first + 1].kind == VerdictKind::undetermined) {
                out.somewhere_undetermined = true;
                return false;
            }
            if (holds != never) return false;
            Box where = box;
            for (const Tie& tie : ties_)
                where[tie.dimension] &= leaf[tie.machine].kind == VerdictKind::no_rule
                                            ? tie.none
                                            : tie.atoms[leaf[tie.machine].given.front()];
            if (is_empty(where)) return false;
            out.counter = example(first_point(where));
            return true;
        });
        if (out.counter) {
            out.proof = Proof::refuted;
            return;
        }
        out.proof = explorer.complete() ? Proof::proved : Proof::open;
        if (!explorer.complete()) out.why_not = "the budget of work ended first";
    }

    // Facts alone; the decisions of the row are asked.
    Example example(const Point& point) const {
        Arena arena;
        Evaluator evaluator(arena, model_.zones(), model_.mode(), {});
        Run run(model_, evaluator);
        for (const Element& element : model_.elements())
            if (element.kind == ElementKind::input) run.give(element, sample(*element.type, evaluator));
        const Replay replay(model_, *tables_.front(), space_);
        replay.give_facts(run, point);
        Example out;
        for (std::size_t d = 0; d < point.size(); ++d) {
            const Variable& variable = space_.dimensions[d].variable;
            if (!is_decided(d)) {
                out.facts.push_back({variable.written(), literal_of(space_.dimensions[d].atoms[point[d]].witness)});
                continue;
            }
            if (!asked_by_property(d)) continue;
            const Value result = run.value_of(*variable.element);
            out.answer += (out.answer.empty() ? "" : ", ") + variable.element->name + " = " +
                          (result.is_undetermined() ? "undetermined" : literal_of(result));
        }
        return out;
    }
    bool asked_by_property(std::size_t d) const {
        const auto& columns = space_.tables.front().columns;
        return std::find(columns.begin(), columns.end(), std::optional<std::size_t>(d)) != columns.end();
    }

    const Model& model_;
    Options options_;
    Graph graph_;
    Constants constants_;
    const Element& properties_;
    std::vector<const Element*> owners_;
    std::vector<const Table*> tables_;
    Space space_;
    std::vector<Tie> ties_;
};
}  // namespace

std::vector<Property> prove(const Model& model, const Element& properties, const Options& options) {
    if (table_of(properties) == nullptr) return {};
    try {
        return Prover(model, properties, options).prove();
    } catch (const LimitReached& reached) {
        Property out;
        out.why_not = std::string("a limit was reached: ") + reached.limit;
        return {out};
    }
}

}  // namespace kith::dmn::verify
