#include "web/assets.hpp"

#include <algorithm>

namespace kith::ui::assets {
std::string_view file(std::string_view name);
}

namespace kith::web {

std::optional<Asset> Assets::find(std::string_view path) {
    const auto row = std::ranges::find(ui::kAssetRows, path, &ui::AssetRow::path);
    if (row == ui::kAssetRows.end()) return std::nullopt;
    return Asset{row->content_type, ui::assets::file(row->name)};
}

Url asset_url(AssetName name) {
    const auto row = std::ranges::find(ui::kAssetRows, name.text, &ui::AssetRow::name);
    KITH_CHECK(row != ui::kAssetRows.end());
    auto url = Url::local(row->path);
    KITH_CHECK(url.has_value());
    return *url;
}

}  // namespace kith::web
