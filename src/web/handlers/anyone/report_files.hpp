// Pictures and documents of a report: sealed while they come in, shown back by name, taken away again.
#pragma once
#include "web/handlers/anyone/report_session.hpp"
#include "web/http/message.hpp"

namespace kith::web {

/// What takes the body of the report's page with files, or nothing for any other request. Runs on the network's thread:
/// it looks at the head alone.
std::unique_ptr<http::BodySink> files_of_report(Site& site, const http::Request& request);

void add_report_files_routes(Routes& routes);

}  // namespace kith::web
