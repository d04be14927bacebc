#include "adapters/files/tile_folder.hpp"

namespace kith::files {
namespace {

/// 256 leaves of the largest size with their lengths.
constexpr std::size_t kLargestTile = std::size_t{256} * (64 * 1024 + 2);

}  // namespace

Result<std::optional<Bytes>> FiledTiles::read(const std::string& name) {
    const auto bytes = read_whole(folder_ / name, kLargestTile);
    if (bytes) return std::optional(to_bytes(bytes->expose()));
    if (bytes.error().code == Code::not_found) return std::optional<Bytes>();
    return Failure(bytes.error());
}

Result<void> FiledTiles::make_folders_for(const std::filesystem::path& file) const {
    std::filesystem::path folder = folder_;
    KITH_TRY(make_private_folder(folder));
    for (const auto& part : file.parent_path().lexically_relative(folder_)) {
        if (part == ".") continue;
        folder /= part;
        KITH_TRY(make_private_folder(folder));
    }
    return {};
}

Result<void> FiledTiles::add(const std::string& name, BytesView bytes) {
    KITH_TRY(make_folders_for(folder_ / name));
    return durable_write(folder_ / name, bytes, Existing::refuse);
}

Result<void> FiledTiles::replace(const std::string& name, BytesView bytes) {
    KITH_TRY(make_folders_for(folder_ / name));
    return durable_write(folder_ / name, bytes, Existing::replace);
}

}  // namespace kith::files
