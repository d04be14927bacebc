// The written form, by code (PLY-024).
#pragma once
#include "web/site.hpp"

namespace kith::web {

void add_written_form_routes(Routes& routes);

}  // namespace kith::web
