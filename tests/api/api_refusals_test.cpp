// What other software is refused, and in which words.
#include <gmock/gmock.h>

#include "api/api_ground.hpp"

namespace kith::test {
namespace {
using parties::Scope;
using testing::ElementsAre;
using testing::HasSubstr;
using web::http::Method;

std::string with_account(const std::string& account) {
    return R"({"subject":"child","danger":"none","account":)" + account + R"(,"reporter":{"name":"W","post":"Head"}})";
}
std::string with_more(const std::string& members) {
    return R"({"subject":"child","danger":"none","account":{"what_seen":"a","where_seen":"b","worry":"c"},)" + members +
           '}';
}
std::string with_reporter(const std::string& reporter) { return with_more("\"reporter\":" + reporter); }
const std::string kReporter = R"("reporter":{"name":"W","post":"Head"})";

TEST_F(Api, NoTokenNoTokenOfOursAndNoneThatHoldsAreOneAnswer) {
    const auto revoked = token({Scope::queue_read});
    const auto id = must(app::see_api_tokens(world.house(), world.administrator.actor, world.plymouth.id)).at(0).id;
    must(app::revoke_api_token(world.house(), world.administrator.actor, world.plymouth.id, id));
    const auto ended = token({Scope::queue_read});
    world.clock.move(std::chrono::days(31));
    const auto holds = token({Scope::queue_read});
    std::string forged = holds;
    forged.back() = forged.back() == '0' ? 'G' : '0';

    const auto none = ask({.path = "/api/v1/queue"});

    EXPECT_EQ(none.status, 401);
    EXPECT_EQ(none.type, "application/problem+json");
    EXPECT_THAT(none.headers, testing::Contains(web::http::Header{"WWW-Authenticate", "Bearer"}));
    for (const std::string& wrong : {revoked, ended, forged, std::string("x"), std::string(5000, 'x')})
        EXPECT_TRUE(get("/api/v1/queue", wrong) == none);
    EXPECT_TRUE(ask({.path = "/api/v1/queue?access_token=" + holds}) == none) << "never in an address";
    EXPECT_TRUE(ask({.method = Method::post, .path = "/api/v1/concerns", .key = "k", .body = std::string(kWorry)}) ==
                none)
        << "and before the request is looked at";
    EXPECT_EQ(get("/api/v1/queue", holds).status, 200);
}

TEST_F(Api, AScopeThatIsMissingIsSaidAndIsOnTheLedger) {
    const auto refusals = world.count("refused");
    const auto sent = send(token({Scope::queue_read}), "one", std::string(kWorry));
    const auto read = get("/api/v1/queue", token({Scope::intake_write}));
    EXPECT_EQ(sent.status, 403);
    EXPECT_EQ(read.status, 403);
    EXPECT_EQ(sent.body, read.body);
    EXPECT_EQ(world.count("refused"), refusals + 2);
    EXPECT_EQ(world.concerns_kept(), 0u);
}

TEST_F(Api, WhatIsNoJsonIsRefusedAsThat) {
    const auto with = token({Scope::intake_write});
    const std::vector<std::pair<std::string, std::string>> bodies{
        {"", "not JSON"},
        {"{", "not JSON"},
        {"{\"subject\":\"\xC3\x28\"}", "not JSON"},
        {R"({"subject":"child","subject":"family"})", "twice"},
        {R"({"subject":1e999})", "larger"},
        {std::string(40, '[') + std::string(40, ']'), "32 deep"}};
    for (const auto& [body, says] : bodies) {
        const auto answer = send(with, "one", body);
        EXPECT_EQ(answer.status, 400) << body;
        EXPECT_EQ(answer.type, "application/problem+json");
        EXPECT_THAT(text(answer, "detail"), HasSubstr(says));
    }
    EXPECT_EQ(send(with, "one", std::string(256 * 1024 + 1, ' ')).status, 413);
    EXPECT_EQ(world.concerns_kept(), 0u);
}

TEST_F(Api, OtherTypesAndMissingKeysAreRefused) {
    const auto with = token({Scope::intake_write});
    for (const std::string type : {"", "text/plain", "application/x-www-form-urlencoded", "application/jsonp"})
        EXPECT_EQ(ask({.method = Method::post,
                       .path = "/api/v1/concerns",
                       .token = with,
                       .key = "one",
                       .body = std::string(kWorry),
                       .type = type})
                      .status,
                  415)
            << type;
    EXPECT_EQ(ask({.method = Method::post,
                   .path = "/api/v1/concerns",
                   .token = with,
                   .key = "one",
                   .body = std::string(kWorry),
                   .type = "Application/JSON; charset=utf-8"})
                  .status,
              201);
    for (const std::string& key :
         {std::string(), std::string("\"\""), std::string("a b"), std::string(256, 'k'), std::string("\xC3\xA9")})
        EXPECT_EQ(send(with, key, std::string(kWorry)).status, 400) << key;
    EXPECT_EQ(send(with, std::string(255, 'k'), std::string(kWorry)).status, 201);
}

TEST_F(Api, EveryFieldThatMustBePutRightIsNamed) {
    const auto with = token({Scope::intake_write});
    const std::vector<std::pair<std::string, std::vector<std::string>>> bodies{
        {"[]", {"#"}},
        {"{}", {"#/subject", "#/danger", "#/account", "#/reporter"}},
        {R"({"subject":"dog","danger":"yes","account":[],"reporter":"me"})",
         {"#/subject", "#/danger", "#/account", "#/reporter", "#/reporter/name", "#/reporter/post"}},
        {with_account("{}"), {"#/account/what_seen", "#/account/where_seen", "#/account/worry"}},
        {with_account(R"({"what_seen":1,"where_seen":null,"worry":"c","wat":"x"})"),
         {"#/account/what_seen", "#/account/where_seen", "#/account/wat"}},
        {with_account(R"({"what_seen":"a","where_seen":"b","worry":"c","rung_999_by":"us"})"),
         {"#/account/rung_999_by"}},
        {with_account(R"({"what_seen":"a","where_seen":"b","worry":"c","place_name":"x"})"), {"#/account/place_name"}},
        {with_account(R"({"what_seen":"a","where_seen":"b","worry":"c","how_known":"magic"})"),
         {"#/account/how_known"}},
        {with_account(R"({"what_seen":"dont_know","where_seen":"dont_know","worry":"dont_know"})"),
         {"#/account/worry"}},
        {with_account(R"({"what_seen":"a\u0000","where_seen":"b","worry":"c"})"), {"#/account/what_seen"}},
        {with_account(R"({"what_seen":")" + std::string(4001, 'x') + R"(","where_seen":"b","worry":"c"})"),
         {"#/account/what_seen"}},
        {with_account(R"({"what_seen":"a","where_seen":"b","worry":"c","weekdays":["monday","someday","monday",2]})"),
         {"#/account/weekdays/1", "#/account/weekdays/2", "#/account/weekdays/3"}},
        {with_account(R"({"what_seen":"a","where_seen":"b","worry":"c","weekdays":"monday"})"), {"#/account/weekdays"}},
        {with_account(R"({"what_seen":"a","where_seen":"b","worry":"c","a/b~c":"x"})"), {"#/account/a~1b~0c"}},
        {with_reporter(R"({"name":"W"})"), {"#/reporter/post"}},
        {with_reporter(R"({"name":"W","post":"Head","organisation":"Elsewhere"})"), {"#/reporter/organisation"}},
        {with_reporter(R"({"name":"W","post":"Head","reach":"ring"})"), {"#/reporter/telephone"}},
        {with_reporter(R"({"name":"W","post":"Head","reach":"owl"})"), {"#/reporter/reach"}},
        {with_reporter(R"({"name":"W","post":"Head","may_leave_message":"yes"})"), {"#/reporter/may_leave_message"}},
        {with_reporter(R"({"name":"W","post":"Head","telephone":")" + std::string(41, '0') + "\"}"),
         {"#/reporter/telephone"}},
        {with_more(kReporter + R"(,"people":[{"name":"Jay","born":"x"},7,{"part":"hero"}])"),
         {"#/people/0/born", "#/people/1", "#/people/2/part"}},
        {with_more(kReporter + R"(,"adults":[{"name":")" + std::string(201, 'x') + "\"}]"), {"#/adults/0/name"}},
        {with_more(kReporter + R"(,"naming":{"person":1,"everyone":true})"), {"#/naming/person", "#/naming/everyone"}},
        {with_more(kReporter + R"(,"token":"x")"), {"#/token"}}};
    for (const auto& [body, pointers] : bodies) {
        const auto answer = send(with, "one", body);
        ASSERT_EQ(answer.status, 422) << body << answer.body;
        std::vector<std::string> named;
        for (const auto& trouble : troubles(answer)) {
            const auto colon = trouble.find(": ");
            named.push_back(trouble.substr(0, colon));
            EXPECT_GT(trouble.size(), colon + 5) << "in words";
        }
        EXPECT_EQ(named, pointers) << body;
    }
    EXPECT_EQ(world.concerns_kept(), 0u);
    EXPECT_EQ(world.count("concern_received"), 0u);
}

