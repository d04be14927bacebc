// docs/api/openapi.json says what is there, no more and no less.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "core/concerns/account.hpp"
#include "core/parties/scope.hpp"
#include "web/handlers/api/answers.hpp"
#include "web/handlers/routes.hpp"

namespace kith::web {
namespace {

const Json& document() {
    static const Json read = parse_json(api_document(), 1 << 20).value();
    return read;
}
const Json& at(const Json& from, std::initializer_list<std::string_view> path) {
    const Json* now = &from;
    for (const auto name : path) {
        now = now->find(name);
        if (now == nullptr) throw std::runtime_error("not described: " + std::string(name));
    }
    return *now;
}
const Json& schema(std::string_view name) { return at(document(), {"components", "schemas", name}); }
std::set<std::string> texts(const Json& list) {
    std::set<std::string> out;
    for (const Json& item : list.items()) out.insert(item.text());
    return out;
}
Routes all_routes() {
    Routes routes;
    add_all_routes(routes);
    return routes;
}

TEST(ApiDocument, NamesExactlyTheRoutesThatAreThere) {
    std::set<std::string> described, there;
    for (const auto& [path, methods] : at(document(), {"paths"}).members())
        for (const auto& [method, operation] : methods.members()) described.insert(method + ' ' + path);
    for (const auto& route : all_routes().router().routes())
        if (is_api_path(route.pattern))
            there.insert((route.method == http::Method::get ? "get " : "post ") + route.pattern);
    EXPECT_EQ(described, there);
    EXPECT_GE(there.size(), 4u);
}

TEST(ApiDocument, SaysOfEachRouteWhetherItTakesATokenAndForWhat) {
    const Routes routes = all_routes();
    for (const auto& [path, methods] : at(document(), {"paths"}).members())
        for (const auto& [method, operation] : methods.members()) {
            const auto found = routes.router().find(method == "get" ? http::Method::get : http::Method::post, path);
            const auto* match = std::get_if<http::Router<RouteInfo>::Match>(&found);
            ASSERT_NE(match, nullptr) << path;
            const bool open = operation.find("security") != nullptr;
            EXPECT_EQ(match->handler->entrance, open ? Entrance::anyone : Entrance::token) << path;
            if (open) continue;
            EXPECT_TRUE(parties::scope_named(at(operation, {"x-kith-scope"}).text())) << path;
            for (const auto status : {"401", "403", "429"})
                EXPECT_NE(at(operation, {"responses"}).find(status), nullptr) << path;
        }
}

TEST(ApiDocument, NamesExactlyTheFieldsOfAnAccountAndTheirLimits) {
    std::set<std::string> described, asked;
    for (const auto& [name, property] : at(schema("Account"), {"properties"}).members()) described.insert(name);
    for (const auto& spec : concerns::field_specs()) {
        if (spec.forms.empty()) continue;
        asked.insert(std::string(spec.name));
        const Json& property = at(schema("Account"), {"properties", spec.name});
        std::set<std::string> options;
        for (const auto option : concerns::options_of(spec.field)) options.insert(std::string(option));
        if (spec.shape == concerns::Shape::line || spec.shape == concerns::Shape::words) {
            EXPECT_EQ(at(property, {"maxLength"}).text(), std::to_string(spec.most_characters)) << spec.name;
        } else if (spec.shape == concerns::Shape::choices) {
            EXPECT_EQ(texts(at(property, {"items", "enum"})), options) << spec.name;
        } else {
            options.insert(std::string(concerns::kDontKnow));
            EXPECT_EQ(texts(at(property, {"enum"})), options) << spec.name;
        }
    }
    EXPECT_EQ(described, asked);
}

TEST(ApiDocument, NamesExactlyTheValuesThereAre) {
    std::set<std::string> subjects, parts;
    for (int i = 0; i < 4; ++i) subjects.insert(std::string(name_of(static_cast<concerns::Subject>(i))));
    for (int i = 0; i < 5; ++i) parts.insert(std::string(name_of(static_cast<concerns::Part>(i))));
    EXPECT_EQ(texts(at(schema("NewConcern"), {"properties", "subject", "enum"})), subjects);
    EXPECT_EQ(texts(at(schema("Line"), {"properties", "subject", "enum"})), subjects);
    EXPECT_EQ(texts(at(schema("NewConcern"), {"properties", "people", "items", "properties", "part", "enum"})), parts);
}

void gather_references(const Json& json, std::set<std::string>& out) {
    for (const auto& [name, value] : json.members()) {
        if (name == "$ref") out.insert(value.text());
        gather_references(value, out);
    }
    for (const Json& item : json.items()) gather_references(item, out);
}

TEST(ApiDocument, RefersToNothingThatIsNotThereAndKeepsNothingThatIsNotUsed) {
    std::set<std::string> used, there;
    gather_references(document(), used);
    for (const std::string_view kind : {"schemas", "responses"})
        for (const auto& [name, value] : at(document(), {"components", kind}).members())
            there.insert("#/components/" + std::string(kind) + '/' + name);
    EXPECT_EQ(used, there);
}

}  // namespace
}  // namespace kith::web
