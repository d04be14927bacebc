// The HTTP server: one I/O thread reads, parses and writes; handlers are plain blocking functions on a pool of workers.
// It listens on this machine only, on 127.0.0.1 or a Unix socket; TLS and HTTP/2 are the reverse proxy's. All of Boost
// is in server.cpp.
//
// Promises: 1. no phase waits longer than its deadline, however the bytes drip; 2. no request holds more memory than
// its limit; 3. every answer carries the security headers; 4. after `stop`, each request that a handler has is
// answered;
// 5. an idle or slow connection never holds a worker.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "web/http/message.hpp"
#include "web/http/peer.hpp"

namespace kith::web::http {

struct Limits {
    std::uint32_t header_bytes = 16 * 1024;
    std::uint64_t body_bytes = 256 * 1024;
    std::uint64_t upload_bytes = 24 * 1024 * 1024;  ///< of a body that a sink takes
    std::size_t connections = 4096;                 ///< the next ones are answered 503
    std::size_t event_streams = 1024;               ///< of these connections

    std::chrono::milliseconds header{30'000};  ///< from connecting, or from the last answer, to the end of the head
    std::chrono::milliseconds body{30'000};
    std::chrono::milliseconds upload{300'000};
    std::chrono::milliseconds write{30'000};  ///< and one second more for each 64 KB
    std::chrono::milliseconds drain{
        20'000};  ///< after stop, for what is still read or written; a handler is waited for
    std::chrono::milliseconds event_ping{20'000};
    std::chrono::milliseconds event_stream{
        3'600'000};  ///< then it ends; the page opens it again and is asked who it is
};

enum class Signals {
    stop,   ///< SIGTERM and SIGINT stop the server; the second one ends the process
    leave,  ///< somebody else's
};

/// What is said to whoever is refused before a handler, or when one failed. `incident` is empty but for 500.
struct Refusal {
    int status;
    std::string incident;
};

struct Options {
    std::uint16_t port = 8080;  ///< on 127.0.0.1; 0 takes any that is free
    std::string unix_socket;    ///< used instead of the port when set
    unsigned unix_mode = 0660;
    unsigned workers = 64;  ///< each may wait for a commit, so: as many as submissions at once
    Proxy proxy = Proxy::none;
    Signals signals = Signals::stop;
    std::function<std::string(const Refusal&)> refusal;  ///< a small complete HTML page, from any thread
    std::function<void(std::uint16_t port)> on_ready;  ///< from `run`, once connections are taken; 0 for a Unix socket
    Limits limits;
};

/// Runs on a worker, on many at once, and may block. A Bug or any exception becomes 500 with an incident number.
using Handler = std::function<Response(Request&)>;
/// Runs on the I/O thread once the head is in, so it must not block: a sink when this request's body is to be streamed.
using SinkFor = std::function<std::unique_ptr<BodySink>(const Request&)>;

class Server {
  public:
    /// Binds the address. `conflict` when somebody has it, `unavailable` when it cannot be had.
    static Result<std::unique_ptr<Server>> open(Options options, Handler handler, SinkFor sink_for = {});
    ~Server();

    std::uint16_t port() const;
    /// Serves until `stop` or a signal, and until what was begun is answered. Once only.
    void run();
    /// From any thread.
    void stop();
    /// Sends data to every reader of the topic. From any thread.
    void publish(std::string_view topic, std::string_view data);

    struct Loop;

  private:
    explicit Server(std::unique_ptr<Loop> loop);
    std::unique_ptr<Loop> loop_;
};

}  // namespace kith::web::http
