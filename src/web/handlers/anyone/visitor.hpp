// What handlers for the public share: whose door it is, whom to ring now, and the browser's own key to its draft.
#pragma once
#include "app/drafts.hpp"
#include "web/pages/public_pages.hpp"
#include "web/site.hpp"

namespace kith::web {

constexpr std::string_view kDraftCookie = "kith-draft";

/// The area's frame, whose footer keeps the area.
PublicFrame frame_of(const Ask& ask, const FrontDoorView& door, std::string title);
/// The only front door, or the one that ?at= names; none: the visitor has not said which.
std::optional<FrontDoorView> door_meant(const Ask& ask);
/// With `door_meant`, or without an area.
PublicFrame frame_anywhere(const Ask& ask, std::string title);

Ringing ringing_of(const FrontDoorView& door, Instant now);
std::optional<RingLine> line_for(const FrontDoorView& door, protocol::Purpose purpose, Instant now);
/// "one hour", "2 h"; empty where no time is set.
std::string reply_within(const FrontDoorView& door, Instant now);

std::optional<app::DraftKey> draft_key(const Ask& ask);
/// The form came from a page of this browser.
bool has_form_token(const Ask& ask, const app::DraftKey& key);
http::Header draft_cookie(const app::DraftKey& key, std::optional<std::chrono::seconds> stays);

/// One sentence and where to go, such as after a draft expired.
http::Response show_notice(const NoticePage& view, int status = 200);

}  // namespace kith::web
