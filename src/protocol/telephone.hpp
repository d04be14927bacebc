#pragma once
#include <string_view>

namespace kith::protocol {

/// True for what can be dialled in the United Kingdom as people write it: ten or eleven digits beginning 01, 02, 03, 07
/// or 08, in groups parted by single spaces; or one of the short public numbers 101, 111, 999, 0800 1111, 116 000.
bool is_plausible_telephone(std::string_view number);

/// One key of a telephone: 0 to 9, * or #.
bool is_plausible_option(std::string_view option);

}  // namespace kith::protocol
