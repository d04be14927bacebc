// One's own account, and the way back into it.
#include "base/london.hpp"
#include "ui/forgotten_page.hpp"
#include "ui/me_page.hpp"
#include "ui/new_factor_page.hpp"
#include "web/handlers/administrator/fields.hpp"
#include "web/handlers/anyone/account.hpp"

namespace kith::web {
namespace {
using http::Method;
using http::Response;

constexpr std::size_t kLines = 10;
constexpr http::Rate kTries{10, std::chrono::seconds(30)};

MePage me_view(Ask& ask, const StaffSession& session) {
    MePage view;
    view.frame = ask.site.staff_frame(ask, session, "Your account");
    view.name = session.name;
    view.roles = roles_text(session.actor.roles);
    view.is_custodian = session.actor.roles.has(parties::Role::custodian);
    view.keys_stand =
        session.holder ? "You hold one. It is open while you are signed in, and nowhere else." : "You need none.";
    const auto recent = app::recent_of_account(ask.house(), session.actor, kLines);
    if (recent)
        for (const auto& line : *recent)
            view.recent.push_back({london::to_short(line.at), std::string(find_word("account_line." + line.act))});
    return view;
}

Response show(MePage view) {
    view.frame.has_errors = view.errors.any();
    return page(piece([&](Html& o) { ui::me_page(o, view); }), view.errors.any() ? 422 : 200);
}

Response get_me(Ask& ask, const StaffSession& session) {
    MePage view = me_view(ask, session);
    if (ask.query.get("done") == "password") view.done = word("account.password_changed");
    if (ask.query.get("done") == "factor") view.done = word("account.factor_changed");
    return show(std::move(view));
}

/// Signed out everywhere, and in again here under what counts now.
void renew_session(Ask& ask, const app::SignedIn& who, ShortcutKeys keys, Response& response) {
    ask.site.sessions.close_all(who.actor.member);
    const std::string cookie = ask.site.sessions.open(who, ask.now);
    ask.site.sessions.set_keys(cookie, keys);
    response.headers.push_back(http::set_cookie({.name = kSessionCookie, .value = cookie}));
}

bool is_limited(Ask& ask, std::string_view key) {
    return ask.site.limits.take("own_account", key, kTries, ask.now).answer == http::Taken::Answer::wait;
}

Response post_password(Ask& ask, const StaffSession& session) {
    MePage view = me_view(ask, session);
    if (is_limited(ask, session.actor.member.text()))
        view.errors.add("old_password", word("any.too_many"));
    else if (!view.is_custodian)
        typed_twice(ask, view.errors);
    if (view.errors.any()) return show(std::move(view));
    const auto done =
        app::change_password(ask.house(), session.actor, SecretText(std::string(ask.form.get("old_password"))),
                             SecretText(std::string(ask.form.get("password"))));
    if (!done) {
        add_account_error(view.errors, done.error());
        return show(std::move(view));
    }
    Response response = redirect("/me?done=password");
    if (view.is_custodian)
        response = show_once({view.frame,
                              "Your new pass phrase",
                              "The old one counts no more. You are signed out everywhere else.",
                              done->pass_phrase.expose(),
                              {},
                              {},
                              "/me",
                              "I have it in writing"});
    renew_session(ask, done->who, session.keys, response);
    return response;
}

Response show_factor(Ask& ask, const StaffSession& session, Errors errors) {
    const auto offered = app::offer_second_factor_to(ask.house(), session.actor, ask.form.get("kept_factor"));
    if (!offered) return problem_page(ask, offered.error());
    auto factor = factor_view(*offered);
    if (!factor) return problem_page(ask, factor.error());
    NewFactorPage view{ask.site.staff_frame(ask, session, "A new second step"), std::move(errors), *std::move(factor)};
    view.frame.back = "/me";
    view.frame.has_errors = view.errors.any();
    return page(piece([&](Html& o) { ui::new_factor_page(o, view); }), view.errors.any() ? 422 : 200);
}

Response get_factor(Ask& ask, const StaffSession& session) { return show_factor(ask, session, {}); }

Response post_factor(Ask& ask, const StaffSession& session) {
    Errors errors;
    if (is_limited(ask, session.actor.member.text())) {
        errors.add("old_password", word("any.too_many"));
        return show_factor(ask, session, std::move(errors));
    }
    const auto done =
        app::change_second_factor(ask.house(), session.actor, SecretText(std::string(ask.form.get("old_password"))),
                                  ask.form.get("kept_factor"), text_of(ask.form.get("one_time_code")));
    if (done) return redirect("/me?done=factor");
    add_account_error(errors, done.error());
    return show_factor(ask, session, std::move(errors));
}

Response post_keys(Ask& ask, const StaffSession&) {
    const auto cookie = ask.cookies.get(kSessionCookie);
    if (cookie)
        ask.site.sessions.set_keys(*cookie, ask.form.get("keys") == "off" ? ShortcutKeys::off : ShortcutKeys::on);
    return redirect("/me");
}

Response show(const ForgottenPage& view) {
    return page(piece([&](Html& o) { ui::forgotten_page(o, view); }), view.errors.any() ? 422 : 200);
}

Response get_forgotten(Ask& ask) { return show(ForgottenPage{bare_frame(ask, "Forgotten how to sign in"), {}, {}}); }

Response post_forgotten(Ask& ask) {
    ForgottenPage view{bare_frame(ask, "Forgotten how to sign in"), {}, text_of(ask.form.get("email"))};
    if (is_limited(ask, std::string(ask.request.peer_network) + ' ' + view.email))
        view.errors.add("recovery_code", word("any.too_many"));
    else if (typed_twice(ask, view.errors)) {
        const auto done = app::recover(ask.house(), {view.email, text_of(ask.form.get("one_time_code")),
                                                     SecretText(std::string(ask.form.get("recovery_code"))),
                                                     SecretText(std::string(ask.form.get("password")))});
        if (done) {
            ask.site.sessions.close_all(done->who.actor.member);
            return show_once({bare_frame(ask, "You are back in"),
                              "You are back in",
                              "The old recovery code is used up. This is the new one.",
                              done->pass_phrase.expose(),
                              done->recovery_code.expose(),
                              {},
                              "/sign-in",
                              "Sign in"});
        }
        add_account_error(view.errors, done.error());
    }
    view.frame.has_errors = true;
    return show(view);
}
}  // namespace

void add_me_routes(Routes& routes) {
    routes.staff(Method::get, "/me", get_me);
    routes.staff(Method::post, "/me/password", post_password);
    routes.staff(Method::get, "/me/second-factor", get_factor);
    routes.staff(Method::post, "/me/second-factor", post_factor);
    routes.staff(Method::post, "/me/keys", post_keys);
    routes.anyone(Method::get, "/forgotten", get_forgotten);
    routes.anyone(Method::post, "/forgotten", post_forgotten);
}

}  // namespace kith::web
