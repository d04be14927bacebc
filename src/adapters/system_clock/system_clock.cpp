#include "adapters/system_clock/system_clock.hpp"

#include <ctime>

#include "base/error.hpp"

namespace kith::system_clock {

Instant SystemClock::now() { return std::chrono::floor<Duration>(std::chrono::system_clock::now()); }

// CLOCK_BOOTTIME and not the steady clock, which stands still while a machine sleeps: waking would look like a set
// clock.
Duration SystemClock::running() {
    timespec time{};
    KITH_CHECK(::clock_gettime(CLOCK_BOOTTIME, &time) == 0);
    return std::chrono::duration_cast<Duration>(std::chrono::seconds(time.tv_sec) +
                                                std::chrono::nanoseconds(time.tv_nsec));
}

}  // namespace kith::system_clock
