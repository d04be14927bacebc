// What a request's head must be before anything of ours sees it. The parser has refused what is no HTTP; these rules
// refuse what two programs could read in two ways.
#pragma once
#include <optional>
#include <string_view>

#include "web/http/message.hpp"

namespace kith::web::http {

enum class Version { http_1_0, http_1_1 };

struct Head {
    std::string_view method;
    std::string_view target;
    Version version = Version::http_1_1;
};

/// The status to refuse with, or nothing.
std::optional<int> refusal_of(const Head& head, const Request& request);
/// Method, path and query from the head. The method must be one we know (see `refusal_of`).
void take_target(const Head& head, Request& request);

}  // namespace kith::web::http
