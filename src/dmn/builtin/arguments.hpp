// What the built-in functions share: taking an argument of one kind (a list of one gives its item, as the standard
// converts), and the sentences for arguments that do not fit.
#pragma once
#include <optional>

#include "dmn/builtin/builtin.hpp"
#include "dmn/evaluate/evaluator.hpp"

namespace kith::dmn {

inline constexpr const char* kWrongArgument = "an argument of a function is not of the kind it takes";
inline constexpr const char* kOutOfReach = "an argument of a function is out of range";

/// The argument, or the one item of it, when it is of that kind; else null.
inline Value taken(const Arguments& a, std::size_t i, Kind kind) {
    const Value v = a.at(i);
    if (v.is(kind)) return v;
    if (kind != Kind::list && v.is(Kind::list) && v.list().size() == 1 && v.list()[0].is(kind)) return v.list()[0];
    return {};
}
inline std::optional<Decimal> number_at(const Arguments& a, std::size_t i) {
    const Value v = taken(a, i, Kind::number);
    return v.is_null() ? std::nullopt : std::optional(v.number());
}
inline std::optional<std::int64_t> whole_at(const Arguments& a, std::size_t i) {
    const auto n = number_at(a, i);
    if (!n) return std::nullopt;
    const auto cut = n->rounded(0, Rounding::down);
    return cut ? cut->whole() : std::nullopt;
}
inline std::optional<std::string_view> text_at(const Arguments& a, std::size_t i) {
    const Value v = taken(a, i, Kind::string);
    return v.is_null() ? std::nullopt : std::optional(v.string());
}
/// The list, or a list of the one value that is given instead; nothing for null.
std::optional<std::span<const Value>> list_at(Evaluator& e, const Arguments& a, std::size_t i);
/// All arguments, or the items of the only one.
std::span<const Value> items_of(const Arguments& a);

std::span<const Builtin> conversion_builtins();
std::span<const Builtin> string_builtins();
std::span<const Builtin> number_builtins();
std::span<const Builtin> list_builtins();
std::span<const Builtin> statistics_builtins();
std::span<const Builtin> context_builtins();
std::span<const Builtin> range_builtins();
std::span<const Builtin> temporal_builtins();

}  // namespace kith::dmn
