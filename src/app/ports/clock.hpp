// What time it is. A use case reads it once, at its start.
#pragma once
#include "base/instant.hpp"

namespace kith::app {

class Clock {
  public:
    virtual ~Clock() = default;

    /// The wall clock. It may jump, forwards and back.
    virtual Instant now() = 0;
    /// Time since some fixed moment before this process began; never jumps, and goes on while the machine sleeps. Where
    /// `now()` moved otherwise than this did, somebody set the clock.
    virtual Duration running() = 0;
};

}  // namespace kith::app
