// Scopes: what another organisation's software may do here by its token, and nothing beside.
#pragma once
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

namespace kith::parties {

enum class Scope {
    intake_write,  ///< send a worry
    queue_read,    ///< read what waits at one front door, without names and without words
};
constexpr std::size_t kScopes = 2;
/// As software writes it: "intake:write".
std::string_view name_of(Scope scope);
std::optional<Scope> scope_named(std::string_view name);

/// A set of scopes.
class Scopes {
  public:
    Scopes() = default;
    Scopes(std::initializer_list<Scope> scopes) {
        for (const Scope scope : scopes) add(scope);
    }
    void add(Scope scope) { bits_ |= bit(scope); }
    bool has(Scope scope) const { return (bits_ & bit(scope)) != 0; }
    bool empty() const { return bits_ == 0; }
    std::vector<Scope> list() const;
    friend bool operator==(const Scopes&, const Scopes&) = default;

  private:
    static unsigned bit(Scope scope) { return 1U << static_cast<unsigned>(scope); }
    unsigned bits_ = 0;
};

}  // namespace kith::parties
