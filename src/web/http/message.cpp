#include "web/http/message.hpp"

#include <algorithm>
#include <array>

#include "web/http/form.hpp"

namespace kith::web::http {
namespace {
struct NamedMethod {
    Method method;
    std::string_view name;
};
constexpr std::array<NamedMethod, 7> kMethods{{{Method::get, "GET"},
                                               {Method::head, "HEAD"},
                                               {Method::post, "POST"},
                                               {Method::put, "PUT"},
                                               {Method::patch, "PATCH"},
                                               {Method::delete_, "DELETE"},
                                               {Method::options, "OPTIONS"}}};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_token_character(char c) {
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}
bool is_line(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f; });
}
}  // namespace

std::string_view to_text(Method method) {
    for (const NamedMethod& named : kMethods)
        if (named.method == method) return named.name;
    throw Bug("a method without a name");
}

std::optional<Method> method_of(std::string_view text) {
    for (const NamedMethod& named : kMethods)
        if (named.name == text) return named.method;
    return std::nullopt;
}

std::string_view Request::header(std::string_view name) const {
    for (const Header& field : headers)
        if (same_name(field.name, name)) return field.value;
    return {};
}

Response see_other(std::string_view path_and_query) {
    Response response;
    response.status = 303;
    response.headers.push_back({"Location", std::string(path_and_query)});
    return response;
}

Header attachment(std::string_view filename) {
    return {"Content-Disposition", "attachment; filename*=UTF-8''" + percent_encode(filename)};
}

int status_of(Code code) {
    switch (code) {
        case Code::invalid:
            return 400;
        case Code::not_found:
            return 404;
        case Code::forbidden:
            return 403;
        case Code::conflict:
            return 409;
        case Code::too_many:
            return 429;
        case Code::too_large:
            return 413;
        case Code::unavailable:
            return 503;
        case Code::betrayed:
            return 500;
    }
    return 500;
}

std::string_view reason_of(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 409:
            return "Conflict";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 503:
            return "Service Unavailable";
        default:
            return status < 400 ? "OK" : "Refused";
    }
}

void check_sendable(const Response& response) {
    KITH_CHECK(response.status >= 200 && response.status <= 599);
    KITH_CHECK(is_line(response.type));
    for (const Header& field : response.headers) KITH_CHECK(is_token(field.name) && is_line(field.value));
}

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

bool is_token(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_token_character); }

}  // namespace kith::web::http
