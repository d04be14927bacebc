// Where each member has signed in from, so that nobody else's tries can lock them out: from there, limits do not hold
// back a right password and code. In memory only and only as digests under a key that dies with the process.
#pragma once
#include <deque>
#include <mutex>
#include <string_view>
#include <unordered_set>

#include "base/bytes.hpp"

namespace kith::web {

class KnownNetworks {
  public:
    KnownNetworks();
    void remember(std::string_view email, std::string_view network);
    bool knows(std::string_view email, std::string_view network) const;

  private:
    static constexpr std::size_t kMost = 20'000;
    std::uint64_t digest(std::string_view email, std::string_view network) const;

    ByteArray<16> key_{};
    mutable std::mutex mutex_;
    std::unordered_set<std::uint64_t> known_;
    std::deque<std::uint64_t> order_;  ///< the oldest in front
};

}  // namespace kith::web
