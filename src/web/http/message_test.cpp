#include "web/http/message.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "web/http/events.hpp"
#include "web/http/peer.hpp"
#include "web/http/request_rules.hpp"
#include "web/http/security_headers.hpp"

namespace kith::web::http {
namespace {
using namespace std::string_view_literals;

std::string value_of(const Response& response, std::string_view name) {
    std::string all;
    for (const Header& field : response.headers)
        if (same_name(field.name, name)) all += field.value + '|';
    return all;
}

TEST(SecurityHeaders, AHandlerCannotLoosenThem) {
    Response response;
    response.headers = {{"content-security-policy", "default-src *"}, {"cache-control", "public"}, {"X-Own", "1"}};
    secure(response);
    EXPECT_EQ(value_of(response, "Content-Security-Policy"),
              "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src "
              "'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'|");
    EXPECT_EQ(value_of(response, "Cache-Control"), "no-store|");
    EXPECT_EQ(value_of(response, "Referrer-Policy"), "no-referrer|");
    EXPECT_EQ(value_of(response, "X-Content-Type-Options"), "nosniff|");
    EXPECT_EQ(value_of(response, "Cross-Origin-Opener-Policy"), "same-origin|");
    EXPECT_EQ(value_of(response, "X-Own"), "1|");
    secure(response);
    EXPECT_EQ(value_of(response, "Referrer-Policy"), "no-referrer|");
}

TEST(SecurityHeaders, OnlyFingerprintedAssetsAreKept) {
    Response asset;
    asset.cache = Cache::immutable;
    secure(asset);
    EXPECT_EQ(value_of(asset, "Cache-Control"), "public, max-age=31536000, immutable|");
    Response missing;
    missing.cache = Cache::immutable;
    missing.status = 404;
    secure(missing);
    EXPECT_EQ(value_of(missing, "Cache-Control"), "no-store|");
}

TEST(Response, AHeaderThatWouldSplitTheAnswerIsABug) {
    for (const std::string_view bad : {"a\r\nSet-Cookie: x"sv, "a\n"sv, "a\0"sv}) {
        Response response;
        response.headers = {{"X-Own", std::string(bad)}};
        EXPECT_THROW(check_sendable(response), Bug);
    }
    Response response;
    response.headers = {{"X Own", "1"}};
    EXPECT_THROW(check_sendable(response), Bug);
    response.headers = {attachment("Łucja's \"plan\"\r\n.pdf"), see_other("/a").headers[0]};
    EXPECT_NO_THROW(check_sendable(response));
    EXPECT_EQ(response.headers[0].value, "attachment; filename*=UTF-8''%C5%81ucja%27s%20%22plan%22%0D%0A.pdf");
    response.status = 101;
    EXPECT_THROW(check_sendable(response), Bug);
}

std::optional<int> refused(std::string_view method, std::string_view target, std::vector<Header> headers,
                           Version version = Version::http_1_1) {
    Request request;
    request.headers = std::move(headers);
    return refusal_of({method, target, version}, request);
}

TEST(RequestRules, RefuseWhatTwoProgramsCouldReadInTwoWays) {
    const Header host{"Host", "kith.example"};
    EXPECT_EQ(refused("GET", "/a?b", {host}), std::nullopt);
    EXPECT_EQ(refused("POST", "/a", {host, {"Transfer-Encoding", "Chunked"}}), std::nullopt);
    EXPECT_EQ(refused("GET", "/a", {}, Version::http_1_0), std::nullopt);

    EXPECT_EQ(refused("GET", "/a", {}), 400);
    EXPECT_EQ(refused("GET", "/a", {host, host}), 400);
    EXPECT_EQ(refused("GET", "http://other.example/a", {host}), 400);
    EXPECT_EQ(refused("GET", "*", {host}), 400);
    EXPECT_EQ(refused("GET", "/a#b", {host}), 400);
    EXPECT_EQ(refused("GET", "/\xc3\xa9", {host}), 400);
    EXPECT_EQ(refused("TRACE", "/a", {host}), 501);
    EXPECT_EQ(refused("get", "/a", {host}), 501);
    EXPECT_EQ(refused("POST", "/a", {host, {"Transfer-Encoding", "gzip, chunked"}}), 501);
    EXPECT_EQ(refused("POST", "/a", {host, {"Transfer-Encoding", "identity"}}), 501);
    EXPECT_EQ(refused("POST", "/a", {host, {"Transfer-Encoding", "chunked"}, {"Content-Length", "1"}}), 400);
    EXPECT_EQ(refused("POST", "/a", {{"Transfer-Encoding", "chunked"}}, Version::http_1_0), 400);
    EXPECT_EQ(refused("POST", "/a", {host, {"content-type", "a/b"}, {"Content-Type", "c/d"}}), 400);
    EXPECT_EQ(refused("POST", "/a", {host, {"Content-Encoding", "gzip"}}), 415);
    EXPECT_EQ(refused("POST", "/a", {host, {"Expect", "200-ok"}}), 417);
}

TEST(RequestRules, SplitTheTargetAtItsFirstQuestionMark) {
    Request request;
    take_target({"POST", "/a/b%20c?d=e?f"}, request);
    EXPECT_EQ(request.method, Method::post);
    EXPECT_EQ(request.path, "/a/b%20c");
    EXPECT_EQ(request.query, "d=e?f");
}

TEST(Peer, TheProxyIsBelievedOnlyWhenTrustedAndOnThisMachine) {
    EXPECT_EQ(peer_of("127.0.0.1", "203.0.113.9", Proxy::none), "127.0.0.1");
    EXPECT_EQ(peer_of("127.0.0.1", "203.0.113.9", Proxy::trusted), "203.0.113.9");
    EXPECT_EQ(peer_of("", "203.0.113.9", Proxy::trusted), "203.0.113.9");
    EXPECT_EQ(peer_of("198.51.100.7", "203.0.113.9", Proxy::trusted), "198.51.100.7");
}

TEST(Peer, IsTheAddressThatOurProxyAddedItself) {
    EXPECT_EQ(peer_of("", "10.0.0.1, 192.0.2.1 ,203.0.113.9", Proxy::trusted), "203.0.113.9");
    EXPECT_EQ(peer_of("127.0.0.1", "203.0.113.9, unknown", Proxy::trusted), "127.0.0.1");
    EXPECT_EQ(peer_of("127.0.0.1", "", Proxy::trusted), "127.0.0.1");
    EXPECT_EQ(peer_of("", "2001:DB8:0::1", Proxy::trusted), "2001:db8::1");
}

TEST(Peer, AHouseholdIsOneNetwork) {
    EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    EXPECT_EQ(network_of("203.0.113.9"), "203.0.113.9");
    EXPECT_EQ(network_of(""), "");
}

TEST(Events, EachLineOfTheDataIsItsOwn) {
    EXPECT_EQ(event_text("one"), "data: one\n\n");
    EXPECT_EQ(event_text("one\r\ntwo\nevent: forged\rthree"),
              "data: one\ndata: two\ndata: event: forged\ndata: three\n\n");
    EXPECT_EQ(event_text(""), "data: \n\n");
}

TEST(Status, EveryFailureHasOne) {
    EXPECT_EQ(status_of(Code::invalid), 400);
    EXPECT_EQ(status_of(Code::not_found), 404);
    EXPECT_EQ(status_of(Code::too_many), 429);
    EXPECT_EQ(status_of(Code::betrayed), 500);
}

}  // namespace
}  // namespace kith::web::http
