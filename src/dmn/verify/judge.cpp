// What a machine gives where each rule that is left is decided: the hit policies as decide.hpp runs them, on classes of
// outputs instead of values. A verdict is given as soon as no rule that still waits could change it.
#include <algorithm>

#include "dmn/verify/explore.hpp"

namespace kith::dmn::verify {
namespace {
constexpr std::uint8_t kUnknownCell = 2;
constexpr std::uint32_t kAlone = ~0U;  // no class has this number

struct Standing {
    std::vector<std::uint32_t> sure, undecided, unknown;  ///< players, in order
    bool waiting = false;
};

struct Rules {
    const Space& space;
    const Machine& machine;
    const std::vector<Player>& players;

    std::uint32_t given(std::uint32_t player) const { return players[player].rule->given; }
    const Given& outputs(std::uint32_t player) const { return space.classes[given(player)]; }

    Verdict one(std::uint32_t player) const {
        const VerdictKind kind = outputs(player).broken ? VerdictKind::undetermined : VerdictKind::result;
        return {kind, {given(player)}, {players[player].number}};
    }
    Verdict none() const {
        if (machine.otherwise) {
            const Given& outputs_of = space.classes[*machine.otherwise];
            Verdict out{outputs_of.broken ? VerdictKind::undetermined : VerdictKind::result, {*machine.otherwise}, {}};
            if (is_list()) out.given.push_back(kAlone);  // a default is no list of one
            const bool counts = machine.aggregation == Aggregation::sum || machine.aggregation == Aggregation::count;
            const auto& value = outputs_of.values.front();
            if (counts && value && value->is(Kind::number)) out.given = number(value->number());
            return out;
        }
        return {VerdictKind::no_rule, {}, {}};
    }
    bool is_list() const {
        return machine.aggregation == Aggregation::none &&
               (machine.policy == HitPolicy::rule_order || machine.policy == HitPolicy::output_order ||
                machine.policy == HitPolicy::collect);
    }
    // Equal numbers have one text.
    static std::vector<std::uint32_t> number(Decimal n) {
        const std::string text = n.text();
        std::vector<std::uint32_t> out(text.begin(), text.end());
        out.push_back(kAlone);
        return out;
    }
    Verdict result(const std::vector<std::uint32_t>& match) const {
        if (match.empty()) return none();
        switch (machine.policy) {
            case HitPolicy::first:
                return one(match.front());
            case HitPolicy::unique:
                return match.size() > 1 ? clash(match) : one(match.front());
            case HitPolicy::any:
                for (const std::uint32_t player : match)
                    if (given(player) != given(match.front())) return clash(match);
                return one(match.front());
            case HitPolicy::priority:
                return one(*std::min_element(match.begin(), match.end(), [&](std::uint32_t x, std::uint32_t y) {
                    return outputs(x).ranks < outputs(y).ranks;
                }));
            case HitPolicy::rule_order:
            case HitPolicy::output_order:
            case HitPolicy::collect:
                return all(match);
        }
        return {};
    }
    Verdict clash(const std::vector<std::uint32_t>& match) const {
        Verdict out{VerdictKind::conflict, {}, {}};
        for (const std::uint32_t player : match) out.rules.push_back(players[player].number);
        return out;
    }
    Verdict all(std::vector<std::uint32_t> match) const {
        Verdict out{VerdictKind::result, {}, {}};
        if (machine.policy == HitPolicy::output_order)
            std::stable_sort(match.begin(), match.end(),
                             [&](std::uint32_t x, std::uint32_t y) { return outputs(x).ranks < outputs(y).ranks; });
        for (const std::uint32_t player : match) {
            if (outputs(player).broken) out.kind = VerdictKind::undetermined;
            out.given.push_back(given(player));
            out.rules.push_back(players[player].number);
        }
        if (machine.aggregation != Aggregation::none) aggregate(out);
        if (machine.policy == HitPolicy::collect) std::sort(out.given.begin(), out.given.end());
        return out;
    }
    // A sum or an extreme is told apart by its value where all are constants, else by what it is made of.
    void aggregate(Verdict& out) const {
        if (machine.aggregation == Aggregation::count) {
            out.given = number(Decimal::of(static_cast<std::int64_t>(out.rules.size())));
            return;
        }
        std::vector<Value> values;
        for (const std::uint32_t one : out.given) {
            const Given& outputs_of = space.classes[one];
            if (!outputs_of.values.front()) return;
            values.push_back(*outputs_of.values.front());
        }
        Value total = values.front();
        std::uint32_t best = out.given.front();
        for (std::size_t i = 1; i < values.size(); ++i) {
            if (machine.aggregation == Aggregation::sum) {
                if (!total.is(Kind::number) || !values[i].is(Kind::number)) return;
                const auto next = add(total.number(), values[i].number());
                if (!next) return;
                total = Value::of(*next);
                continue;
            }
            const Order found = order(values[i], total);
            if (found == (machine.aggregation == Aggregation::minimum ? Order::less : Order::greater)) {
                total = values[i];
                best = out.given[i];
            }
        }
        if (machine.aggregation != Aggregation::sum) {
            out.given = {best};
            return;
        }
        if (!total.is(Kind::number)) return;
        out.given = number(total.number());
    }
    Verdict with_doubt(const Standing& at) const {
        const Verdict base = result(at.sure);
        if (base.kind == VerdictKind::conflict) return base;
        const auto changes = [&](const std::vector<std::uint32_t>& doubtful) {
            for (const std::uint32_t player : doubtful) {
                std::vector<std::uint32_t> with = at.sure;
                with.insert(std::upper_bound(with.begin(), with.end(), player), player);
                if (!result(with).same_result(base)) return true;
            }
            std::vector<std::uint32_t> all(at.sure.size() + doubtful.size());
            std::merge(at.sure.begin(), at.sure.end(), doubtful.begin(), doubtful.end(), all.begin());
            return doubtful.size() > 1 && !result(all).same_result(base);
        };
        Verdict out = base;
        std::vector<std::uint32_t> both(at.unknown.size() + at.undecided.size());
        std::merge(at.unknown.begin(), at.unknown.end(), at.undecided.begin(), at.undecided.end(), both.begin());
        if (changes(at.unknown))
            out = {VerdictKind::unknown, {}, {}};
        else if (changes(at.undecided))
            out = {VerdictKind::undetermined, {}, {}};
        else if (!at.unknown.empty() && changes(both))
            out = {VerdictKind::unknown, {}, {}};
        else
            return out;
        for (const std::uint32_t player : out.kind == VerdictKind::unknown ? at.unknown : at.undecided)
            out.rules.push_back(players[player].number);
        return out;
    }
};

Verdict coverage(const Standing& at) {
    if (!at.sure.empty()) return {VerdictKind::covered, {}, {}};
    if (!at.unknown.empty()) return {VerdictKind::unknown, {}, {}};
    if (!at.undecided.empty()) return {VerdictKind::undetermined, {}, {}};
    return {VerdictKind::no_rule, {}, {}};
}
}  // namespace

std::optional<Verdict> Explorer::judge(std::size_t number, const std::vector<Alive>& alive) const {
    const Machine& machine = machines_[number];
    Standing at;
    bool early = false;
    for (const Alive& one : alive) {
        if (((one.machines >> number) & 1U) == 0) continue;
        if (one.open > 0) {
            at.waiting = true;
            continue;
        }
        auto& kin = one.status == 0 ? at.sure : (one.status & kUnknownCell) != 0 ? at.unknown : at.undecided;
        kin.push_back(one.player);
        early = early || (one.status == 0 && !at.waiting && machine.policy == HitPolicy::first);
    }
    if (machine.light == Light::coverage) {
        if (at.waiting && at.sure.empty()) return {};
        return coverage(at);
    }
    const Rules rules{space_, machine, players_};
    if (!at.waiting || early) return rules.with_doubt(at);
    if (machine.policy == HitPolicy::unique && at.sure.size() > 1) return rules.clash(at.sure);
    if (machine.policy == HitPolicy::any && at.sure.size() > 1) {
        const Verdict found = rules.result(at.sure);
        if (found.kind == VerdictKind::conflict) return found;
    }
    return {};
}

std::optional<Leaf> Explorer::leaf(const std::vector<Alive>& alive) const {
    const std::uint32_t everyone = (1U << machines_.size()) - 1;
    if (machines_.size() == 2 && machines_.front() == machines_.back() &&
        std::all_of(alive.begin(), alive.end(), [&](const Alive& one) { return one.machines == everyone; }))
        return Leaf(machines_.size(), Verdict{VerdictKind::same, {}, {}});
    Leaf out;
    for (std::size_t m = 0; m < machines_.size(); ++m) {
        auto verdict = judge(m, alive);
        if (!verdict) return {};
        out.push_back(std::move(*verdict));
    }
    return out;
}

}  // namespace kith::dmn::verify
