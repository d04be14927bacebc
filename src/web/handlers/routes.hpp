// Every handler file adds its own routes, by who is asking.
#pragma once
#include "web/site.hpp"

namespace kith::web {

void add_all_routes(Routes& routes);

void add_public_routes(Routes& routes);         // anyone/: the front page, reporting, pages about us
void add_gallery_routes(Routes& routes);        // anyone/gallery.cpp
void add_sign_in_routes(Routes& routes);        // anyone/sign_in.cpp
void add_invitation_routes(Routes& routes);     // anyone/invitation.cpp
void add_me_routes(Routes& routes);             // anyone/me.cpp: one's own account
void add_reporter_routes(Routes& routes);       // reporter/: coming back by code
void add_queue_routes(Routes& routes);          // desk/queue.cpp
void add_concern_routes(Routes& routes);        // desk/concern.cpp
void add_file_routes(Routes& routes);           // desk/files.cpp
void add_call_routes(Routes& routes);           // desk/call.cpp
void add_onward_routes(Routes& routes);         // desk/onward.cpp: another area, the designated officer
void add_type_form_routes(Routes& routes);      // desk/type_form.cpp: a written form that came on paper
void add_search_routes(Routes& routes);         // desk/search.cpp
void add_decide_routes(Routes& routes);         // manager/: deciding, asking for more
void add_contact_routes(Routes& routes);        // manager/: opening the contact, ringing back
void add_rota_routes(Routes& routes);           // manager/rota.cpp
void add_custodian_routes(Routes& routes);      // custodian/openings.cpp
void add_ledger_routes(Routes& routes);         // custodian/ledger.cpp
void add_api_routes(Routes& routes);            // api/: other organisations' software
void add_administrator_routes(Routes& routes);  // administrator/: people, settings, parties, tokens

/// Where somebody lands who came to sign in and nowhere else.
Url first_page_of(const app::Actor& actor);

/// A form that arrives after the session ended: the sign-in page, which carries everything typed along.
http::Response signed_out_mid_form(Ask& ask);

}  // namespace kith::web
