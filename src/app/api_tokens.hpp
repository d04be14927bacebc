// Tokens of other organisations' software: a school's that sends worries, a council's that reads what waits. Each is
// for one front door, one organisation and stated scopes, for a time. An administrator makes and revokes them, both on
// the ledger; a revoked one is refused from that moment, since every use case looks again inside its own transaction.
#pragma once
#include "app/house.hpp"
#include "app/vault/api_token.hpp"

namespace kith::app {

struct NewApiToken {
    std::string name;          ///< of the system: "Office system"
    std::string organisation;  ///< as staff shall read it beside a worry
    FrontDoorId front_door;
    parties::Scopes scopes;
    Instant expires_at{};  ///< at most `kApiTokenLasts` ahead
};
constexpr auto kApiTokenLasts = std::chrono::days(366);

struct MadeApiToken {
    ApiTokenId id;
    SecretText text;  ///< shown this once
};
/// Fields at fault: name, organisation, scopes, expires_on.
Result<MadeApiToken> make_api_token(House& house, const Actor& administrator, const NewApiToken& wanted);

struct ApiTokenView {
    enum class Stand { in_force, expired, revoked };
    ApiTokenId id;
    std::string name, organisation;
    parties::Scopes scopes;
    Instant expires_at{};
    Stand stand = Stand::in_force;
};
/// Of one front door: those in force first, then by organisation and name.
Result<std::vector<ApiTokenView>> see_api_tokens(House& house, const Actor& administrator, FrontDoorId front_door);
Result<void> revoke_api_token(House& house, const Actor& administrator, FrontDoorId front_door, ApiTokenId id);

/// Whoever shows a token.
struct Bearer {
    Actor actor;
    std::string organisation;
    ApiToken token;
};
/// One answer for text that is no token, one never made, one revoked and one expired: `not_found`.
Result<Bearer> bearer_of(House& house, std::string_view text);

}  // namespace kith::app
