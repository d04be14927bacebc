// One connection, and the loop that all connections share. Included by server.cpp alone, so that Boost is compiled
// once.
#pragma once
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <set>

#include "web/http/events.hpp"
#include "web/http/request_rules.hpp"
#include "web/http/security_headers.hpp"
#include "web/http/server.hpp"

namespace kith::web::http {
namespace net = boost::asio;
namespace beast = boost::beast;
namespace bh = beast::http;
using Protocol = net::generic::stream_protocol;  // one session type for TCP and Unix sockets
using Stream = beast::basic_stream<Protocol>;
using beast::error_code;

inline constexpr std::size_t kPiece = 64 * 1024;
inline constexpr std::size_t kHeldEvents = 64;
inline constexpr std::chrono::seconds kLinger{2};

class Session;

// INVARIANT: all but `handler`, `options` and `pool` is touched on the I/O thread only, so nothing here needs a lock.
struct Server::Loop {
    Loop(Options o, Handler h, SinkFor s)
        : options(std::move(o)), handler(std::move(h)), sink_for(std::move(s)), pool(options.workers) {}
    ~Loop() {
        if (!options.unix_socket.empty() && bound) ::unlink(options.unix_socket.c_str());
    }
    Result<void> listen();
    Result<Protocol::endpoint> endpoint() const;
    void accept();
    void stop();
    void ping();
    void forget(Session* session);
    /// From any thread, as is `incident`.
    Response refusal(const Refusal& refused) const;
    Response refusal(int status) const { return refusal(Refusal{status, {}}); }
    Response incident(Words kind) const;

    std::set<Session*> live;  // before io, whose queued handlers own sessions
    std::map<std::string, std::set<Session*>, std::less<>> readers;
    std::size_t reader_count = 0;
    bool running = false;
    bool stopping = false;
    bool bound = false;
    std::uint16_t port = 0;
    net::io_context io{1};
    Options options;
    Handler handler;
    SinkFor sink_for;
    net::basic_socket_acceptor<Protocol> acceptor{io};
    net::steady_timer drain{io};
    net::steady_timer pause{io};
    net::steady_timer pings{io};
    net::signal_set signals{io};
    net::thread_pool pool;  // last, so that no worker outlives what it uses
};

class Session : public std::enable_shared_from_this<Session> {
    template <class Member>
    auto bind(Member member) {
        return beast::bind_front_handler(member, shared_from_this());
    }

  public:
    enum class Close { when_answered, now };  // what a handler has is answered either way

    Session(Protocol::socket socket, Server::Loop& loop, std::string connected)
        : stream_(std::move(socket)), loop_(loop), connected_(std::move(connected)) {
        loop_.live.insert(this);
    }
    ~Session() { loop_.forget(this); }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void read_head() {
        parser_.emplace();
        parser_->header_limit(limits().header_bytes);
        parser_->body_limit(limits().upload_bytes);
        request_ = {};
        phase_ = Phase::idle;
        stream_.expires_after(limits().header);
        bh::async_read_header(stream_, buffer_, *parser_, bind(&Session::on_head));
    }
    /// Answers and closes: after a refusal nobody can say where the next request begins.
    void refuse(int status) {
        refused_ = true;
        answer(loop_.refusal(status));
    }
    void close(Close how) {
        const bool waits = phase_ == Phase::idle || phase_ == Phase::events;
        if (waits || (how == Close::now && phase_ != Phase::handling)) stream_.close();
    }
    void send_event(std::string text) {
        if (phase_ != Phase::events) return;
        if (outbox_.size() > kHeldEvents) return stream_.close();  // a reader that does not keep up asks again
        outbox_.push_back(std::move(text));
        if (outbox_.size() == 1) write_event();
    }
    void ping(std::chrono::steady_clock::time_point now) {
        if (phase_ != Phase::events) return;
        if (now - opened_ > limits().event_stream) return stream_.close();
        if (outbox_.empty()) send_event(std::string(kEventPing));
    }
    const std::string& topic() const { return topic_; }

  private:
    enum class Phase { idle, busy, handling, events };
    const Limits& limits() const { return loop_.options.limits; }

