#include "web/handlers/routes.hpp"

namespace kith::web {

void add_all_routes(Routes& routes) {
    add_sign_in_routes(routes);
    add_invitation_routes(routes);
    add_me_routes(routes);
    add_administrator_routes(routes);
    add_rota_routes(routes);
}

}  // namespace kith::web
