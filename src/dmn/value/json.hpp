// Values as JSON, for scripts: numbers as they are, dates and durations as texts, ranges and functions as FEEL text.
#pragma once
#include <string>
#include <string_view>

#include "dmn/value/value.hpp"

namespace kith::dmn {

/// In double quotes, with JSON's escapes, which are fewer than FEEL's literals need.
std::string json_text(std::string_view text);
std::string json_of(const Value& value);

/// `[a,b]`, each item as `write` gives it.
template <class Items, class Write>
std::string json_list(const Items& items, Write write) {
    std::string out = "[";
    for (const auto& item : items) {
        if (out.size() > 1) out += ",";
        out += write(item);
    }
    return out + "]";
}

}  // namespace kith::dmn
