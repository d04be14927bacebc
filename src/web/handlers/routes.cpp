#include "web/handlers/routes.hpp"

namespace kith::web {

void add_all_routes(Routes& routes) {
    add_sign_in_routes(routes);
    add_call_routes(routes);
    add_custodian_routes(routes);
    add_ledger_routes(routes);
}

}  // namespace kith::web
