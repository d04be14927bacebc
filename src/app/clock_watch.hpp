// Whether the wall clock can be trusted (reporters-vault, Keys 5). It cannot where it moved more than an hour against
// the running one, nor at a start more than 48 hours past the last line of the ledger. While it is in doubt nothing is
// destroyed and no way in closes by time. Only an administrator ends a doubt; it stands on the ledger, so that a
// restart does not.
#pragma once
#include <mutex>

#include "app/gate.hpp"
#include "app/ports/clock.hpp"

namespace kith::app {

struct House;

/// The two clocks side by side, from some moment on.
class ClockWatch {
  public:
    void begin(Clock& clock);
    /// They have gone apart since.
    bool have_parted(Clock& clock) const;

  private:
    mutable std::mutex mutex_;
    Instant seen_{};
    Duration ran_{};
};

/// At a start, before anything else is written: raises the alarm where a doubt was left, or the last line is too old.
Result<void> start_the_clock_watch(House& house);
/// The same without writing, beside a server: raises the alarm where a doubt was left.
Result<void> look_at_the_clock(House& house);
/// Every few seconds: raises the alarm where the clocks have parted.
Result<void> watch_the_clock(House& house);
/// An administrator has looked at the machine's clock, and it is right.
Result<void> confirm_clock(House& house, const Actor& administrator);

}  // namespace kith::app
