#include "web/http/client_for_test.hpp"

namespace kith::web::http {
namespace {

TEST(Server, AnswersAndKeepsTheConnection) {
    Running server(echo);
    Client client(server.port());
    EXPECT_TRUE(client.ask(get("/a?b=c")).ends_with("\r\n\r\nGET /a?b=c "));
    const std::string second = client.ask(post("Content-Length: 5\r\n", "hello"));
    EXPECT_TRUE(second.starts_with("HTTP/1.1 200 OK\r\n")) << second;
    EXPECT_TRUE(second.ends_with("POST /form? hello"));
    EXPECT_NE(second.find("Content-Type: text/html; charset=utf-8\r\n"), second.npos);
    EXPECT_NE(second.find("Cache-Control: no-store\r\n"), second.npos);
    EXPECT_TRUE(
        client.ask(post("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")).ends_with(" abcde"));
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
    Running server(echo);
    Client client(server.port());
    ASSERT_TRUE(client.send(get("/1") + get("/2") + get("/3")));
    for (const char* path : {"/1", "/2", "/3"})
        EXPECT_TRUE(client.answer().ends_with("GET " + std::string(path) + "? "));
}

TEST(Server, AHeadHasTheLengthButNoBody) {
    Running server(echo);
    Client client(server.port());
    ASSERT_TRUE(
        client.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\nHEAD /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    const std::string both = client.rest();
    EXPECT_NE(both.find("Content-Length: 9\r\n"), both.npos) << both;
    EXPECT_EQ(both.find("HEAD /a"), both.npos);
    EXPECT_TRUE(both.ends_with("\r\n\r\n"));
}

TEST(Server, ARefusedHeadHasNoBodyAndIsTheLast) {
    Running server(echo);
    Client client(server.port());
    ASSERT_TRUE(client.send("HEAD /a HTTP/1.1\r\n\r\n" + get("/b")));
    const std::string all = client.rest();
    EXPECT_TRUE(all.starts_with("HTTP/1.1 400 ")) << all;
    EXPECT_NE(all.find("Connection: close\r\n"), all.npos);
    EXPECT_TRUE(all.ends_with("\r\n\r\n")) << all;
}

TEST(Server, RefusesWhatIsTooLarge) {
    Options with = options();
    with.limits.body_bytes = 100'000;
    Running server(echo, with);
    EXPECT_TRUE(refused(
        Client(server.port()).ask("GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(16 * 1024, 'x') + "\r\n\r\n"), 431));
    EXPECT_TRUE(refused(Client(server.port()).ask(post("Content-Length: 100001\r\n", "")), 413));
    Client chunked(server.port());
    std::string body;
    for (int i = 0; i < 11; ++i) body += "2710\r\n" + std::string(10'000, 'x') + "\r\n";
    EXPECT_TRUE(refused(chunked.ask(post("Transfer-Encoding: chunked\r\n", body)), 413));
    EXPECT_TRUE(
        Client(server.port()).ask(post("Content-Length: 100000\r\n", std::string(100'000, 'x'))).ends_with("xxx"));
}

TEST(Server, TheRefusalOfALargeBodyArrivesThoughTheBodyIsStillSent) {
    Running server(echo);
    Client client(server.port());
    ASSERT_TRUE(client.send(post("Content-Length: 4000000\r\n", "")));
    std::this_thread::sleep_for(50ms);
    client.send(std::string(4'000'000, 'x'));
    EXPECT_TRUE(refused(client.answer(), 413));
}

TEST(Server, RefusesWhatTwoProgramsCouldReadInTwoWays) {
    Running server(echo);
    const auto answer = [&](const std::string& bytes) { return Client(server.port()).ask(bytes); };
    EXPECT_TRUE(refused(answer(post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")), 400));
    EXPECT_TRUE(refused(answer(post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello")), 400));
    EXPECT_TRUE(refused(answer(post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello")), 400));
    EXPECT_TRUE(refused(answer("GET / HTTP/1.1\nHost: x\n\n"), 400));
    EXPECT_TRUE(refused(answer("GET / HTTP/1.1\r\nHost: x\nX: y\r\n\r\n"), 400));
    EXPECT_TRUE(refused(answer("GET / HTTP/1.1\r\nHost : x\r\n\r\n"), 400));
    EXPECT_TRUE(refused(answer("GET / HTTP/1.1\r\n\r\n"), 400));
    EXPECT_TRUE(refused(answer("\x16\x03\x01 junk\r\n\r\n"), 400));
    EXPECT_TRUE(refused(answer(post("Transfer-Encoding: identity\r\n", "")), 501));
    EXPECT_TRUE(refused(answer(post("Transfer-Encoding: chunked\r\n", "zz\r\n")), 400));
}

TEST(Server, CutsADripAtTheDeadline) {
    Options with = options();
    with.limits.header = 300ms;
    with.limits.body = 300ms;
    Running server(echo, with);
    for (const std::string& start : {std::string("GET / HTTP/1.1\r\nX: "), post("Content-Length: 5000\r\n", "")}) {
        Client client(server.port());
        const auto began = Clock::now();
        bool open = client.send(start);
        while (open && Clock::now() - began < 4s) {
            std::this_thread::sleep_for(20ms);
            open = client.send("x");
        }
        EXPECT_LT(Clock::now() - began, 2s);
        EXPECT_GT(Clock::now() - began, 250ms);
    }
}

TEST(Server, ClosesAConnectionThatSaysNothing) {
    Options with = options();
    with.limits.header = 200ms;
    Running server(echo, with);
    Client client(server.port());
    const auto began = Clock::now();
    EXPECT_EQ(client.rest(), "");
    EXPECT_LT(Clock::now() - began, 2s);
}

}  // namespace
}  // namespace kith::web::http
