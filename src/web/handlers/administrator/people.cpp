// Who works here: invited and shut out by an administrator, admitted to the key list by a custodian.
#include <algorithm>

#include "app/emergency.hpp"
#include "app/found.hpp"
#include "app/leaving.hpp"
#include "base/london.hpp"
#include "ui/people_page.hpp"
#include "web/handlers/administrator/fields.hpp"
#include "web/handlers/administrator/routes.hpp"
#include "web/pages/people.hpp"

namespace kith::web {
namespace {
using http::Method;
using http::Response;
using parties::Role;

constexpr std::string_view kWholePartnership = "all";

Tag stand_of(const app::MemberView& member) {
    if (member.shut_out) return {"Shut out", TagColour::red};
    if (!member.holds_pair) return {"Needs no key", TagColour::grey};
    if (member.deputy) return {"Admitted, deputy", TagColour::green};
    if (member.admitted) return {"Admitted", TagColour::green};
    return {"Awaits admission", TagColour::orange};
}

struct Doors {
    std::vector<FrontDoorView> all;
    std::string name_of(FrontDoorId id) const {
        const auto at = std::ranges::find(all, id, &FrontDoorView::id);
        return at == all.end() ? "Whole partnership" : at->area.name;
    }
};

Result<PeoplePage> people_view(Ask& ask, const StaffSession& session) {
    const auto members = KITH_TRY(app::see_members(ask.house(), session.actor));
    const Doors doors{KITH_TRY(ask.site.front_doors())};
    const bool administrator = session.actor.roles.has(Role::administrator);
    const bool signs = session.holder && session.holder->signing;
    PeoplePage view;
    view.frame = ask.site.staff_frame(ask, session, "People");
    for (const auto& member : members) {
        PersonRow row{member.id.text(),
                      member.name,
                      member.email,
                      roles_text(member.roles),
                      doors.name_of(member.front_door),
                      stand_of(member),
                      {},
                      {},
                      {}};
        if (signs && member.holds_pair && !member.admitted && !member.shut_out)
            row.admit = Url::path("/people/{}/admit", member.id);
        if (administrator && !member.shut_out && member.id != session.actor.member)
            row.shut_out = Url::path("/people/{}/shut-out", member.id);
        if (signs && member.admitted && !member.deputy && !member.shut_out && member.roles.has(Role::manager) &&
            !member.roles.has(Role::custodian))
            row.deputise = Url::path("/people/{}/deputise", member.id);
        view.people.push_back(std::move(row));
    }
    if (const auto custody = app::see_custody(ask.house())) {
        view.has_custody = true;
        view.fingerprint = custody->fingerprint;
        view.countersigned = custody->countersigned;
        view.list_number = custody->list_number;
        view.list_usable = custody->usable;
        view.may_sign = signs;
        view.may_countersign = signs && !custody->countersigned && custody->first_custodian != session.actor.member;
        const auto first = std::ranges::find(members, custody->first_custodian, &app::MemberView::id);
        view.first_custodian = first == members.end() ? "a custodian" : first->name;
    }
    view.may_invite = administrator;
    if (administrator)
        for (const auto& one : KITH_TRY(app::see_invitations(ask.house(), session.actor)))
            view.invited.push_back({one.finder, one.name, one.email, london::to_short(one.expires_at)});
    if (signs)
        for (const auto& door : doors.all)
            view.duty_keys.push_back({door.area.name, Url::path("/people/duty-keys/{}/suspect", door.id)});
    view.role_choices = role_choices();
    for (const auto& door : doors.all) view.front_doors.push_back({.value = door.slug, .text = door.area.name});
    view.front_doors.push_back({.value = std::string(kWholePartnership), .text = "The whole partnership"});
    return view;
}

Response show(const PeoplePage& view) {
    return page(piece([&](Html& o) { ui::people_page(o, view); }), view.errors.any() ? 422 : 200);
}

Response get_people(Ask& ask, const StaffSession& session) {
    auto view = people_view(ask, session);
    if (!view) return problem_page(ask, view.error());
    const std::string_view done = ask.query.get("done");
    if (done == "admitted") view->done = word("people.admitted");
    if (done == "shut_out") view->done = word("people.shut_out");
    if (done == "countersigned") view->done = word("people.countersigned");
    if (done == "deputy") view->done = word("people.deputy");
    if (done == "signed_anew") view->done = word("people.signed_anew");
    if (done == "suspected") view->done = word("people.suspected");
    if (done == "invitation_back") view->done = word("people.invitation_back");
    return show(*view);
}

/// The whole address, as the newcomer will type or press it.
std::string address_of(const Ask& ask, const app::Invitation& invitation) {
    const std::string host(ask.request.header("host"));
    const bool loopback = host.starts_with("127.0.0.1") || host.starts_with("localhost");
    return (loopback ? "http://" : "https://") + host + "/invitation/" + invitation.link_secret.expose();
}

Response post_invite(Ask& ask, const StaffSession& session) {
    app::Newcomer who;
    who.name = text_of(ask.form.get("name"));
    who.email = text_of(ask.form.get("email"));
    who.roles = roles_of(ask.form.all("roles"));
    const std::string where(ask.form.get("front_door"));
    const auto door = ask.site.front_door_called(where);
    if (door) who.front_door = door->id;
    const auto invited = !door && where != kWholePartnership
                             ? Result<app::Invitation>(fail(Code::invalid, "no such front door", "front_door"))
                             : app::invite(ask.house(), session.actor, who);
    auto view = people_view(ask, session);
    if (!view) return problem_page(ask, view.error());
    if (invited) {
        view->done = who.name + " is invited.";
        view->link = address_of(ask, *invited);
        return show(*view);
    }
    if (invited.error().field.empty()) return problem_page(ask, invited.error());
    if (invited.error().field == "email" && invited.error().code == Code::conflict)
        view->errors.add("email", word("people.taken"));
    else
        view->errors.add(invited.error().field, error_word("people_" + std::string(invited.error().field), "invalid"));
    view->frame.has_errors = true;
    view->name = who.name;
    view->email = who.email;
    view->front_door = where;
    for (const auto name : ask.form.all("roles")) view->roles.emplace_back(name);
    return show(*view);
}

Response post_admit(Ask& ask, const StaffSession& session) {
    const auto member = ask.path.as<MemberId>("id");
    if (!member) return problem_page(ask, member.error());
    if (!session.holder) return problem_page(ask, Error{Code::forbidden, "holds no key", {}});
    const auto done = app::admit(ask.house(), session.actor, *session.holder, *member);
    return done ? redirect("/people?done=admitted") : problem_page(ask, done.error());
}

Response post_shut_out(Ask& ask, const StaffSession& session) {
    const auto member = ask.path.as<MemberId>("id");
    if (!member) return problem_page(ask, member.error());
    const auto done = app::shut_out(ask.house(), session.actor, *member);
    if (!done) return problem_page(ask, done.error());
    ask.site.sessions.close_all(*member);
    return redirect("/people?done=shut_out");
}

Response post_countersign(Ask& ask, const StaffSession& session) {
    if (!session.holder) return problem_page(ask, Error{Code::forbidden, "holds no key", {}});
    if (ask.form.get("compared") != "yes") {
        auto view = people_view(ask, session);
        if (!view) return problem_page(ask, view.error());
        view->errors.add("compared", word("people.compare"));
        view->frame.has_errors = true;
        return show(*view);
    }
    const auto done = app::countersign(ask.house(), session.actor, *session.holder);
    return done ? redirect("/people?done=countersigned") : problem_page(ask, done.error());
}

Response post_deputise(Ask& ask, const StaffSession& session) {
    const auto member = ask.path.as<MemberId>("id");
    if (!member) return problem_page(ask, member.error());
    if (!session.holder) return problem_page(ask, Error{Code::forbidden, "holds no key", {}});
    const auto done = app::name_deputy(ask.house(), session.actor, *session.holder, *member);
    return done ? redirect("/people?done=deputy") : problem_page(ask, done.error());
}

Response post_sign_anew(Ask& ask, const StaffSession& session) {
    if (!session.holder) return problem_page(ask, Error{Code::forbidden, "holds no key", {}});
    const auto done = app::sign_list_anew(ask.house(), session.actor, *session.holder);
    return done ? redirect("/people?done=signed_anew") : problem_page(ask, done.error());
}

Response post_suspect(Ask& ask, const StaffSession& session) {
    const auto door = ask.path.as<FrontDoorId>("id");
    if (!door) return problem_page(ask, door.error());
    if (!session.holder) return problem_page(ask, Error{Code::forbidden, "holds no key", {}});
    const auto done = app::suspect_duty_key(ask.house(), session.actor, *session.holder, *door);
    return done ? redirect("/people?done=suspected") : problem_page(ask, done.error());
}

Response post_invitation_back(Ask& ask, const StaffSession& session) {
    const auto done = app::take_invitation_back(ask.house(), session.actor, ask.form.get("finder"));
    return done ? redirect("/people?done=invitation_back") : problem_page(ask, done.error());
}
}  // namespace

void add_people_routes(Routes& routes) {
    routes.staff(Method::get, "/people", get_people);
    routes.staff(Method::post, "/people", post_invite);
    routes.staff(Method::post, "/people/countersign", post_countersign);
    routes.staff(Method::post, "/people/key-list", post_sign_anew);
    routes.staff(Method::post, "/people/invitations", post_invitation_back);
    routes.staff(Method::post, "/people/duty-keys/{id}/suspect", post_suspect);
    routes.staff(Method::post, "/people/{id}/deputise", post_deputise);
    routes.staff(Method::post, "/people/{id}/admit", post_admit);
    routes.staff(Method::post, "/people/{id}/shut-out", post_shut_out);
}

void add_administrator_routes(Routes& routes) {
    add_people_routes(routes);
    add_settings_routes(routes);
    add_parties_routes(routes);
    add_api_token_routes(routes);
}

}  // namespace kith::web
