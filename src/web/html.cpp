#include "web/html.hpp"

#include <algorithm>

namespace kith::web {
namespace {

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

/// Printable ASCII that may stand in an address as it is.
bool is_address_text(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return c > ' ' && c < 0x7f && std::string_view("\"'<>\\^`{|}").find(c) == std::string_view::npos;
    });
}

}  // namespace

std::string percent_encode(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (is_unreserved(c)) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
    }
    return out;
}

void Url::add_piece(std::string& to, std::string_view& pattern, const std::string& piece) {
    // A browser takes "." and ".." out of a path, even encoded, and two slashes at its start for a host.
    KITH_CHECK(!piece.empty() && piece != "." && piece != "..");
    const auto hole = pattern.find("{}");
    to += pattern.substr(0, hole);
    to += percent_encode(piece);
    pattern.remove_prefix(hole + 2);
}

Url Url::with(Words name, std::string_view value) const {
    std::string made(text());
    made += made.find('?') == std::string::npos ? '?' : '&';
    return Url(Made{}, made + percent_encode(name.text) + '=' + percent_encode(value));
}

Url Url::at(std::string_view place) const { return Url(Made{}, std::string(text()) + '#' + percent_encode(place)); }

Url Url::telephone(std::string_view number) {
    std::string made = "tel:";
    for (const char c : number)
        if ((c >= '0' && c <= '9') || c == '+') made += c;
    return Url(Made{}, std::move(made));
}

Url Url::mail(std::string_view address) {
    std::string made = "mailto:";
    for (const char c : address) made += c == '@' ? "@" : percent_encode({&c, 1});
    return Url(Made{}, std::move(made));
}

Result<Url> Url::local(std::string_view text) {
    if (!is_local(text) || !is_address_text(text)) return fail(Code::invalid, "not a path on this server");
    return Url(Made{}, std::string(text));
}

Result<Url> Url::https(std::string_view text) {
    if (!text.starts_with("https://") || !is_address_text(text)) return fail(Code::invalid, "not an https address");
    return Url(Made{}, std::string(text));
}

void Html::escape(std::string_view text) {
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string_view entity;
        switch (text[i]) {
            case '&':
                entity = "&amp;";
                break;
            case '<':
                entity = "&lt;";
                break;
            case '>':
                entity = "&gt;";
                break;
            case '"':
                entity = "&quot;";
                break;
            case '\'':
                entity = "&#39;";
                break;
            default:
                continue;
        }
        text_.append(text.substr(from, i - from)).append(entity);
        from = i + 1;
    }
    text_.append(text.substr(from));
}

}  // namespace kith::web
