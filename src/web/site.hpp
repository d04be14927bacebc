// The site: every route, by who may ask, and what each request brings along. A handler reads the form, asks one use
// case, and answers; it decides nothing. Handlers stand in web/handlers by who is asking.
#pragma once
#include "app/api_tokens.hpp"
#include "app/house.hpp"
#include "web/components.hpp"
#include "web/http/cookies.hpp"
#include "web/http/form.hpp"
#include "web/http/rate_limit.hpp"
#include "web/http/router.hpp"
#include "web/known_networks.hpp"
#include "web/sessions.hpp"

namespace kith::web {

struct Site;
class Remembered;

/// One request, as a handler sees it.
struct Ask {
    Site& site;
    http::Request& request;
    http::PathParameters path;
    http::Form query, form;
    http::Cookies cookies;
    Instant now;

    app::House& house() const;
    bool is_post() const { return request.method == http::Method::post; }
    /// Script asks for one region of the page only (header Kith-Part).
    bool wants_part(std::string_view id) const { return request.header("kith-part") == id; }
};

using Handler = std::function<http::Response(Ask&)>;
using StaffHandler = std::function<http::Response(Ask&, const StaffSession&)>;
using TokenHandler = std::function<http::Response(Ask&, const app::Bearer&)>;

/// How a route's caller shows who they are.
enum class Entrance { anyone, staff, token };
struct RouteInfo {
    Entrance entrance;
    Handler handler;
    StaffHandler staff_handler;
    TokenHandler token_handler;
};

class Routes {
  public:
    void anyone(http::Method method, std::string_view pattern, Handler handler);
    /// Signed in; a form must carry the session's token. Without a session: the sign-in page, which keeps what was
    /// typed.
    void staff(http::Method method, std::string_view pattern, StaffHandler handler);
    /// Other software, by a token in the Authorization header. Without one that holds: 401, whatever is missing.
    void token(http::Method method, std::string_view pattern, TokenHandler handler);
    const http::Router<RouteInfo>& router() const { return router_; }

  private:
    http::Router<RouteInfo> router_;
};

/// The front door that the public pages of this server stand for, as it is now.
struct FrontDoorView {
    FrontDoorId id;
    std::string slug;
    bool open = false;
    protocol::Questions questions;
    Area area;
};

/// Somebody of a demonstration, whose sign-in is shown to everyone.
struct DemoSignIn {
    std::string name, role, email, password;
    SecretBytes code_secret;
};

struct Site {
    app::House& house;
    Sessions sessions;
    http::RateLimiter limits;
    KnownNetworks known_networks;
    Routes routes;
    /// Return codes that browsers have put in.
    const std::shared_ptr<Remembered> remembered;

    explicit Site(app::House& h);

    http::Response answer(http::Request& request);
    /// What streams this request's body, or nothing. Does not block.
    std::unique_ptr<http::BodySink> sink_for(const http::Request& request);
    Result<std::vector<FrontDoorView>> front_doors() const;
    Result<FrontDoorView> front_door(FrontDoorId id) const;
    Result<FrontDoorView> front_door_called(std::string_view slug) const;
    const std::vector<DemoSignIn>& demo_people() const { return demo; }
    std::vector<DemoSignIn> demo{};
    Setting setting() const {
        return house.purpose == app::Purpose::demonstration ? Setting::demonstration : Setting::live;
    }

    PublicFrame public_frame(const FrontDoorView& door, std::string title) const;
    StaffFrame staff_frame(const Ask& ask, const StaffSession& session, std::string title) const;
};

constexpr std::string_view kSessionCookie = "kith";

/// A page, from a template.
http::Response page(Html html, int status = 200);
/// "Not found" and "not for you" are one page; every other failure says what a person can do.
http::Response problem_page(const Ask& ask, const Error& error);
std::string refusal_page(int status, std::string_view incident);
http::Response redirect(const Url& url);

}  // namespace kith::web
