// Sealed files in one folder: `<id>` when finished, `<id>.part` while being written.
//
//   "KITHFIL1"  8 bytes
//   header      24 bytes (crypto_secretstream_xchacha20poly1305)
//   piece       65,536 plain bytes and 17 more, associated data = the file's id; the last one is tagged final,
//               is 0 to 65,536 plain bytes long and is always there
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "app/ports/sealed_files.hpp"

namespace kith::sodium {

/// Bytes that are free where that folder lies.
using FreeSpace = std::function<std::uint64_t(const std::filesystem::path& folder)>;
std::uint64_t free_on_disk(const std::filesystem::path& folder);
/// Kept free for the database, by every file, before it begins and at each further `kAskAgainEvery` of it.
constexpr std::uint64_t kKeptFree = std::uint64_t{256} << 20U, kAskAgainEvery = std::uint64_t{1} << 20U;

/// Makes the folder (0700) when absent and removes unfinished files that a crash left. One server a folder.
Result<std::unique_ptr<app::SealedFiles>> open_sealed_files(const std::filesystem::path& folder,
                                                            FreeSpace free_space = free_on_disk);

}  // namespace kith::sodium
