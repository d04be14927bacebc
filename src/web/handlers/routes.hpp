// Every handler file adds its own routes here; one function for each kind of asker.
#pragma once
#include "web/site.hpp"

namespace kith::web {

void add_all_routes(Routes& routes);

void add_public_routes(Routes& routes);    // anyone/: the front page, reporting, pages about us
void add_reporter_routes(Routes& routes);  // reporter/: coming back by code
void add_sign_in_routes(Routes& routes);   // anyone/: signing in and out, invitations
void add_desk_routes(Routes& routes);      // desk/: the queue, one concern, calls
void add_call_routes(Routes& routes);      // desk/call.cpp
void add_manager_routes(Routes& routes);   // manager/: deciding, answering, opening the contact, the rota
void add_custodian_routes(Routes& routes); // custodian/: openings, admitting holders, the ledger
void add_ledger_routes(Routes& routes);    // custodian/ledger.cpp
void add_administrator_routes(Routes& routes);

/// A form that arrives after the session ended: the sign-in page, which carries everything typed along.
http::Response signed_out_mid_form(Ask& ask);

}  // namespace kith::web
