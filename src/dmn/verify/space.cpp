#include "dmn/verify/space.hpp"

#include <algorithm>

#include "dmn/value/text.hpp"

namespace kith::dmn::verify {
namespace {
struct Use {
    std::size_t table, column;
    const Type* type;  ///< of the variable, as this table's model declares it
};
struct Wanted {
    Variable variable;
    const Type* type;
    std::vector<Use> uses;
};

bool asks_something(const Node& cell) { return cell.op != Op::test_any; }

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

class Builder {
  public:
    Builder(const std::vector<const Table*>& tables, Constants& constants, const Produced& produced,
            const Resolve& resolve)
        : constants_(constants), produced_(produced), resolve_(resolve) {
        for (const Table* table : tables) {
            SpaceTable made;
            made.table = table;
            made.rules.resize(table->rules.size());
            made.columns.resize(table->inputs.size());
            out_.tables.push_back(std::move(made));
        }
    }
    Space build() {
        find_variables();
        for (const Wanted& wanted : wanted_) add_dimension(wanted);
        for (SpaceTable& table : out_.tables) read_outputs(table);
        return std::move(out_);
    }

  private:
    void find_variables() {
        for (std::size_t t = 0; t < out_.tables.size(); ++t) {
            SpaceTable& table = out_.tables[t];
            for (std::size_t c = 0; c < table.table->inputs.size(); ++c) {
                auto variable = variable_of(*table.table->inputs[c].expression);
                if (!variable) {
                    set_aside(table, c);
                    continue;
                }
                if (resolve_) resolve_(t, *variable);
                const Node* node = table.table->inputs[c].expression;
                while (node->op == Op::convert) node = &node->kid(0);
                auto known = std::find_if(wanted_.begin(), wanted_.end(),
                                          [&](const Wanted& w) { return w.variable.same(*variable); });
                if (known == wanted_.end()) known = wanted_.insert(wanted_.end(), Wanted{*variable, node->type, {}});
                known->uses.push_back({t, c, node->type});
                table.columns[c] = static_cast<std::size_t>(known - wanted_.begin());
            }
        }
    }
    void set_aside(SpaceTable& table, std::size_t column) {
        bool asked = false;
        for (std::size_t r = 0; r < table.rules.size(); ++r)
            if (asks_something(*table.table->rules[r].inputs[column].node)) table.rules[r].opaque = asked = true;
        if (asked)
            out_.doubts.push_back("input \"" + std::string(table.table->inputs[column].label) +
                                  "\" asks for more than one variable, so its cells are not analysed");
    }
    void add_dimension(const Wanted& wanted) {
        std::vector<Column> columns;
        for (const Use& use : wanted.uses) {
            const Table& table = *out_.tables[use.table].table;
            Column column{table.inputs[use.column].type, table.inputs[use.column].allowed, use.type, {}};
            for (const Rule& rule : table.rules) column.cells.push_back(rule.inputs[use.column].node);
            columns.push_back(std::move(column));
        }
        std::vector<std::vector<Side>> read;
        const std::size_t d = out_.dimensions.size();
        out_.dimensions.push_back(make_dimension(wanted.variable, wanted.type, columns, constants_, read,
                                                 produced_ ? produced_(wanted.variable) : nullptr));
        const Dimension& made = out_.dimensions.back();
        for (const std::string& doubt : made.doubts) out_.doubts.push_back("input \"" + made.label + "\": " + doubt);
        out_.sides.emplace_back();
        for (std::size_t t = 0; t < out_.tables.size(); ++t) {
            for (std::size_t r = 0; r < out_.tables[t].rules.size(); ++r) {
                Side side{made.whole(), made.whole(), false};
                for (std::size_t u = 0; u < wanted.uses.size(); ++u) {
                    if (wanted.uses[u].table != t) continue;
                    side.yes &= read[u][r].yes;
                    side.may &= read[u][r].may;
                    side.unknown = side.unknown || read[u][r].unknown;
                    if (read[u][r].unknown) tell_unknown(out_.tables[t], r, wanted.uses[u].column);
                }
                out_.tables[t].rules[r].sides.push_back(number_of(d, std::move(side)));
            }
        }
    }
    void tell_unknown(const SpaceTable& table, std::size_t rule, std::size_t column) {
        out_.doubts.push_back(
            "rule " + std::to_string(rule + 1) + ", input \"" + std::string(table.table->inputs[column].label) +
            "\": this cell is not analysed: " + trimmed(table.table->rules[rule].inputs[column].text));
    }
    std::uint32_t number_of(std::size_t dimension, Side side) {
        std::vector<Side>& known = out_.sides[dimension];
        const auto found = std::find(known.begin(), known.end(), side);
        if (found != known.end()) return static_cast<std::uint32_t>(found - known.begin());
        known.push_back(std::move(side));
        return static_cast<std::uint32_t>(known.size() - 1);
    }

