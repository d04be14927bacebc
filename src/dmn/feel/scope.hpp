// Which names an expression may use, known while it is read: a name may hold spaces and operators, so `a-b` is a name
// where one is in scope and a difference where none is. Scopes nest as frames do when the expression is run; depth
// counts scopes.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dmn/feel/type.hpp"

namespace kith::dmn {

/// With white space as single spaces, none at the ends.
std::string normal_name(std::string_view name);

/// In backquotes where it could be read as more than a name.
std::string written_name(std::string_view name);

struct Binding {
    std::string name;
    const Type* type = &types::any;
};

struct Scope {
    enum class Form : std::uint8_t { frame, item, input };
    const Scope* parent = nullptr;
    Form form = Form::frame;
    std::vector<Binding> names;
    const Type* item = &types::any;                         ///< of the filtered item, or of `?`
    std::size_t longest = 0;                                ///< bytes of the longest name
    std::unordered_map<std::string, std::uint32_t> places;  ///< of the names, the last of that name

    void add(std::string_view name, const Type* type) {
        names.push_back({normal_name(name), type});
        places[names.back().name] = static_cast<std::uint32_t>(names.size() - 1);
        longest = std::max(longest, names.back().name.size());
    }
};

/// Where a name was found.
struct Found {
    enum class Form : std::uint8_t { none, slot, entry, item } form = Form::none;
    std::uint32_t depth = 0;
    std::uint32_t index = 0;
    const Type* type = &types::any;
    bool behind_unknown_item =
        false;  ///< a filtered item of unknown type stands before it and may have an entry of that name
    std::uint32_t unknown_depth = 0;  ///< the number of frames that have to be asked first
};
Found find(const Scope* scope, std::string_view name);

using NameSet = std::set<std::string, std::less<>>;
/// A type by the name that a file uses for it, or null.
using TypeNames = std::function<const Type*(std::string_view)>;

}  // namespace kith::dmn
