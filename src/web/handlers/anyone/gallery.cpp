// The gallery, in a demonstration only.
#include "web/gallery.hpp"

#include "ui/gallery_list_page.hpp"
#include "web/handlers/anyone/visitor.hpp"
#include "web/handlers/routes.hpp"

namespace kith::web {
namespace {
using http::Method;
using http::Response;

Result<void> only_in_a_demonstration(const Ask& ask) {
    if (ask.site.setting() == Setting::demonstration) return {};
    return fail(Code::not_found, "no such page");
}

Response list(Ask& ask) {
    if (const auto shown = only_in_a_demonstration(ask); !shown) return problem_page(ask, shown.error());
    const auto frame = frame_anywhere(ask, "Gallery");
    return page(piece([&](Html& o) { ui::gallery_list_page(o, frame); }));
}

Response state(Ask& ask) {
    if (const auto shown = only_in_a_demonstration(ask); !shown) return problem_page(ask, shown.error());
    for (const auto& one : gallery_states()) {
        if (one.name != ask.path.get("name")) continue;
        auto frames = gallery_frames();
        frames.open.title = frames.staff.title = one.title;
        return page(one.draw(std::move(frames)));
    }
    return problem_page(ask, Error{Code::not_found, "no such page", {}});
}
}  // namespace

void add_gallery_routes(Routes& routes) {
    routes.anyone(Method::get, "/gallery", list);
    routes.anyone(Method::get, "/gallery/{name}", state);
}

}  // namespace kith::web
