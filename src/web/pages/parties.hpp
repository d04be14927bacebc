#pragma once
#include "web/components.hpp"

namespace kith::web {

struct PartyLine {
    std::string name, what, place, agreement;
    std::vector<Tag> tags;
    Url href;
};

struct PartiesPage {
    StaffFrame frame;
    std::string done, door_name, note;
    std::vector<std::pair<std::string, Url>> doors;
    std::vector<PartyLine> parties;
    Url add;  ///< empty: not for this reader
};

/// One party, as a form with everything in it.
struct PartyPage {
    StaffFrame frame;
    Errors errors;
    std::string title, door;
    Url action;
    bool may_keep = false;
    std::vector<Tag> tags;
    std::string under_duty;  ///< why it carries the duty, or empty

    std::string kind, name, category, place, tie, identified_by, identified_why, scope, duties, commissioner;
    std::vector<std::string> statutory;
    std::vector<Choice> kinds, categories, ties, commissioners;
    DateInput made, acknowledged, ended;
};

}  // namespace kith::web
