#include "web/http/events.hpp"

namespace kith::web::http {

std::string event_stream_head(const Response& response) {
    std::string out = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n";
    for (const Header& field : response.headers) out += field.name + ": " + field.value + "\r\n";
    return out + "\r\n" + std::string(kEventPing);
}

std::string event_text(std::string_view data) {
    std::string out;
    for (bool more = true; more;) {
        const auto end = data.find_first_of("\r\n");
        more = end != data.npos;
        out += "data: " + std::string(data.substr(0, end)) + '\n';
        if (more) data.remove_prefix(end + (data.substr(end).starts_with("\r\n") ? 2U : 1U));
    }
    return out + '\n';
}

}  // namespace kith::web::http