TEST_F(Api, TooManyPeopleAreRefusedAsAList) {
    std::string people = "{}";
    for (int i = 0; i < 50; ++i) people += ",{}";
    EXPECT_THAT(
        troubles(send(token({Scope::intake_write}), "one", with_more(kReporter + ",\"people\":[" + people + "]"))),
        ElementsAre(HasSubstr("#/people: ")));
}

TEST_F(Api, WhatWasSentIsNotSaidBack) {
    const auto answer = send(token({Scope::intake_write}), "one",
                             with_account(R"({"what_seen":"a","where_seen":"b","worry":"c","how_known":"Qzmarker"})"));
    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.body.find("Qzmarker"), std::string::npos);
}

TEST_F(Api, AFloodOfOneTokenIsSlowedAndToldWhenToComeAgainAndNoOtherIs) {
    const auto with = token({Scope::queue_read}), other = token({Scope::queue_read});
    web::http::Response last;
    int taken = 0;
    while ((last = get("/api/v1/queue", with)).status == 200) ASSERT_LT(++taken, 1000);
    EXPECT_EQ(last.status, 429);
    EXPECT_THAT(last.headers, testing::Contains(web::http::Header{"Retry-After", "2"}));
    EXPECT_EQ(get("/api/v1/queue", other).status, 200);
    world.clock.move(std::chrono::seconds(2));
    EXPECT_EQ(get("/api/v1/queue", with).status, 200);
}

