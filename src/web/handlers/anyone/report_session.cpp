#include "web/handlers/anyone/report_session.hpp"

namespace kith::web {

using app::Draft;
using http::Response;

namespace {
/// Words that came with a form whose draft is no longer there: shown, so that they can be copied.
void add_what_came(NoticePage& view, const http::Form& form) {
    bool first = true;
    for (const auto& field : form.fields()) {
        const auto spec = concerns::field_named(field.name);
        const bool is_text = spec && (concerns::spec_of(*spec).shape == concerns::Shape::line ||
                                      concerns::spec_of(*spec).shape == concerns::Shape::words);
        if (!is_text || field.value.empty()) continue;
        if (first)
            view.paragraphs.emplace_back("This is what you had just typed. Copy it if you want to send it again:");
        first = false;
        view.paragraphs.push_back(field.value);
    }
}
}  // namespace

Response gone(Ask& ask, const FrontDoorView& door) {
    NoticePage view;
    view.frame = frame_of(ask, door, "Tell us");
    const auto key = draft_key(ask);
    if (key && app::receipt_of(ask.house(), *key)) {
        view.title = "You have sent this";
        view.paragraphs = {
            "What you typed is with us, and is no longer in this browser. To add to it, come back with your code."};
        view.ways = {{"Come back with a code", view.frame.come_back},
                     {"Tell us about something else", view.frame.area.home}};
        return show_notice(view);
    }
    view.title = "What you typed is no longer here";
    view.paragraphs = {
        "We keep what is typed for a short time only, and then delete it. It also goes when the browser is closed, or "
        "when the browser keeps no cookies. It was not sent."};
    add_what_came(view, ask.form);
    view.ringing = ringing_of(door, ask.now);
    view.ways = {{"Begin again", view.frame.area.home}};
    return show_notice(view, 404);
}

Response closed(Ask& ask, const FrontDoorView& door) {
    NoticePage view;
    view.frame = frame_of(ask, door, "Tell us");
    view.title = "You cannot write to us here yet";
    view.paragraphs = {"Please ring instead. In an emergency ring 999."};
    view.ringing = ringing_of(door, ask.now);
    return show_notice(view);
}

std::variant<Session, Response> session_of(Ask& ask, Token token) {
    auto door = ask.site.front_door_called(ask.path.get("slug"));
    if (!door) return problem_page(ask, door.error());
    if (!door->open) return closed(ask, *door);
    const auto key = draft_key(ask);
    if (!key || (token == Token::needed && ask.is_post() && !has_form_token(ask, *key))) return gone(ask, *door);
    auto draft = app::read_draft(ask.house(), *key);
    if (!draft && draft.error().code == Code::not_found) return gone(ask, *door);
    if (!draft) return problem_page(ask, draft.error());
    if (draft->front_door != door->id) return gone(ask, *door);
    return Session{std::move(*door), *key, std::move(*draft)};
}

std::optional<std::chrono::seconds> stays_for(const Ask& ask, const FrontDoorView& door, const Draft& draft) {
    if (draft.stay == app::Stay::until_browser_closes) return std::nullopt;
    const auto expires = door.questions.draft_expires_at(ask.now).value_or(ask.now + std::chrono::hours(24));
    return std::chrono::duration_cast<std::chrono::seconds>(expires - ask.now);
}

Response go_to(const Ask& ask, const Session& session, const Draft& draft, const Url& url) {
    Response response = redirect(url);
    if (draft.stay == app::Stay::on_this_device)
        response.headers.push_back(draft_cookie(session.key, stays_for(ask, session.door, draft)));
    return response;
}

QuestionPage page_of(const Ask& ask, const Session& session, const Draft& draft, Step step) {
    QuestionPage view = question_page(ask, session.door, draft, step);
    view.action = url_of(session.door, step);
    view.leave = Url::path("/at/{}/report/leave", session.door.slug);
    view.form_token = session.key.form_token(ask.house().crypto);
    const bool to_check =
        ask.query.get("then") == "check" || ask.form.get("then") == "check" || ask.path.get("step") == "check";
    if (to_check) view.hidden.emplace_back("then", "check");
    const auto back = before(draft, step);
    view.frame.back = to_check ? url_of(session.door, Step::check)
                      : back   ? url_of(session.door, *back)
                               : view.frame.area.home;
    return view;
}

}  // namespace kith::web
