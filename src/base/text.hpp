// Text as it comes from people: UTF-8 checked once at the door, trimmed, counted in characters.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace kith::text {

/// True for well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms) without NUL or other control characters
/// than tab, line feed and carriage return.
bool is_clean_utf8(std::string_view text);
/// Code points in well-formed UTF-8.
std::size_t length(std::string_view text);
/// Without white space at both ends, and CR LF as LF.
std::string tidy(std::string_view text);
/// The first `characters` code points, with an ellipsis where something was left out; cut at a word if one is near.
std::string shorten(std::string_view text, std::size_t characters);
bool is_digits(std::string_view text);
std::string ascii_lower(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char at);

}  // namespace kith::text
