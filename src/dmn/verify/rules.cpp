// Rules one by one: those that never fire, those that never matter, and the values that they name.
#include <algorithm>

#include "dmn/value/text.hpp"
#include "dmn/verify/check.hpp"

namespace kith::dmn::verify {
namespace {
std::string listed(const std::vector<std::uint32_t>& rules) {
    std::string out;
    for (const std::uint32_t rule : rules) out += (out.empty() ? "" : ", ") + std::to_string(rule);
    return out;
}
bool masks(HitPolicy policy) { return policy == HitPolicy::first || policy == HitPolicy::priority; }
}  // namespace

Checker::Answer Checker::fires(std::size_t rule) {
    const SpaceRule& own = table().rules[rule];
    const Box box = space_.may(own);
    if (is_empty(box)) return Answer::no;
    if (!masks(source_.policy)) return Answer::yes;
    std::vector<Player> before;
    for (std::uint32_t r = 0; r < table().rules.size(); ++r) {
        const SpaceRule& other = table().rules[r];
        bool first = r < rule;
        if (source_.policy == HitPolicy::priority) {
            const auto &x = space_.classes[other.given].ranks, &y = space_.classes[own.given].ranks;
            first = x < y || (x == y && r < rule);
        }
        if (first) before.push_back({&other, r, 1});
    }
    Budget budget{options_.work};
    Explorer explorer(space_, {machine(Light::coverage)}, before, budget);
    bool open = false;
    explorer.explore(box, [&](const Leaf& leaf, const Box&) {
        open = open || leaf.front().kind != VerdictKind::covered;
        return open;
    });
    if (open) return Answer::yes;
    return explorer.complete() ? Answer::no : Answer::open;
}

Checker::Answer Checker::matter(const std::vector<std::size_t>& rules) {
    std::vector<Player> all = players();
    for (Player& one : all) one.machines = 3;
    for (const std::size_t r : rules) all[r].machines = 1;
    Answer out = Answer::no;
    Budget budget{options_.work};
    for (const std::size_t r : rules) {
        const Box box = space_.may(table().rules[r]);
        if (is_empty(box)) continue;
        Explorer explorer(space_, {machine(Light::result), machine(Light::result)}, all, budget);
        bool differs = false, doubtful = false;
        explorer.explore(box, [&](const Leaf& leaf, const Box&) {
            const bool unknown = leaf[0].kind == VerdictKind::unknown || leaf[1].kind == VerdictKind::unknown;
            doubtful = doubtful || unknown;
            differs = differs || (!unknown && !leaf[0].same_result(leaf[1]));
            return differs;
        });
        if (differs) return Answer::yes;
        if (doubtful || !explorer.complete()) out = Answer::open;
    }
    return out;
}

void Checker::report_rules() {
    std::vector<std::size_t> idle;
    bool all_fire_known = true, all_matter_known = true;
    for (std::size_t r = 0; r < table().rules.size(); ++r) {
        const Answer fired = fires(r);
        if (fired == Answer::open) all_fire_known = false;
        if (fired == Answer::no) {
            const Box box = space_.may(table().rules[r]);
            const bool empty = is_empty(box);
            Finding made = finding(FindingKind::never_fires, Severity::error, {}, {r});
            made.message = "rule " + std::to_string(r + 1) +
                           (empty ? " never matches: no admissible value passes all of its cells"
                                  : " never decides: other rules go before it wherever it matches");
            Box near = space_.whole();
            for (std::size_t d = 0; d < near.size(); ++d)
                if (!box[d].none()) near[d] = box[d];
            if (!empty) made.region = {row_of(space_, box)};
            made.example = replay_.example(first_point(near));
            report_.findings.push_back(std::move(made));
            continue;
        }
        const Answer matters = matter({r});
        if (matters == Answer::open) all_matter_known = false;
        if (matters == Answer::no) idle.push_back(r);
    }
    report_idle(idle);
    const std::string why = space_.doubts.empty() ? "the budget of work ended first" : cell_doubts();
    conclude("rules that never fire", all_fire_known && space_.doubts.empty(), why);
    conclude("rules that never matter", all_matter_known && space_.doubts.empty(), why);
}

// Rules that give the same and meet are reported together: each may go, but perhaps not all.
void Checker::report_idle(const std::vector<std::size_t>& idle) {
    std::vector<std::size_t> group(idle.size());
    for (std::size_t i = 0; i < idle.size(); ++i) group[i] = i;
    const auto join = [&](std::size_t from, std::size_t to) {
        for (std::size_t& one : group)
            if (one == from) one = to;
    };
    for (std::size_t i = 0; i < idle.size(); ++i)
        for (std::size_t j = i + 1; j < idle.size(); ++j)
            if (!differ(idle[i], idle[j]) &&
                !is_empty(meet(space_.may(table().rules[idle[i]]), space_.may(table().rules[idle[j]]))))
                join(group[j], group[i]);
    for (std::size_t g = 0; g < idle.size(); ++g) {
        std::vector<std::size_t> members, removable;
        for (std::size_t i = 0; i < idle.size(); ++i)
            if (group[i] == g) members.push_back(idle[i]);
        if (members.empty()) continue;
        for (const std::size_t r : members) {
            removable.push_back(r);
            if (matter(removable) != Answer::no) removable.pop_back();
        }
        Finding made = finding(FindingKind::never_matters, Severity::warning, {}, members);
        std::vector<std::uint32_t> together;
        for (const std::size_t r : removable) together.push_back(static_cast<std::uint32_t>(r + 1));
        made.message = members.size() == 1
                           ? "rule " + listed(made.rules) + " never matters: without it every result is the same"
                           : "rules " + listed(made.rules) + " say what others say; " +
                                 (together.size() == members.size() ? "all of them" : listed(together)) +
                                 " can go without a change";
        const Box box = space_.may(table().rules[members.front()]);
        made.region = {row_of(space_, box)};
        made.example = replay_.example(first_point(box));
        report_.findings.push_back(std::move(made));
    }
}

void Checker::report_values() {
    for (std::size_t r = 0; r < source_.rules.size(); ++r)
        for (std::size_t c = 0; c < source_.inputs.size(); ++c) report_cell(r, c);
    conclude("values outside the allowed", space_.doubts.empty(), cell_doubts());
}

void Checker::report_cell(std::size_t rule, std::size_t column) {
    const auto& at = table().columns[column];
    if (!at) return;
    const Dimension& dimension = space_.dimensions[*at];
    const Line& line = dimension.line;
    const Cell& cell = source_.rules[rule].inputs[column];
    std::vector<Value> named;
    gather_named(*cell.node, *constants_, named);
    for (const Value& value : named) {
        bool admitted = line.form == Form::subsets || value.kind() != line.kind;
        for (const Atom& atom : dimension.atoms) {
            if (admitted) break;
            if (atom.not_known) continue;
            if (line.form == Form::listed)
                admitted = atom.first < line.values.size() && equal(line.values[atom.first], value) == Truth::yes;
            for (std::size_t i = atom.first; line.form == Form::ordered && i <= atom.last; ++i)
                admitted = admitted || (line.stretches[i].point && dimension.real.has(i) &&
                                        equal(*line.stretches[i].low, value) == Truth::yes);
        }
        if (admitted) continue;
        Finding made = finding(FindingKind::outside_allowed, Severity::error,
                               "rule " + std::to_string(rule + 1) + ", input \"" + dimension.label +
                                   "\": " + literal_of(value) + " is not an allowed value",
                               {rule});
        made.position = cell.position;
        report_.findings.push_back(std::move(made));
    }
}

void Checker::report_outputs() {
    for (std::size_t o = 0; o < source_.outputs.size(); ++o) {
        const OutputClause& clause = source_.outputs[o];
        std::vector<bool> given(clause.priorities.size());
        bool all_constant = true;
        for (std::size_t r = 0; r < source_.rules.size(); ++r) {
            const Given& outputs = space_.classes[table().rules[r].given];
            if (!outputs.values[o]) all_constant = false;
            if (!outputs.values[o] || outputs.values[o]->is_null()) continue;
            const Value& value = *outputs.values[o];
            if (outputs.ranks[o] < given.size()) given[outputs.ranks[o]] = true;
            Evaluator& e = constants_->evaluator();
            const bool allowed = (clause.allowed == nullptr || e.test(*clause.allowed, value, nullptr).is_true()) &&
                                 !e.convert(value, *clause.type, nullptr).is_null();
            if (allowed) continue;
            Finding made = finding(FindingKind::outside_allowed, Severity::error,
                                   "rule " + std::to_string(r + 1) + ", output \"" + std::string(clause.name) +
                                       "\": " + literal_of(value) + " is not an allowed value",
                                   {r});
            made.position = source_.rules[r].outputs[o].position;
            report_.findings.push_back(std::move(made));
        }
        if (!all_constant) continue;
        if (table().otherwise && space_.classes[*table().otherwise].ranks[o] < given.size())
            given[space_.classes[*table().otherwise].ranks[o]] = true;
        for (std::size_t i = 0; i < given.size(); ++i)
            if (!given[i] && !clause.priorities[i].is_null())
                report_.findings.push_back(finding(
                    FindingKind::value_never_given, Severity::information,
                    "output \"" + std::string(clause.name) + "\": no rule gives " + literal_of(clause.priorities[i]),
                    {}));
    }
}

}  // namespace kith::dmn::verify
