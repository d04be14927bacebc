// Searching: what is looked for travels in the form and never in an address (HAC-023).
#include "app/search.hpp"

#include "ui/search_page.hpp"
#include "web/handlers/routes.hpp"
#include "web/pages/search.hpp"

namespace kith::web {
namespace {
using http::Response;

Response show(Ask& ask, const StaffSession& session, SearchPage view) {
    view.frame = ask.site.staff_frame(ask, session, "Search");
    view.frame.has_errors = view.errors.any();
    return page(piece([&](Html& o) { ui::search_page(o, view); }), view.errors.any() ? 422 : 200);
}

Response get_search(Ask& ask, const StaffSession& session) {
    const auto permit = app::Gate::ask(session.actor, app::Act::search, {.front_door = session.actor.front_door});
    if (!permit) return problem_page(ask, permit.error());
    return show(ask, session, {});
}

Response post_search(Ask& ask, const StaffSession& session) {
    SearchPage view;
    view.words = ask.form.get("search_words");
    view.part = ask.form.get("search_part");
    const auto found =
        app::search(ask.house(), session.actor, view.words, app::search_part_named(ask.form.get("search_part")));
    if (!found && found.error().code != Code::invalid) return problem_page(ask, found.error());
    if (found)
        put_found(view, *found, ask.now);
    else
        view.errors.add("search_words", word("search_words.empty"));
    return show(ask, session, std::move(view));
}
}  // namespace

void add_search_routes(Routes& routes) {
    routes.staff(http::Method::get, "/search", get_search);
    routes.staff(http::Method::post, "/search", post_search);
}

}  // namespace kith::web
