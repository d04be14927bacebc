// The keys of single days under which the ways in lie (app/vault). They live outside database, backups and snapshots,
// so that destroying one closes every way in that it covers, in every copy. No worry waits for them: each failure here
// is an ordinary Result.
#pragma once
#include <compare>
#include <cstdint>
#include <vector>

#include "base/error.hpp"
#include "base/secret.hpp"

namespace kith::app {

/// Days since 1970-01-01.
struct Epoch {
    std::int64_t day = 0;
    friend auto operator<=>(const Epoch&, const Epoch&) = default;
};

class EpochKeys {
  public:
    virtual ~EpochKeys() = default;

    /// Durable, file and folder, when it returns. `conflict` when that epoch has a key; it is never replaced.
    virtual Result<void> create(Epoch epoch, const Key& key) = 0;
    /// `not_found` for an epoch without a key or whose key was destroyed; `unavailable` when the place is away.
    virtual Result<Key> read(Epoch epoch) = 0;
    /// Durably gone when it returns. Destroying twice, or what never was, succeeds; a place that is away is
    /// `unavailable`, for then nobody can say so.
    virtual Result<void> destroy(Epoch epoch) = 0;
    /// Every epoch that may still have a key, in order; one whose destruction was cut short is among them.
    virtual Result<std::vector<Epoch>> list() = 0;
};

}  // namespace kith::app
