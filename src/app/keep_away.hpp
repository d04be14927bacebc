// Whom a teller's words mean who must not see what they told ("my uncle, he sits at your front desk"). Full names are
// found when it is told; the rest is matched by somebody here, and for whoever is meant the worry then does not exist
// (front-door 8).
#pragma once
#include "app/house.hpp"

namespace kith::app {

/// Keeps `who` away; it goes to the next on the rota where they had it. Empty: nobody here is meant. `not_found` for
/// somebody of another front door.
Result<void> keep_away(House& house, const Actor& actor, ConcernId id, std::optional<MemberId> who);

struct Colleague {
    MemberId id;
    std::string name;
    parties::Roles roles;
};
/// Who could be meant: everyone of that front door from whom it is not kept yet.
Result<std::vector<Colleague>> who_could_be_meant(Visit& visit, const concerns::Concern& concern);

}  // namespace kith::app
