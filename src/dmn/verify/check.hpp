// Everything that can be proved of one table, within a budget.
#pragma once
#include <memory>

#include "dmn/model/model.hpp"
#include "dmn/verify/explore.hpp"
#include "dmn/verify/findings.hpp"
#include "dmn/verify/replay.hpp"

namespace kith::dmn::verify {

struct Options {
    std::uint64_t work = 2'000'000'000;  ///< looks at a rule, for each analysis
    std::size_t boxes = 20'000;          ///< of a region, before they are joined
    std::size_t findings = 100;          ///< of one kind
};

/// Never throws; what could not be answered is said in `analyses`.
TableReport check(const Model& model, const Table& table, const Options& options = {}, const Produced& produced = {});

/// The parts of a check, one table at a time.
class Checker {
  public:
    Checker(const Model& model, const Table& table, const Options& options, const Produced& produced = {});
    const Space& space() const { return space_; }
    const Replay& replay() const { return replay_; }

    /// The points that no rule takes, as disjoint boxes. `proved`: they are all, and they are for sure.
    struct Region {
        std::vector<Box> boxes;
        bool proved = true;
        std::string why_not;
    };
    Region uncovered();
    Region undetermined(std::size_t dimension);
    enum class Answer : std::uint8_t { no, yes, open };
    /// Whether the rule ever decides: `no` is a proof.
    Answer fires(std::size_t rule);
    /// Whether taking all these rules away changes any result.
    Answer matter(const std::vector<std::size_t>& rules);

    /// The classes of outputs that the table gives at some point, none for no rule; nothing where that is not proved.
    std::optional<std::vector<std::optional<std::uint32_t>>> results();

    TableReport report();

  private:
    struct Overlap {
        std::size_t first, second;
        Box box;
    };
    void report_gaps();
    void report_overlaps();
    void report_overlap(const Overlap& overlap);
    void report_rules();
    void report_idle(const std::vector<std::size_t>& idle);
    void report_values();
    void report_cell(std::size_t rule, std::size_t column);
    void report_outputs();
    void report_unused();
    void report_undetermined();
    Finding finding(FindingKind kind, Severity severity, std::string message,
                    const std::vector<std::size_t>& rules) const;
    void keep(Finding finding, std::size_t& count);
    void conclude(std::string name, bool proved, std::string why_not);
    std::string cell_doubts() const;
    Machine machine(Light light) const;
    std::vector<Player> players() const;
    const SpaceTable& table() const { return space_.tables.front(); }
    bool differ(std::size_t x, std::size_t y) const { return table().rules[x].given != table().rules[y].given; }

    const Model& model_;
    const Table& source_;
    Options options_;
    std::unique_ptr<Constants> constants_;
    Space space_;
    Replay replay_;
    TableReport report_;
};

}  // namespace kith::dmn::verify
