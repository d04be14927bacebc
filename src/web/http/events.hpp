// Server-sent events as bytes (HTML standard, section 9.2).
#pragma once
#include <string>
#include <string_view>

#include "web/http/message.hpp"

namespace kith::web::http {

/// The head of the answer that opens a stream, and a first comment so that proxies pass it on at once.
std::string event_stream_head(const Response& response);
/// One event; each line of the data on a line of its own.
std::string event_text(std::string_view data);
/// Says nothing; finds out whether the reader is still there.
inline constexpr std::string_view kEventPing = ":\n\n";

}  // namespace kith::web::http
