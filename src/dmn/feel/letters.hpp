// Which characters make a FEEL name (DMN 1.5, 10.3.1.2, rules 28 to 33) and which are space (rules 62 and 63).
#pragma once
#include <string_view>

#include "dmn/value/text.hpp"

namespace kith::dmn::letters {

inline char32_t next(std::string_view text, std::size_t& at) { return next_code_point(text, at); }

constexpr bool is_space(char32_t c) {
    return c == ' ' || (c >= 0x09 && c <= 0x0d) || c == 0x85 || c == 0xa0 || c == 0x1680 || c == 0x180e ||
           (c >= 0x2000 && c <= 0x200b) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000 ||
           c == 0xfeff;
}
constexpr bool is_start(char32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (c >= 0xc0 && c <= 0x2ff && c != 0xd7 && c != 0xf7) ||
           (c >= 0x370 && c <= 0x1fff && c != 0x37e && c != 0x1680 && c != 0x180e) || c == 0x200c || c == 0x200d ||
           (c >= 0x2070 && c <= 0x218f) || (c >= 0x2c00 && c <= 0x2fef) || (c >= 0x3001 && c <= 0xd7ff) ||
           (c >= 0xf900 && c <= 0xfdcf) || (c >= 0xfdf0 && c < 0xfffd && c != 0xfeff) || (c >= 0x10000 && c <= 0xeffff);
}
constexpr bool is_part(char32_t c) {
    return is_start(c) || (c >= '0' && c <= '9') || c == 0xb7 || (c >= 0x300 && c <= 0x36f) || c == 0x203f ||
           c == 0x2040;
}
constexpr bool is_symbol(char32_t c) { return c == '.' || c == '/' || c == '-' || c == '\'' || c == '+' || c == '*'; }

}  // namespace kith::dmn::letters
