// Epoch keys as files of 32 bytes, `<day>.key`, in a folder of their own that is in no backup and no snapshot.
//
// Destroying writes zeros over the key, syncs, unlinks and syncs the folder. A crash in between leaves zeros, which
// read as "no such key" and are still listed, so that the next run ends the work. On flash and on copying file systems
// the overwriting is not to be relied on; there the disk's own encryption is.
#pragma once
#include <filesystem>

#include "app/ports/epoch_keys.hpp"

namespace kith::files {

class EpochKeyFiles : public app::EpochKeys {
  public:
    /// Makes nothing: a folder that is away is an ordinary failure of each call, now or later.
    explicit EpochKeyFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

    Result<void> create(app::Epoch epoch, const Key& key) override;
    Result<Key> read(app::Epoch epoch) override;
    Result<void> destroy(app::Epoch epoch) override;
    Result<std::vector<app::Epoch>> list() override;

  private:
    std::filesystem::path file_of(app::Epoch epoch) const;
    Result<void> expect_folder() const;

    const std::filesystem::path folder_;
};

}  // namespace kith::files
