// Whom a teller's words mean who must not see what they told ("my uncle, he sits at your front desk"). Full names are
// found when it is told; the rest is matched by somebody here, and for whoever is meant the worry then does not exist
// (front-door 8).
#pragma once
#include "app/house.hpp"

namespace kith::app {

/// Keeps `who` away; what they owed on it goes to the next on the rota. Empty: nobody else here is meant. `not_found`
/// for somebody of another front door.
Result<void> keep_away(House& house, const Actor& actor, ConcernId id, std::optional<MemberId> who);

/// What is settled about the teller's words. It is when somebody was kept away, or when two people said that nobody
/// here is meant, since the first could be the one who is. It can always be matched to one more.
struct MustNotSee {
    enum class Stands { unsaid, unmatched, settled };
    Stands stands = Stands::unsaid;
    bool is_said_nobody = false;
    bool may_say_nobody = true;  ///< the one who asks has not said it yet
};
Result<MustNotSee> must_not_see(Visit& visit, const concerns::Concern& concern, const concerns::Account& account);

struct Colleague {
    MemberId id;
    std::string name;
    parties::Roles roles;
};
/// Who could be meant: everyone who works at that front door and from whom it is not kept yet.
Result<std::vector<Colleague>> who_could_be_meant(Visit& visit, const concerns::Concern& concern);

}  // namespace kith::app
