// Tokens of other organisations' software, of one front door: made, shown once, revoked.
#include "app/api_tokens.hpp"

#include "base/london.hpp"
#include "ui/api_tokens_page.hpp"
#include "web/handlers/administrator/fields.hpp"
#include "web/handlers/administrator/routes.hpp"
#include "web/pages/api_tokens.hpp"

namespace kith::web {
namespace {
using http::Method;
using http::Response;
using parties::Scope;
using Stand = app::ApiTokenView::Stand;

/// In a page's fields and words a scope is one word.
std::string field_of(Scope scope) { return scope == Scope::intake_write ? "intake_write" : "queue_read"; }

std::string scopes_text(parties::Scopes scopes) {
    std::string out;
    for (const Scope scope : scopes.list()) {
        const std::string says(find_word("scope." + field_of(scope)));
        out += out.empty() ? says : "; " + says;
    }
    return out;
}

Tag tag_of(Stand stand) {
    if (stand == Stand::revoked) return {"Revoked", TagColour::red};
    return stand == Stand::expired ? Tag{"Ended", TagColour::grey} : Tag{"Holds", TagColour::green};
}

/// A token holds through its last day.
Instant end_of(const Day& day) {
    return london::instant_of({Day(std::chrono::sys_days(day) + std::chrono::days(1)), std::chrono::minutes(0)});
}
Day last_day(Instant expires_at) { return london::day_of(expires_at - std::chrono::milliseconds(1)); }

Result<ApiTokensPage> tokens_view(Ask& ask, const StaffSession& session, const FrontDoorView& door) {
    ApiTokensPage view;
    view.frame = ask.site.staff_frame(ask, session, "Tokens for other systems");
    view.frame.back = Url::path("/settings/{}", door.slug);
    view.frame.back_text = door.area.name;
    view.door = door.area.name;
    view.make = Url::path("/settings/{}/tokens", door.slug);
    for (const auto& token : KITH_TRY(app::see_api_tokens(ask.house(), session.actor, door.id))) {
        const std::string until = day_text(last_day(token.expires_at));
        ApiTokenLine line{token.id.text(),
                          token.name,
                          token.organisation,
                          scopes_text(token.scopes),
                          (token.stand == Stand::expired ? "Until " : "Holds until ") + until,
                          tag_of(token.stand),
                          {}};
        if (token.stand == Stand::revoked) line.until = "Would have held until " + until;
        if (token.stand == Stand::in_force)
            line.revoke = Url::path("/settings/{}/tokens/{}/revoke", door.slug, token.id);
        view.tokens.push_back(std::move(line));
    }
    for (const Scope scope : {Scope::intake_write, Scope::queue_read})
        view.scope_choices.push_back({.value = field_of(scope),
                                      .text = std::string(find_word("scope." + field_of(scope))),
                                      .hint = std::string(find_word("scope." + field_of(scope) + "_hint"))});
    view.expires_on =
        TypedDay{}.input({.name = "expires_on", .label = "Last day", .hint = "Within a year from today."});
    return view;
}

Response show(ApiTokensPage view) {
    view.frame.has_errors = view.errors.any();
    return page(piece([&](Html& o) { ui::api_tokens_page(o, view); }), view.errors.any() ? 422 : 200);
}

Response get_tokens(Ask& ask, const StaffSession& session) {
    const auto door = ask.site.front_door_called(ask.path.get("door"));
    if (!door) return problem_page(ask, door.error());
    auto view = tokens_view(ask, session, *door);
    if (!view) return problem_page(ask, view.error());
    if (ask.query.get("done") == "revoked") view->done = word("api_token.revoked");
    return show(*std::move(view));
}

Response post_token(Ask& ask, const StaffSession& session) {
    const auto door = ask.site.front_door_called(ask.path.get("door"));
    if (!door) return problem_page(ask, door.error());
    const TypedDay day = TypedDay::read(ask.form, "expires_on");
    app::NewApiToken wanted{text_of(ask.form.get("name")), text_of(ask.form.get("organisation")), door->id, {}, {}};
    for (const Scope scope : {Scope::intake_write, Scope::queue_read})
        for (const auto chosen : ask.form.all("scopes"))
            if (chosen == field_of(scope)) wanted.scopes.add(scope);
    if (day.value) wanted.expires_at = end_of(*day.value);
    const auto made = app::make_api_token(ask.house(), session.actor, wanted);
    if (!made && made.error().field.empty()) return problem_page(ask, made.error());
    auto view = tokens_view(ask, session, *door);
    if (!view) return problem_page(ask, view.error());
    if (made) {
        view->done = word("api_token.made");
        view->token = made->text.expose();
        return show(*std::move(view));
    }
    view->errors.add(made.error().field, error_word("api_token_" + std::string(made.error().field), "invalid"));
    view->name = wanted.name;
    view->organisation = wanted.organisation;
    for (const auto chosen : ask.form.all("scopes")) view->scopes.emplace_back(chosen);
    Field field = view->expires_on.field;
    field.error = view->errors.of("expires_on");
    view->expires_on = day.input(std::move(field));
    return show(*std::move(view));
}

Response post_revoke(Ask& ask, const StaffSession& session) {
    const auto door = ask.site.front_door_called(ask.path.get("door"));
    if (!door) return problem_page(ask, door.error());
    const auto id = ask.path.as<ApiTokenId>("id");
    if (!id) return problem_page(ask, id.error());
    const auto done = app::revoke_api_token(ask.house(), session.actor, door->id, *id);
    if (!done) return problem_page(ask, done.error());
    return redirect(Url::path("/settings/{}/tokens", door->slug).with("done", "revoked"));
}
}  // namespace

void add_api_token_routes(Routes& routes) {
    routes.staff(Method::get, "/settings/{door}/tokens", get_tokens);
    routes.staff(Method::post, "/settings/{door}/tokens", post_token);
    routes.staff(Method::post, "/settings/{door}/tokens/{id}/revoke", post_revoke);
}

}  // namespace kith::web
