// The functions that FEEL brings with it: name, signatures, what they give back, and the code.
#pragma once
#include <span>
#include <string_view>

#include "dmn/feel/type.hpp"
#include "dmn/value/value.hpp"

namespace kith::dmn {

class Evaluator;

/// Arguments in the order of a signature. One that was not given is `absent`, which is not the same as null.
struct Arguments {
    std::span<const Value> values;
    std::uint64_t given = 0;    ///< a bit for each
    std::size_t signature = 0;  ///< which alternative, from 1, when called by names; else 0
    std::size_t size() const { return values.size(); }
    bool has(std::size_t i) const { return i < values.size() && (i >= 64 || ((given >> i) & 1U) != 0); }
    Value at(std::size_t i) const { return i < values.size() ? values[i] : Value::null(); }
};

struct Builtin {
    std::string_view name;
    /// Alternatives apart by `|`, parameters by `,`; `?` behind one that may be left out, `...` behind one that
    /// repeats.
    std::string_view signatures;
    const Type* result;
    Value (*run)(Evaluator&, const Arguments&);
};

/// By its name in FEEL, or null.
const Builtin* find_builtin(std::string_view name);
std::span<const Builtin* const> all_builtins();

}  // namespace kith::dmn
