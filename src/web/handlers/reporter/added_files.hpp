// Pictures and documents that whoever comes back adds to their worry: as in a report, under the code instead of a
// draft.
#pragma once
#include "web/http/message.hpp"
#include "web/site.hpp"

namespace kith::web {

/// As files_of_report.
std::unique_ptr<http::BodySink> files_added_by_code(Site& site, const http::Request& request);

void add_added_files_routes(Routes& routes);

}  // namespace kith::web
