#include "web/json.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <cmath>
#include <limits>
#include <optional>

namespace kith::web {
namespace {
namespace json = boost::json;
using json::error_code;

constexpr std::size_t kMostMembers = 200;

/// Builds the tree from what the parser meets. `wrong` is set when the text is JSON that we do not take.
struct Builder {
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = max_object_size;
    static constexpr std::size_t max_key_size = max_object_size;
    static constexpr std::size_t max_string_size = max_object_size;

    std::vector<Json> open{Json::array()};  ///< the containers around what comes next; the first holds the whole
    std::vector<std::string> names;         ///< of the open objects, the member that comes next
    std::string part;
    std::optional<Error> wrong;

    bool put(Json value) {
        Json& into = open.back();
        if (into.is(Json::Kind::array)) {
            into.add(std::move(value));
        } else {
            into.add(std::move(names.back()), std::move(value));
            names.pop_back();
        }
        return true;
    }
    bool refuse(error_code& error, const Error& why) {
        wrong = why;
        error = json::error::syntax;
        return false;
    }
    bool end() {
        Json done = std::move(open.back());
        open.pop_back();
        return put(std::move(done));
    }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_array_begin(error_code&) { return open.push_back(Json::array()), true; }
    bool on_array_end(std::size_t, error_code&) { return end(); }
    bool on_object_begin(error_code&) { return open.push_back(Json::object()), true; }
    bool on_object_end(std::size_t, error_code&) { return end(); }
    bool on_key_part(json::string_view text, std::size_t, error_code&) {
        return part.append(text.data(), text.size()), true;
    }
    bool on_key(json::string_view text, std::size_t size, error_code& error) {
        on_key_part(text, size, error);
        // Each name is compared with those before it.
        if (open.back().members().size() == kMostMembers)
            return refuse(error, Error{Code::invalid, "too many names in one object", "json_names"});
        if (open.back().find(part) != nullptr)
            return refuse(error, Error{Code::invalid, "a name twice in one object", "json_twice"});
        names.push_back(std::exchange(part, {}));
        return true;
    }
    bool on_string_part(json::string_view text, std::size_t size, error_code& error) {
        return on_key_part(text, size, error);
    }
    bool on_string(json::string_view text, std::size_t size, error_code& error) {
        on_key_part(text, size, error);
        return put(Json(std::exchange(part, {})));
    }
    bool on_number_part(json::string_view text, error_code&) { return part.append(text.data(), text.size()), true; }
    bool number(json::string_view text, error_code& error) {
        on_number_part(text, error);
        return put(Json::number_as_written(std::exchange(part, {})));
    }
    bool on_int64(std::int64_t, json::string_view text, error_code& error) { return number(text, error); }
    bool on_uint64(std::uint64_t, json::string_view text, error_code& error) { return number(text, error); }
    bool on_double(double value, json::string_view text, error_code& error) {
        // The parser turns 1e999 into infinity.
        if (!std::isfinite(value)) return refuse(error, Error{Code::invalid, "a number out of range", "json_number"});
        return number(text, error);
    }
    bool on_bool(bool value, error_code&) { return put(Json::boolean(value)); }
    bool on_null(error_code&) { return put(Json()); }
    bool on_comment_part(json::string_view, error_code&) { return true; }
    bool on_comment(json::string_view, error_code&) { return true; }
};

void write_text(std::string& out, std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += kHex[byte >> 4U];
            out += kHex[byte & 15U];
        } else {
            out += c;
        }
    }
    out += '"';
}

void write(std::string& out, const Json& json) {
    const char* between = "";
    switch (json.kind()) {
        case Json::Kind::null:
            out += "null";
            return;
        case Json::Kind::boolean:
        case Json::Kind::number:
            out += json.text();
            return;
        case Json::Kind::text:
            write_text(out, json.text());
            return;
        case Json::Kind::array:
            out += '[';
            for (const Json& item : json.items()) {
                out += std::exchange(between, ",");
                write(out, item);
            }
            out += ']';
            return;
        case Json::Kind::object:
            out += '{';
            for (const auto& [name, value] : json.members()) {
                out += std::exchange(between, ",");
                write_text(out, name);
                out += ':';
                write(out, value);
            }
            out += '}';
            return;
    }
}
}  // namespace

Json Json::number_as_written(std::string digits) {
    Json out;
    out.kind_ = Kind::number;
    out.text_ = std::move(digits);
    return out;
}
Json Json::array(Items items) {
    Json out;
    out.kind_ = Kind::array;
    out.items_ = std::move(items);
    return out;
}
Json Json::object(Members members) {
    Json out;
    out.kind_ = Kind::object;
    out.members_ = std::move(members);
    return out;
}

const Json* Json::find(std::string_view name) const {
    const auto at = std::ranges::find(members_, name, &Members::value_type::first);
    return at == members_.end() ? nullptr : &at->second;
}
Json& Json::add(Json item) { return items_.emplace_back(std::move(item)); }
Json& Json::add(std::string name, Json value) {
    return members_.emplace_back(std::move(name), std::move(value)).second;
}

Result<Json> parse_json(std::string_view text, std::size_t most) {
    if (text.size() > most) return fail(Code::too_large, "more than is read here");
    json::parse_options options;
    options.max_depth = kMostJsonDepth;
    json::basic_parser<Builder> parser(options);
    error_code error;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
    if (parser.handler().wrong) return Failure(*parser.handler().wrong);
    if (error == json::error::too_deep) return fail(Code::invalid, "nested too deeply", "json_deep");
    if (error || read != text.size()) return fail(Code::invalid, "not JSON", "json_syntax");
    return parser.handler().open.front().items().front();
}

std::string to_text(const Json& json) {
    std::string out;
    write(out, json);
    return out;
}

}  // namespace kith::web
