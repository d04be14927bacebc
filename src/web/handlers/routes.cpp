#include "web/handlers/routes.hpp"

namespace kith::web {

void add_all_routes(Routes& routes) {
    add_public_routes(routes);
    add_reporter_routes(routes);
    add_sign_in_routes(routes);
}

}  // namespace kith::web
