// The small pages around one concern: marking words, stepping back, a row that does not open.
#pragma once
#include "app/desk.hpp"
#include "web/components.hpp"

namespace kith::web {

struct MarkLine {
    std::string where, words, name;  ///< `name` is what the form sends back
    std::string instead = {};        ///< what others read in its place
    std::string field_id = {};
};

struct MarksPage {
    StaffFrame frame;
    Errors errors;
    std::string done;
    Url action, back;
    std::vector<SummaryRow> told;
    std::vector<Choice> fields;
    std::string field, words;                 ///< as typed
    std::string trouble_with, typed_instead;  ///< the mark whose words for others were refused, and they
    std::vector<MarkLine> marks;
};
/// `form`: the written form's own words, if it came.
void put_marks(MarksPage& page, ConcernId id, const concerns::Account& account, const concerns::Account* form);

/// "what_seen:9:19", the way a form names a mark.
std::string name_of(const concerns::MarkedWords& mark);
std::optional<concerns::MarkedWords> mark_named(std::string_view name);

struct StepBackPage {
    StaffFrame frame;
    std::string heading;
    Url action, stay;
};

struct UnreadablePage {
    StaffFrame frame;
};

}  // namespace kith::web
