#pragma once
#include "web/handlers/routes.hpp"

namespace kith::web {

void add_people_routes(Routes& routes);
void add_settings_routes(Routes& routes);
void add_parties_routes(Routes& routes);
void add_api_token_routes(Routes& routes);

}  // namespace kith::web
