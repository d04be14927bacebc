// The style sheet, script, typeface and pictures that pages ask for. They are part of the program, served from memory,
// under names that carry a digest of their content, so that a browser may keep each for ever.
#pragma once
#include <optional>
#include <string_view>

#include "ui/asset_names.hpp"
#include "web/html.hpp"

namespace kith::web {

struct Asset {
    std::string_view content_type;
    std::string_view bytes;
};

class Assets {
  public:
    /// By the path a page asked for ("/assets/theme-3f9c....css"), or nothing.
    static std::optional<Asset> find(std::string_view path);
};

/// The name of an asset that is there: another does not compile.
struct AssetName {
    std::string_view text;
    consteval AssetName(const char* literal) : text(literal) {
        for (const auto known : ui::kAssetNames)
            if (known == text) return;
        throw "no such asset";
    }
};

/// `asset_url("theme.css")`
Url asset_url(AssetName name);

}  // namespace kith::web
