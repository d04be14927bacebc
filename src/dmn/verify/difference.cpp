#include "dmn/verify/difference.hpp"

#include <algorithm>
#include <map>

namespace kith::dmn::verify {
namespace {
using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

// Rules that both versions have, in one order.
Pairs common(const Space& space) {
    const auto &x = space.tables[0].rules, &y = space.tables[1].rules;
    const auto same = [&](std::size_t i, std::size_t j) {
        return x[i].sides == y[j].sides && x[i].given == y[j].given && !x[i].opaque && !y[j].opaque;
    };
    std::vector<std::vector<std::uint32_t>> longest(x.size() + 1, std::vector<std::uint32_t>(y.size() + 1, 0));
    for (std::size_t i = x.size(); i-- > 0;)
        for (std::size_t j = y.size(); j-- > 0;)
            longest[i][j] = same(i, j) ? longest[i + 1][j + 1] + 1 : std::max(longest[i + 1][j], longest[i][j + 1]);
    Pairs out;
    for (std::size_t i = 0, j = 0; i < x.size() && j < y.size();) {
        if (same(i, j))
            out.emplace_back(i++, j++);
        else if (longest[i + 1][j] >= longest[i][j + 1])
            ++i;
        else
            ++j;
    }
    return out;
}

/// Rules of both versions in one order, those in common once. A player's number is its place here.
struct Joined {
    std::vector<Player> players;
    std::vector<std::uint32_t> numbers[2];  ///< of its rule in either version, counted from 1
};

Joined join(const Space& space) {
    const auto &x = space.tables[0].rules, &y = space.tables[1].rules;
    Joined out;
    const auto take = [&](const SpaceRule& rule, std::size_t i, std::size_t j, std::uint32_t machines) {
        out.players.push_back({&rule, static_cast<std::uint32_t>(out.players.size()), machines});
        out.numbers[0].push_back(static_cast<std::uint32_t>(i + 1));
        out.numbers[1].push_back(static_cast<std::uint32_t>(j + 1));
    };
    std::size_t i = 0, j = 0;
    const auto up_to = [&](std::size_t first, std::size_t second) {
        for (; i < first; ++i) take(x[i], i, 0, 1);
        for (; j < second; ++j) take(y[j], 0, j, 2);
    };
    for (const auto& [first, second] : common(space)) {
        up_to(first, second);
        take(x[i], i, j, 3);
        ++i;
        ++j;
    }
    up_to(x.size(), y.size());
    return out;
}

std::string shown_result(const Space& space, const Machine& machine, const Verdict& verdict) {
    switch (verdict.kind) {
        case VerdictKind::no_rule:
            return "no rule";
        case VerdictKind::conflict:
        case VerdictKind::undetermined:
            return "undetermined";
        case VerdictKind::result:
            break;
        case VerdictKind::unknown:
        case VerdictKind::covered:
        case VerdictKind::same:
        case VerdictKind::unexplored:
        case VerdictKind::impossible:
            return "not analysed";
    }
    std::string out;
    const bool counted = machine.aggregation == Aggregation::sum || machine.aggregation == Aggregation::count;
    if (counted && !verdict.given.empty() && verdict.given.back() == ~0U) {
        for (const std::uint32_t letter : verdict.given)
            if (letter != ~0U) out += static_cast<char>(letter);
        return out;
    }
    for (const std::uint32_t number : verdict.given) {
        if (number == ~0U) continue;
        if (!out.empty()) out += ", ";
        const Given& given = space.classes[number];
        for (std::size_t o = 0; o < given.texts.size(); ++o) out += (o > 0 ? " / " : "") + given.texts[o];
    }
    return out;
}

void note_facts(const Space& space, std::vector<std::string>& notes) {
    for (std::size_t d = 0; d < space.dimensions.size(); ++d) {
        bool asked[2] = {false, false};
        for (std::size_t t = 0; t < 2; ++t)
            for (const auto& column : space.tables[t].columns) asked[t] = asked[t] || column == d;
        if (asked[0] != asked[1])
            notes.push_back("only the " + std::string(asked[0] ? "old" : "new") + " version asks for \"" +
                            space.dimensions[d].label + "\"");
    }
}

void note_outputs(const Table& before, const Table& after, std::vector<std::string>& notes) {
    const auto has = [](const Table& table, std::string_view name) {
        return std::any_of(table.outputs.begin(), table.outputs.end(), [&](const auto& o) { return o.name == name; });
    };
    for (const OutputClause& output : before.outputs)
        if (!has(after, output.name))
            notes.push_back("only the old version gives \"" + std::string(output.name) + "\"");
    for (const OutputClause& output : after.outputs)
        if (!has(before, output.name))
            notes.push_back("only the new version gives \"" + std::string(output.name) + "\"");
}

Machine machine_of(const SpaceTable& table) {
    return {Light::result, table.table->policy, table.table->aggregation, table.otherwise};
}

class Comparing {
  public:
    Comparing(const Model& before, const Table& old_table, const Model& after, const Table& new_table,
              const Options& options)
        : constants_(before.zones()),
          space_(make_space({&old_table, &new_table}, constants_)),
          old_replay_(before, old_table, space_),
          new_replay_(after, new_table, space_),
          machines_{machine_of(space_.tables[0]), machine_of(space_.tables[1])},
          options_(options) {}