TEST_F(Api, AFrontDoorThatIsNotOpenTakesNothingAndSaysSo) {
    WorldPlan plan;
    plan.rotas = false;
    World closed(plan);
    web::Site before_it(closed.house());
    const auto text = must(app::make_api_token(closed.house(), closed.administrator.actor,
                                               {"Office system",
                                                "Larkspur",
                                                closed.plymouth.id,
                                                {Scope::intake_write},
                                                closed.clock.now() + std::chrono::days(1)}))
                          .text.expose();
    web::http::Request request;
    request.method = Method::post;
    request.path = "/api/v1/concerns";
    request.headers = {
        {"Authorization", "bearer " + text}, {"Idempotency-Key", "one"}, {"Content-Type", "application/json"}};
    request.body = kWorry;
    EXPECT_EQ(before_it.answer(request).status, 503);
}

TEST_F(Api, WhatTheRouterRefusesIsAProblemHereAndAPageElsewhere) {
    const auto method = ask({.method = Method::post, .path = "/api/v1/queue"});
    EXPECT_EQ(method.status, 405);
    EXPECT_EQ(method.type, "application/problem+json");
    EXPECT_THAT(method.headers, ElementsAre(web::http::Header{"Allow", "GET, HEAD"}));
    EXPECT_EQ(ask({.path = "/api/v2/queue"}).type, "application/problem+json");
    EXPECT_EQ(ask({.path = "/apiary"}).type, "text/html; charset=utf-8");
    EXPECT_EQ(ask({.path = "/apiary"}).status, 404);
}

}  // namespace
}  // namespace kith::test
