// What one input can be, cut into atoms: sets of values that no cell of the table tells apart. Each atom has a witness,
// which is an admissible value; "not known" is an atom of its own where it is allowed.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "dmn/verify/bits.hpp"
#include "dmn/verify/cells.hpp"

namespace kith::dmn {
struct Element;
}
namespace kith::dmn::verify {

/// A variable of the table's scope, or a path from one.
struct Variable {
    std::uint32_t depth = 0;
    std::uint32_t index = 0;
    std::string name;
    std::vector<std::string> path;
    const Type* root = &types::any;
    const Element* element = nullptr;  ///< what stands behind it, where several tables are looked at
    std::string text() const;
    std::string written() const;  ///< with the parts that need it in backquotes
    /// Across tables: the same element and path, or the same name.
    bool same(const Variable& other) const {
        return element == other.element && path == other.path && (element != nullptr || name == other.name);
    }
};

/// The variable that a column asks for; nothing when it asks for more than that.
std::optional<Variable> variable_of(const Node& expression);

struct Atom {
    Value witness;
    std::size_t first = 0, last = 0;  ///< its candidates on the line
    bool not_known = false;
};

/// A cell as sets of atoms.
struct Side {
    Bits yes;              ///< atoms that pass
    Bits may;              ///< and those on which the cell is undecided
    bool unknown = false;  ///< the cell lies outside the profile: nothing is known of it
    friend bool operator==(const Side&, const Side&) = default;
};

struct Dimension {
    Variable variable;
    std::string label;
    Line line;
    Bits real;  ///< candidates of the line in which a value lies, admissible or not
    std::vector<Atom> atoms;
    bool allowed_differs = false;     ///< between the columns, which are then held to what all allow
    std::vector<std::string> doubts;  ///< why what is said of this input is not proved
    Bits whole() const { return Bits::all(atoms.size()); }
};

/// As the cell of a rule would say it: `[13..17]`, `"a", "b"`, `null`.
std::string described(const Dimension& dimension, const Bits& atoms);

/// One column of the table that asks for the dimension's variable.
struct Column {
    const Type* type = &types::any;
    const Node* allowed = nullptr;
    const Type* variable = &types::any;  ///< of the variable, as this table's model declares it
    std::vector<const Node*> cells;
};

/// The dimension of these columns, and its sides: `sides[column][cell]`.
Dimension make_dimension(Variable variable, const Type* type, const std::vector<Column>& columns, Constants& constants,
                         std::vector<std::vector<Side>>& sides, const std::vector<Value>* produced = nullptr);

}  // namespace kith::dmn::verify
