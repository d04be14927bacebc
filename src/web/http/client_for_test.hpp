// For tests of the server: a client that sends exactly the bytes it is given, and a server that runs.
#pragma once
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

#include "web/http/server.hpp"

namespace kith::web::http {

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

inline Options options() {
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

inline Response echo(Request& request) {
    Response response;
    response.body =
        std::string(to_text(request.method)) + ' ' + request.path + '?' + request.query + ' ' + request.body;
    return response;
}
inline std::string get(std::string_view path) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: kith.example\r\n\r\n";
}
inline std::string post(std::string_view headers, std::string_view body) {
    return "POST /form HTTP/1.1\r\nHost: kith.example\r\n" + std::string(headers) + "\r\n" + std::string(body);
}
inline bool refused(const std::string& answer, int status) {
    return answer.starts_with("HTTP/1.1 " + std::to_string(status)) &&
           answer.ends_with("<html>refused " + std::to_string(status) + " </html>") &&
           answer.find("Content-Security-Policy: default-src 'none'") != answer.npos;
}

}  // namespace kith::web::http
