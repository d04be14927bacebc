// The primitives of app/ports/cryptography.hpp by libsodium. Safe from any thread.
#pragma once
#include <memory>

#include "app/ports/cryptography.hpp"

namespace kith::sodium {

/// Prepares libsodium once and tells the log whether this process may lock memory. `unavailable` when the system gives
/// no random numbers.
Result<std::unique_ptr<app::Cryptography>> make_cryptography();

/// One Argon2id run with parameters of its own. `unavailable` without the memory for it, `invalid` for parameters that
/// are none. What a pass phrase of the master key is stretched with, and nothing else.
Result<app::Stretched> stretch_slowly(const SecretText& phrase, const app::Salt& salt, std::uint64_t operations,
                                      std::uint64_t memory);
/// Parameters for a phrase that is typed once at start: three passes over 256 MiB.
constexpr std::uint64_t kSlowOperations = 3, kSlowMemory = std::uint64_t{256} << 20U;

}  // namespace kith::sodium
