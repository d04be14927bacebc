#include "web/handlers/routes.hpp"

namespace kith::web {

void add_all_routes(Routes& routes) {
    add_public_routes(routes);
    add_gallery_routes(routes);
    add_reporter_routes(routes);
    add_sign_in_routes(routes);
    add_queue_routes(routes);
    add_concern_routes(routes);
    add_onward_routes(routes);
    add_type_form_routes(routes);
    add_search_routes(routes);
    add_decide_routes(routes);
    add_contact_routes(routes);
    add_invitation_routes(routes);
    add_me_routes(routes);
    add_administrator_routes(routes);
    add_rota_routes(routes);
    add_file_routes(routes);
    add_call_routes(routes);
    add_custodian_routes(routes);
    add_ledger_routes(routes);
    add_api_routes(routes);
}

}  // namespace kith::web
