// The written form beside what was said on the telephone: what differs stands first and shows that it does.
#pragma once
#include "app/desk.hpp"
#include "web/components.hpp"

namespace kith::web {

struct FormDifference {
    std::string key, call, form;  ///< empty: not answered there
};
struct FormBesideCall {
    std::string came;  ///< "Saturday 21 November 2026, 14:05"
    std::string how;   ///< by code, or typed in from paper by whom
    bool in_time = true;
    std::vector<FormDifference> different;
    std::vector<SummaryRow> same;
};
FormBesideCall form_beside_call(const app::ReceivedForm& form, const concerns::Account& call);

}  // namespace kith::web
