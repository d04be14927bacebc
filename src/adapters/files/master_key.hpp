// The one key that everything at rest lies under, in a file of its own: 32 raw bytes, or as base64 or hex with white
// space around it. A service manager's credential is such a file too.
#pragma once
#include <filesystem>

#include "base/error.hpp"
#include "base/secret.hpp"

namespace kith::files {

/// `not_found`; `forbidden` when the file's mode lets anyone but its owner in; `invalid` when it is no key.
Result<Key> load_master_key(const std::filesystem::path& path);
/// Writes a new file as base64, durable when it returns. `conflict` when there is one: it is never replaced.
Result<void> create_master_key(const std::filesystem::path& path, const Key& key);

}  // namespace kith::files
