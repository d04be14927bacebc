// A world with the site before it, and people with browsers that keep their cookies: every rule of the doors and the
// pages that needs no script and no eyes.
//
//     Browser maud = signed_in(world.manager());
//     EXPECT_EQ(maud.get("/queue").status, 200);
//     EXPECT_EQ(maud.send("/me/keys", {{"keys", "off"}}).status, 303);
#pragma once
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "web/site.hpp"
#include "world/world.hpp"

namespace kith::test {

using Fields = std::vector<std::pair<std::string, std::string>>;

inline std::string header_of(const web::http::Response& response, std::string_view name) {
    for (const auto& one : response.headers)
        if (web::http::same_name(one.name, name)) return one.value;
    return {};
}
inline std::string where_to(const web::http::Response& response) { return header_of(response, "Location"); }
inline bool says(const web::http::Response& response, std::string_view words) {
    return response.body.find(words) != std::string::npos;
}
inline std::string urlencoded(const Fields& fields) {
    std::string out;
    for (const auto& [name, value] : fields)
        out += (out.empty() ? "" : "&") + web::http::percent_encode(name) + '=' + web::http::percent_encode(value);
    return out;
}

class Browser {
  public:
    explicit Browser(web::Site& site, std::string network = "192.0.2.7") : site_(&site), network_(std::move(network)) {}

    web::http::Response get(const std::string& path) { return ask(web::http::Method::get, path, {}); }
    /// As it stands: no token that the page before gave.
    web::http::Response post(const std::string& path, const Fields& fields) {
        return ask(web::http::Method::post, path, fields);
    }
    /// As a form of the page last seen.
    web::http::Response send(const std::string& path, Fields fields) {
        fields.emplace_back("form_token", form_token_);
        return post(path, fields);
    }
    /// What a browser forgets when it is closed is gone.
    void close() {
        for (const auto& name : until_closed_) cookies_.erase(name);
        until_closed_.clear();
    }
    /// The same person at the same desk, in another browser's window.
    Browser another() const { return Browser(*site_, network_); }

  private:
    web::http::Response ask(web::http::Method method, const std::string& path, const Fields& fields) {
        web::http::Request request;
        request.method = method;
        const auto mark = path.find('?');
        request.path = path.substr(0, mark);
        if (mark != std::string::npos) request.query = path.substr(mark + 1);
        request.headers.push_back({"Host", "front-door.example"});
        std::string cookies;
        for (const auto& [name, value] : cookies_) cookies += (cookies.empty() ? "" : "; ") + name + '=' + value;
        if (!cookies.empty()) request.headers.push_back({"Cookie", cookies});
        if (method == web::http::Method::post)
            request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
        request.body = urlencoded(fields);
        request.peer_network = network_;
        const auto response = site_->answer(request);
        keep(response);
        return response;
    }
    void keep(const web::http::Response& response) {
        for (const auto& one : response.headers) {
            if (one.name != "Set-Cookie") continue;
            const auto is = one.value.find('='), end = one.value.find(';');
            const std::string name = one.value.substr(0, is), value = one.value.substr(is + 1, end - is - 1);
            cookies_.erase(name);
            until_closed_.erase(name);
            if (one.value.find("Max-Age=0") != std::string::npos) continue;
            cookies_[name] = value;
            if (one.value.find("Max-Age=") == std::string::npos) until_closed_.insert(name);
        }
        constexpr std::string_view kToken = "name=\"form_token\" value=\"";
        const auto at = response.body.find(kToken);
        if (at == std::string::npos) return;
        const auto from = at + kToken.size();
        form_token_ = response.body.substr(from, response.body.find('"', from) - from);
    }

    web::Site* site_;
    std::string network_, form_token_;
    std::map<std::string, std::string> cookies_;
    std::set<std::string> until_closed_;
};

class Pages : public testing::Test {
  protected:
    World world;
    web::Site site{world.house()};

    Browser anyone(const std::string& network = "192.0.2.7") { return Browser(site, network); }
    Fields credentials_of(const Staff& who) {
        return {{"user", who.email},
                {"password", who.password.expose()},
                {"one_time_code", world.house().codes.code_at(who.code_secret, world.clock.now()).expose()}};
    }
    /// Each code works once, so that half a minute passes before each.
    web::http::Response sign_in(Browser& browser, const Staff& who, const Fields& more = {}) {
        world.clock.move(std::chrono::seconds(30));
        Fields fields = credentials_of(who);
        fields.insert(fields.end(), more.begin(), more.end());
        return browser.post("/sign-in", fields);
    }
    Browser signed_in(const Staff& who, const std::string& network = "192.0.2.7") {
        Browser browser = anyone(network);
        const auto answer = sign_in(browser, who);
        if (answer.status != 303) throw std::runtime_error(who.name + " cannot sign in");
        return browser;
    }
};

}  // namespace kith::test
