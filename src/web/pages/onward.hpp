// What is told on to somebody outside: how it stands, each step, and the notice that goes to another area.
#pragma once
#include "app/desk.hpp"
#include "protocol/questions.hpp"
#include "web/components.hpp"

namespace kith::web {

/// "Plymouth: rung, not told in writing yet"
std::string onward_standing(const app::OnwardView& view);

/// On the page of its worry.
struct OnwardPanel {
    std::string title, standing;
    std::optional<Clock> clock;
    bool is_open = false;
    Url href;
};
OnwardPanel onward_panel(const app::OnwardView& view, ConcernId id, Instant now);

struct OnwardTyped {
    std::string to, how, words, when;
};
struct NoticeTyped {
    std::string goes, why, to, how, words;
};
struct OnwardPage {
    StaffFrame frame;
    Errors errors;
    std::string done, title, heading, reference, standing, ring_label, ring_number;
    Url ring_href, told_url, confirmed_url, notice_url, end_url;
    std::optional<Clock> clock;
    bool is_area = false, is_open = false, is_manager = false;
    bool is_told = false, is_written = false, is_confirmed = false;
    bool in_danger = false, way_in_open = false;
    std::vector<TimelineItem> steps;
    OnwardTyped told, confirmed;
    NoticeTyped notice;
    std::string end_why;
};
/// All but the frame, errors, and what was typed.
OnwardPage onward_page(const app::Reading& reading, const app::OnwardView& view, const protocol::Questions& questions,
                       Instant now);

/// On paper, and on the one answer to the form that asked for it.
struct AreaNoticePage {
    StaffFrame frame;
    std::string area, from, to, reference, written_by, when, received, words, danger;
    std::vector<SummaryRow> told, people, adults, form, contact;
    Url back;
};
AreaNoticePage area_notice_page(const app::AreaNotice& notice, const protocol::Questions& questions);

}  // namespace kith::web
