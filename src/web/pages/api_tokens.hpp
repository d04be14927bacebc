#pragma once
#include "web/components.hpp"

namespace kith::web {

struct ApiTokenLine {
    std::string id, name, organisation, scopes, until;
    Tag stands;
    Url revoke;  ///< empty: it holds no more
};

/// Tokens of other organisations' software at one front door.
struct ApiTokensPage {
    StaffFrame frame;
    Errors errors;
    std::string done;   ///< what has just been done
    std::string token;  ///< shown this once
    std::string door;
    Url make;
    std::vector<ApiTokenLine> tokens;

    std::string name, organisation;
    std::vector<std::string> scopes;
    std::vector<Choice> scope_choices;
    DateInput expires_on;
};

}  // namespace kith::web
