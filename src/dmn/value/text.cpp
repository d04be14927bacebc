#include "dmn/value/text.hpp"

#include "dmn/value/temporal.hpp"

namespace kith::dmn {
namespace {
enum class Form : std::uint8_t { plain, nested, literal };

void write(const Value& value, Form form, std::string& out);

void write_end(bool has, const Value& end, Form form, std::string& out) {
    if (has) write(end, form == Form::plain ? Form::nested : form, out);
}

void write_range(const Range& range, Form form, std::string& out) {
    if (!range.has_low || !range.has_high) {
        out += range.has_low ? (range.low_end == End::closed ? "(>=" : "(>")
                             : (range.high_end == End::closed ? "(<=" : "(<");
        write_end(true, range.has_low ? range.low : range.high, form, out);
        out += ')';
        return;
    }
    out += range.low_end == End::closed ? '[' : '(';
    write_end(true, range.low, form, out);
    out += "..";
    write_end(true, range.high, form, out);
    out += range.high_end == End::closed ? ']' : ')';
}

bool plain_name(std::string_view name) {
    if (name.empty() || (name.front() >= '0' && name.front() <= '9')) return false;
    for (const char c : name)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ' '))
            return false;
    return name.front() != ' ' && name.back() != ' ';
}

void write_context(const Context& context, Form form, std::string& out) {
    out += '{';
    bool first = true;
    for (const Entry& entry : context.entries) {
        if (!first) out += ", ";
        first = false;
        out += plain_name(entry.name) ? std::string(entry.name) : quoted(entry.name);
        out += ": ";
        write(entry.value, form == Form::plain ? Form::nested : form, out);
    }
    out += '}';
}

void write_list(std::span<const Value> items, Form form, std::string& out) {
    out += '[';
    bool first = true;
    for (const Value& item : items) {
        if (!first) out += ", ";
        first = false;
        write(item, form == Form::plain ? Form::nested : form, out);
    }
    out += ']';
}

void write(const Value& value, Form form, std::string& out) {
    const bool temporal = value.kind() >= Kind::date && value.kind() <= Kind::months_duration;
    if (temporal && form == Form::literal) out += "@\"";
    switch (value.kind()) {
        case Kind::null:
            out += "null";
            break;
        case Kind::boolean:
            out += value.boolean() ? "true" : "false";
            break;
        case Kind::number:
            out += value.number().text();
            break;
        case Kind::string:
            out += form == Form::plain ? std::string(value.string()) : quoted(value.string());
            break;
        case Kind::date:
            write_date(value.days(), out);
            break;
        case Kind::time:
            write_time(value.clock(), out);
            break;
        case Kind::date_time:
            write_date_time(value.clock(), out);
            break;
        case Kind::days_duration:
            write_span(value.span(), out);
            break;
        case Kind::months_duration:
            write_months(value.months(), out);
            break;
        case Kind::range:
            write_range(value.range(), form, out);
            break;
        case Kind::list:
            write_list(value.list(), form, out);
            break;
        case Kind::context:
            write_context(value.context(), form, out);
            break;
        case Kind::function:
            out += "function";
            break;
    }
    if (temporal && form == Form::literal) out += '"';
}
}  // namespace

std::string text_of(const Value& value) {
    std::string out;
    write(value, Form::plain, out);
    return out;
}

std::string literal_of(const Value& value) {
    std::string out;
    write(value, Form::literal, out);
    return out;
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else if (c == '\t')
            out += "\\t";
        else
            out += c;
    }
    return out + '"';
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    const unsigned first = byte(0);
    const std::size_t width = first < 0x80   ? 1
                              : first < 0xc2 ? 0
                              : first < 0xe0 ? 2
                              : first < 0xf0 ? 3
                              : first < 0xf5 ? 4
                                             : 0;
    if (width == 0 || at + width > text.size()) {
        ++at;
        return 0xfffd;
    }
    char32_t out = width == 1 ? first : first & (0xffU >> (width + 1));
    for (std::size_t i = 1; i < width; ++i) {
        if ((byte(i) & 0xc0U) != 0x80U) {
            ++at;
            return 0xfffd;
        }
        out = (out << 6) | (byte(i) & 0x3fU);
    }
    at += width;
    return out;
}

std::size_t code_points(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1 : 0;
    return count;
}

std::size_t byte_of(std::string_view text, std::size_t code_point) {
    std::size_t at = 0;
    while (at < text.size()) {
        if ((static_cast<unsigned char>(text[at]) & 0xc0U) != 0x80U && code_point-- == 0) return at;
        ++at;
    }
    return at;
}

void append_code_point(char32_t point, std::string& out) {
    const auto put = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xc0 | (point >> 6));
        put(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
        put(0xe0 | (point >> 12));
        put(0x80 | ((point >> 6) & 0x3f));
        put(0x80 | (point & 0x3f));
    } else {
        put(0xf0 | (point >> 18));
        put(0x80 | ((point >> 12) & 0x3f));
        put(0x80 | ((point >> 6) & 0x3f));
        put(0x80 | (point & 0x3f));
    }
}

}  // namespace kith::dmn
