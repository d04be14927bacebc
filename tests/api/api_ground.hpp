// A world with the site before it, and other software that asks.
#pragma once
#include <gtest/gtest.h>

#include "web/json.hpp"
#include "web/site.hpp"
#include "world/world.hpp"

namespace kith::test {

inline bool operator==(const web::http::Response& a, const web::http::Response& b) {
    return a.status == b.status && a.body == b.body && a.type == b.type && a.headers == b.headers && a.cache == b.cache;
}

struct Sent {
    web::http::Method method = web::http::Method::get;
    std::string path, token, key, body;
    std::string type = "application/json";
};

class Api : public testing::Test {
  protected:
    World world;
    web::Site site{world.house()};

    std::string token(parties::Scopes scopes, FrontDoorId door) {
        return must(app::make_api_token(world.house(), world.administrator.actor,
                                        {"Office system", "Larkspur Primary School", door, scopes,
                                         world.clock.now() + std::chrono::days(30)}))
            .text.expose();
    }
    std::string token(parties::Scopes scopes) { return token(scopes, world.plymouth.id); }

    web::http::Response ask(const Sent& sent) {
        web::http::Request request;
        request.method = sent.method;
        const auto mark = sent.path.find('?');
        request.path = sent.path.substr(0, mark);
        if (mark != std::string::npos) request.query = sent.path.substr(mark + 1);
        request.headers.push_back({"Host", "front-door.example"});
        if (!sent.token.empty()) request.headers.push_back({"Authorization", "Bearer " + sent.token});
        if (!sent.key.empty()) request.headers.push_back({"Idempotency-Key", sent.key});
        if (sent.method == web::http::Method::post) request.headers.push_back({"Content-Type", sent.type});
        request.body = sent.body;
        request.peer_network = "192.0.2.7";
        return site.answer(request);
    }
    web::http::Response get(const std::string& path, const std::string& with) {
        return ask({.path = path, .token = with});
    }
    web::http::Response send(const std::string& with, const std::string& key, const std::string& body) {
        return ask(
            {.method = web::http::Method::post, .path = "/api/v1/concerns", .token = with, .key = key, .body = body});
    }
    static web::Json json(const web::http::Response& response) { return must(web::parse_json(response.body, 1 << 20)); }
    static std::string text(const web::http::Response& response, std::string_view name) {
        const web::Json body = json(response);
        return body.find(name) == nullptr ? "" : body.find(name)->text();
    }
    /// "#/danger: This is needed."
    static std::vector<std::string> troubles(const web::http::Response& response) {
        std::vector<std::string> out;
        const web::Json body = json(response);
        if (const auto* errors = body.find("errors"))
            for (const auto& one : errors->items())
                out.push_back(one.find("pointer")->text() + ": " + one.find("detail")->text());
        return out;
    }
    std::string reference_of(ConcernId id) { return world.concern(id).reference; }

    /// A worry that can be sent as it is.
    static constexpr std::string_view kWorry = R"({
        "subject": "child", "danger": "none",
        "account": {"what_seen": "He came without a coat again.", "where_seen": "At the gate.", "worry": "Nobody looks after him."},
        "reporter": {"name": "Wilma Tarrant", "post": "Deputy head"}})";
};

}  // namespace kith::test
