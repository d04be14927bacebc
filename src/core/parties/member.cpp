#include "core/parties/member.hpp"

#include <algorithm>
#include <array>

namespace kith::parties {
namespace {
constexpr std::array<std::string_view, kRoles> kNames{"duty_worker", "manager", "custodian", "auditor",
                                                      "administrator"};
}

std::string_view name_of(Role role) { return kNames[static_cast<std::size_t>(role)]; }
std::optional<Role> role_named(std::string_view name) {
    const auto at = std::ranges::find(kNames, name);
    if (at == kNames.end()) return std::nullopt;
    return static_cast<Role>(at - kNames.begin());
}

std::vector<Role> Roles::list() const {
    std::vector<Role> out;
    for (std::size_t i = 0; i < kRoles; ++i)
        if (has(static_cast<Role>(i))) out.push_back(static_cast<Role>(i));
    return out;
}

}  // namespace kith::parties
