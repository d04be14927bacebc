// The queue of a front door, as it stands at one instant.
#pragma once
#include "app/desk.hpp"
#include "web/components.hpp"

namespace kith::web {

enum class QueueList { waiting, more_asked, added_to, form_due, told_on, answered_today };
std::string_view name_of(QueueList list);
/// As the address names it; any other word is `waiting`.
QueueList queue_list_named(std::string_view name);

struct DutyLine {
    std::string name, when;  ///< "until 17:00", "from 17:00"
};

struct QueuePage {
    StaffFrame frame;
    std::string done;  ///< what was just done, or empty
    std::string heading;
    std::vector<NavigationItem> lists;
    std::vector<QueueItem> items;
    std::string when_empty;
    std::string say;  ///< to those who hear the page
    std::vector<DutyLine> on_duty, next;
    std::string in_time, late, pace;
    std::string as_of;
    Url again = "/queue";
};

/// All but frame and `done`. The worry's kind, way and time, never the kind of person who told.
QueuePage queue_page(const app::Queue& queue, QueueList list);

}  // namespace kith::web
