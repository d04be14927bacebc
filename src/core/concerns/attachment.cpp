#include "core/concerns/attachment.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace kith::concerns {
namespace {
constexpr std::array<std::string_view, 6> kNames{"jpeg", "png", "webp", "heif", "pdf", "text"};
constexpr std::array<std::string_view, 10> kHeifBrands{"heic", "heix", "heim", "heis", "hevc",
                                                       "hevx", "mif1", "msf1", "avif", "avis"};

bool is_text(std::string_view first) {
    // The last character may be cut in two.
    for (std::size_t cut = 0; cut < 4 && cut < first.size(); ++cut) {
        const std::string_view whole = first.substr(0, first.size() - cut);
        const bool clean = text::is_clean_utf8(whole);
        if (clean) return true;
        if ((static_cast<unsigned char>(whole.back()) & 0x80U) == 0) return false;
    }
    return false;
}
}  // namespace

std::string_view name_of(FileKind kind) { return kNames.at(static_cast<std::size_t>(kind)); }

std::optional<FileKind> file_kind_named(std::string_view name) {
    const auto at = std::ranges::find(kNames, name);
    return at == kNames.end() ? std::nullopt : std::optional(static_cast<FileKind>(at - kNames.begin()));
}

std::optional<FileKind> kind_of(BytesView first) {
    const std::string_view bytes = as_text(first.first(std::min(first.size(), kTellingBytes)));
    if (bytes.starts_with("\xFF\xD8\xFF")) return FileKind::jpeg;
    if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return FileKind::png;
    if (bytes.starts_with("RIFF") && bytes.substr(std::min<std::size_t>(8, bytes.size())).starts_with("WEBP"))
        return FileKind::webp;
    if (bytes.size() >= 12 && bytes.substr(4, 4) == "ftyp")
        return std::ranges::find(kHeifBrands, bytes.substr(8, 4)) == kHeifBrands.end() ? std::nullopt
                                                                                       : std::optional(FileKind::heif);
    if (bytes.starts_with("%PDF-")) return FileKind::pdf;
    return is_text(bytes) ? std::optional(FileKind::text) : std::nullopt;
}

std::string file_name(std::string_view typed) {
    typed.remove_prefix(typed.find_last_of("/\\") + 1);  // npos + 1 is 0: the whole name
    std::string name = text::tidy(typed);
    while (name.size() > kMostFileName || (!name.empty() && !text::is_clean_utf8(name))) name.pop_back();
    return name.empty() ? "file" : name;
}

}  // namespace kith::concerns
