#pragma once
#include "web/components.hpp"

namespace kith::web {

/// A stretch of one day in one seat: somebody, or nobody.
struct RotaPiece {
    std::string hours, who;
    bool is_gap = false, is_past = false;
};
struct RotaDay {
    std::string title;
    std::vector<RotaPiece> managers, custodians;
};

/// One shift of the plan as it stands in the form.
struct RotaShift {
    std::string kept;  ///< what the form carries of it
    std::string seat, who, from, until;
};

struct RotaPage {
    StaffFrame frame;
    Errors errors;
    std::string done, note;
    std::string door, door_name, week, title;
    std::vector<std::pair<std::string, Url>> doors;  ///< of an administrator, who minds several
    Url before, after;
    bool is_over = false;     ///< the week lies behind us: to be read
    bool is_changed = false;  ///< the plan is not what is saved
    std::vector<RotaDay> days;
    std::vector<std::string> gaps;
    std::vector<RotaShift> shifts;

    std::string seat, member, from_day, from_time, until_day, until_time;  ///< of the shift being added
    std::vector<Choice> seats, members, week_days;
};

}  // namespace kith::web
