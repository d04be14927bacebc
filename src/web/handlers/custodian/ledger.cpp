// The ledger, read: by page, by entry, and for auditors by the reference of one worry. Looking is on the ledger.
#include "web/pages/ledger.hpp"
#include "app/ledger_view.hpp"
#include "base/london.hpp"
#include "base/text.hpp"
#include "ui/leaf_page.hpp"
#include "ui/ledger_list_page.hpp"
#include "web/handlers/routes.hpp"

namespace kith::web {
namespace {
using http::Response;

constexpr std::size_t kOnOnePage = 50;

/// Plain words for an act: from the words, else the act's own name.
std::string act_words(std::string_view act) {
    if (const auto found = find_word("act." + std::string(act)); !found.empty()) return std::string(found);
    std::string words(act);
    std::ranges::replace(words, '_', ' ');
    if (!words.empty() && words.front() >= 'a' && words.front() <= 'z')
        words.front() = static_cast<char>(words.front() - 'a' + 'A');
    return words;
}

/// An id is told from another by its beginning; the whole of it stands in the entry.
std::string short_id(const std::string& id) { return id.size() == 26 ? id.substr(0, 8) + "…" : id; }

LedgerRow row_of(const app::LedgerLine& line) {
    LedgerRow row{std::to_string(line.index),
                  {},
                  "This entry cannot be read",
                  {},
                  {},
                  {},
                  Url::path("/ledger/{}", std::to_string(line.index))};
    if (!line.leaf) return row;
    row.when = london::to_short(line.leaf->at);
    row.act = act_words(line.leaf->act);
    row.by = short_id(line.leaf->by);
    row.about = short_id(line.leaf->subject.value_or(""));
    for (const auto& clause : line.leaf->clauses) row.clauses += (row.clauses.empty() ? "" : ", ") + clause;
    return row;
}

std::optional<std::uint64_t> number(std::string_view typed) {
    if (!text::is_digits(typed) || typed.size() > 18) return std::nullopt;
    return std::stoull(std::string(typed));
}

Response show(Ask& ask, const StaffSession& session, LedgerListPage view) {
    view.frame = ask.site.staff_frame(ask, session, view.is_trace ? "Entries about one worry" : "Ledger");
    view.frame.has_errors = view.errors.any();
    view.may_trace = session.actor.roles.has(parties::Role::auditor);
    return page(piece([&](Html& o) { ui::ledger_list_page(o, view); }), view.errors.any() ? 422 : 200);
}

Response whole(Ask& ask, const StaffSession& session, LedgerListPage view) {
    const auto seen = app::see_ledger(ask.house(), session.actor, number(ask.query.get("before")), kOnOnePage);
    if (!seen) return problem_page(ask, seen.error());
    view.size = std::to_string(seen->head.size);
    view.root = seen->head.root;
    view.note = seen->head.note;
    for (const auto& line : seen->lines) view.rows.push_back(row_of(line));
    if (seen->older) view.older = Url("/ledger").with("before", *seen->older);
    return show(ask, session, std::move(view));
}

Response get_ledger(Ask& ask, const StaffSession& session) { return whole(ask, session, {}); }

/// Posted, so that a reference stands in no address.
Response post_ledger(Ask& ask, const StaffSession& session) {
    LedgerListPage view;
    view.reference = text::tidy(ask.form.get("reference"));
    const auto seen = app::see_entries_about(ask.house(), session.actor, view.reference);
    if (!seen && seen.error().code != Code::not_found) return problem_page(ask, seen.error());
    if (!seen) {
        view.errors.add("reference", word("any.not_found"));
        return whole(ask, session, std::move(view));
    }
    view.is_trace = true;
    for (const auto& line : *seen) view.rows.push_back(row_of(line));
    return show(ask, session, std::move(view));
}

Response get_leaf(Ask& ask, const StaffSession& session) {
    const auto index = number(ask.path.get("index"));
    if (!index) return problem_page(ask, Error{Code::not_found, "no such leaf", {}});
    const auto leaf = app::see_leaf(ask.house(), session.actor, *index);
    if (!leaf) return problem_page(ask, leaf.error());
    LeafPage view{ask.site.staff_frame(ask, session, "Entry " + std::to_string(*index)), std::to_string(*index),
                  leaf->text, leaf->hash};
    view.frame.back = "/ledger";
    return page(piece([&](Html& o) { ui::leaf_page(o, view); }));
}
}  // namespace

void add_ledger_routes(Routes& routes) {
    routes.staff(http::Method::get, "/ledger", get_ledger);
    routes.staff(http::Method::post, "/ledger", post_ledger);
    routes.staff(http::Method::get, "/ledger/{index}", get_leaf);
}

}  // namespace kith::web
