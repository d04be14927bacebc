// What happened to a concern, oldest first, and what was written between the front door and whoever told.
#pragma once
#include "web/pages/concern.hpp"

namespace kith::web {

std::vector<TimelineItem> history_of(const app::Reading& reading);
std::vector<Addition> thread_of(const app::Reading& reading);

}  // namespace kith::web
