#include "web/http/server.hpp"

#include <netinet/in.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <random>

#include "base/log.hpp"
#include "web/http/session.hpp"

namespace kith::web::http {
namespace {
constexpr std::size_t kTurnedAway = 64;  // connections over the limit that are still told so

std::string plain_refusal(const Refusal& refusal) {
    std::string page = "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Sorry</title><h1>Sorry</h1>";
    page += refusal.status >= 500 ? "<p>There is a problem with the service. Try again later.</p>"
                                  : "<p>We could not read what was sent.</p>";
    if (!refusal.incident.empty()) page += "<p>Incident " + refusal.incident + "</p>";
    return page + "</html>\n";
}
}  // namespace

Result<Protocol::endpoint> Server::Loop::endpoint() const {
    if (options.unix_socket.empty())
        return Protocol::endpoint(net::ip::tcp::endpoint(net::ip::address_v4::loopback(), options.port));
    if (options.unix_socket.size() > 100) return fail(Code::invalid, "socket path is too long");
    const net::local::stream_protocol::endpoint at(options.unix_socket);
    struct stat found {};
    if (::lstat(options.unix_socket.c_str(), &found) == 0) {
        if (!S_ISSOCK(found.st_mode)) return fail(Code::conflict, "socket path is another file");
        net::io_context here;
        net::local::stream_protocol::socket probe(here);
        error_code refused;
        if (!probe.connect(at, refused)) return fail(Code::conflict, "another server has the socket");
        ::unlink(options.unix_socket.c_str());
    }
    return Protocol::endpoint(at);
}

Result<void> Server::Loop::listen() {
    const Protocol::endpoint at = KITH_TRY(endpoint());
    error_code error;
    if (acceptor.open(at.protocol(), error)) return fail(Code::unavailable, "socket cannot be had");
    if (options.unix_socket.empty()) acceptor.set_option(net::socket_base::reuse_address(true), error);
    if (acceptor.bind(at, error))
        return error == net::error::address_in_use ? fail(Code::conflict, "address is in use")
                                                   : fail(Code::unavailable, "address cannot be bound");
    bound = true;
    if (options.unix_socket.empty()) {
        const auto bound_to = acceptor.local_endpoint(error);
        sockaddr_in four{};
        std::memcpy(&four, bound_to.data(), std::min(sizeof four, bound_to.size()));
        port = ntohs(four.sin_port);
    }
    if (!options.unix_socket.empty() && ::chmod(options.unix_socket.c_str(), options.unix_mode) != 0)
        return fail(Code::unavailable, "socket mode cannot be set");
    if (acceptor.listen(net::socket_base::max_listen_connections, error))
        return fail(Code::unavailable, "cannot listen");
    return {};
}

void Server::Loop::accept() {
    acceptor.async_accept([this](error_code error, Protocol::socket socket) {
        if (stopping) return;
        if (error) {  // out of descriptors, say: breathe, do not spin
            pause.expires_after(std::chrono::milliseconds(50));
            return pause.async_wait([this](error_code ended) {
                if (!ended) accept();
            });
        }
        error_code ignored;
        const auto from = socket.remote_endpoint(ignored);
        if (options.unix_socket.empty()) socket.set_option(net::ip::tcp::no_delay(true), ignored);
        const std::size_t most = options.limits.connections;
        if (live.size() < most + kTurnedAway) {
            const bool full = live.size() >= most;
            const auto session =
                std::make_shared<Session>(std::move(socket), *this, ignored ? "" : address_of(*from.data()));
            full ? session->refuse(503) : session->read_head();
        }
        accept();
    });
}

void Server::Loop::stop() {
    if (std::exchange(stopping, true)) return;
    error_code ignored;
    acceptor.close(ignored);
    pause.cancel();
    pings.cancel();
    signals.cancel(ignored);
    signals.clear(ignored);
    const auto close_all = [this](Session::Close how) {
        for (Session* session : std::vector<Session*>(live.begin(), live.end())) session->close(how);
    };
    drain.expires_after(options.limits.drain);
    drain.async_wait([close_all](error_code ended) {
        if (!ended) close_all(Session::Close::now);
    });
    close_all(Session::Close::when_answered);
    if (live.empty()) drain.cancel();
}

void Server::Loop::ping() {
    pings.expires_after(options.limits.event_ping);
    pings.async_wait([this](error_code ended) {
        if (ended) return;
        const auto now = std::chrono::steady_clock::now();
        for (const auto& [topic, sessions] : readers)
            for (Session* session : sessions) session->ping(now);
        ping();
    });
}

void Server::Loop::forget(Session* session) {
    live.erase(session);
    if (const auto topic = readers.find(session->topic());
        topic != readers.end() && topic->second.erase(session) != 0) {
        --reader_count;
        if (topic->second.empty()) readers.erase(topic);
    }
    if (running && stopping && live.empty()) drain.cancel();
}

Response Server::Loop::refusal(const Refusal& refused) const {
    Response response;
    response.status = refused.status;
    try {
        response.body = options.refusal ? options.refusal(refused) : plain_refusal(refused);
    } catch (...) {
        response.body = plain_refusal(refused);
    }
    if (refused.status == 503) response.headers.push_back({"Retry-After", "5"});
    return response;
}

Response Server::Loop::incident(Words kind) const {
    std::random_device random;
    const int number = std::uniform_int_distribution(100'000'000, 999'999'999)(random);
    log::warn("request failed", {{"incident", number}, {"kind", kind}});
    return refusal(Refusal{500, std::to_string(number)});
}

Server::Server(std::unique_ptr<Loop> loop) : loop_(std::move(loop)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::open(Options options, Handler handler, SinkFor sink_for) {
    KITH_CHECK(handler != nullptr && options.workers > 0);
    try {
        auto loop = std::make_unique<Loop>(std::move(options), std::move(handler), std::move(sink_for));
        KITH_TRY(loop->listen());
        return std::unique_ptr<Server>(new Server(std::move(loop)));
    } catch (const std::exception&) {
        return fail(Code::unavailable, "server cannot be set up");
    }
}

std::uint16_t Server::port() const { return loop_->port; }

void Server::run() {
    Loop& loop = *loop_;
    loop.running = true;
    if (loop.options.signals == Signals::stop) {
        error_code ignored;
        loop.signals.add(SIGTERM, ignored);
        loop.signals.add(SIGINT, ignored);
        loop.signals.async_wait([&loop](error_code error, int) {
            if (!error) loop.stop();
        });
    }
    loop.ping();
    loop.accept();
    if (loop.options.on_ready) loop.options.on_ready(port());
    for (bool done = false; !done;) {
        try {
            loop.io.run();
            done = true;
        } catch (...) {  // a fault of one connection must not end the others
            log::warn("connection failed");
        }
    }
    loop.running = false;
    loop.pool.join();
}

void Server::stop() {
    net::post(loop_->io, [loop = loop_.get()] { loop->stop(); });
}

void Server::publish(std::string_view topic, std::string_view data) {
    net::post(loop_->io, [loop = loop_.get(), name = std::string(topic), text = event_text(data)] {
        const auto found = loop->readers.find(name);
        if (found == loop->readers.end()) return;
        for (Session* session : found->second) session->send_event(text);
    });
}

}  // namespace kith::web::http
