// Cuts a box of the space into parts on which all machines give one verdict each. A machine is a table, or a table in
// another light (which points are covered at all). The parts are a diagram: the column that decides most is asked
// first, its atoms are grouped by the rules that they leave, and what was met before is not explored again.
#pragma once
#include <bitset>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "dmn/verify/space.hpp"

namespace kith::dmn::verify {

/// An amount of work, counted in looks at a rule.
struct Budget {
    std::uint64_t left = 400'000'000;
    bool spend(std::uint64_t work) {
        if (left < work) {
            left = 0;
            return false;
        }
        left -= work;
        return true;
    }
};

constexpr std::size_t kMostInputs = 256;
constexpr std::size_t kMostMachines = 30;

enum class Light : std::uint8_t { result, coverage };

struct Machine {
    Light light = Light::result;
    HitPolicy policy = HitPolicy::unique;
    Aggregation aggregation = Aggregation::none;
    std::optional<std::uint32_t> otherwise;
    friend bool operator==(const Machine&, const Machine&) = default;
};

/// A rule as it takes part: in which machines.
struct Player {
    const SpaceRule* rule = nullptr;
    std::uint32_t number = 0;  ///< as the verdict names it
    std::uint32_t machines = 1;
};

enum class VerdictKind : std::uint8_t {
    result,  ///< `given`: one class, or those of all rules that match
    no_rule,
    conflict,      ///< rules match that may not match together
    undetermined,  ///< rules that a value not known leaves undecided could change it
    unknown,       ///< a cell outside the profile decides
    covered,       ///< by a rule that surely matches
    same,          ///< the machines are left with the same rules, whatever these give
    impossible,    ///< a tie does not hold anywhere here
    unexplored     ///< the budget ended
};

struct Verdict {
    VerdictKind kind = VerdictKind::unexplored;
    std::vector<std::uint32_t> given;  ///< classes
    std::vector<std::uint32_t> rules;  ///< that decide
    /// Neither a conflict nor what is not known has a result: both are *undetermined*.
    bool has_none() const { return kind == VerdictKind::conflict || kind == VerdictKind::undetermined; }
    bool same_result(const Verdict& other) const {
        return (has_none() && other.has_none()) || (kind == other.kind && given == other.given);
    }
};

using Leaf = std::vector<Verdict>;  ///< one for each machine

/// What a machine gives is what a dimension holds: for each class of outputs the atoms of the dimension, and those for
/// no rule.
struct Tie {
    std::size_t machine = 0;
    std::size_t dimension = 0;
    std::vector<Bits> atoms;
    Bits none;
};

class Explorer {
  public:
    Explorer(const Space& space, std::vector<Machine> machines, std::vector<Player> players, Budget& budget);
    void tie(std::vector<Tie> ties) { ties_ = std::move(ties); }
    /// Explores `start`. `met` sees each leaf when it is first met, with a box on which it holds; true ends it there.
    using Met = std::function<bool(const Leaf&, const Box&)>;
    void explore(const Box& start, const Met& met = {});
    bool complete() const { return complete_; }
    /// Every leaf that was met, each once.
    const std::vector<Leaf>& leaves() const { return leaves_; }

    using Wanted = std::function<bool(const Leaf&)>;
    /// The disjoint boxes whose leaf is wanted, `most` of them; false when there are more.
    bool collect(const Wanted& wanted, std::size_t most, std::vector<Box>& out) const;

  private:
    struct Alive {
        std::uint32_t player;
        std::uint16_t open;  ///< columns of its not yet asked
        std::uint32_t machines;
        std::uint8_t status;  ///< 0 sure so far, or bits: undecided, unknown
    };
    struct Branch {
        std::size_t dimension;
        std::vector<std::pair<Bits, std::uint32_t>> ways;
    };
    struct Print {
        std::uint64_t x = 0x9E3779B97F4A7C15, y = 0xC2B2AE3D27D4EB4F;
        void take(std::uint64_t v);
        friend bool operator==(const Print&, const Print&) = default;
    };
    struct PrintHash {
        std::size_t operator()(const Print& p) const { return p.x; }
    };
    static constexpr std::uint32_t kLeaf = 1U << 31;

    std::vector<Alive> begin();
    std::uint32_t visit(std::vector<Alive> alive);
    std::uint32_t branch(const std::vector<Alive>& alive);
    std::size_t pivot(const std::vector<Alive>& alive) const;
    std::vector<Bits> group(const std::vector<Alive>& alive, std::size_t dimension);
    void prune(std::vector<Alive>& alive) const;
    void prune_for(std::size_t machine, std::vector<Alive>& alive) const;
    bool possible(const std::vector<Alive>& alive) const;
    Print print(const std::vector<Alive>& alive) const;
    std::uint8_t status_at(std::size_t dimension, const Player& player, std::size_t atom, bool& alive) const;
    std::optional<Verdict> judge(std::size_t machine, const std::vector<Alive>& alive) const;
    std::optional<Leaf> leaf(const std::vector<Alive>& alive) const;
    std::uint32_t add_leaf(Leaf leaf);
    bool follow(std::uint32_t node, const Wanted& wanted, std::size_t most, Box& box, std::vector<Box>& out,
                std::vector<std::int8_t>& leads) const;
    bool leads_to(std::uint32_t node, const Wanted& wanted, std::vector<std::int8_t>& known) const;

    const Space& space_;
    std::vector<Machine> machines_;
    std::vector<Player> players_;
    Budget& budget_;
    Box start_;
    Box at_;
    Met met_;
    std::vector<Tie> ties_;
    std::vector<std::vector<bool>> asks_;            ///< dimension, side: whether it tells atoms of the start apart
    std::vector<std::bitset<kMostInputs>> columns_;  ///< of each player
    std::bitset<kMostInputs> asked_;
    std::vector<Branch> branches_;
    std::vector<Leaf> leaves_;
    std::unordered_map<std::string, std::uint32_t> leaf_numbers_;
    std::unordered_map<Print, std::uint32_t, PrintHash> known_;
    std::unordered_map<Print, std::uint32_t, PrintHash> branch_numbers_;
    std::uint32_t root_ = 0;
    bool complete_ = true;
    bool stopped_ = false;
};

}  // namespace kith::dmn::verify
