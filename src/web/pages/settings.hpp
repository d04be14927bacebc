#pragma once
#include "web/components.hpp"

namespace kith::web {

struct DoorLine {
    std::string name;
    Tag stands;
    Url href;
    std::string missing;  ///< what still keeps it closed, or empty
};

struct SettingsPage {
    StaffFrame frame;
    Errors errors;
    std::vector<DoorLine> doors;
    bool may_add = false;
    std::vector<Choice> packs;  ///< rule books that a new front door can go by
    std::string pack, slug;
    std::string done;
    std::string clock;  ///< what it says, for an administrator to confirm; empty when it is not in doubt
};

struct ContactLine {
    std::string label, number, option, from, why;
};

/// One thing that was decided here, or is to be.
struct TermLine {
    std::string key, title, question, hint, value, decided, clause;
    bool is_missing = false;
    bool is_telephone = false;  ///< number and option are two settings (PLY-019)
    bool is_open = false;       ///< its form stands open: something in it must be put right
    std::string typed, typed_option, typed_decider;
    DateInput decided_on;
};

struct LinkLine {
    std::string label;
    Url href;
    std::string clause;
};

struct LawLine {
    std::string cites, now, clause;
};

struct DoorSettingsPage {
    StaffFrame frame;
    Errors errors;
    std::string done, name, slug;
    bool is_open = false, is_ready = false;
    std::vector<AskItem> readiness;
    bool may_open = false, may_decide = false, may_make_key = false, has_duty_key = false;
    std::vector<ContactLine> contacts;
    std::vector<TermLine> terms;
    std::vector<LinkLine> links;
    std::vector<LawLine> laws;
    std::string guardian_meaning, guardian_clause;
};

}  // namespace kith::web
