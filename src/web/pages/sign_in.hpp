#pragma once
#include "web/components.hpp"

namespace kith::web {

/// A demonstration shows its people, with the code of this moment.
struct DemoPerson {
    std::string name, role, email, password, code;
};

struct SignInPage {
    StaffFrame frame;
    Errors errors;
    std::string email, return_to;
    bool was_signed_out = false;                            ///< in the middle of a form
    std::vector<std::pair<std::string, std::string>> kept;  ///< what was typed then
    std::vector<DemoPerson> people;
};

/// After signing in again: the form as it was, to be sent now.
struct SendKeptPage {
    StaffFrame frame;
    Url action;
    std::vector<std::pair<std::string, std::string>> kept;
};

}  // namespace kith::web
