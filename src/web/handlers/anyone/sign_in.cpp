// Signing in and out. One answer and one cost for everyone who is refused; limits slow a network and, for one account,
// only those who come from elsewhere than where its owner last signed in.
#include "web/pages/sign_in.hpp"
#include "ui/send_kept_page.hpp"
#include "ui/sign_in_page.hpp"
#include "web/handlers/routes.hpp"

namespace kith::web {
namespace {
using http::Response;

constexpr http::Rate kFromOneNetwork{20, std::chrono::seconds(15)};
constexpr http::Rate kForOneAddress{10, std::chrono::seconds(30)};

SignInPage sign_in_view(const Ask& ask) {
    SignInPage view;
    view.frame.title = "Sign in";
    view.frame.area.name = "Kith";
    view.frame.area.home = "/";
    view.frame.setting = ask.site.setting();
    view.frame.now = to_rfc3339(ask.now);
    if (view.frame.setting == Setting::demonstration)
        for (const auto& person : ask.site.demo_people())
            view.people.push_back({person.name, person.role, person.email, person.password,
                                   ask.house().codes.code_at(person.code_secret, ask.now).expose()});
    return view;
}

Response show(const SignInPage& view) {
    return page(piece([&](Html& o) { ui::sign_in_page(o, view); }), view.errors.any() ? 422 : 200);
}

Response get_sign_in(Ask& ask) {
    SignInPage view = sign_in_view(ask);
    view.return_to = ask.query.get("return_to");
    return show(view);
}

Response send_kept(Ask& ask, const std::string& cookie, const Url& action) {
    const auto session = ask.site.sessions.find(cookie, ask.now);
    if (!session) return redirect("/sign-in");
    SendKeptPage view{ask.site.staff_frame(ask, *session, "What you typed is still here"), action, {}};
    for (const auto& field : ask.form.fields())
        if (field.name.starts_with("kept_")) view.kept.emplace_back(field.name.substr(5), field.value);
    return page(piece([&](Html& o) { ui::send_kept_page(o, view); }));
}

Response post_sign_in(Ask& ask) {
    SignInPage view = sign_in_view(ask);
    view.email = ask.form.get("user");
    view.return_to = ask.form.get("return_to");
    for (const auto& field : ask.form.fields())
        if (field.name.starts_with("kept_")) view.kept.emplace_back(field.name.substr(5), field.value);
    const auto limited = [&](Words kind, std::string_view key, http::Rate rate) {
        return ask.site.limits.take(kind, key, rate, ask.now).answer == http::Taken::Answer::wait;
    };
    const std::string address = std::string(ask.request.peer_network) + ' ' + view.email;
    // From where this member has signed in before, whatever others do there holds nothing back.
    const bool known = ask.site.known_networks.knows(view.email, ask.request.peer_network);
    if (!known && (limited("sign_in_network", ask.request.peer_network, kFromOneNetwork) ||
                   limited("sign_in", address, kForOneAddress))) {
        view.errors.add("password", error_word(Error{Code::too_many, "too many tries", {}}));
        return show(view);
    }
    const auto who = app::sign_in(ask.house(), view.email, SecretText(std::string(ask.form.get("password"))),
                                  ask.form.get("one_time_code"));
    if (!who) {
        view.errors.add("password", word("sign_in.refused"));
        return show(view);
    }
    ask.site.known_networks.remember(view.email, ask.request.peer_network);
    const std::string cookie = ask.site.sessions.open(*who, ask.now);
    const auto to = Url::local(view.return_to);
    const bool is_place = to && to->text().size() > 1;
    Response response =
        !view.kept.empty() && to ? send_kept(ask, cookie, *to) : redirect(is_place ? *to : first_page_of(who->actor));
    response.headers.push_back(http::set_cookie({.name = kSessionCookie, .value = cookie}));
    return response;
}

Response post_sign_out(Ask& ask, const StaffSession& session) {
    if (ask.form.get("everywhere") == "yes") ask.site.sessions.close_all(session.actor.member);
    if (const auto cookie = ask.cookies.get(kSessionCookie)) ask.site.sessions.close(*cookie);
    Response response = redirect("/sign-in");
    response.headers.push_back(http::clear_cookie(kSessionCookie));
    return response;
}
}  // namespace

Url first_page_of(const app::Actor& actor) {
    using parties::Role;
    if (actor.roles.has_any({Role::duty_worker, Role::manager})) return "/queue";
    if (actor.roles.has(Role::custodian)) return "/openings";
    if (actor.roles.has(Role::administrator)) return "/people";
    return "/ledger";
}

Response signed_out_mid_form(Ask& ask) {
    SignInPage view = sign_in_view(ask);
    view.was_signed_out = true;
    view.return_to = ask.request.path;
    for (const auto& field : ask.form.fields())
        if (field.name != "form_token") view.kept.emplace_back(field.name, field.value);
    return page(piece([&](Html& o) { ui::sign_in_page(o, view); }), 401);
}

void add_sign_in_routes(Routes& routes) {
    routes.anyone(http::Method::get, "/sign-in", get_sign_in);
    routes.anyone(http::Method::post, "/sign-in", post_sign_in);
    routes.staff(http::Method::post, "/sign-out", post_sign_out);
}

}  // namespace kith::web
