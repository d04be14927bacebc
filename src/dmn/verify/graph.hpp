// The tables of a model together: what one decision can put into another, and what the other makes of it.
#pragma once
#include <map>
#include <memory>
#include <set>

#include "dmn/verify/check.hpp"

namespace kith::dmn::verify {

struct ModelReport {
    std::vector<TableReport> tables;
    std::vector<Finding> findings;  ///< of no one table: facts and decisions that nothing asks for
    bool complete() const {
        for (const TableReport& table : tables)
            if (!table.complete()) return false;
        return true;
    }
};

class Graph {
  public:
    Graph(const Model& model, const Options& options) : model_(model), options_(options) {}
    ModelReport check();
    /// What a decision, or one output of it, can give; null where that is not known.
    const std::vector<Value>* values_of(const Element& decision, const std::vector<std::string>& path);

  private:
    /// What a decision can give, for each output; none where that is not known.
    struct Made {
        std::unique_ptr<Checker> checker;  ///< keeps the values
        std::map<std::string, std::vector<Value>, std::less<>> values;
        bool known = false;
    };
    const Made& made_by(const Element& decision);
    void make(const Element& decision, const Table& table, Made& out);
    Produced produced_for(const Element* decision);
    const Element* source_of(const Element& decision, const Variable& variable) const;
    const std::set<const Element*>& facts_of(const Element& element);
    bool may_not_come_together(const Element& decision, const Space& space);
    void mark_together(const Element& decision, const Space& space, TableReport& report);
    void report_unhandled(const Element& decision, const Table& table, Checker& checker, TableReport& report);
    void report_unhandled_value(const Checker& checker, std::size_t dimension, const Element& source,
                                const Value& value, TableReport& report);
    void report_unasked(ModelReport& report);

    const Model& model_;
    Options options_;
    std::map<const Element*, Made> made_;
    std::map<const Element*, std::set<const Element*>> facts_;
};

/// Every table of the model. Never throws.
ModelReport check(const Model& model, const Options& options = {});

}  // namespace kith::dmn::verify
