// Sealed files in one folder: `<id>` when finished, `<id>.part` while being written.
//
//   "KITHFIL1"  8 bytes
//   header      24 bytes (crypto_secretstream_xchacha20poly1305)
//   piece       65,536 plain bytes and 17 more, associated data = the file's id; the last one is tagged final,
//               is 0 to 65,536 plain bytes long and is always there
#pragma once
#include <filesystem>
#include <memory>

#include "app/ports/sealed_files.hpp"

namespace kith::sodium {

/// Makes the folder (0700) when absent and removes unfinished files that a crash left. One server a folder.
Result<std::unique_ptr<app::SealedFiles>> open_sealed_files(const std::filesystem::path& folder);

}  // namespace kith::sodium
