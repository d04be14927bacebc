// The page through which a test makes the system calls of another process fail.
#pragma once
#include <atomic>

namespace kith::test {

struct FaultPage {
    std::atomic<int> armed;   ///< calls count, and fail, while it is not 0
    std::atomic<long> calls;  ///< since it was armed
    std::atomic<long> at;     ///< the call that fails, the first is 1
    std::atomic<int> lasts;   ///< and all after it
    std::atomic<int> error;   ///< errno; 0 is half a write
    std::atomic<int> fired;
};

}  // namespace kith::test