    Difference compare() {
        Difference out;
        note_facts(space_, out.notes);
        note_outputs(*space_.tables[0].table, *space_.tables[1].table, out.notes);
        for (const Dimension& dimension : space_.dimensions)
            if (dimension.allowed_differs)
                out.notes.push_back("the versions allow different values of \"" + dimension.label +
                                    "\"; the rows are about those that both allow");
        if (is_empty(space_.whole()) || space_.dimensions.size() > kMostInputs) {
            out.proved = false;
            out.why_not = "the versions share no values that could be compared";
            return out;
        }
        explore(out);
        return out;
    }

  private:
    static bool differs(const Leaf& leaf) {
        return leaf[0].kind != VerdictKind::same && leaf[0].kind != VerdictKind::unexplored &&
               leaf[0].kind != VerdictKind::unknown && leaf[1].kind != VerdictKind::unknown &&
               !leaf[0].same_result(leaf[1]);
    }
    using Texts = std::pair<std::string, std::string>;
    Texts texts(const Leaf& leaf) const {
        return {shown_result(space_, machines_[0], leaf[0]), shown_result(space_, machines_[1], leaf[1])};
    }
    void explore(Difference& out) {
        Budget budget{options_.work};
        const Joined joined = join(space_);
        Explorer explorer(space_, machines_, joined.players, budget);
        explorer.explore(space_.whole());
        std::map<Texts, Change> changes;
        bool unknown = false;
        for (const Leaf& leaf : explorer.leaves()) {
            unknown = unknown || leaf[0].kind == VerdictKind::unknown || leaf[1].kind == VerdictKind::unknown;
            if (!differs(leaf)) continue;
            Change& change = changes[texts(leaf)];
            add_rules(leaf[0], joined.numbers[0], change.rules_before);
            add_rules(leaf[1], joined.numbers[1], change.rules_after);
        }
        bool all = true;
        for (auto& [words, change] : changes) {
            std::vector<Box> boxes;
            all = explorer.collect([&](const Leaf& leaf) { return differs(leaf) && texts(leaf) == words; },
                                   options_.boxes, boxes) &&
                  all;
            merge(boxes);
            change.before = words.first;
            change.after = words.second;
            for (const Box& box : boxes) change.rows.push_back(row_of(space_, box));
            change.old_example = old_replay_.example(first_point(boxes.front()));
            change.new_example = new_replay_.example(first_point(boxes.front()));
            out.changes.push_back(std::move(change));
        }
        if (!explorer.complete())
            out.why_not = "the budget of work ended first";
        else if (!all)
            out.why_not = "there are more rows than are listed";
        else if (unknown)
            out.why_not = "cells that are not analysed could make a difference";
        for (const Dimension& dimension : space_.dimensions)
            if (!dimension.doubts.empty())
                out.why_not = "input \"" + dimension.label + "\": " + dimension.doubts.front();
        out.proved = out.why_not.empty();
    }
    static void add_rules(const Verdict& verdict, const std::vector<std::uint32_t>& numbers,
                          std::vector<std::uint32_t>& out) {
        for (const std::uint32_t rule : verdict.rules)
            if (std::find(out.begin(), out.end(), numbers[rule]) == out.end()) out.push_back(numbers[rule]);
        std::sort(out.begin(), out.end());
    }

    Constants constants_;
    Space space_;
    Replay old_replay_, new_replay_;
    std::vector<Machine> machines_;
    Options options_;
};
}  // namespace

Difference difference(const Model& before, const Table& old_table, const Model& after, const Table& new_table,
                      const Options& options) {
    try {
        return Comparing(before, old_table, after, new_table, options).compare();
    } catch (const LimitReached& reached) {
        return {{}, {}, false, std::string("a limit was reached: ") + reached.limit};
    }
}

}  // namespace kith::dmn::verify
