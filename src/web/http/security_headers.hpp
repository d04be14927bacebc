// The promises that every answer makes to the browser. The server calls `secure` on each answer it sends, refusals and
// event streams too; a handler cannot loosen them.
#pragma once
#include "web/http/message.hpp"

namespace kith::web::http {

/// Puts our security headers in place of any of the same name.
void secure(Response& response);

}  // namespace kith::web::http
