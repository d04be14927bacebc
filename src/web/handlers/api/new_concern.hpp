// A worry as another organisation's software sends it, read into the telling that one use case takes. Whatever stands
// in the request is either taken or named as trouble: a misspelt field is never dropped in silence.
#pragma once
#include "app/report_worry.hpp"
#include "web/handlers/api/answers.hpp"

namespace kith::web {

struct NewConcern {
    app::Telling telling;  ///< without front door, organisation and idempotency key, which are the token's
    std::vector<ApiTrouble> troubles;
};
NewConcern read_new_concern(const Json& body);

/// Where in the request the use case's field stands: "#/reporter/name".
std::string pointer_to(std::string_view field);

}  // namespace kith::web
