#include "base/bytes.hpp"

#include <algorithm>

namespace kith {
namespace {
constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

int crockford_value(char c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') return 0;
    if (c == 'I' || c == 'L') return 1;
    const auto at = kCrockford.find(c);
    return at == kCrockford.npos ? -1 : static_cast<int>(at);
}

std::string encode(BytesView bytes, std::string_view alphabet, unsigned width) {
    std::string out;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (const Byte b : bytes) {
        held = held << 8 | b;
        bits += 8;
        while (bits >= width) {
            bits -= width;
            out += alphabet[held >> bits & ((1U << width) - 1)];
        }
        held &= (1U << bits) - 1;
    }
    if (bits != 0) out += alphabet[held << (width - bits) & ((1U << width) - 1)];
    return out;
}
}  // namespace

void append(Bytes& to, BytesView piece) { to.insert(to.end(), piece.begin(), piece.end()); }

std::string to_hex(BytesView bytes) { return encode(bytes, kHex, 4); }

std::optional<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    Bytes out;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto high = kHex.find(text[i]);
        const auto low = kHex.find(text[i + 1]);
        if (high == kHex.npos || low == kHex.npos) return std::nullopt;
        out.push_back(static_cast<Byte>(high << 4 | low));
    }
    return out;
}

std::string to_base64(BytesView bytes) {
    std::string out = encode(bytes, kBase64, 6);
    while (out.size() % 4 != 0) out += '=';
    return out;
}

std::optional<Bytes> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::string_view body = text;
    while (!body.empty() && body.back() == '=' && text.size() - body.size() < 2) body.remove_suffix(1);
    Bytes out;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (const char c : body) {
        const auto value = kBase64.find(c);
        if (value == kBase64.npos) return std::nullopt;
        held = held << 6 | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out.push_back(static_cast<Byte>(held >> bits & 0xff));
        }
        held &= (1U << bits) - 1;
    }
    if (held != 0 || to_base64(out) != text) return std::nullopt;
    return out;
}

std::string to_crockford(BytesView bytes) { return encode(bytes, kCrockford, 5); }

std::optional<Bytes> from_crockford(std::string_view text) {
    Bytes out;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (const char c : text) {
        if (c == '-' || c == ' ') continue;
        const int value = crockford_value(c);
        if (value < 0) return std::nullopt;
        held = held << 5 | static_cast<std::uint32_t>(value);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            out.push_back(static_cast<Byte>(held >> bits & 0xff));
        }
        held &= (1U << bits) - 1;
    }
    if (held != 0 || bits >= 5) return std::nullopt;
    return out;
}

void append_u32(Bytes& to, std::uint32_t n) {
    for (int shift = 24; shift >= 0; shift -= 8) to.push_back(static_cast<Byte>(n >> shift & 0xff));
}

void append_u64(Bytes& to, std::uint64_t n) {
    for (int shift = 56; shift >= 0; shift -= 8) to.push_back(static_cast<Byte>(n >> shift & 0xff));
}

void append_piece(Bytes& to, BytesView piece) {
    append_u32(to, static_cast<std::uint32_t>(piece.size()));
    append(to, piece);
}

BytesView ByteReader::raw(std::size_t n) {
    if (!ok_ || n > rest_.size()) {
        ok_ = false;
        rest_ = {};
        return {};
    }
    const BytesView out = rest_.first(n);
    rest_ = rest_.subspan(n);
    return out;
}

std::uint32_t ByteReader::u32() {
    std::uint32_t n = 0;
    for (const Byte b : raw(4)) n = n << 8 | b;
    return n;
}

std::uint64_t ByteReader::u64() {
    std::uint64_t n = 0;
    for (const Byte b : raw(8)) n = n << 8 | b;
    return n;
}

BytesView ByteReader::piece() { return raw(u32()); }

}  // namespace kith
