#include "dmn/verify/explore.hpp"

#include <algorithm>
#include <map>

namespace kith::dmn::verify {
namespace {
constexpr std::uint8_t kUndecided = 1, kUnknown = 2;
constexpr std::size_t kMostStates = 1'500'000;  // some hundred bytes each
}  // namespace

// Two lanes of 64 bits: that two different states share a print is less likely than a failing machine.
void Explorer::Print::take(std::uint64_t v) {
    x = (x ^ v) * 0xFF51AFD7ED558CCD;
    x ^= x >> 32;
    y = (y + v) * 0xC4CEB9FE1A85EC53;
    y ^= y >> 29;
}

Explorer::Explorer(const Space& space, std::vector<Machine> machines, std::vector<Player> players, Budget& budget)
    : space_(space), machines_(std::move(machines)), players_(std::move(players)), budget_(budget) {}

void Explorer::explore(const Box& start, const Met& met) {
    start_ = start;
    at_ = start;
    met_ = met;
    root_ = visit(begin());
    met_ = {};
}

std::uint8_t Explorer::status_at(std::size_t d, const Player& player, std::size_t atom, bool& alive) const {
    const Side& side = space_.sides[d][player.rule->sides[d]];
    alive = side.may.has(atom);
    if (side.yes.has(atom)) return 0;
    return side.unknown ? kUnknown : kUndecided;
}

std::vector<Explorer::Alive> Explorer::begin() {
    asks_.resize(space_.dimensions.size());
    for (std::size_t d = 0; d < start_.size(); ++d)
        for (const Side& side : space_.sides[d]) {
            const Bits yes = side.yes & start_[d], may = side.may & start_[d];
            const bool uniform = (may.none() || may == start_[d]) && (yes.none() || yes == start_[d]);
            asks_[d].push_back(!uniform);
        }
    columns_.resize(players_.size());
    std::vector<Alive> out;
    for (std::uint32_t p = 0; p < players_.size(); ++p) {
        const Player& player = players_[p];
        Alive one{p, 0, player.machines, player.rule->opaque ? kUnknown : std::uint8_t{0}};
        bool alive = true;
        for (std::size_t d = 0; d < start_.size() && alive; ++d) {
            if (asks_[d][player.rule->sides[d]]) {
                columns_[p].set(d);
                ++one.open;
            } else {
                one.status |= status_at(d, player, start_[d].next(), alive);
            }
        }
        if (alive) out.push_back(one);
    }
    return out;
}

void Explorer::prune(std::vector<Alive>& alive) const {
    for (std::size_t m = 0; m < machines_.size(); ++m) prune_for(m, alive);
    std::erase_if(alive, [](const Alive& one) { return one.machines == 0; });
}

// Rules that cannot change what a machine gives, because a rule that surely matches goes before them.
void Explorer::prune_for(std::size_t machine, std::vector<Alive>& alive) const {
    const Machine& m = machines_[machine];
    const std::uint32_t bit = 1U << machine;
    const auto sure = [&](const Alive& one) { return one.open == 0 && one.status == 0 && (one.machines & bit) != 0; };
    const auto given = [&](const Alive& one) -> std::uint32_t { return players_[one.player].rule->given; };
    auto best = std::find_if(alive.begin(), alive.end(), sure);
    if (best == alive.end()) return;
    const auto drop = [&](Alive& one) { one.machines &= ~bit; };
    if (m.light == Light::coverage || m.policy == HitPolicy::first) {
        for (auto it = m.light == Light::coverage ? alive.begin() : best + 1; it != alive.end(); ++it)
            if (it != best) drop(*it);
    } else if (m.policy == HitPolicy::any) {
        for (Alive& one : alive)
            if (&one != &*best && given(one) == given(*best)) drop(one);
    } else if (m.policy == HitPolicy::priority) {
        const auto rank = [&](const Alive& one) -> const auto& { return space_.classes[given(one)].ranks; };
        for (auto it = alive.begin(); it != alive.end(); ++it)
            if (sure(*it) && rank(*it) < rank(*best)) best = it;
        for (auto it = alive.begin(); it != alive.end(); ++it)
            if (rank(*best) < rank(*it) || (it > best && rank(*best) == rank(*it))) drop(*it);
    }
}

bool Explorer::possible(const std::vector<Alive>& alive) const {
    for (const Tie& tie : ties_) {
        const auto verdict = judge(tie.machine, alive);
        if (!verdict) continue;
        if (verdict->kind == VerdictKind::no_rule && !at_[tie.dimension].meets(tie.none)) return false;
        if (verdict->kind == VerdictKind::result && !at_[tie.dimension].meets(tie.atoms[verdict->given.front()]))
            return false;
    }
    return true;
}

Explorer::Print Explorer::print(const std::vector<Alive>& alive) const {
    Print out;
    std::bitset<kMostInputs> asked;
    for (const Alive& one : alive) {
        out.take((std::uint64_t{one.player} << 40) | (std::uint64_t{one.machines} << 8) | one.status);
        asked |= columns_[one.player];
    }
    asked &= asked_;
    for (const Tie& tie : ties_)
        for (const std::uint64_t word : at_[tie.dimension].words()) out.take(word);
    for (std::size_t d = asked._Find_first(); d < kMostInputs; d = asked._Find_next(d)) out.take(d);
    return out;
}

std::uint32_t Explorer::visit(std::vector<Alive> alive) {
    if (stopped_) return add_leaf({});
    if (known_.size() >= kMostStates || !budget_.spend(alive.size() + 1)) {
        complete_ = false;
        return add_leaf({});
    }
    prune(alive);
    if (!possible(alive)) return add_leaf(Leaf(machines_.size(), Verdict{VerdictKind::impossible, {}, {}}));
    if (auto decided = leaf(alive)) {
        if (met_ && met_(*decided, at_)) stopped_ = true;
        return add_leaf(std::move(*decided));
    }
    const Print key = print(alive);
    const auto known = known_.find(key);
    if (known != known_.end()) return known->second;
    const std::uint32_t made = branch(alive);
    known_.emplace(key, made);
    return made;
}

// The column that most rules wait for, those with few left counting more.
std::size_t Explorer::pivot(const std::vector<Alive>& alive) const {
    std::vector<double> score(start_.size(), 0);
    for (const Alive& one : alive) {
        if (one.open == 0) continue;
        const double weight = 1.0 / static_cast<double>(1ULL << std::min<std::uint16_t>(one.open, 30));
        const auto left = columns_[one.player] & ~asked_;
        for (std::size_t d = left._Find_first(); d < kMostInputs; d = left._Find_next(d)) score[d] += weight;
    }
    return static_cast<std::size_t>(std::max_element(score.begin(), score.end()) - score.begin());
}

// Atoms that leave the same rules, together.
std::vector<Bits> Explorer::group(const std::vector<Alive>& alive, std::size_t d) {
    std::vector<std::uint32_t> sides;
    std::vector<bool> seen(space_.sides[d].size());
    for (const Alive& one : alive) {
        const std::uint32_t side = players_[one.player].rule->sides[d];
        if (!asks_[d][side] || seen[side]) continue;
        seen[side] = true;
        sides.push_back(side);
    }
    const std::size_t size = start_[d].size();
    std::vector<std::uint32_t> part(size, 0);
    std::uint32_t parts = 1;
    if (!budget_.spend(sides.size() * (size / 8 + 1))) complete_ = false;
    for (const std::uint32_t number : sides) {
        const Side& side = space_.sides[d][number];
        std::map<std::uint32_t, std::uint32_t> finer;
        parts = 0;
        for (std::size_t a = start_[d].next(); a < size; a = start_[d].next(a + 1)) {
            const std::uint32_t seen_as = side.yes.has(a) ? 0 : side.may.has(a) ? 1 : 2;
            const auto [it, fresh] = finer.try_emplace(part[a] * 3 + seen_as, parts);
            if (fresh) ++parts;
            part[a] = it->second;
        }
    }
    std::vector<Bits> out(parts, Bits(size));
    for (std::size_t a = start_[d].next(); a < size; a = start_[d].next(a + 1)) out[part[a]].set(a);
    return out;
}

std::uint32_t Explorer::branch(const std::vector<Alive>& alive) {
    const std::size_t d = pivot(alive);
    Branch made{d, {}};
    asked_.set(d);
    for (Bits& way : group(alive, d)) {
        std::vector<Alive> next;
        next.reserve(alive.size());
        const std::size_t atom = way.next();
        for (Alive one : alive) {
            const Player& player = players_[one.player];
            if (asks_[d][player.rule->sides[d]]) {
                bool stays = true;
                one.status |= status_at(d, player, atom, stays);
                if (!stays) continue;
                --one.open;
            }
            next.push_back(one);
        }
        at_[d] = way;
        const std::uint32_t child = visit(std::move(next));
        const auto twin =
            std::find_if(made.ways.begin(), made.ways.end(), [&](const auto& w) { return w.second == child; });
        if (twin != made.ways.end())
            twin->first |= way;
        else
            made.ways.emplace_back(std::move(way), child);
        if (stopped_) break;
    }
    asked_.reset(d);
    at_[d] = start_[d];
    if (made.ways.size() == 1 && !stopped_) return made.ways.front().second;
    Print key;
    key.take(d);
    for (const auto& [way, child] : made.ways) {
        for (const std::uint64_t word : way.words()) key.take(word);
        key.take(child);
    }
    const auto [it, fresh] = branch_numbers_.try_emplace(key, static_cast<std::uint32_t>(branches_.size()));
    if (fresh) branches_.push_back(std::move(made));
    return it->second;
}

std::uint32_t Explorer::add_leaf(Leaf leaf) {
    if (leaf.empty()) leaf.resize(machines_.size());
    std::string key;
    for (const Verdict& verdict : leaf) {
        key += static_cast<char>('A' + static_cast<int>(verdict.kind));
        for (const std::uint32_t one : verdict.given) key += std::to_string(one) + ',';
        key += ';';
        for (const std::uint32_t one : verdict.rules) key += std::to_string(one) + ',';
    }
    const auto [it, fresh] = leaf_numbers_.try_emplace(std::move(key), static_cast<std::uint32_t>(leaves_.size()));
    if (fresh) leaves_.push_back(std::move(leaf));
    return it->second | kLeaf;
}

bool Explorer::leads_to(std::uint32_t node, const Wanted& wanted, std::vector<std::int8_t>& known) const {
    if ((node & kLeaf) != 0) return wanted(leaves_[node & ~kLeaf]);
    if (known[node] != 0) return known[node] > 0;
    bool found = false;
    for (const auto& [way, child] : branches_[node].ways) found = leads_to(child, wanted, known) || found;
    known[node] = found ? 1 : -1;
    return found;
}

bool Explorer::follow(std::uint32_t node, const Wanted& wanted, std::size_t most, Box& box, std::vector<Box>& out,
                      std::vector<std::int8_t>& leads) const {
    if (!leads_to(node, wanted, leads)) return true;
    if ((node & kLeaf) != 0) {
        if (out.size() == most) return false;
        out.push_back(box);
        return true;
    }
    const Branch& at = branches_[node];
    for (const auto& [way, child] : at.ways) {
        box[at.dimension] = way;
        const bool all = follow(child, wanted, most, box, out, leads);
        box[at.dimension] = start_[at.dimension];
        if (!all) return false;
    }
    return true;
}

bool Explorer::collect(const Wanted& wanted, std::size_t most, std::vector<Box>& out) const {
    if (is_empty(start_)) return true;
    Box box = start_;
    std::vector<std::int8_t> leads(branches_.size(), 0);
    return follow(root_, wanted, most, box, out, leads);
}

}  // namespace kith::dmn::verify
