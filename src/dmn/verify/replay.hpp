// A point of the space put to the evaluator: what an example claims is what a run of the model answers.
#pragma once
#include "dmn/model/run.hpp"
#include "dmn/verify/region.hpp"

namespace kith::dmn::verify {

/// The decision whose logic this table is; null for a table within other logic.
const Element* decision_of(const Model& model, const Table& table);

class Replay {
  public:
    Replay(const Model& model, const Table& table, const Space& space)
        : model_(model), table_(table), space_(space), decision_(decision_of(model, table)) {}
    Example example(const Point& point) const;
    /// The result in an evaluator of the caller's. Without a decision the table alone is run.
    Value run(Evaluator& evaluator, const Point& point) const;
    /// The facts of the point, where the space knows what stands behind its variables.
    void give_facts(Run& run, const Point& point) const;

  private:
    struct Root {
        const Variable* variable;
        std::vector<std::size_t> dimensions;
    };
    std::vector<Root> roots() const;
    void add_others(Evaluator& evaluator, Example& out) const;
    Value value_of(Evaluator& evaluator, const Root& root, const Point& point) const;
    void give(Run& run, const Root& root, const Point& point) const;
    const Model& model_;
    const Table& table_;
    const Space& space_;
    const Element* decision_;
};

}  // namespace kith::dmn::verify
