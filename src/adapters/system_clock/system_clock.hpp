#pragma once
#include "app/ports/clock.hpp"

namespace kith::system_clock {

/// The machine's clocks; nothing else in the program reads them.
class SystemClock : public app::Clock {
  public:
    Instant now() override;
    Duration running() override;
};

}  // namespace kith::system_clock
