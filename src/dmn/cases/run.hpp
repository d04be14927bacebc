// The runner: each case of a file put to its model.
#pragma once
#include "dmn/cases/cases.hpp"
#include "dmn/session.hpp"

namespace kith::dmn::cases {

/// One case as it came out.
struct Result {
    std::string id;
    std::string decision;
    Position position;
    bool held = false;
    std::string expected, got;  ///< as behind the arrow of a case
    std::string why_not;        ///< where it did not hold: what differs
    std::string explanation;    ///< and why the decision answers so, in sentences
};

struct Ran {
    std::vector<Result> results;  ///< none where a case does not fit the model
    Faults faults;
};

/// Every case of the file, in its order. Never throws.
Ran run(const File& file, const std::shared_ptr<const Model>& model, const SessionOptions& options = {});

/// The model's files that a file of cases names, in their order; the first is the one that is asked about.
std::vector<std::string> model_files(const File& file);

}  // namespace kith::dmn::cases
