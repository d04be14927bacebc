#include "web/handlers/anyone/visitor.hpp"

#include "base/london.hpp"
#include "ui/notice_page.hpp"

namespace kith::web {

using protocol::Purpose;

PublicFrame frame_of(const Ask& ask, const FrontDoorView& door, std::string title) {
    PublicFrame frame = ask.site.public_frame(door, std::move(title));
    // A page for everyone keeps saying whose door one came through.
    for (Url* url : {&frame.area.privacy, &frame.area.complaints, &frame.area.accessibility, &frame.area.languages})
        *url = url->with("at", door.slug);
    return frame;
}

std::optional<FrontDoorView> door_meant(const Ask& ask) {
    auto doors = ask.site.front_doors();
    if (!doors) return std::nullopt;
    for (auto& door : *doors)
        if (doors->size() == 1 || door.slug == ask.query.get("at")) return std::move(door);
    return std::nullopt;
}

PublicFrame frame_anywhere(const Ask& ask, std::string title) {
    if (const auto door = door_meant(ask)) return frame_of(ask, *door, std::move(title));
    PublicFrame frame;
    frame.title = std::move(title);
    frame.area.name = "Kith";
    frame.area.home = "/";
    frame.setting = ask.site.setting();
    return frame;
}

std::optional<RingLine> line_for(const FrontDoorView& door, Purpose purpose, Instant now) {
    const auto points = door.questions.contact_points(now);
    if (points.asks_a_person()) return std::nullopt;
    for (const auto& point : points.value())
        if (point.purpose == purpose)
            return RingLine{point.label, point.number, point.option, Url::telephone(point.number)};
    return std::nullopt;
}

Ringing ringing_of(const FrontDoorView& door, Instant now) {
    Ringing out;
    const auto staffing = door.questions.is_staffed(now);
    // Where no hours are decided, nobody is promised.
    if (staffing.asks_a_person())
        out.is_staffed = false;
    else {
        out.is_staffed = staffing.value().staffed;
        if (staffing.value().opens) out.opens = london::to_day_and_clock(*staffing.value().opens);
    }
    out.is_open = door.open;
    const auto hours = door.questions.opening_hours();
    if (!hours.asks_a_person()) out.hours = hours.value().in_words();
    out.now = line_for(door, Purpose::front_door, now);
    out.else_when = line_for(door, Purpose::out_of_hours, now);
    if ((!out.is_staffed && out.else_when) || !out.now) std::swap(out.now, out.else_when);
    return out;
}

std::string reply_within(const FrontDoorView& door, Instant now) {
    const auto due = door.questions.reply_due(now);
    if (due.asks_a_person() || !due.value()) return {};
    const auto time = *due.value() - now;
    return time == std::chrono::hours(1) ? "one hour" : spoken(time);
}

std::optional<app::DraftKey> draft_key(const Ask& ask) {
    const auto cookie = ask.cookies.get(kDraftCookie);
    if (!cookie) return std::nullopt;
    const auto key = app::DraftKey::parse(*cookie);
    return key ? std::optional(*key) : std::nullopt;
}

bool has_form_token(const Ask& ask, const app::DraftKey& key) {
    return ask.house().crypto.equal(as_bytes(ask.form.get("form_token")), as_bytes(key.form_token(ask.house().crypto)));
}

http::Header draft_cookie(const app::DraftKey& key, std::optional<std::chrono::seconds> stays) {
    const std::string value = key.text();
    // Lax, so that a link from a message or another tab still finds the draft; forms carry their token.
    return http::set_cookie({.name = kDraftCookie, .value = value, .same_site = http::SameSite::lax, .max_age = stays});
}

http::Response show_notice(const NoticePage& view, int status) {
    return page(piece([&](Html& o) { ui::notice_page(o, view); }), status);
}

}  // namespace kith::web
