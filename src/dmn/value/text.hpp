// Values as text: as FEEL's string() gives them, and as a literal that reads back as the same value.
#pragma once
#include <string>

#include "dmn/value/value.hpp"

namespace kith::dmn {

/// As `string()` gives it: a text as it is, texts within lists and contexts in quotes.
std::string text_of(const Value& value);
/// As a FEEL literal: `"police"`, `@"2026-03-29"`, `[1, 2]`.
std::string literal_of(const Value& value);
/// In double quotes, escaped.
std::string quoted(std::string_view text);

/// Code points of well-formed UTF-8; a byte that is none counts as one.
std::size_t code_points(std::string_view text);
/// The byte at which the code point with this number begins, or the size.
std::size_t byte_of(std::string_view text, std::size_t code_point);
/// The code point at `at`, which is moved past it; 0xFFFD for bytes that are none.
char32_t next_code_point(std::string_view text, std::size_t& at);
void append_code_point(char32_t point, std::string& out);

}  // namespace kith::dmn
