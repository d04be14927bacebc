// After somebody left: new pairs for the roles whose halves they held, made in the next session of a custodian. And a
// duty key that somebody may know: its ways in are deleted and opened anew under another.
#pragma once
#include "app/role_keys.hpp"

namespace kith::app {

struct RenewedKeys {
    std::size_t left = 0;  ///< members taken off the key list
    bool custody = false;
    std::size_t duty_keys = 0;
};
/// Nothing to do: zeros, and nothing on the ledger.
Result<RenewedKeys> renew_after_leavers(House& house, const Actor& custodian, const Holder& holder);

/// How many ways in stood under the suspected key, and how many a custodian sealed to the new one.
struct Resealed {
    std::size_t ways = 0, resealed = 0;
};
Result<Resealed> suspect_duty_key(House& house, const Actor& custodian, const Holder& holder, FrontDoorId front_door);

}  // namespace kith::app
