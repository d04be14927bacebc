// Front doors: what still keeps one closed, what is decided locally and by whom, whom to ring, the duty key.
#include <algorithm>

#include "app/found.hpp"
#include "base/london.hpp"
#include "protocol/shipped.hpp"
#include "ui/door_settings_page.hpp"
#include "ui/settings_page.hpp"
#include "web/handlers/administrator/fields.hpp"
#include "web/handlers/administrator/routes.hpp"
#include "web/pages/settings.hpp"

namespace kith::web {
namespace {
using http::Method;
using http::Response;
using parties::Role;
using protocol::TermKey;

std::string rests_on(const protocol::Basis& basis) {
    std::string out;
    for (const auto& clause : basis.clauses) out += (out.empty() ? "" : ", ") + clause;
    return out.empty() ? basis.source : out;
}

std::string title_of(TermKey key) {
    std::string title(protocol::name_of(key));
    std::ranges::replace(title, '_', ' ');
    title.front() = static_cast<char>(title.front() - 'a' + 'A');
    return title;
}

bool is_telephone(TermKey key) {
    return key == TermKey::contact_number || key == TermKey::out_of_hours_contact ||
           key == TermKey::designated_officer_contact;
}

/// The form the value takes (protocol/local_terms.hpp).
std::string_view form_of(TermKey key) {
    switch (key) {
        case TermKey::contact_number:
        case TermKey::out_of_hours_contact:
        case TermKey::designated_officer_contact:
            return "Such as 01632 960001";
        case TermKey::opening_hours:
            return "Such as: Mon-Fri 08:30-17:00; Sat 10:00-13:00. Or: always";
        case TermKey::who_receives:
        case TermKey::who_decides:
        case TermKey::who_answers:
            return "One of: call_taker, duty_worker, manager";
        case TermKey::reply_clock:
            return "Such as: 60 min, or 2 h. Or: none";
        case TermKey::escalation:
            return "Minutes around the due time, such as: -15, 0, 30. Or: none";
        case TermKey::written_form:
            return "Such as: 48 h: stakeholder, guardian. Or: none";
        case TermKey::guardian_definition:
            return "One or two sentences, in words that those who sign an agreement would use";
    }
    return {};
}

std::vector<AskItem> readiness_items(const app::Readiness& ready) {
    std::vector<AskItem> items{{"The custody key", ready.custody},
                               {"Two custodians on the key list", ready.two_custodians},
                               {"The first key list countersigned", ready.countersigned},
                               {"A duty key for this front door", ready.duty_key},
                               {"A rota without a gap for seven days", ready.rota}};
    for (const auto key : ready.missing_terms) items.push_back({title_of(key) + ": not decided", false});
    if (ready.missing_terms.empty()) items.push_back({"Everything the text leaves open is decided", true});
    return items;
}

/// "01632 960001, option 1" as its two settings.
std::pair<std::string, std::string> number_and_option(std::string_view text) {
    const auto cut = text.find(", option ");
    if (cut == std::string_view::npos) return {std::string(text), {}};
    return {std::string(text.substr(0, cut)), std::string(text.substr(cut + 9))};
}

TermLine term_line(TermKey key, const protocol::Pack& pack, const std::vector<app::LocalTermRow>& rows, Day today) {
    TermLine line;
    line.key = protocol::name_of(key);
    line.title = title_of(key);
    line.question = protocol::question_of(key);
    line.hint = form_of(key);
    line.is_telephone = is_telephone(key);
    const auto open = pack.locally_decided.find(key);
    if (open != pack.locally_decided.end()) line.clause = "Left open by the text: " + rests_on(open->second);
    const auto row = std::ranges::find(rows, line.key, &app::LocalTermRow::key);
    line.is_missing = row == rows.end() && open != pack.locally_decided.end();
    TypedDay day = TypedDay::of(today);
    if (row != rows.end()) {
        line.value = row->text;
        line.decided = "Locally decided by " + row->decider + ", " + day_text(row->decided_on);
        line.typed = row->text;
        line.typed_decider = row->decider;
    }
    if (line.is_telephone) std::tie(line.typed, line.typed_option) = number_and_option(line.typed);
    line.decided_on = day.input({.name = "decided_on",
                                 .label = is_telephone(key) ? "Decided on, and in effect from" : "Decided on",
                                 .id = "decided_on-" + line.key});
    return line;
}

void fill_from_pack(DoorSettingsPage& view, const FrontDoorView& door, Instant now) {
    const protocol::Pack& pack = door.questions.pack();
    const auto points = door.questions.contact_points(now);
    for (const auto& point : points.value())
        view.contacts.push_back(
            {point.label, point.number, point.option, day_text(point.effective_from), rests_on(point.basis)});
    for (const auto& reference : pack.references)
        if (const auto url = Url::https(reference.url))
            view.links.push_back({reference.label, *url, rests_on(reference.basis)});
    for (const auto& law : pack.laws) view.laws.push_back({law.cites, law.now, rests_on(law.basis)});
    const auto rule =
        std::ranges::find(pack.categories, protocol::Category::guardian, &protocol::CategoryRule::category);
    if (rule != pack.categories.end()) {
        view.guardian_meaning = meaning_of_guardian(door.questions);
        view.guardian_clause = rests_on(rule->basis);
    }
}

Result<DoorSettingsPage> door_view(Ask& ask, const StaffSession& session) {
    const auto door = KITH_TRY(ask.site.front_door_called(ask.path.get("door")));
    const auto settings = KITH_TRY(app::see_settings(ask.house(), session.actor, door.id));
    const protocol::Pack& pack = door.questions.pack();
    DoorSettingsPage view;
    view.frame = ask.site.staff_frame(ask, session, door.area.name);
    view.frame.back = "/settings";
    view.frame.back_text = "Settings";
    view.name = door.area.name;
    view.slug = door.slug;
    view.is_open = door.open;
    view.is_ready = settings.readiness.complete();
    view.readiness = readiness_items(settings.readiness);
    const bool administrator = session.actor.roles.has(Role::administrator);
    view.may_open = view.may_decide = administrator;
    view.may_make_key = session.holder && session.holder->signing;
    view.has_duty_key = settings.readiness.duty_key;
    for (const auto& one : protocol::all_of<TermKey>())
        if (pack.is_locally_decided(one.value) || is_telephone(one.value))
            view.terms.push_back(term_line(one.value, pack, settings.terms, london::day_of(ask.now)));
    fill_from_pack(view, door, ask.now);
    return view;
}

Response show(DoorSettingsPage view) {
    view.frame.has_errors = view.errors.any();
    return page(piece([&](Html& o) { ui::door_settings_page(o, view); }), view.errors.any() ? 422 : 200);
}

Result<SettingsPage> settings_view(Ask& ask, const StaffSession& session) {
    SettingsPage view{.frame = ask.site.staff_frame(ask, session, "Settings")};
    for (const auto& door : KITH_TRY(ask.site.front_doors())) {
        const auto settings = KITH_TRY(app::see_settings(ask.house(), session.actor, door.id));
        std::size_t missing = 0;
        for (const auto& item : readiness_items(settings.readiness)) missing += item.is_done ? 0 : 1;
        view.doors.push_back(
            {door.area.name, door.open ? Tag{"Open", TagColour::green} : Tag{"Closed", TagColour::orange},
             Url::path("/settings/{}", door.slug),
             missing == 0 ? std::string{}
                          : std::to_string(missing) + (missing == 1 ? " thing is missing" : " things are missing")});
    }
    view.may_add = session.actor.roles.has(Role::administrator);
    if (view.may_add && ask.house().alarms.has(app::Alarm::clock_in_doubt))
        view.clock = london::to_day(ask.now) + ", " + london::to_clock(ask.now);
    for (const auto& name : protocol::shipped_packs())
        if (const auto pack = protocol::shipped_pack(name))
            view.packs.push_back({.value = name, .text = pack->title, .hint = pack->area});
    return view;
}

Response show(SettingsPage view) {
    view.frame.has_errors = view.errors.any();
    return page(piece([&](Html& o) { ui::settings_page(o, view); }), view.errors.any() ? 422 : 200);
}

Response get_settings(Ask& ask, const StaffSession& session) {
    auto view = settings_view(ask, session);
    if (!view) return problem_page(ask, view.error());
    if (ask.query.get("done") == "clock") view->done = word("settings.clock");
    return show(*std::move(view));
}

Response post_clock(Ask& ask, const StaffSession& session) {
    const auto done = app::confirm_clock(ask.house(), session.actor);
    // Somebody else confirmed it first: there is nothing left to do.
    if (!done && done.error().code != Code::conflict) return problem_page(ask, done.error());
    return redirect(Url("/settings").with("done", "clock"));
}

Response post_front_door(Ask& ask, const StaffSession& session) {
    const std::string pack(ask.form.get("pack")), slug = text_of(ask.form.get("slug"));
    const auto added = app::add_front_door(ask.house(), session.actor, slug, pack);
    if (added) return redirect(Url::path("/settings/{}", slug));
    auto view = settings_view(ask, session);
    if (!view || added.error().field.empty()) return problem_page(ask, view ? added.error() : view.error());
    view->errors.add(std::string(added.error().field), error_word(added.error()));
    view->pack = pack;
    view->slug = slug;
    return show(*std::move(view));
}

Response get_door(Ask& ask, const StaffSession& session) {
    auto view = door_view(ask, session);
    if (!view) return problem_page(ask, view.error());
    const std::string_view done = ask.query.get("done");
    if (done == "open") view->done = word("settings.opened");
    if (done == "key") view->done = word("settings.duty_key");
    if (done == "term") view->done = word("settings.term");
    return show(*std::move(view));
}

/// Everything typed is kept, and the form at fault stands open.
Response show_term_again(Ask& ask, const StaffSession& session, std::string_view key, const Error& error,
                         const TypedDay& day) {
    auto view = door_view(ask, session);
    if (!view) return problem_page(ask, view.error());
    const auto at = std::ranges::find(view->terms, key, &TermLine::key);
    if (at == view->terms.end() || error.field.empty()) return problem_page(ask, error);
    const std::string place = std::string(error.field) + '-' + at->key;
    view->errors.add(place, error_word("term_" + std::string(error.field), "invalid"));
    at->is_open = true;
    at->typed = ask.form.get("value");
    at->typed_option = ask.form.get("option");
    at->typed_decider = ask.form.get("decider");
    Field field = at->decided_on.field;
    field.error = view->errors.of("decided_on-" + at->key);
    at->decided_on = day.input(std::move(field));
    return show(*std::move(view));
}

Response post_term(Ask& ask, const StaffSession& session) {
    const auto door = ask.site.front_door_called(ask.path.get("door"));
    if (!door) return problem_page(ask, door.error());
    const std::string key(ask.form.get("key"));
    std::string value = text_of(ask.form.get("value"));
    if (const std::string option = text_of(ask.form.get("option")); !option.empty()) value += ", option " + option;
    const TypedDay day = TypedDay::read(ask.form, "decided_on");
    if (!day.value) return show_term_again(ask, session, key, Error{Code::invalid, "no day", "decided_on"}, day);
    const auto done = app::set_local_term(ask.house(), session.actor, door->id, key, value,
                                          {text_of(ask.form.get("decider")), *day.value});
    if (!done) return show_term_again(ask, session, key, done.error(), day);
    return redirect(Url::path("/settings/{}", door->slug).with("done", "term"));
}

Response post_open(Ask& ask, const StaffSession& session) {
    const auto door = ask.site.front_door_called(ask.path.get("door"));
    if (!door) return problem_page(ask, door.error());
    const auto done = app::open_front_door(ask.house(), session.actor, door->id);
    if (done) return redirect(Url::path("/settings/{}", door->slug).with("done", "open"));
    if (done.error().code != Code::conflict) return problem_page(ask, done.error());
    auto view = door_view(ask, session);
    if (!view) return problem_page(ask, view.error());
    // HAC-017: refused, naming what is missing.
    for (const auto& item : view->readiness)
        if (!item.is_done) view->errors.add("ready", "Missing: " + item.text);
    return show(*std::move(view));
}

Response post_duty_key(Ask& ask, const StaffSession& session) {
    const auto door = ask.site.front_door_called(ask.path.get("door"));
    if (!door) return problem_page(ask, door.error());
    if (!session.holder) return problem_page(ask, Error{Code::forbidden, "holds no key", {}});
    const auto done = app::add_duty_key(ask.house(), session.actor, *session.holder, door->id);
    return done ? redirect(Url::path("/settings/{}", door->slug).with("done", "key")) : problem_page(ask, done.error());
}
}  // namespace

void add_settings_routes(Routes& routes) {
    routes.staff(Method::get, "/settings", get_settings);
    routes.staff(Method::post, "/settings", post_front_door);
    routes.staff(Method::post, "/clock", post_clock);
    routes.staff(Method::get, "/settings/{door}", get_door);
    routes.staff(Method::post, "/settings/{door}/terms", post_term);
    routes.staff(Method::post, "/settings/{door}/open", post_open);
    routes.staff(Method::post, "/settings/{door}/duty-key", post_duty_key);
}

}  // namespace kith::web
