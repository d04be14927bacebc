// What is wrong with a model, as data: what kind, where in which file, and a sentence for the person who wrote it.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace kith::dmn {

enum class FaultKind : std::uint8_t { syntax, name, type, hazard, structure, unsupported, limit };

/// A place in a file, counted from 1; 0 where there is none.
struct Position {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

struct Fault {
    FaultKind kind = FaultKind::syntax;
    std::string message;      ///< lower case, no full stop
    std::uint32_t begin = 0;  ///< bytes of `text`
    std::uint32_t end = 0;
    std::string text;  ///< the expression or cell
    std::string file;
    Position position;  ///< where the fault is in the file
    std::string where;  ///< `decision "Approval", rule 3, input "Age"`
};

using Faults = std::vector<Fault>;

/// `rules.dmn:12:7: decision "Approval", rule 3: ...`, then the cell and a caret under the fault.
std::string shown(const Fault& fault);

}  // namespace kith::dmn
