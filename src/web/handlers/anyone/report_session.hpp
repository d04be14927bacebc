// What every page of a report begins with: the door, the browser's key, its draft.
#pragma once
#include "web/handlers/anyone/report.hpp"

namespace kith::web {

struct Session {
    FrontDoorView door;
    app::DraftKey key;
    app::Draft draft;
};
/// Whether a form must show that it comes from a page of this browser.
enum class Token { needed, not_needed };
/// Or the page that says what is missing.
std::variant<Session, http::Response> session_of(Ask& ask, Token token = Token::needed);

/// The draft is not there: it was sent, it ran out, or the browser keeps no cookies.
http::Response gone(Ask& ask, const FrontDoorView& door);
http::Response closed(Ask& ask, const FrontDoorView& door);
/// How long the browser is to keep the draft's key; nothing: until it is closed.
std::optional<std::chrono::seconds> stays_for(const Ask& ask, const FrontDoorView& door, const app::Draft& draft);
http::Response go_to(const Ask& ask, const Session& session, const app::Draft& draft, const Url& url);
QuestionPage page_of(const Ask& ask, const Session& session, const app::Draft& draft, Step step);

}  // namespace kith::web
