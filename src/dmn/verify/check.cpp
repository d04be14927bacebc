#include "dmn/verify/check.hpp"

#include <algorithm>

namespace kith::dmn::verify {
namespace {
std::string numbered(const std::vector<std::uint32_t>& rules) {
    std::string out = rules.size() == 1 ? "rule " : "rules ";
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (i > 0) out += i + 1 == rules.size() ? " and " : ", ";
        out += std::to_string(rules[i]);
    }
    return out;
}

bool one_answer(HitPolicy policy) {
    return policy == HitPolicy::unique || policy == HitPolicy::any || policy == HitPolicy::first ||
           policy == HitPolicy::priority;
}
constexpr const char* kBudget = "the budget of work ended first";
constexpr const char* kTooWide = "it has more inputs than are analysed";
}  // namespace

Checker::Checker(const Model& model, const Table& table, const Options& options, const Produced& produced)
    : model_(model),
      source_(table),
      options_(options),
      constants_(std::make_unique<Constants>(model.zones())),
      space_(make_space({&table}, *constants_, produced)),
      replay_(model, table, space_) {}

Machine Checker::machine(Light light) const { return {light, source_.policy, source_.aggregation, table().otherwise}; }

std::vector<Player> Checker::players() const {
    std::vector<Player> out;
    for (std::uint32_t r = 0; r < table().rules.size(); ++r) out.push_back({&table().rules[r], r, 1});
    return out;
}

std::string Checker::cell_doubts() const {
    return space_.doubts.empty() ? std::string() : "not everything in it is analysed";
}

void Checker::conclude(std::string name, bool proved, std::string why_not) {
    report_.analyses.push_back({std::move(name), proved, proved ? std::string() : std::move(why_not), 0});
}

Finding Checker::finding(FindingKind kind, Severity severity, std::string message,
                         const std::vector<std::size_t>& rules) const {
    Finding out;
    out.kind = kind;
    out.severity = severity;
    out.message = std::move(message);
    for (const std::size_t r : rules) {
        const Rule& rule = source_.rules[r];
        out.rules.push_back(static_cast<std::uint32_t>(r + 1));
        if (!rule.description.empty()) out.annotations.emplace_back(rule.description);
        for (const std::string_view one : rule.annotations)
            if (!one.empty()) out.annotations.emplace_back(one);
        if (out.position.line == 0 && !rule.inputs.empty()) out.position = rule.inputs.front().position;
    }
    return out;
}

void Checker::keep(Finding made, std::size_t& count) {
    if (++count <= options_.findings) report_.findings.push_back(std::move(made));
}

Checker::Region Checker::uncovered() {
    Region out;
    Budget budget{options_.work};
    Explorer explorer(space_, {machine(Light::coverage)}, players(), budget);
    explorer.explore(space_.whole());
    const auto is = [](VerdictKind kind) { return [kind](const Leaf& leaf) { return leaf.front().kind == kind; }; };
    const bool all = explorer.collect(is(VerdictKind::no_rule), options_.boxes, out.boxes);
    merge(out.boxes);
    std::vector<Box> open;
    if (!explorer.complete())
        out.why_not = kBudget;
    else if (!all)
        out.why_not = "there are more gaps than are listed";
    else if (!explorer.collect(is(VerdictKind::unknown), 0, open))
        out.why_not = "cells that are not analysed could close or open a gap";
    for (const Dimension& dimension : space_.dimensions)
        if (!dimension.doubts.empty()) out.why_not = "input \"" + dimension.label + "\": " + dimension.doubts.front();
    out.proved = out.why_not.empty();
    return out;
}

void Checker::report_gaps() {
    Region region = uncovered();
    const bool wanting = one_answer(source_.policy);
    std::size_t count = 0;
    for (const Box& box : region.boxes) {
        Finding made = finding(FindingKind::gap, wanting ? Severity::error : Severity::information,
                               wanting ? "no rule matches, and there is no default" : "no rule matches", {});
        made.region = {row_of(space_, box)};
        made.example = replay_.example(first_point(box));
        if (table().otherwise.has_value()) continue;
        keep(std::move(made), count);
    }
    conclude("gaps", region.proved, region.why_not);
    if (count > options_.findings) report_.analyses.back().unlisted = count - options_.findings;
}

void Checker::report_overlaps() {
    const auto& rules = table().rules;
    std::vector<Box> yes;
    for (const SpaceRule& rule : rules) yes.push_back(space_.yes(rule));
    std::size_t found = 0;
    std::vector<Overlap> kept;
    for (std::size_t i = 0; i < rules.size(); ++i)
        for (std::size_t j = i + 1; j < rules.size(); ++j) {
            bool meets = true;
            for (std::size_t d = 0; d < yes[i].size() && meets; ++d) meets = yes[i][d].meets(yes[j][d]);
            if (!meets || rules[i].opaque || rules[j].opaque) continue;
            if (++found <= options_.findings) kept.push_back({i, j, meet(yes[i], yes[j])});
        }
    for (const Overlap& overlap : kept) report_overlap(overlap);
    conclude("overlaps", space_.doubts.empty(), cell_doubts());
    report_.analyses.back().unlisted = found - kept.size();
}

