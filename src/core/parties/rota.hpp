// The duty rota of a front door: who decides at each hour, and which custodian or deputy can be reached.
//
// A rota with a gap cannot be saved (front-door 6). When nobody is on duty all the same, a worry is still taken and
// shown as unattended.
#pragma once
#include <optional>
#include <vector>

#include "base/instant.hpp"
#include "core/ids.hpp"

namespace kith::parties {

enum class Seat { manager, custodian };

struct Shift {
    MemberId member;
    Seat seat = Seat::manager;
    Instant from, until;  ///< from included, until not
    friend bool operator==(const Shift&, const Shift&) = default;
};

struct Gap {
    Seat seat;
    Instant from, until;
    friend bool operator==(const Gap&, const Gap&) = default;
};

/// Everyone in that seat at that instant, the one whose shift began first in front. The same order on every machine.
std::vector<MemberId> on_duty(const std::vector<Shift>& shifts, Seat seat, Instant at);
/// Who in that seat comes on next after `at`, each member once.
std::vector<Shift> coming_on(const std::vector<Shift>& shifts, Seat seat, Instant at);
/// The stretches of [from, until) in which a seat stands empty.
std::vector<Gap> gaps(const std::vector<Shift>& shifts, Instant from, Instant until);

/// To whom a worry goes: the first on duty whom nobody has named as someone who must not see it, and who is not named
/// in `passed_over` (has stepped back). Empty means unattended.
std::optional<MemberId> receiver(const std::vector<Shift>& shifts, Instant at,
                                 const std::vector<MemberId>& passed_over);

}  // namespace kith::parties
