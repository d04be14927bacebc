#include "web/http/client_for_test.hpp"

namespace kith::web::http {
namespace {

TEST(Server, ARequestBegunBeforeStopIsAnswered) {
    std::promise<void> begun;
    Running server([&](Request& request) {
        begun.set_value();
        std::this_thread::sleep_for(300ms);
        return echo(request);
    });
    Client idle(server.port());
    Client client(server.port());
    ASSERT_TRUE(client.send(get("/slow")));
    begun.get_future().wait();
    const std::uint16_t port = server.port();
    server->stop();
    const std::string answer = client.answer();
    EXPECT_TRUE(answer.ends_with("GET /slow? "));
    EXPECT_NE(answer.find("Connection: close\r\n"), answer.npos);
    EXPECT_EQ(idle.rest(), "");
    server.stop();
    EXPECT_FALSE(Client(port).connected());
}

TEST(Server, AHandlerThatOutlastsTheDrainIsStillAnswered) {
    Options with = options();
    with.limits.drain = 50ms;
    std::promise<void> begun;
    Running server(
        [&](Request& request) {
            begun.set_value();
            std::this_thread::sleep_for(400ms);
            return echo(request);
        },
        with);
    Client client(server.port());
    Client dripping(server.port());
    ASSERT_TRUE(client.send(get("/slow")));
    ASSERT_TRUE(dripping.send(post("Content-Length: 5\r\n", "he")));
    begun.get_future().wait();
    server->stop();
    const auto stopped = Clock::now();
    EXPECT_EQ(dripping.rest(), "");
    EXPECT_LT(Clock::now() - stopped, 350ms);
    EXPECT_TRUE(client.answer().ends_with("GET /slow? "));
}

TEST(Server, ASignalStopsIt) {
    Options with = options();
    with.signals = Signals::stop;
    std::promise<std::uint16_t> ready;
    with.on_ready = [&](std::uint16_t port) { ready.set_value(port); };
    std::promise<void> begun;
    const auto server = *Server::open(std::move(with), [&](Request& request) {
        begun.set_value();
        std::this_thread::sleep_for(200ms);
        return echo(request);
    });
    std::thread thread([&] { server->run(); });
    Client client(ready.get_future().get());
    ASSERT_TRUE(client.send(get("/slow")));
    begun.get_future().wait();
    ::kill(::getpid(), SIGTERM);
    EXPECT_TRUE(client.answer().ends_with("GET /slow? "));
    thread.join();
}

TEST(Server, IdleConnectionsHoldNobodyUp) {
    Running server(echo);
    std::vector<std::unique_ptr<Client>> idle;
    for (int i = 0; i < 200; ++i) {
        idle.push_back(std::make_unique<Client>(server.port()));
        ASSERT_TRUE(idle.back()->send(i % 2 == 0 ? "" : "GET / HTTP/1.1\r\nX"));
    }
    const auto began = Clock::now();
    EXPECT_TRUE(Client(server.port()).ask(get("/fresh")).ends_with("/fresh? "));
    EXPECT_LT(Clock::now() - began, 1s);
}

TEST(Server, TellsWhoComesWhenItIsFull) {
    Options with = options();
    with.limits.connections = 2;
    Running server(echo, with);
    auto first = std::make_unique<Client>(server.port());
    Client second(server.port());
    ASSERT_TRUE(first->ask(get("/")).ends_with("/? "));
    ASSERT_TRUE(second.ask(get("/")).ends_with("/? "));
    const std::string turned_away = Client(server.port()).answer();
    EXPECT_TRUE(refused(turned_away, 503)) << turned_away;
    EXPECT_NE(turned_away.find("Retry-After: 5\r\n"), turned_away.npos);
    first.reset();
    std::string later;
    for (int i = 0; i < 100 && !later.ends_with("/later? "); ++i) {
        std::this_thread::sleep_for(50ms);
        later = Client(server.port()).ask(get("/later"));
    }
    EXPECT_TRUE(later.ends_with("/later? "));
}

TEST(Server, EventsReachTheReadersOfTheirTopic) {
    Options with = options();
    with.limits.event_ping = 100ms;
    with.limits.event_streams = 2;
    Running server(
        [](Request& request) {
            Response response;
            response.event_topic = request.path.substr(1);
            return response;
        },
        with);
    Client queue(server.port());
    Client other(server.port());
    queue.send(get("/queue"));
    other.send(get("/other"));
    const std::string head = queue.until(":\n\n");
    EXPECT_NE(head.find("Content-Type: text/event-stream\r\n"), head.npos);
    EXPECT_NE(head.find("Content-Security-Policy: "), head.npos);
    other.until(":\n\n");
    EXPECT_TRUE(refused(Client(server.port()).ask(get("/queue")), 503));

    for (int i = 0; i < 20; ++i) server->publish("queue", "number " + std::to_string(i));
    server->publish("other", "theirs");
    EXPECT_NE(queue.until("data: number 19\n\n").find("data: number 0\n\ndata: number 1\n\n"), std::string::npos);
    EXPECT_EQ(other.until("data: theirs\n\n").find("number"), std::string::npos);
    EXPECT_NE(queue.until("number 19\n\n:\n\n:\n\n").find("number 19\n\n:\n\n:\n\n"), std::string::npos);
    server.stop();
    EXPECT_EQ(queue.rest().find("theirs"), std::string::npos);
}

TEST(Server, AnEventStreamEndsAfterItsTime) {
    Options with = options();
    with.limits.event_ping = 50ms;
    with.limits.event_stream = 200ms;
    Running server([](Request&) { return Response{.event_topic = "queue"}; }, with);
    Client client(server.port());
    client.send(get("/"));
    const auto began = Clock::now();
    EXPECT_NE(client.rest().find("event-stream"), std::string::npos);
    EXPECT_LT(Clock::now() - began, 2s);
}

TEST(Server, ServesAUnixSocketAndLeavesNothingBehind) {
    Options with = options();
    with.unix_socket = "/tmp/kith_server_test." + std::to_string(::getpid());
    with.proxy = Proxy::trusted;
    const Handler peer = [](Request& request) { return Response{.body = request.peer + ' ' + request.peer_network}; };
    {
        Running server(peer, with);
        struct stat found {};
        ASSERT_EQ(::stat(with.unix_socket.c_str(), &found), 0);
        EXPECT_EQ(found.st_mode & 0777, 0660U);
        Client client(with.unix_socket);
        EXPECT_TRUE(
            client.ask("GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 10.1.1.1\r\nX-Forwarded-For: 2001:db8::5\r\n\r\n")
                .ends_with("\r\n\r\n2001:db8::5 2001:db8::/64"));
        EXPECT_EQ(Server::open(with, peer).error().code, Code::conflict);
        EXPECT_TRUE(client.ask(get("/")).ends_with("\r\n\r\n "));
    }
    EXPECT_NE(::access(with.unix_socket.c_str(), F_OK), 0);
}

TEST(Server, NeverTakesAFileForItsSocket) {
    Options with = options();
    with.unix_socket = "/tmp/kith_server_test_file." + std::to_string(::getpid());
    std::fclose(std::fopen(with.unix_socket.c_str(), "w"));
    EXPECT_EQ(Server::open(with, echo).error().code, Code::conflict);
    EXPECT_EQ(::access(with.unix_socket.c_str(), F_OK), 0);
    ::unlink(with.unix_socket.c_str());
}

TEST(Server, APortThatIsTakenIsAConflict) {
    Running server(echo);
    Options with = options();
    with.port = server.port();
    EXPECT_EQ(Server::open(with, echo).error().code, Code::conflict);
}

TEST(Server, AFailingHandlerBecomesAnIncident) {
    Running server([](Request& request) -> Response {
        if (request.path == "/bug") throw Bug("a broken invariant with Nadia Example in it");
        if (request.path == "/exception") throw std::runtime_error("Nadia Example");
        if (request.path == "/other") throw 7;
        if (request.path == "/split") return Response{.headers = {{"Location", "/a\r\nSet-Cookie: x=y"}}};
        return echo(request);
    });
    Client client(server.port());
    for (const char* path : {"/bug", "/exception", "/other", "/split"}) {
        testing::internal::CaptureStderr();
        const std::string answer = client.ask(get(path));
        const std::string log = testing::internal::GetCapturedStderr();
        ASSERT_TRUE(answer.starts_with("HTTP/1.1 500 ")) << answer;
        const std::string number = answer.substr(answer.find("refused 500 ") + 12, 9);
        EXPECT_TRUE(text::is_digits(number)) << answer;
        EXPECT_NE(log.find("\"incident\":" + number), log.npos) << log;
        EXPECT_EQ((log + answer).find("Nadia"), std::string::npos);
        EXPECT_EQ(answer.find("Set-Cookie"), answer.npos);
    }
    EXPECT_TRUE(client.ask(get("/still")).ends_with("/still? "));
}

TEST(Server, ARefusalPageThatFailsIsReplaced) {
    Options with = options();
    with.refusal = [](const Refusal&) -> std::string { throw std::runtime_error("no page"); };
    Running server(echo, with);
    const std::string answer = Client(server.port()).ask("junk\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 ")) << answer;
    EXPECT_TRUE(answer.ends_with("</html>\n"));
}

struct Counting : BodySink {
    std::size_t bytes = 0;
    std::size_t longest = 0;
    bool finished = false;
    Result<void> write(std::string_view piece) override {
        bytes += piece.size();
        longest = std::max(longest, piece.size());
        if (piece.find("virus") != piece.npos) return fail(Code::forbidden, "not this");
        return {};
    }
    Result<void> finish() override {
        finished = true;
        if (bytes == 3) return fail(Code::invalid, "three bytes");
        return {};
    }
};

TEST(Server, StreamsAnUploadToItsSink) {
    Options with = options();
    with.limits.upload_bytes = 5'000'000;
    Running server(
        [](Request& request) {
            const auto& sink = dynamic_cast<Counting&>(*request.sink);
            EXPECT_TRUE(request.body.empty() && sink.finished);
            EXPECT_LE(sink.longest, 64U * 1024);
            return Response{.body = "took " + std::to_string(sink.bytes)};
        },
        with, [](const Request& request) { return request.path == "/form" ? std::make_unique<Counting>() : nullptr; });
    Client client(server.port());
    EXPECT_TRUE(client.ask(post("Content-Length: 4000000\r\n", std::string(4'000'000, 'x'))).ends_with("took 4000000"));
    EXPECT_TRUE(client.ask(post("Content-Length: 0\r\n", "")).ends_with("took 0"));
    client.send(post("Content-Length: 4\r\nExpect: 100-continue\r\n", ""));
    EXPECT_TRUE(client.answer().starts_with("HTTP/1.1 100 Continue"));
    EXPECT_TRUE(client.ask("four").ends_with("took 4"));
    EXPECT_TRUE(refused(client.ask(post("Content-Length: 3\r\n", "abc")), 400));
    EXPECT_TRUE(refused(Client(server.port()).ask(post("Content-Length: 5000\r\n", "a virus")), 403));
    EXPECT_TRUE(refused(Client(server.port()).ask(post("Content-Length: 5000001\r\n", "")), 413));
}

TEST(Server, ManyClientsAtOnceAllGetTheirOwnAnswer) {
    Running server([](Request& request) {
        std::this_thread::sleep_for(1ms);
        return echo(request);
    });
    std::atomic<int> right = 0;
    std::vector<std::jthread> clients;
    for (int c = 0; c < 16; ++c)
        clients.emplace_back([&, c] {
            Client client(server.port());
            for (int i = 0; i < 50; ++i) {
                const std::string path = "/" + std::to_string(c) + "/" + std::to_string(i);
                right += client.ask(get(path)).ends_with("GET " + path + "? ") ? 1 : 0;
            }
        });
    clients.clear();
    EXPECT_EQ(right, 800);
}

}  // namespace
}  // namespace kith::web::http
