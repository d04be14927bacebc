#include "dmn/value/json.hpp"

#include "dmn/value/text.hpp"

namespace kith::dmn {

std::string json_text(std::string_view text) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += "\\u00";
            out += kDigits[static_cast<unsigned char>(c) >> 4U];
            out += kDigits[static_cast<unsigned char>(c) & 15U];
        } else {
            out += c;
        }
    }
    return out + "\"";
}

std::string json_of(const Value& value) {
    switch (value.kind()) {
        case Kind::null:
            return "null";
        case Kind::boolean:
            return value.boolean() ? "true" : "false";
        case Kind::number:
            return value.number().text();
        case Kind::list:
            return json_list(value.list(), [](const Value& item) { return json_of(item); });
        case Kind::context: {
            std::string out = "{";
            for (const Entry& entry : value.context().entries)
                out += (out.size() > 1 ? "," : "") + json_text(entry.name) + ":" + json_of(entry.value);
            return out + "}";
        }
        case Kind::string:
        case Kind::date:
        case Kind::time:
        case Kind::date_time:
        case Kind::days_duration:
        case Kind::months_duration:
            return json_text(text_of(value));
        case Kind::range:
        case Kind::function:
            return json_text(literal_of(value));
    }
    return "null";
}

}  // namespace kith::dmn
