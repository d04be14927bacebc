// A written form that came on paper or by post, as it is typed in. What was said on the telephone stands beside it.
#pragma once
#include "web/components.hpp"
#include "web/pages/public_pages.hpp"

namespace kith::web {

struct TypeFormSection {
    std::string title;
    std::vector<FieldGroup> groups;
};
struct TypeFormPage {
    StaffFrame frame;
    Errors errors;
    std::string heading, reference, call_at;
    Url action;
    DateInput received_on;
    TextInput received_time;
    std::vector<TypeFormSection> sections;
    Checkboxes unsaid;  ///< needed parts of which the paper says nothing
    std::vector<SummaryRow> call;
};

}  // namespace kith::web
