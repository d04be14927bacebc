// The types of FEEL, as the parser works with them and as item definitions name them. Types are immutable; those
// without parts are constants, the others lie in the model's arena.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "dmn/value/arena.hpp"
#include "dmn/value/value.hpp"

namespace kith::dmn {

struct Node;

enum class TypeKind : std::uint8_t {
    any,
    null,
    boolean,
    number,
    string,
    date,
    time,
    date_time,
    days_duration,
    months_duration,
    range,
    list,
    context,
    function
};

struct Type;
struct Field {
    std::string_view name;
    const Type* type;
};

struct Type {
    TypeKind kind = TypeKind::any;
    std::string_view name;                    ///< of the item definition, or empty
    const Type* element = nullptr;            ///< of a list or a range
    std::span<const Field> fields;            ///< of a context
    std::span<const Type* const> parameters;  ///< of a function
    const Type* result = nullptr;             ///< of a function
    const Node* allowed = nullptr;            ///< unary tests that every value passes, or null
    const Type* base = nullptr;               ///< what an item definition refers to, where it narrows that

    const Field* field(std::string_view wanted) const {
        for (const Field& f : fields)
            if (f.name == wanted) return &f;
        return nullptr;
    }
    bool is(TypeKind k) const { return kind == k; }
};

namespace types {
inline constexpr Type any{TypeKind::any};
inline constexpr Type null{TypeKind::null};
inline constexpr Type boolean{TypeKind::boolean};
inline constexpr Type number{TypeKind::number};
inline constexpr Type string{TypeKind::string};
inline constexpr Type date{TypeKind::date};
inline constexpr Type time{TypeKind::time};
inline constexpr Type date_time{TypeKind::date_time};
inline constexpr Type days_duration{TypeKind::days_duration};
inline constexpr Type months_duration{TypeKind::months_duration};
inline constexpr Type list{TypeKind::list, {}, &any};
inline constexpr Type range{TypeKind::range, {}, &any};
inline constexpr Type context{TypeKind::context};
inline constexpr Type function{TypeKind::function};

/// A built-in type by its name in FEEL ("days and time duration") or in DMN 1.1's files ("dayTimeDuration"); or null.
const Type* built_in(std::string_view name);
const Type* list_of(Arena& arena, const Type* element);
const Type* range_of(Arena& arena, const Type* element);
/// The kind of a value of this kind, without parts.
const Type* of(Kind kind);
}  // namespace types

/// Whether values of the two can ever be equal or compared: false only where it is certain that they cannot.
bool may_meet(const Type& x, const Type& y);
/// The type that both have, or any.
const Type* common(const Type* x, const Type* y);
/// As a person writes it: `list<number>`.
std::string written(const Type& type);

}  // namespace kith::dmn
