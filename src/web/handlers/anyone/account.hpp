// What accepting an invitation and minding one's own account share.
#pragma once
#include "app/account.hpp"
#include "web/handlers/routes.hpp"
#include "web/pages/account.hpp"

namespace kith::web {

/// Around a page of somebody who is not signed in.
StaffFrame bare_frame(const Ask& ask, std::string title);
Result<SecondFactorView> factor_view(const app::SecondFactor& factor);
http::Response show_once(const ShownOncePage& view);
/// The words for what a use case found wrong with an account's form.
void add_account_error(Errors& errors, const Error& error);
/// "password" and "again" say the same; else the error for it.
bool typed_twice(const Ask& ask, Errors& errors);

}  // namespace kith::web
