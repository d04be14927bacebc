// A whole copy of the database file, made while others write: `VACUUM INTO`, synced, checked, named. What is sealed in
// the store is sealed in the copy; epoch keys and the master key are not in it.
#pragma once
#include <filesystem>

#include "base/error.hpp"

namespace kith::sqlite {

/// `conflict` when `to` is there, `betrayed` when the copy fails its integrity check.
Result<void> back_up(const std::filesystem::path& database, const std::filesystem::path& to);

}  // namespace kith::sqlite
