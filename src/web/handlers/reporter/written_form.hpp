// The written form, by code (PLY-024).
#pragma once
#include "web/handlers/reporter/remembered.hpp"

namespace kith::web {

void add_written_form_routes(Routes& routes, const std::shared_ptr<Remembered>& remembered);

}  // namespace kith::web
