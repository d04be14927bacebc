#include "web/http/server.hpp"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <thread>

#include "base/text.hpp"

namespace kith::web::http {
namespace {
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// A plain client: what it sends is exactly what a test says.
class Client {
  public:
    explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        join(to);
    }
    explicit Client(const std::string& path) : socket_(::socket(AF_UNIX, SOCK_STREAM, 0)) {
        sockaddr_un to{};
        to.sun_family = AF_UNIX;
        path.copy(to.sun_path, sizeof to.sun_path - 1);
        join(to);
    }
    ~Client() { ::close(socket_); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    bool connected() const { return connected_; }
    bool send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    /// One answer: its head and as much body as it declares.
    std::string answer() {
        while (got_.find("\r\n\r\n") == got_.npos && more()) {
        }
        const auto head = got_.find("\r\n\r\n");
        if (head == got_.npos) return std::exchange(got_, {});
        const auto length = got_.find("Content-Length: ");
        const std::size_t size = length < head ? std::strtoul(got_.c_str() + length + 16, nullptr, 10) : 0;
        while (got_.size() < head + 4 + size && more()) {
        }
        const std::string out = got_.substr(0, head + 4 + size);
        got_.erase(0, out.size());
        return out;
    }
    std::string until(std::string_view wanted) {
        while (got_.find(wanted) == got_.npos && more()) {
        }
        return got_;
    }
    /// Everything until the server closes, or five seconds passed.
    std::string rest() {
        while (more()) {
        }
        return std::exchange(got_, {});
    }
    std::string ask(std::string_view bytes) {
        send(bytes);
        return answer();
    }

  private:
    template <class Address>
    void join(const Address& to) {
        const timeval five{5, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &five, sizeof five);
        connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
    }
    bool more() {
        char piece[4096];
        const auto got = ::recv(socket_, piece, sizeof piece, 0);
        if (got > 0) got_.append(piece, static_cast<std::size_t>(got));
        return got > 0;
    }
    int socket_;
    bool connected_ = false;
    std::string got_;
};

Options options() {
    Options out;
    out.port = 0;
    out.workers = 8;
    out.signals = Signals::leave;
    out.refusal = [](const Refusal& refused) {
        return "<html>refused " + std::to_string(refused.status) + ' ' + refused.incident + "</html>";
    };
    return out;
}

/// A server on a thread of its own, stopped at the end of the test.
class Running {
  public:
    explicit Running(Handler handler, Options with = options(), SinkFor sink_for = {})
        : server_(*Server::open(std::move(with), std::move(handler), std::move(sink_for))),
          thread_([this] { server_->run(); }) {}
    ~Running() { stop(); }
    void stop() {
        server_->stop();
        if (thread_.joinable()) thread_.join();
    }
    Server& operator*() { return *server_; }
    Server* operator->() { return server_.get(); }
    std::uint16_t port() const { return server_->port(); }

  private:
    std::unique_ptr<Server> server_;
    std::thread thread_;
};

Response echo(Request& request) {
    Response response;
    response.body =
        std::string(to_text(request.method)) + ' ' + request.path + '?' + request.query + ' ' + request.body;
    return response;
}
std::string get(std::string_view path) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: kith.example\r\n\r\n";
}
std::string post(std::string_view headers, std::string_view body) {
    return "POST /form HTTP/1.1\r\nHost: kith.example\r\n" + std::string(headers) + "\r\n" + std::string(body);
}
bool refused(const std::string& answer, int status) {
    return answer.starts_with("HTTP/1.1 " + std::to_string(status)) &&
           answer.ends_with("<html>refused " + std::to_string(status) + " </html>") &&
           answer.find("Content-Security-Policy: default-src 'none'") != answer.npos;
}

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