void Checker::report_overlap(const Overlap& overlap) {
    const bool differs = differ(overlap.first, overlap.second);
    Severity severity = Severity::information;
    std::string what = "match together; they do no harm to each other";
    if (source_.policy == HitPolicy::unique || (source_.policy == HitPolicy::any && differs)) {
        severity = Severity::error;
        what = differs ? "match together and do not agree" : "match together, where one rule may match";
    } else if (differs && source_.policy == HitPolicy::first) {
        severity = Severity::warning;
        what = "match together; their order decides";
    } else if (differs && source_.policy == HitPolicy::priority) {
        severity = Severity::warning;
        what = "match together; the order of the output values decides";
    }
    Finding made = finding(FindingKind::overlap, severity, {}, {overlap.first, overlap.second});
    made.message = numbered(made.rules) + " " + what;
    made.region = {row_of(space_, overlap.box)};
    made.example = replay_.example(first_point(overlap.box));
    report_.findings.push_back(std::move(made));
}

Checker::Region Checker::undetermined(std::size_t dimension) {
    Region out;
    Box start = space_.whole();
    Bits null(start[dimension].size());
    for (std::size_t a = 0; a < null.size(); ++a)
        if (space_.dimensions[dimension].atoms[a].not_known) null.set(a);
    if (null.none()) return out;
    start[dimension] = null;
    Budget budget{options_.work};
    Explorer explorer(space_, {machine(Light::result)}, players(), budget);
    explorer.explore(start);
    const bool all = explorer.collect([](const Leaf& leaf) { return leaf.front().kind == VerdictKind::undetermined; },
                                      options_.boxes, out.boxes);
    merge(out.boxes);
    if (!explorer.complete())
        out.why_not = kBudget;
    else if (!all)
        out.why_not = "there are more cases than are listed";
    else
        out.why_not = cell_doubts();
    out.proved = out.why_not.empty();
    return out;
}

std::optional<std::vector<std::optional<std::uint32_t>>> Checker::results() {
    Budget budget{options_.work};
    Explorer explorer(space_, {machine(Light::result)}, players(), budget);
    explorer.explore(space_.whole());
    if (!explorer.complete()) return {};
    std::vector<std::optional<std::uint32_t>> out;
    const auto keep = [&](std::optional<std::uint32_t> one) {
        if (std::find(out.begin(), out.end(), one) == out.end()) out.push_back(one);
    };
    for (const Leaf& leaf : explorer.leaves()) {
        const Verdict& verdict = leaf.front();
        if (verdict.kind == VerdictKind::unknown) return {};
        if (verdict.kind == VerdictKind::no_rule) keep({});
        if (verdict.kind == VerdictKind::result) keep(verdict.given.front());
    }
    return out;
}

void Checker::report_undetermined() {
    bool proved = true;
    std::string why_not;
    for (std::size_t d = 0; d < space_.dimensions.size(); ++d) {
        const Region region = undetermined(d);
        if (!region.proved) {
            proved = false;
            why_not = region.why_not;
        }
        if (region.boxes.empty()) continue;
        Finding made =
            finding(FindingKind::undetermined, Severity::information,
                    "where \"" + space_.dimensions[d].label + "\" is not known, the result is undetermined", {});
        for (const Box& box : region.boxes)
            if (made.region.size() < options_.findings) made.region.push_back(row_of(space_, box));
        made.example = replay_.example(first_point(region.boxes.front()));
        report_.findings.push_back(std::move(made));
    }
    conclude("what is not known", proved, why_not);
}

void Checker::report_unused() {
    for (std::size_t d = 0; d < space_.dimensions.size(); ++d) {
        bool used = false;
        for (const SpaceRule& rule : table().rules) {
            const Side& side = space_.sides[d][rule.sides[d]];
            used = used || side.unknown || side.yes != space_.dimensions[d].whole();
        }
        if (used || table().rules.empty()) continue;
        report_.findings.push_back(
            finding(FindingKind::unused_input, Severity::warning,
                    "input \"" + space_.dimensions[d].label + "\" decides nothing: every cell takes every value", {}));
    }
    conclude("unused inputs", true, {});
}

TableReport Checker::report() {
    report_ = {};
    const Element* decision = decision_of(model_, source_);
    report_.decision = decision != nullptr ? decision->name : std::string(source_.name);
    report_.not_analysed = space_.doubts;
    if (space_.dimensions.size() > kMostInputs) {
        conclude("everything", false, kTooWide);
        return report_;
    }
    report_values();
    report_outputs();
    if (is_empty(space_.whole())) {
        conclude("everything", false, "an input has no admissible value");
        return report_;
    }
    report_gaps();
    report_overlaps();
    report_rules();
    report_unused();
    report_undetermined();
    return report_;
}

TableReport check(const Model& model, const Table& table, const Options& options, const Produced& produced) {
    try {
        return Checker(model, table, options, produced).report();
    } catch (const LimitReached& reached) {
        TableReport out;
        out.decision = std::string(table.name);
        out.analyses.push_back({"everything", false, std::string("a limit was reached: ") + reached.limit, 0});
        return out;
    }
}

}  // namespace kith::dmn::verify
