#include "core/parties/scope.hpp"

#include <algorithm>
#include <array>

namespace kith::parties {
namespace {
constexpr std::array<std::string_view, kScopes> kNames{"intake:write", "queue:read"};
}  // namespace

std::string_view name_of(Scope scope) { return kNames.at(static_cast<std::size_t>(scope)); }

std::optional<Scope> scope_named(std::string_view name) {
    const auto at = std::ranges::find(kNames, name);
    if (at == kNames.end()) return std::nullopt;
    return static_cast<Scope>(at - kNames.begin());
}

std::vector<Scope> Scopes::list() const {
    std::vector<Scope> out;
    for (std::size_t i = 0; i < kScopes; ++i)
        if (has(static_cast<Scope>(i))) out.push_back(static_cast<Scope>(i));
    return out;
}

}  // namespace kith::parties
