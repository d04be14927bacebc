// What the JSON interface answers: JSON, and for whatever goes wrong one problem document (RFC 9457) with a pointer to
// each field that must be put right, in plain words.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "web/http/message.hpp"
#include "web/json.hpp"

namespace kith::web {

/// One field that must be put right: "#/account/what_seen".
struct ApiTrouble {
    std::string pointer, detail;
    friend bool operator==(const ApiTrouble&, const ApiTrouble&) = default;
};

http::Response api_answer(int status, const Json& body);
http::Response api_problem(int status, std::string_view detail, const std::vector<ApiTrouble>& troubles = {});
/// "Not found" and "not for you" are one answer, byte for byte.
http::Response api_problem(const Error& error);
/// One answer for no token, no token of ours, and one that no longer holds.
http::Response api_unauthorized();
/// The document that describes the interface (docs/api/openapi.json).
std::string_view api_document();

inline bool is_api_path(std::string_view path) { return path == "/api" || path.starts_with("/api/"); }

}  // namespace kith::web
