// How the master key is made from a pass phrase: the parameters of Argon2id, the salt, and a check by which a wrong
// phrase is known as such. No secret: without the phrase it opens nothing.
//
//   kith-master-passphrase/1
//   argon2id13 3 268435456
//   salt 0f3c...
//   check 91b0...
#pragma once
#include <filesystem>

#include "app/ports/cryptography.hpp"

namespace kith::files {

struct PassphraseFile {
    std::uint64_t operations = 0, memory = 0;  ///< passes, bytes
    app::Salt salt{};
    ByteArray<32> check{};
    friend bool operator==(const PassphraseFile&, const PassphraseFile&) = default;
};

/// `not_found`; `invalid` when it is none.
Result<PassphraseFile> read_passphrase_file(const std::filesystem::path& path);
/// Durable when it returns. `conflict` when there is one: it is never replaced.
Result<void> create_passphrase_file(const std::filesystem::path& path, const PassphraseFile& file);

}  // namespace kith::files
