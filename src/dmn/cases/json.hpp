// Facts from JSON: one object, a fact by its name; texts become dates and durations where the fact is one.
#pragma once
#include "dmn/cases/facts.hpp"
#include "dmn/cases/run.hpp"

namespace kith::dmn::cases {

/// The facts of the object; nothing and a fault where the text is no JSON or does not fit the model.
std::optional<std::vector<Given>> read_json(const Model& model, const Element& asked, const std::string& file,
                                            std::string_view text, Literals& literals, Faults& faults);

/// What came of a file of cases, for a script.
std::string as_json(const File& file, const Ran& ran);

}  // namespace kith::dmn::cases
