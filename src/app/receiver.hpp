// Who is told that a worry came to them, or that it came to nobody.
#pragma once
#include "app/house.hpp"

namespace kith::app {

/// The manager it is with. With nobody, front-door 6: every manager of that front door, the administrators, and whoever
/// the rota names for this hour. Never somebody who must not see it.
Result<void> tell_of_receipt(Visit& visit, const concerns::Concern& concern);
/// The same as if nobody had it, for when it is with somebody who has gone.
Result<void> tell_unattended(Visit& visit, const concerns::Concern& concern);
/// Its reporter added something, and that is kept: whoever owes the answer hears of it, and after the answer whoever is
/// on duty; of many in a row, of one in ten minutes.
Result<void> tell_of_addition(Visit& visit, concerns::Concern concern);

}  // namespace kith::app
