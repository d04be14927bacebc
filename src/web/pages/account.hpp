// Pages of one's own account: an invitation, /me, a forgotten password, and what is shown once.
#pragma once
#include "web/components.hpp"

namespace kith::web {

/// A second factor on offer: as a picture and as text. It is kept, sealed, in the form until its code was checked.
struct SecondFactorView {
    int side = 0;
    std::string path, key, kept;
};

struct InvitationPage {
    StaffFrame frame;
    Errors errors;
    std::string name, email, roles;
    bool is_custodian = false;  ///< gets a pass phrase and chooses none
    SecondFactorView factor;
};

/// What is shown once, to print.
struct ShownOncePage {
    StaffFrame frame;
    std::string title, text;
    std::string pass_phrase, recovery_code, fingerprint;  ///< those that there are
    Url onward;
    std::string onward_text;
};

struct AccountLine {
    std::string when, what;
};

struct MePage {
    StaffFrame frame;
    Errors errors;
    std::string done;
    std::string name, roles, keys_stand;
    bool is_custodian = false;
    std::vector<AccountLine> recent;
};

struct NewFactorPage {
    StaffFrame frame;
    Errors errors;
    SecondFactorView factor;
};

struct ForgottenPage {
    StaffFrame frame;
    Errors errors;
    std::string email;
};

}  // namespace kith::web
