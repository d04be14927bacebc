// An export of the ledger: tiles as files of one folder. Each is on disk, whole, before it has its name.
#pragma once
#include "adapters/files/durable_file.hpp"
#include "ledger/tiles.hpp"

namespace kith::files {

class FiledTiles final : public ledger::TileFolder {
  public:
    explicit FiledTiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

    Result<std::optional<Bytes>> read(const std::string& name) override;
    Result<void> add(const std::string& name, BytesView bytes) override;
    Result<void> replace(const std::string& name, BytesView bytes) override;

  private:
    Result<void> make_folders_for(const std::filesystem::path& file) const;

    const std::filesystem::path folder_;
};

}  // namespace kith::files
