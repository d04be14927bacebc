#include "web/http/router.hpp"

#include <gtest/gtest.h>

namespace kith::web::http {
namespace {

Router<std::string> example() {
    Router<std::string> router;
    router.add(Method::get, "/", "home");
    router.add(Method::get, "/concerns/{id}", "concern");
    router.add(Method::get, "/concerns/new", "new concern");
    router.add(Method::post, "/concerns/new", "make concern");
    router.add(Method::post, "/concerns/{id}/decide", "decide");
    router.add(Method::get, "/people/{person}/notes/{note}", "note");
    return router;
}
std::string handler(const Router<std::string>& router, Method method, std::string_view path) {
    const auto found = router.find(method, path);
    if (const auto* match = std::get_if<Router<std::string>::Match>(&found)) return *match->handler;
    if (const auto* other = std::get_if<OtherMethods>(&found)) return "405 " + other->allow;
    return "404";
}

TEST(Router, FindsTheHandlerAndItsParameters) {
    const auto router = example();
    const auto found = router.find(Method::get, "/people/a%20b/notes/%C3%A9+1");
    const auto& match = std::get<Router<std::string>::Match>(found);
    EXPECT_EQ(*match.handler, "note");
    EXPECT_EQ(match.path.get("person"), "a b");
    EXPECT_EQ(match.path.get("note"), "é+1");
    EXPECT_THROW((void)match.path.get("id"), Bug);
    EXPECT_EQ(handler(router, Method::get, "/"), "home");
    EXPECT_EQ(handler(router, Method::post, "/concerns/7/decide"), "decide");
}

TEST(Router, TheLiteralWins) {
    EXPECT_EQ(handler(example(), Method::get, "/concerns/new"), "new concern");
    EXPECT_EQ(handler(example(), Method::get, "/concerns/newer"), "concern");
}

TEST(Router, SaysWhichMethodsThereAre) {
    const auto router = example();
    EXPECT_EQ(handler(router, Method::delete_, "/concerns/new"), "405 GET, HEAD, POST");
    EXPECT_EQ(handler(router, Method::post, "/concerns/7"), "405 GET, HEAD");
    EXPECT_EQ(handler(router, Method::get, "/concerns/7/decide"), "405 POST");
    EXPECT_EQ(handler(router, Method::head, "/concerns/7"), "concern");
}

TEST(Router, KnowsNoOtherSpellingOfAPath) {
    const auto router = example();
    for (const std::string_view path : {"", "concerns/new", "/concerns", "/concerns/", "/concerns/new/",
                                        "//concerns/new", "/Concerns/new", "/concerns/a%2Fb", "/concerns/%",
                                        "/concerns/%ff", "/concerns/%00", "/concerns/7/decide/8", "/concerns/%0", "//"})
        EXPECT_EQ(handler(router, Method::get, path), "404") << path;
}

TEST(Router, ListsEveryRoute) {
    const auto routes = example().routes();
    ASSERT_EQ(routes.size(), 6U);
    EXPECT_EQ(routes[0], (Route{Method::get, "/"}));
    EXPECT_EQ(routes[1], (Route{Method::get, "/concerns/new"}));
    EXPECT_EQ(routes[2], (Route{Method::post, "/concerns/new"}));
    EXPECT_EQ(routes[3], (Route{Method::get, "/concerns/{id}"}));
}

TEST(Router, AnAmbiguousRouteIsABug) {
    auto router = example();
    EXPECT_THROW(router.add(Method::get, "/concerns/{concern}", "same shape"), Bug);
    EXPECT_THROW(router.add(Method::get, "/{what}/new", "neither more literal"), Bug);
    EXPECT_THROW(router.add(Method::get, "/concerns/new", "twice"), Bug);
    EXPECT_NO_THROW(router.add(Method::post, "/concerns/{id}", "another method"));
    EXPECT_NO_THROW(router.add(Method::get, "/{what}/{id}", "less literal than all"));
    EXPECT_EQ(handler(router, Method::get, "/concerns/7"), "concern");
    EXPECT_EQ(handler(router, Method::get, "/plans/7"), "less literal than all");
}

TEST(Router, AMalformedPatternIsABug) {
    for (const std::string_view bad :
         {"", "a", "/a/", "//a", "/{", "/{}", "/{a", "/a{b}", "/{a}b", "/{a}/{a}", "/A", "/a b"}) {
        Router<int> router;
        EXPECT_THROW(router.add(Method::get, bad, 1), Bug) << bad;
    }
    Router<int> router;
    EXPECT_THROW(router.add(Method::head, "/a", 1), Bug);
}

}  // namespace
}  // namespace kith::web::http
