// The queue and its stream of changes. The stream says only that something changed; the page is then asked for again.
#include "web/pages/queue.hpp"
#include "ui/queue_live_page.hpp"
#include "ui/queue_page.hpp"
#include "web/handlers/routes.hpp"

namespace kith::web {
namespace {
using http::Response;

Response get_queue(Ask& ask, const StaffSession& session) {
    const auto queue =
        app::see_queue(ask.house(), session.actor, ask.wants_part("queue") ? app::Looking::still : app::Looking::anew);
    if (!queue) return problem_page(ask, queue.error());
    QueuePage view = queue_page(*queue, queue_list_named(ask.query.get("list")));
    if (ask.wants_part("queue")) return page(piece([&](Html& o) { ui::queue_live_page(o, view); }));
    view.frame = ask.site.staff_frame(ask, session, view.heading);
    if (ask.query.get("done") == "stepped_back") view.done = word("queue.stepped_back");
    return page(piece([&](Html& o) { ui::queue_page(o, view); }));
}

Response get_events(Ask& ask, const StaffSession& session) {
    const auto permit = app::Gate::ask(session.actor, app::Act::see_queue, {.front_door = session.actor.front_door});
    if (!permit) return problem_page(ask, permit.error());
    Response response;
    response.event_topic = "queue-" + session.actor.front_door.text();
    return response;
}
}  // namespace

void add_queue_routes(Routes& routes) {
    routes.staff(http::Method::get, "/queue", get_queue);
    routes.staff(http::Method::get, "/queue/events", get_events);
}

}  // namespace kith::web
