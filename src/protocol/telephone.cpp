#include "protocol/telephone.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"

namespace kith::protocol {

bool is_plausible_telephone(std::string_view number) {
    static constexpr std::array<std::string_view, 5> kShort{"101", "111", "999", "08001111", "116000"};
    std::string digits;
    for (const std::string_view group : text::split(number, ' ')) {
        if (group.empty() || !text::is_digits(group)) return false;
        digits += group;
    }
    if (std::ranges::find(kShort, digits) != kShort.end()) return true;
    return (digits.size() == 10 || digits.size() == 11) && digits[0] == '0' &&
           std::string_view("12378").find(digits[1]) != std::string_view::npos;
}

bool is_plausible_option(std::string_view option) {
    return option.size() == 1 && std::string_view("0123456789*#").find(option[0]) != std::string_view::npos;
}

}  // namespace kith::protocol
