// What the readers of notes and proofs share.
#pragma once
#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace kith::ledger {

/// What lies before the first `end`, and `text` without both.
inline std::optional<std::string_view> cut(std::string_view& text, std::string_view end) {
    const auto at = text.find(end);
    if (at == text.npos) return std::nullopt;
    const std::string_view piece = text.substr(0, at);
    text.remove_prefix(at + end.size());
    return piece;
}

template <std::size_t N>
std::optional<ByteArray<N>> exactly(const std::optional<Bytes>& bytes) {
    if (!bytes || bytes->size() != N) return std::nullopt;
    ByteArray<N> out;
    std::ranges::copy(*bytes, out.begin());
    return out;
}

/// Decimal digits in their one form.
inline std::optional<std::uint64_t> number_of(std::string_view text) {
    std::uint64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || std::to_string(number) != text) return std::nullopt;
    return number;
}

}  // namespace kith::ledger
