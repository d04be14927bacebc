// Settings as the facts of one question: names resolved, literals read and held to their types.
#pragma once
#include <vector>

#include "dmn/cases/cases.hpp"
#include "dmn/cases/names.hpp"
#include "dmn/session.hpp"

namespace kith::dmn::cases {

/// What is wrong with a setting, and where on its line.
struct Wrong {
    std::string message;
    Place place;
};

/// Literals, read once each. The values lie in this.
class Literals {
  public:
    explicit Literals(const Model& model) : evaluator_(arena_, model.zones(), Mode::strict, {}) {}
    /// The value of a literal; else `wrong` says why it is none.
    std::optional<Value> read(const Setting& setting, Wrong& wrong);
    Evaluator& evaluator() { return evaluator_; }

  private:
    Arena arena_;
    Evaluator evaluator_;
};

struct Given {
    Target target;
    Value value;
};

/// A fact of the question; else `wrong`.
std::optional<Given> read_fact(const Model& model, const Element& asked, const Setting& setting, Literals& literals,
                               Wrong& wrong);

/// Gives a session these facts and no others. A later one replaces an earlier; of a fact that is given by its entries,
/// those not named are not known. The values lie in the literals.
void give(Session& session, const std::vector<Given>& facts, Literals& literals);

}  // namespace kith::dmn::cases
