#pragma once
#include "web/components.hpp"

namespace kith::web {

struct PersonRow {
    std::string id, name, email, roles, place;
    Tag stands;
    Url admit, shut_out, deputise;  ///< empty: not for this reader, or not for this person
};

/// Who works here, and what the key list says of them.
struct PeoplePage {
    StaffFrame frame;
    Errors errors;
    std::string done;  ///< what has just been done
    std::string link;  ///< an invitation's, shown once
    std::vector<PersonRow> people;

    bool has_custody = false, countersigned = false, may_countersign = false;
    std::string fingerprint, first_custodian;
    std::uint32_t list_number = 0;
    bool list_usable = true, may_sign = false;
    struct DutyKey {
        std::string area;
        Url suspect;
    };
    std::vector<DutyKey> duty_keys;  ///< that this reader can replace

    struct Invited {
        std::string finder, name, email, until;
    };
    std::vector<Invited> invited;
    bool may_invite = false;
    std::string name, email, front_door;
    std::vector<std::string> roles;
    std::vector<Choice> role_choices, front_doors;
};

}  // namespace kith::web
