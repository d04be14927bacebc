#include "web/http/form.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace kith::web::http {
namespace {
int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}
bool is_unreserved(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}
}  // namespace

std::optional<std::string> percent_decode(std::string_view text, Plus plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte >= 0x7f) return std::nullopt;
        if (c == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_value(text[i + 1]);
            const int low = hex_value(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high << 4 | low);
            i += 2;
        } else {
            out += c == '+' && plus == Plus::space ? ' ' : c;
        }
    }
    return out;
}

std::string percent_encode(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (is_unreserved(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += hex[byte >> 4];
        out += hex[byte & 15];
    }
    return out;
}

std::string with_query(std::string_view path,
                       std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
    std::string out(path);
    char mark = '?';
    for (const auto& [name, value] : fields) {
        out += std::exchange(mark, '&');
        out += percent_encode(name) + '=' + percent_encode(value);
    }
    return out;
}

Result<Form> Form::parse(std::string_view encoded, const FormLimits& limits) {
    Form form;
    if (encoded.size() > limits.bytes) return fail(Code::too_large, "form is too long");
    while (!encoded.empty()) {
        const auto end = encoded.find('&');
        const std::string_view pair = encoded.substr(0, end);
        const auto equals = pair.find('=');
        auto name = percent_decode(pair.substr(0, equals), Plus::space);
        auto value = percent_decode(equals == pair.npos ? std::string_view() : pair.substr(equals + 1), Plus::space);
        if (!name || !value) return fail(Code::invalid, "form is not percent-encoded");
        KITH_TRY(form.add(std::move(*name), std::move(*value), limits));
        if (end == encoded.npos) break;
        encoded.remove_prefix(end + 1);
        if (encoded.empty()) return fail(Code::invalid, "form field has no name");
    }
    return form;
}

Result<void> Form::add(std::string name, std::string value, const FormLimits& limits) {
    if (name.empty()) return fail(Code::invalid, "form field has no name");
    if (name.size() > limits.name_bytes) return fail(Code::too_large, "form field name is too long");
    if (fields_.size() >= limits.fields) return fail(Code::too_large, "form has too many fields");
    bytes_ += name.size() + value.size();
    if (bytes_ > limits.bytes) return fail(Code::too_large, "form is too long");
    if (!text::is_clean_utf8(name) || !text::is_clean_utf8(value))
        return fail(Code::invalid, "form field is not clean UTF-8 text");
    fields_.push_back({std::move(name), std::move(value)});
    return {};
}

std::string_view Form::get(std::string_view name) const {
    const auto found = std::ranges::find(fields_, name, &Field::name);
    return found == fields_.end() ? std::string_view() : std::string_view(found->value);
}

std::vector<std::string_view> Form::all(std::string_view name) const {
    std::vector<std::string_view> out;
    for (const Field& field : fields_)
        if (field.name == name) out.emplace_back(field.value);
    return out;
}

bool Form::has(std::string_view name) const { return std::ranges::find(fields_, name, &Field::name) != fields_.end(); }

}  // namespace kith::web::http
