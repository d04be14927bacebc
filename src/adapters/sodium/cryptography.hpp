// The primitives of app/ports/cryptography.hpp by libsodium. Safe from any thread.
#pragma once
#include <memory>

#include "app/ports/cryptography.hpp"

namespace kith::sodium {

/// Prepares libsodium once and tells the log whether this process may lock memory. `unavailable` when the system gives
/// no random numbers.
Result<std::unique_ptr<app::Cryptography>> make_cryptography();

}  // namespace kith::sodium
