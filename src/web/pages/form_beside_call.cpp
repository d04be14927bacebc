#include "web/pages/form_beside_call.hpp"

#include "base/london.hpp"
#include "web/pages/concern.hpp"
#include "web/pages/say.hpp"

namespace kith::web {
namespace {
std::string in_one(const std::vector<SummaryRow>& rows) {
    std::string out;
    for (const auto& row : rows) out += (out.empty() ? "" : "\n") + row.key + ": " + row.text;
    return out;
}

std::string plain_words(const concerns::Account& account, concerns::Field field) {
    concerns::Account unmarked = account;
    unmarked.marked.clear();
    return told_words(unmarked, field);
}
}  // namespace

FormBesideCall form_beside_call(const app::ReceivedForm& form, const concerns::Account& call) {
    FormBesideCall out;
    out.came = london::to_day_and_clock(form.received_at);
    out.how = form.way == app::FormWay::by_code ? std::string(word("form.by_code"))
                                                : std::string(word("form.typed_in")) + ' ' + form.typed_by;
    out.in_time = form.in_time;
    const auto compare = [&](std::string key, std::string said, std::string written) {
        if (said == written) {
            if (!said.empty()) out.same.push_back({.key = std::move(key), .text = std::move(said)});
        } else {
            out.different.push_back({std::move(key), std::move(said), std::move(written)});
        }
    };
    for (const auto& spec : concerns::field_specs())
        if (concerns::belongs(spec.field, concerns::form_of(form.account.subject)))
            compare(say("told", spec.name), plain_words(call, spec.field), plain_words(form.account, spec.field));
    compare("Children and young people", in_one(people_rows(call)), in_one(people_rows(form.account)));
    compare("Adults of concern", in_one(adult_rows(call)), in_one(adult_rows(form.account)));
    return out;
}

}  // namespace kith::web
