#include "web/handlers/api/answers.hpp"

#include "web/words.hpp"

namespace kith::web {

namespace api_documents {
std::string_view file(std::string_view name);
}

http::Response api_answer(int status, const Json& body) {
    http::Response response{status, to_text(body)};
    response.type = "application/json";
    return response;
}

http::Response api_problem(int status, std::string_view detail, const std::vector<ApiTrouble>& troubles) {
    Json body = Json::object({{"type", "about:blank"},
                              {"title", http::reason_of(status)},
                              {"status", Json::number(static_cast<std::uint64_t>(status))},
                              {"detail", detail}});
    if (!troubles.empty()) {
        Json& errors = body.add("errors", Json::array());
        for (const auto& [pointer, says] : troubles) errors.add(Json::object({{"pointer", pointer}, {"detail", says}}));
    }
    auto response = api_answer(status, body);
    response.type = "application/problem+json";
    return response;
}

http::Response api_problem(const Error& error) {
    switch (error.code) {
        case Code::not_found:
            return api_problem(404, word("api.not_found"));
        case Code::forbidden:
            return api_problem(403, word("api.forbidden"));
        case Code::conflict:
            return error.field == "idempotency_key" ? api_problem(409, word("api.key_used"))
                                                    : api_problem(409, word("any.conflict"));
        case Code::too_many:
            return api_problem(429, word("api.too_many"));
        case Code::too_large:
            return api_problem(413, word("any.too_large"));
        case Code::unavailable:
        case Code::betrayed:
            return api_problem(http::status_of(error.code), word("api.unavailable"));
        case Code::invalid:
            break;
    }
    return api_problem(400, error_word(error));
}

http::Response api_unauthorized() {
    auto response = api_problem(401, word("api.unauthorized"));
    response.headers.push_back({"WWW-Authenticate", "Bearer"});
    return response;
}

std::string_view api_document() { return api_documents::file("openapi.json"); }

}  // namespace kith::web
