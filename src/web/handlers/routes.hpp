// Every handler file adds its own routes here; one function for each kind of asker.
#pragma once
#include "web/site.hpp"

namespace kith::web {

void add_all_routes(Routes& routes);

void add_public_routes(Routes& routes);    // anyone/: the front page, reporting, pages about us
void add_reporter_routes(Routes& routes);  // reporter/: coming back by code
void add_sign_in_routes(Routes& routes);   // anyone/: signing in and out, invitations
void add_desk_routes(Routes& routes);      // desk/: calls
void add_queue_routes(Routes& routes);     // desk/: the queue
void add_concern_routes(Routes& routes);   // desk/: one concern
void add_decide_routes(Routes& routes);    // manager/: deciding, asking for more
void add_contact_routes(Routes& routes);   // manager/: opening the contact, ringing back
void add_manager_routes(Routes& routes);   // manager/: the rota
void add_custodian_routes(Routes& routes); // custodian/: openings, admitting holders, the ledger
void add_administrator_routes(Routes& routes);  // administrator/: people, settings, parties
void add_rota_routes(Routes& routes);           // manager/rota.cpp
void add_invitation_routes(Routes& routes);     // anyone/invitation.cpp
void add_me_routes(Routes& routes);             // anyone/me.cpp: one's own account

/// A form that arrives after the session ended: the sign-in page, which carries everything typed along.
http::Response signed_out_mid_form(Ask& ask);
/// Where somebody who works here begins.
Url first_page_of(const app::Actor& actor);

}  // namespace kith::web
