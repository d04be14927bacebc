// Byte strings and their text forms.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

using Byte = std::uint8_t;
using Bytes = std::vector<Byte>;
using BytesView = std::span<const Byte>;
template <std::size_t N>
using ByteArray = std::array<Byte, N>;

inline BytesView as_bytes(std::string_view text) { return {reinterpret_cast<const Byte*>(text.data()), text.size()}; }
inline std::string_view as_text(BytesView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
inline Bytes to_bytes(BytesView bytes) { return {bytes.begin(), bytes.end()}; }
inline Bytes to_bytes(std::string_view text) { return to_bytes(as_bytes(text)); }
inline std::string to_text(BytesView bytes) { return std::string(as_text(bytes)); }
void append(Bytes& to, BytesView piece);

std::string to_hex(BytesView bytes);
std::optional<Bytes> from_hex(std::string_view text);

/// RFC 4648 section 4, with padding. Decoding refuses anything but the one canonical form.
std::string to_base64(BytesView bytes);
std::optional<Bytes> from_base64(std::string_view text);

/// Crockford's base 32 (0-9 A-Z without I L O U), most significant bit first, padded with zero bits on the right.
std::string to_crockford(BytesView bytes);
/// Takes lower case, o for 0, i and l for 1, and ignores hyphens and spaces; nothing else. Left-over bits must be zero.
std::optional<Bytes> from_crockford(std::string_view text);

/// Big-endian, as every number we write to disk or into a hash.
void append_u32(Bytes& to, std::uint32_t n);
void append_u64(Bytes& to, std::uint64_t n);
/// Length (u32) and then the bytes, so that no two lists of pieces make the same string.
void append_piece(Bytes& to, BytesView piece);

/// Reads what the functions above wrote; after the first piece that is not there, `ok()` is false and all else is
/// empty.
class ByteReader {
  public:
    explicit ByteReader(BytesView bytes) : rest_(bytes) {}
    std::uint32_t u32();
    std::uint64_t u64();
    BytesView piece();
    std::string text() { return to_text(piece()); }
    BytesView raw(std::size_t n);
    bool ok() const { return ok_; }
    bool at_end() const { return ok_ && rest_.empty(); }

  private:
    BytesView rest_;
    bool ok_ = true;
};

}  // namespace kith
