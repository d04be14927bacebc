#include "base/text.hpp"

#include <algorithm>
#include <cstdint>

namespace kith::text {
namespace {
/// Bytes of the code point at the front, or 0 when it is not well formed.
std::size_t sequence(std::string_view text) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = at(0);
    if (first < 0x80) return 1;
    const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < size) return 0;
    std::uint32_t point = first & (0xffU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((at(i) & 0xc0) != 0x80) return 0;
        point = point << 6 | (at(i) & 0x3fU);
    }
    if (size == 3 && (point < 0x800 || (point >= 0xd800 && point <= 0xdfff))) return 0;
    if (size == 4 && (point < 0x10000 || point > 0x10ffff)) return 0;
    return size;
}
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
}  // namespace

bool is_clean_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto size = sequence(text);
        if (size == 0) return false;
        const auto first = static_cast<unsigned char>(text.front());
        if ((first < 0x20 && !is_space(text.front())) || first == 0x7f) return false;
        text.remove_prefix(size);
    }
    return true;
}

std::size_t length(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string tidy(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r') {
            if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
            continue;
        }
        out += text[i];
    }
    return out;
}

std::string shorten(std::string_view text, std::size_t characters) {
    if (length(text) <= characters) return std::string(text);
    std::size_t end = 0;
    for (std::size_t n = 0; n < characters && end < text.size(); ++n)
        end += std::max<std::size_t>(1, sequence(text.substr(end)));
    std::string_view cut = text.substr(0, std::min(end, text.size()));
    const auto space = cut.find_last_of(" \n");
    if (space != cut.npos && space > cut.size() / 2) cut = cut.substr(0, space);
    return std::string(cut) + "\u2026";
}

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string ascii_lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> out;
    for (;;) {
        const auto end = text.find(at);
        out.push_back(text.substr(0, end));
        if (end == text.npos) return out;
        text.remove_prefix(end + 1);
    }
}

}  // namespace kith::text
