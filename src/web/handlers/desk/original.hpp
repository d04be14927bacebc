// An original, sent to be kept: never to open in this browser, whatever it may be.
#pragma once
#include "app/attachments.hpp"
#include "web/http/message.hpp"

namespace kith::web {

inline http::Response file_to_keep(const app::OpenedOriginal& original) {
    http::Response response{.body = to_text(original.bytes.expose()), .type = "application/octet-stream"};
    response.headers.push_back(http::attachment(original.name));
    return response;
}

}  // namespace kith::web