    void on_head(error_code error, std::size_t) {
        if (error) return broken(error);
        phase_ = Phase::busy;
        if (const auto status = take_head()) return refuse(*status);
        if (loop_.sink_for) {
            try {
                request_.sink = loop_.sink_for(request_);
            } catch (...) {
                return answer(loop_.incident("sink"));
            }
        }
        const std::uint64_t limit = request_.sink ? limits().upload_bytes : limits().body_bytes;
        if (parser_->content_length().value_or(0) > limit) return refuse(413);
        parser_->body_limit(limit);
        stream_.expires_after(request_.sink ? limits().upload : limits().body);
        if (request_.header("expect").empty() || parser_->is_done()) return read_body();
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        net::async_write(stream_, net::buffer(go_on), [self = shared_from_this()](error_code failed, std::size_t) {
            if (!failed) self->read_body();
        });
    }
    std::optional<int> take_head() {
        const auto& head = parser_->get();
        for (const auto& field : head)
            request_.headers.push_back({std::string(field.name_string()), std::string(field.value())});
        const Head ours{head.method_string(), head.target(),
                        head.version() == 11 ? Version::http_1_1 : Version::http_1_0};
        request_.method = method_of(ours.method).value_or(Method::get);  // even a refusal of HEAD has no body
        if (const auto status = refusal_of(ours, request_)) return status;
        take_target(ours, request_);
        request_.peer = peer_of(connected_, forwarded_for(), loop_.options.proxy);
        request_.peer_network = network_of(request_.peer);
        return std::nullopt;
    }
    /// The last field of that name, since a proxy that adds its own line adds it at the end.
    std::string_view forwarded_for() const {
        std::string_view last;
        for (const Header& field : request_.headers)
            if (same_name(field.name, "x-forwarded-for")) last = field.value;
        return last;
    }
    void read_body() {
        if (parser_->is_done()) return on_worker(&Session::handle);
        if (!piece_) piece_ = std::make_unique_for_overwrite<char[]>(kPiece);
        auto& body = parser_->get().body();
        body.data = piece_.get();
        body.size = kPiece;
        bh::async_read_some(stream_, buffer_, *parser_, bind(&Session::on_piece));
    }
    void on_piece(error_code error, std::size_t) {
        if (error && error != bh::error::need_buffer) return broken(error);
        got_ = std::string_view(piece_.get(), kPiece - parser_->get().body().size);
        if (request_.sink && !got_.empty()) return on_worker(&Session::take_piece);
        request_.body += got_;
        read_body();
    }

    /// A step of the request that may block: an answer, or nothing to read on.
    using Work = std::optional<Response> (Session::*)();
    std::optional<Response> take_piece() {
        if (const auto taken = request_.sink->write(got_); !taken) return loop_.refusal(status_of(taken.error().code));
        return std::nullopt;
    }
    std::optional<Response> handle() {
        if (request_.sink)
            if (const auto done = request_.sink->finish(); !done) return loop_.refusal(status_of(done.error().code));
        Response response = loop_.handler(request_);
        check_sendable(response);
        return response;
    }
    std::optional<Response> guarded(Work work) {
        try {
            auto response = (this->*work)();
            if (response) request_.sink.reset();
            return response;
        } catch (const Bug&) {
            return loop_.incident("bug");
        } catch (const std::exception&) {
            return loop_.incident("exception");
        } catch (...) {
            return loop_.incident("unknown");
        }
    }
    void on_worker(Work work) {
        if (work == &Session::handle) {
            phase_ = Phase::handling;
            piece_.reset();
            stream_.expires_never();
        }
        // The guard keeps the I/O loop running until the answer is back: a job in the pool is no work to it. The worker
        // gives its hold of the session away, so that a session always ends on the I/O thread.
        net::post(loop_.pool, [self = shared_from_this(), work, guard = net::make_work_guard(loop_.io)]() mutable {
            auto response = self->guarded(work);
            auto& io = self->loop_.io;
            net::post(io, [held = std::move(self), result = std::move(response)]() mutable {
                result ? held->answer(std::move(*result)) : held->read_body();
            });
        });
    }

