// Members: the people who work here, each of one front door (or of the whole partnership), with the roles they hold.
#pragma once
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "core/ids.hpp"

namespace kith::parties {

enum class Role { duty_worker, manager, custodian, auditor, administrator };
constexpr std::size_t kRoles = 5;
std::string_view name_of(Role role);
std::optional<Role> role_named(std::string_view name);

/// A set of roles.
class Roles {
  public:
    Roles() = default;
    Roles(std::initializer_list<Role> roles) {
        for (const Role role : roles) bits_ |= bit(role);
    }
    static Roles from_bits(unsigned bits) {
        Roles roles;
        roles.bits_ = bits & ((1U << kRoles) - 1);
        return roles;
    }
    bool has(Role role) const { return (bits_ & bit(role)) != 0; }
    bool has_any(Roles other) const { return (bits_ & other.bits_) != 0; }
    unsigned bits() const { return bits_; }
    std::vector<Role> list() const;
    friend bool operator==(const Roles&, const Roles&) = default;

  private:
    static unsigned bit(Role role) { return 1U << static_cast<unsigned>(role); }
    unsigned bits_ = 0;
};

/// Every manager, custodian and call taker holds a key pair from the day the invitation is accepted.
inline bool needs_keys(Roles roles) { return roles.has_any({Role::duty_worker, Role::manager, Role::custodian}); }

}  // namespace kith::parties
