// Asking to open who told, seconding it, and the one page on which it is shown.
#pragma once
#include "web/components.hpp"

namespace kith::web {

struct OpeningItem {
    std::string id, reference, purpose, state;
    TagColour colour = TagColour::grey;
    std::vector<SummaryRow> facts;
    Url answer = {}, open = {}, review = {};  ///< empty: not this reader's to do
    std::string original = {};                ///< "Picture 2", when opened is that file as it came and not who told
    bool is_demand = false;
};

struct OpeningsPage {
    StaffFrame frame;
    Errors errors;
    bool may_ask = false;
    std::string reference, purpose, reason, demand_asker, demand_power, demand_exactly, demand_advice,
        demand_told_first;
    std::string opening_of, file;  ///< what is asked for: "who_told", or "original" and the file's number
    std::string intermediary;
    std::string done_words, source_reference, source_other, source_is;
    std::string trouble_with;  ///< the opening whose answer was refused
    std::vector<Choice> purposes;
    /// Opening one alone, in an emergency.
    bool may_open_alone = false;
    std::string alone_reference, alone_purpose, alone_reason;
    std::vector<Choice> alone_purposes;
    std::vector<OpeningItem> to_review;
    std::vector<OpeningItem> waiting, done;
};

struct ReviewPage {
    StaffFrame frame;
    Errors errors;
    OpeningItem item;
    std::string verdict, review;
};

/// Shown once, in the answer to the form that opens it.
struct OpenedPage {
    StaffFrame frame;
    std::vector<SummaryRow> rows;
    std::string reach;
};

}  // namespace kith::web
