// The folder that one server keeps everything in. While a DataFolder lives no other process can open the same one; the
// system lets go of the lock when the process ends, however it ends.
#pragma once
#include <filesystem>

#include "adapters/files/durable_file.hpp"

namespace kith::files {

class DataFolder {
  public:
    /// Makes the folder (0700) when absent. `conflict` when another server has it.
    static Result<DataFolder> open(const std::filesystem::path& path);
    const std::filesystem::path& path() const { return path_; }

  private:
    DataFolder(std::filesystem::path path, Descriptor lock) : path_(std::move(path)), lock_(std::move(lock)) {}
    std::filesystem::path path_;
    Descriptor lock_;
};

}  // namespace kith::files
