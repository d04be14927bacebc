// Token buckets in memory: how often somebody may try. Nothing is written anywhere, and what was counted (an address, a
// name) is kept only as a digest under a key that dies with the process. Safe from any thread.
#pragma once
#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <string_view>
#include <unordered_map>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/instant.hpp"

namespace kith::web::http {

struct Rate {
    std::uint32_t burst;  ///< how many at once
    Duration refill;      ///< one more after each of these
};

struct Taken {
    enum class Answer { yes, wait } answer;
    Duration wait{0};  ///< until the next would be let through; for Retry-After
};

class RateLimiter {
  public:
    /// Keeps at most so many buckets of each kind, and forgets the one unused the longest. A flood of one kind never
    /// pushes out another kind's buckets.
    explicit RateLimiter(std::size_t buckets_per_kind = 50'000);

    /// Takes one token from the bucket of (kind, key). A refused try costs nothing, so it does not lengthen the wait.
    Taken take(Words kind, std::string_view key, Rate rate, Instant now);
    std::size_t size() const;

  private:
    struct Bucket {
        std::uint64_t digest;
        Duration spent;  ///< tokens taken and not yet back, in refill time; at most burst * refill
        Instant at;
    };
    struct Kind {
        std::list<Bucket> recent;  ///< the most recently used first
        std::unordered_map<std::uint64_t, std::list<Bucket>::iterator> by_digest;
    };
    Bucket& bucket(Kind& kind, std::uint64_t digest, Instant now);

    const std::size_t most_;
    ByteArray<16> key_{};
    mutable std::mutex mutex_;
    std::map<std::string_view, Kind> kinds_;
};

/// SipHash-2-4 (Aumasson and Bernstein): without the key, nobody can make two inputs collide.
std::uint64_t siphash(const ByteArray<16>& key, BytesView bytes);

}  // namespace kith::web::http
