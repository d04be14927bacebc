// Asking to open who told, seconding it, and the one page on which it is shown.
#pragma once
#include "web/components.hpp"

namespace kith::web {

struct OpeningItem {
    std::string id, reference, purpose, state;
    TagColour colour = TagColour::grey;
    std::vector<SummaryRow> facts;
    Url answer = {}, open = {};  ///< empty: not this reader's to do
    bool is_demand = false;
};

struct OpeningsPage {
    StaffFrame frame;
    Errors errors;
    bool may_ask = false;
    std::string reference, purpose, reason, demand_asker, demand_power, demand_exactly, demand_advice,
        demand_told_first;
    std::string intermediary;
    std::string done_words, source_reference, source_other, source_is;
    std::string trouble_with;  ///< the opening whose answer was refused
    std::vector<Choice> purposes;
    std::vector<OpeningItem> waiting, done;
};

/// Shown once, in the answer to the form that opens it.
struct OpenedPage {
    StaffFrame frame;
    std::vector<SummaryRow> rows;
    std::string reach;
};

}  // namespace kith::web
