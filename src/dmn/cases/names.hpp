// What the names in a file of cases stand for: by longest match, so that a name may hold spaces and points.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dmn/model/model.hpp"

namespace kith::dmn::cases {

/// A fact of the model, or an entry within it.
struct Target {
    const Element* element = nullptr;
    std::vector<std::string> path;
    const Type* type = &types::any;
};

/// An input, or a decision that is given instead of being computed; nothing for a name that the model does not have.
std::optional<Target> find_fact(const Model& model, const Element& asked, std::string_view written);

/// One output of a decision, or an entry within it, or the whole result.
struct Output {
    std::optional<std::size_t> column;  ///< of the table's outputs; none for the whole
    std::vector<std::string> path;
    const Type* type = &types::any;  ///< of what one rule gives, where the decision gives a list
};
std::optional<Output> find_output(const Element& asked, std::string_view written);

/// What it is built on, without its own name: `a number`.
std::string with_article(const Type& type);

/// Whether a value can be given to what is of this type, whatever it allows.
bool fits(const Value& value, const Type& type);

}  // namespace kith::dmn::cases
