// Accepting an invitation. The secret stands in the page's own address and nowhere else: the QR code is inline.
#include "app/found.hpp"
#include "ui/invitation_page.hpp"
#include "ui/shown_once_page.hpp"
#include "web/handlers/administrator/fields.hpp"
#include "web/handlers/anyone/account.hpp"
#include "web/qr.hpp"

namespace kith::web {
namespace {
using http::Method;
using http::Response;

constexpr http::Rate kTries{20, std::chrono::seconds(15)};

SecretText secret_of(const Ask& ask) { return SecretText(std::string(ask.path.get("secret"))); }

Result<InvitationPage> invitation_view(Ask& ask) {
    if (ask.site.limits.take("invitation", ask.request.peer_network, kTries, ask.now).answer ==
        http::Taken::Answer::wait)
        return fail(Code::too_many, "too many tries");
    const auto who = KITH_TRY(app::read_invitation(ask.house(), secret_of(ask)));
    InvitationPage view;
    view.frame = bare_frame(ask, "Invitation");
    view.name = who.name;
    view.email = who.email;
    view.roles = roles_text(who.roles);
    view.is_custodian = who.roles.has(parties::Role::custodian);
    view.factor = KITH_TRY(
        factor_view(KITH_TRY(app::offer_to_invited(ask.house(), secret_of(ask), ask.form.get("kept_factor")))));
    return view;
}

Response show(const InvitationPage& view) {
    return page(piece([&](Html& o) { ui::invitation_page(o, view); }), view.errors.any() ? 422 : 200);
}

Response get_invitation(Ask& ask) {
    const auto view = invitation_view(ask);
    return view ? show(*view) : problem_page(ask, view.error());
}

Response show_enrolled(Ask& ask, const app::Enrolled& enrolled, const InvitationPage& invited) {
    ShownOncePage view{bare_frame(ask, "You are in"), "You are in", {}, {}, {}, {}, "/sign-in", "Sign in"};
    view.pass_phrase = enrolled.pass_phrase.expose();
    view.recovery_code = enrolled.recovery_code.expose();
    view.text = enrolled.holder
                    ? "A custodian now admits you; until then you can sign in, and open nothing that is sealed."
                    : "You can sign in now.";
    if (invited.is_custodian)
        if (const auto custody = app::see_custody(ask.house())) view.fingerprint = custody->fingerprint;
    return show_once(view);
}

Response post_invitation(Ask& ask) {
    auto view = invitation_view(ask);
    if (!view) return problem_page(ask, view.error());
    if (!view->is_custodian) typed_twice(ask, view->errors);
    if (!view->errors.any()) {
        const auto done =
            app::accept_invitation(ask.house(), secret_of(ask),
                                   {SecretText(std::string(ask.form.get("password"))),
                                    std::string(ask.form.get("kept_factor")), text_of(ask.form.get("one_time_code"))});
        if (done) return show_enrolled(ask, *done, *view);
        if (done.error().field.empty()) return problem_page(ask, done.error());
        add_account_error(view->errors, done.error());
    }
    view->frame.has_errors = true;
    return show(*view);
}
}  // namespace

StaffFrame bare_frame(const Ask& ask, std::string title) {
    StaffFrame frame;
    frame.title = std::move(title);
    frame.area.name = "Kith";
    frame.area.home = "/";
    frame.setting = ask.site.setting();
    frame.now = to_rfc3339(ask.now);
    return frame;
}

Result<SecondFactorView> factor_view(const app::SecondFactor& factor) {
    const QrCode code = KITH_TRY(qr_code(factor.uri));
    SecondFactorView view{code.side, code.path, {}, factor.kept};
    const std::string& key = factor.key.expose();
    for (std::size_t i = 0; i < key.size(); ++i) {
        if (i != 0 && i % 4 == 0) view.key += ' ';
        view.key += key[i];
    }
    return view;
}

Response show_once(const ShownOncePage& view) {
    return page(piece([&](Html& o) { ui::shown_once_page(o, view); }));
}

void add_account_error(Errors& errors, const Error& error) {
    if (error.field == "password")
        errors.add("password", word("password.weak"));
    else if (error.field == "one_time_code")
        errors.add("one_time_code", word("one_time_code.setting_up"));
    else if (error.field == "old_password")
        errors.add("old_password", word("old_password.invalid"));
    else
        errors.add(error);
}

bool typed_twice(const Ask& ask, Errors& errors) {
    if (ask.form.get("password") == ask.form.get("again")) return true;
    errors.add("again", word("again.invalid"));
    return false;
}

void add_invitation_routes(Routes& routes) {
    routes.anyone(Method::get, "/invitation/{secret}", get_invitation);
    routes.anyone(Method::post, "/invitation/{secret}", post_invitation);
}

}  // namespace kith::web
