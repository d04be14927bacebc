// The first pages: which area, a front door's own page, young people's own way in, and the pages about us.
#include "ui/accessibility_page.hpp"
#include "ui/choose_area_page.hpp"
#include "ui/complaints_page.hpp"
#include "ui/first_page.hpp"
#include "ui/languages_page.hpp"
#include "ui/privacy_page.hpp"
#include "ui/young_page.hpp"
#include "web/handlers/anyone/report.hpp"
#include "web/handlers/anyone/visitor.hpp"
#include "web/handlers/routes.hpp"

namespace kith::web {
namespace {
using http::Method;
using http::Response;
using protocol::Purpose;
using protocol::Term;

Response choose_area(Ask& ask) {
    const auto doors = ask.site.front_doors();
    if (!doors) return problem_page(ask, doors.error());
    if (doors->size() == 1) return redirect(Url::path("/at/{}", doors->front().slug));
    ChooseAreaPage view;
    view.frame = frame_anywhere(ask, "Choose your area");
    for (const auto& door : *doors)
        view.areas.push_back({door.questions.pack().area, std::string(door.questions.word(Term::service)),
                              Url::path("/at/{}", door.slug)});
    return page(piece([&](Html& o) { ui::choose_area_page(o, view); }));
}

Response first_page(Ask& ask) {
    const auto door = ask.site.front_door_called(ask.path.get("slug"));
    if (!door) return problem_page(ask, door.error());
    const auto start = [&](std::string_view about) {
        return Url::path("/at/{}/report/start", door->slug).with("about", about);
    };
    FirstPage view;
    view.frame = frame_of(ask, *door, "Tell us about a worry");
    view.ringing = ringing_of(*door, ask.now);
    view.young = Url::path("/at/{}/young", door->slug);
    view.reply_within = reply_within(*door, ask.now);
    view.doors = {
        {Icon::child, "A child, or a family", "One child, brothers and sisters, or what is happening at home.",
         start("child_or_family")},
        {Icon::group, "A group of young people",
         "How they treat each other, or how others treat them. You need not know their names.", start("group")},
        {Icon::place, "A place", "Somewhere young people may not be safe: a park, a stairwell, a shop, a website.",
         start("place")}};
    const auto key = draft_key(ask);
    const auto draft = key ? app::read_draft(ask.house(), *key) : Result<app::Draft>(fail(Code::not_found, "no draft"));
    if (draft && draft->front_door == door->id) view.draft = url_of(*door, first_open(*draft));
    return page(piece([&](Html& o) { ui::first_page(o, view); }));
}

Response young_page(Ask& ask) {
    const auto door = ask.site.front_door_called(ask.path.get("slug"));
    if (!door) return problem_page(ask, door.error());
    const auto start = [&](std::string_view about) {
        return Url::path("/at/{}/report/start", door->slug).with("about", about).with("young", "yes");
    };
    YoungPage view;
    view.frame = frame_of(ask, *door, "You can tell us");
    view.frame.back = view.frame.area.home;
    view.ringing = ringing_of(*door, ask.now);
    // As with 999: a child who lands on a demonstration must still reach somebody.
    view.childline = {"Childline", "0800 1111", {}, "tel:08001111"};
    if (ask.site.setting() == Setting::live)
        if (auto line = line_for(*door, Purpose::young_people, ask.now)) view.childline = std::move(*line);
    view.about_me = start("me");
    view.about_a_friend = start("child");
    view.about_a_group = start("group");
    view.about_a_place = start("place");
    return page(piece([&](Html& o) { ui::young_page(o, view); }));
}

AboutPage about(Ask& ask, std::string title) {
    AboutPage view;
    view.frame = frame_anywhere(ask, std::move(title));
    const auto door = door_meant(ask);
    if (!door) return view;
    view.service = door->questions.word(Term::service);
    for (const auto purpose : {Purpose::front_door, Purpose::out_of_hours})
        if (auto line = line_for(*door, purpose, ask.now)) view.lines.push_back(std::move(*line));
    const auto expires = door->questions.draft_expires_at(ask.now);
    if (!expires.asks_a_person()) view.draft_hours = spoken(expires.value() - ask.now);
    return view;
}

Response privacy(Ask& ask) {
    const auto view = about(ask, "Privacy notice");
    return page(piece([&](Html& o) { ui::privacy_page(o, view); }));
}
Response complaints(Ask& ask) {
    const auto view = about(ask, "Complain");
    return page(piece([&](Html& o) { ui::complaints_page(o, view); }));
}
Response accessibility(Ask& ask) {
    const auto view = about(ask, "Accessibility");
    return page(piece([&](Html& o) { ui::accessibility_page(o, view); }));
}
Response languages(Ask& ask) {
    const auto view = about(ask, "Other languages");
    return page(piece([&](Html& o) { ui::languages_page(o, view); }));
}
}  // namespace

void add_public_routes(Routes& routes) {
    routes.anyone(Method::get, "/", choose_area);
    routes.anyone(Method::get, "/at/{slug}", first_page);
    routes.anyone(Method::get, "/at/{slug}/young", young_page);
    routes.anyone(Method::get, "/privacy", privacy);
    routes.anyone(Method::get, "/complaints", complaints);
    routes.anyone(Method::get, "/accessibility", accessibility);
    routes.anyone(Method::get, "/languages", languages);
    add_report_routes(routes);
}

}  // namespace kith::web