    void answer(Response response) {
        phase_ = Phase::busy;
        secure(response);
        if (!response.event_topic.empty() && request_.method != Method::head) {
            if (loop_.reader_count < limits().event_streams && !loop_.stopping)
                return begin_events(std::move(response));
            response = loop_.refusal(503);
            secure(response);
        }
        const bool complete = parser_ && parser_->is_done();
        const bool bodiless = request_.method == Method::head || response.status == 204 || response.status == 304;
        response_ = {static_cast<bh::status>(response.status), 11};
        if (bh::obsolete_reason(response_.result()).empty()) response_.reason(std::string(reason_of(response.status)));
        for (const Header& field : response.headers) response_.insert(field.name, field.value);
        response_.set(bh::field::content_type, response.type);
        response_.keep_alive(complete && !refused_ && parser_->get().version() == 11 && parser_->get().keep_alive() &&
                             !loop_.stopping);
        if (response.status != 204 && response.status != 304) response_.content_length(response.body.size());
        stream_.expires_after(limits().write + std::chrono::seconds(response.body.size() / kPiece));
        if (!bodiless) response_.body() = std::move(response.body);
        bh::async_write(stream_, response_, bind(&Session::on_write));
    }
    void on_write(error_code error, std::size_t) {
        if (error) return;
        response_.body().clear();
        response_.body().shrink_to_fit();
        if (response_.keep_alive() && !loop_.stopping) return read_head();
        stream_.socket().shutdown(net::socket_base::shutdown_send, error);
        if (parser_ && parser_->is_done() && buffer_.size() == 0) return;
        // Closing with bytes unread would reset the connection, and the refusal might be lost with it.
        if (!piece_) piece_ = std::make_unique_for_overwrite<char[]>(kPiece);
        stream_.expires_after(kLinger);
        discard();
    }
    void discard() {
        stream_.async_read_some(net::buffer(piece_.get(), kPiece),
                                [self = shared_from_this()](error_code error, std::size_t) {
                                    if (!error) self->discard();
                                });
    }

    void begin_events(Response response) {
        topic_ = std::move(response.event_topic);
        loop_.readers[topic_].insert(this);
        ++loop_.reader_count;
        phase_ = Phase::events;
        opened_ = std::chrono::steady_clock::now();
        outbox_.push_back(event_stream_head(response));
        write_event();
    }
    void write_event() {
        stream_.expires_after(limits().write);
        net::async_write(stream_, net::buffer(outbox_.front()),
                         [self = shared_from_this()](error_code error, std::size_t) {
                             if (error) return self->stream_.close();
                             self->outbox_.pop_front();
                             if (!self->outbox_.empty()) return self->write_event();
                             self->stream_.expires_never();
                             self->wait_for_close();
                         });
    }
    void wait_for_close() {  // a reader of events has nothing to say: whatever comes ends it
        if (std::exchange(watching_, true)) return;
        stream_.async_read_some(net::buffer(&unused_, 1),
                                [self = shared_from_this()](error_code, std::size_t) { self->stream_.close(); });
    }

    void broken(error_code error) {
        if (error == bh::error::body_limit) return refuse(413);
        if (error == bh::error::header_limit || error == bh::error::buffer_overflow) return refuse(431);
        const bool malformed = error.category() == bh::make_error_code(bh::error::bad_method).category();
        if (malformed && error != bh::error::end_of_stream && error != bh::error::partial_message) return refuse(400);
        stream_.close();
    }

    Stream stream_;
    Server::Loop& loop_;
    const std::string connected_;
    beast::flat_buffer buffer_{48 * 1024};
    std::optional<bh::request_parser<bh::buffer_body>> parser_;
    std::unique_ptr<char[]> piece_;
    std::string_view got_;
    Request request_;
    bh::response<bh::string_body> response_;
    Phase phase_ = Phase::busy;
    std::string topic_;
    std::chrono::steady_clock::time_point opened_;
    std::deque<std::string> outbox_;
    bool refused_ = false;
    bool watching_ = false;
    char unused_ = 0;
};

}  // namespace kith::web::http