    void read_outputs(SpaceTable& table) {
        const Table& t = *table.table;
        for (std::size_t r = 0; r < t.rules.size(); ++r) {
            Given given;
            for (std::size_t o = 0; o < t.outputs.size(); ++o)
                read_output(t, o, *t.rules[r].outputs[o].node, trimmed(t.rules[r].outputs[o].text), given);
            const bool ordered = t.policy == HitPolicy::priority || t.policy == HitPolicy::output_order;
            if (ordered && !std::all_of(given.values.begin(), given.values.end(), [](const auto& v) { return v; })) {
                table.rules[r].opaque = true;
                out_.doubts.push_back("rule " + std::to_string(r + 1) +
                                      ": its output is no constant, so its place in the order is not known");
            }
            table.rules[r].given = class_of(std::move(given));
        }
        const bool any = std::any_of(t.outputs.begin(), t.outputs.end(), [](const auto& o) { return o.otherwise; });
        if (!any) return;
        static constexpr Node kNull{Op::constant};
        Given given;
        for (std::size_t o = 0; o < t.outputs.size(); ++o)
            read_output(t, o, t.outputs[o].otherwise != nullptr ? *t.outputs[o].otherwise : kNull, "default", given);
        table.otherwise = class_of(std::move(given));
    }
    void read_output(const Table& table, std::size_t o, const Node& node, std::string text, Given& given) {
        const OutputClause& clause = table.outputs[o];
        auto value = constants_.of(node);
        if (value && !value->is_null()) {
            const Value converted = constants_.evaluator().convert(*value, *clause.type, &node);
            given.broken = given.broken || converted.is_null();
            if (!converted.is_null()) value = converted;
        }
        std::size_t rank = clause.priorities.size();
        for (std::size_t i = 0; value && i < clause.priorities.size() && rank == clause.priorities.size(); ++i)
            if (equal(clause.priorities[i], *value) == Truth::yes) rank = i;
        given.ranks.push_back(rank);
        given.texts.push_back(value ? literal_of(*value) : text);
        given.values.push_back(std::move(value));
    }
    std::uint32_t class_of(Given given) {
        const auto same = [&](const Given& other) {
            if (other.values.size() != given.values.size() || other.broken != given.broken) return false;
            for (std::size_t i = 0; i < given.values.size(); ++i) {
                if (other.values[i].has_value() != given.values[i].has_value()) return false;
                if (given.values[i] ? equal(*other.values[i], *given.values[i]) != Truth::yes
                                    : other.texts[i] != given.texts[i])
                    return false;
            }
            return true;
        };
        const auto found = std::find_if(out_.classes.begin(), out_.classes.end(), same);
        if (found != out_.classes.end()) return static_cast<std::uint32_t>(found - out_.classes.begin());
        out_.classes.push_back(std::move(given));
        return static_cast<std::uint32_t>(out_.classes.size() - 1);
    }

    Constants& constants_;
    const Produced& produced_;
    const Resolve& resolve_;
    std::vector<Wanted> wanted_;
    Space out_;
};
}  // namespace

Box Space::whole() const {
    Box out;
    for (const Dimension& dimension : dimensions) out.push_back(dimension.whole());
    return out;
}
Box Space::may(const SpaceRule& rule) const {
    Box out;
    for (std::size_t d = 0; d < dimensions.size(); ++d) out.push_back(sides[d][rule.sides[d]].may);
    return out;
}
Box Space::yes(const SpaceRule& rule) const {
    Box out;
    for (std::size_t d = 0; d < dimensions.size(); ++d) {
        out.push_back(sides[d][rule.sides[d]].yes);
        if (rule.opaque) out.back() = Bits(dimensions[d].atoms.size());
    }
    return out;
}

Space make_space(const std::vector<const Table*>& tables, Constants& constants, const Produced& produced,
                 const Resolve& resolve) {
    return Builder(tables, constants, produced, resolve).build();
}

}  // namespace kith::dmn::verify
