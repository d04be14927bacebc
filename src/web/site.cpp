#include "web/site.hpp"

#include "base/log.hpp"
#include "ui/problem_page.hpp"
#include "ui/refusal_page.hpp"
#include "web/assets.hpp"
#include "web/handlers/anyone/report_files.hpp"
#include "web/handlers/api/answers.hpp"
#include "web/handlers/reporter/added_files.hpp"
#include "web/handlers/reporter/remembered.hpp"
#include "web/handlers/routes.hpp"
#include "web/pages/problem.hpp"
#include "web/pages/say.hpp"
#include "web/upload_form.hpp"

namespace kith::web {
namespace {
using http::Method;
using http::Response;

/// A form comes from our own pages. SameSite cookies say so already; this says it for browsers that say where they come
/// from.
bool is_own_origin(const http::Request& request) {
    const auto site = request.header("sec-fetch-site");
    if (!site.empty() && site != "same-origin" && site != "none") return false;
    const auto origin = request.header("origin");
    // Our own pages send no referrer, and then browsers say "null" for where a form comes from.
    if (origin.empty() || origin == "null") return true;
    const auto host = request.header("host");
    return origin == "https://" + std::string(host) || origin == "http://" + std::string(host);
}

std::string query_of(const http::Request& request) {
    return request.query.empty() ? request.path : request.path + '?' + request.query;
}

Response ask_to_sign_in(Ask& ask) {
    if (ask.is_post()) return signed_out_mid_form(ask);
    return http::see_other(http::with_query("/sign-in", {{"return_to", query_of(ask.request)}}));
}

Result<bool> is_shut_out_now(app::House& house, const app::Actor& actor) {
    return house.store.reading([&](app::Tables& tables) { return app::is_shut_out(tables, actor); });
}

Response staff_answer(Ask& ask, const RouteInfo& route) {
    const auto cookie = ask.cookies.get(kSessionCookie);
    const bool by_itself = !ask.request.header("kith-part").empty();
    const auto session =
        cookie ? ask.site.sessions.find(*cookie, ask.now, by_itself ? Seen::by_the_page : Seen::by_a_person)
               : std::nullopt;
    if (!session) return ask_to_sign_in(ask);
    const auto gone = is_shut_out_now(ask.house(), session->actor);
    if (!gone) return problem_page(ask, gone.error());
    if (*gone) {
        ask.site.sessions.close_all(session->actor.member);
        return ask_to_sign_in(ask);
    }
    if (ask.is_post() && !ask.house().crypto.equal(as_bytes(ask.form.get("form_token")), as_bytes(session->form_token)))
        return signed_out_mid_form(ask);
    return route.staff_handler(ask, *session);
}

/// No token, no token of ours and one that no longer holds are told apart by nothing.
Response token_answer(Ask& ask, const RouteInfo& route) {
    constexpr std::string_view kScheme = "bearer ";
    const auto header = ask.request.header("authorization");
    if (!http::same_name(header.substr(0, kScheme.size()), kScheme)) return api_unauthorized();
    const auto bearer = app::bearer_of(ask.house(), header.substr(kScheme.size()));
    if (bearer) return route.token_handler(ask, *bearer);
    return bearer.error().code == Code::not_found ? api_unauthorized() : api_problem(bearer.error());
}

/// A problem in the form that whoever asks can read.
Response problem(const Ask& ask, const Error& error) {
    if (!is_api_path(ask.request.path)) return problem_page(ask, error);
    Response response = api_problem(error);
    if (error.code == Code::too_many) response.headers.push_back({"Retry-After", "1"});
    return response;
}

Response other_method(const Ask& ask, const std::string& allow) {
    Response response =
        is_api_path(ask.request.path) ? api_problem(405, word("api.method")) : Response{405, refusal_page(405, {})};
    response.headers.push_back({"Allow", allow});
    return response;
}

Result<void> read_fields(Ask& ask) {
    ask.query = KITH_TRY(http::Form::parse(ask.request.query));
    const bool urlencoded = ask.request.header("content-type").starts_with("application/x-www-form-urlencoded");
    if (const auto* upload = dynamic_cast<const UploadForm*>(ask.request.sink.get())) ask.form = upload->form();
    if (ask.is_post() && urlencoded) ask.form = KITH_TRY(http::Form::parse(ask.request.body));
    return {};
}

Response enter(Ask& ask, const RouteInfo& route) {
    if (route.entrance == Entrance::token) return token_answer(ask, route);
    if (const auto read = read_fields(ask); !read) return problem(ask, read.error());
    // A token's request brings no cookie's rights along, so only a form may be somebody else's doing.
    if (ask.is_post() && !is_own_origin(ask.request))
        return problem(ask, Error{Code::forbidden, "a form from elsewhere", {}});
    return route.entrance == Entrance::staff ? staff_answer(ask, route) : route.handler(ask);
}

/// Whoever sends very much is slowed: the whole network, never one worry of it unseen (front-door 12).
constexpr http::Rate kRequests{600, std::chrono::milliseconds(50)};

Response answer_asset(const http::Request& request) {
    const auto asset = Assets::find(request.path);
    if (!asset) return {404, refusal_page(404, {})};
    Response response{200, std::string(asset->bytes), std::string(asset->content_type)};
    response.cache = http::Cache::immutable;
    return response;
}
}  // namespace

app::House& Ask::house() const { return site.house; }

void Routes::anyone(Method method, std::string_view pattern, Handler handler) {
    router_.add(method, pattern, {Entrance::anyone, std::move(handler), {}, {}});
}
void Routes::staff(Method method, std::string_view pattern, StaffHandler handler) {
    router_.add(method, pattern, {Entrance::staff, {}, std::move(handler), {}});
}
void Routes::token(Method method, std::string_view pattern, TokenHandler handler) {
    router_.add(method, pattern, {Entrance::token, {}, {}, std::move(handler)});
}

Site::Site(app::House& h) : house(h), sessions(h.crypto), remembered(std::make_shared<Remembered>()) {
    add_all_routes(routes);
}

Response Site::answer(http::Request& request) {
    if (request.path.starts_with("/assets/")) return answer_asset(request);
    Ask ask{*this, request, {}, {}, {}, http::Cookies::parse(request.header("cookie")), house.clock.now()};
    if (limits.take("requests", request.peer_network, kRequests, ask.now).answer == http::Taken::Answer::wait)
        return problem(ask, Error{Code::too_many, "too many requests", {}});
    auto found = routes.router().find(request.method, request.path);
    if (const auto* other = std::get_if<http::OtherMethods>(&found)) return other_method(ask, other->allow);
    auto* match = std::get_if<http::Router<RouteInfo>::Match>(&found);
    if (match == nullptr) return problem(ask, Error{Code::not_found, "no such page", {}});
    ask.path = std::move(match->path);
    return enter(ask, *match->handler);
}

std::unique_ptr<http::BodySink> Site::sink_for(const http::Request& request) {
    auto sink = files_of_report(*this, request);
    return sink ? std::move(sink) : files_added_by_code(*this, request);
}

namespace {
Result<FrontDoorView> view_of(app::Visit& visit, const app::FrontDoorRow& row) {
    auto questions = KITH_TRY(visit.questions(row.id));
    Area area;
    const std::string door(questions.word(protocol::Term::front_door));
    area.name = door.starts_with(questions.pack().area) ? door : questions.pack().area + ' ' + door;
    area.home = Url::path("/at/{}", row.slug);
    return FrontDoorView{row.id, row.slug, row.open, std::move(questions), std::move(area)};
}
}  // namespace

Result<std::vector<FrontDoorView>> Site::front_doors() const {
    const app::Actor machine = app::Actor::machine();
    const Instant now = house.clock.now();
    return house.store.reading([&](app::Tables& tables) -> Result<std::vector<FrontDoorView>> {
        app::Visit visit(house, tables, machine, now);
        std::vector<FrontDoorView> out;
        for (const auto& row : KITH_TRY(tables.registry().front_doors())) out.push_back(KITH_TRY(view_of(visit, row)));
        return out;
    });
}

Result<FrontDoorView> Site::front_door(FrontDoorId id) const {
    for (auto& door : KITH_TRY(front_doors()))
        if (door.id == id) return std::move(door);
    return fail(Code::not_found, "no such front door");
}

Result<FrontDoorView> Site::front_door_called(std::string_view slug) const {
    for (auto& door : KITH_TRY(front_doors()))
        if (door.slug == slug) return std::move(door);
    return fail(Code::not_found, "no such front door");
}

PublicFrame Site::public_frame(const FrontDoorView& door, std::string title) const {
    PublicFrame frame;
    frame.title = std::move(title);
    frame.area = door.area;
    frame.setting = setting();
    return frame;
}

StaffFrame Site::staff_frame(const Ask& ask, const StaffSession& session, std::string title) const {
    using parties::Role;
    StaffFrame frame;
    frame.title = std::move(title);
    if (const auto door = front_door(session.actor.front_door))
        frame.area = door->area;
    else
        frame.area.name = "Whole partnership";
    frame.area.home = "/";
    frame.setting = setting();
    frame.who = session.name;
    frame.form_token = session.form_token;
    frame.now = to_rfc3339(ask.now);
    frame.keys = session.keys;
    const auto item = [&](parties::Roles roles, std::string text, Url href) {
        if (session.actor.roles.has_any(roles))
            frame.navigation.push_back({std::move(text), href, ask.request.path.starts_with(href.text())});
    };
    item({Role::duty_worker, Role::manager}, "Queue", "/queue");
    item({Role::duty_worker, Role::manager}, "Record a call", "/calls/new");
    item({Role::duty_worker, Role::manager}, "Search", "/search");
    item({Role::custodian, Role::manager}, "Openings", "/openings");
    item({Role::manager, Role::administrator}, "Rota", "/rota");
    item({Role::administrator, Role::custodian}, "People", "/people");
    item({Role::administrator, Role::manager, Role::custodian}, "Parties", "/parties");
    item({Role::administrator, Role::custodian}, "Settings", "/settings");
    item({Role::auditor, Role::custodian, Role::administrator}, "Ledger", "/ledger");
    if (session.actor.roles.has_any({Role::administrator, Role::custodian}))
        for (const app::Alarm alarm : house.alarms.all()) frame.alarms.push_back(say("alarm", name_of(alarm)));
    return frame;
}

Response page(Html html, int status) { return {status, std::move(html).str()}; }

Response problem_page(const Ask& ask, const Error& error) {
    if (error.code == Code::betrayed) log::warn("a stored row does not open", {{"why", error}});
    const int status = http::status_of(error.code);
    ProblemPage view{{}, std::string(error_word(error)), status};
    view.frame.title = status == 404 ? "Not found" : "There is a problem";
    view.frame.area.name = "Kith";
    view.frame.area.home = "/";
    view.frame.setting = ask.site.setting();
    return page(piece([&](Html& o) { ui::problem_page(o, view); }), status);
}

std::string refusal_page(int status, std::string_view incident) {
    const PublicFrame frame{.title = "There is a problem", .area = {.name = "Kith"}};
    return piece([&](Html& o) { ui::refusal_page(o, frame, status, http::reason_of(status), incident); }).str();
}

Response redirect(const Url& url) { return http::see_other(url.text()); }

}  // namespace kith::web
