// What a witness of other agencies' ledgers keeps: `key`, its own signing key, and in `logs` one small file a ledger,
// named by the SHA-256 of its origin: the keys that are trusted for it, an empty line, and the newest checkpoint that
// was cosigned. It is put in the old one's place whole and is on disk when `remember` returns. A ledger that is watched
// has a file from then on, so that one that was lost is not taken for one that was never asked about.
#pragma once
#include <functional>

#include "adapters/files/data_folder.hpp"
#include "base/secret.hpp"
#include "ledger/witness.hpp"

namespace kith::files {

struct WitnessKeyFile {
    std::string name;
    Key seed;
};

class WitnessFolder final : public ledger::WitnessMemory {
  public:
    using DigestOf = std::function<ByteArray<32>(BytesView)>;

    /// Makes the folder (0700) with this key. `conflict` when it has one.
    static Result<void> create(const std::filesystem::path& folder, const WitnessKeyFile& key);
    /// `conflict` while another process has it: two would not know what the other cosigned.
    static Result<WitnessFolder> open(const std::filesystem::path& folder, DigestOf digest_of);

    Result<WitnessKeyFile> key() const;
    Result<ledger::WatchedLog> recall(std::string_view origin) override;
    Result<void> remember(std::string_view origin, const ledger::WatchedLog& log) override;

  private:
    WitnessFolder(DataFolder held, DigestOf digest_of) : held_(std::move(held)), digest_of_(std::move(digest_of)) {}
    std::filesystem::path file_of(std::string_view origin) const;

    DataFolder held_;
    DigestOf digest_of_;
};

}  // namespace kith::files
