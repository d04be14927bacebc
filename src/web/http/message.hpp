// A request and its answer, as the rest of the web room sees them. Nothing here knows how bytes travel.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace kith::web::http {

enum class Method { get, head, post, put, patch, delete_, options };
std::string_view to_text(Method method);
std::optional<Method> method_of(std::string_view text);

/// Takes an upload piece by piece, so that it is never whole in memory. All calls come from workers, one after another,
/// and may block; the destructor may run on the I/O thread
/// (when the connection breaks) and should not. An error refuses the request with `status_of(error.code)`.
class BodySink {
  public:
    virtual ~BodySink() = default;
    virtual Result<void> write(std::string_view piece) = 0;
    /// The body is complete; runs before the handler.
    virtual Result<void> finish() = 0;
};

struct Header {
    std::string name;
    std::string value;
    friend bool operator==(const Header&, const Header&) = default;
};

struct Request {
    Method method = Method::get;
    std::string path;   ///< as sent, still percent-encoded; starts with a slash
    std::string query;  ///< as sent, without the question mark
    std::vector<Header> headers;
    std::string body;  ///< empty when `sink` took it
    std::unique_ptr<BodySink> sink;
    std::string peer;  ///< the address of who asks, or empty on a Unix socket without a trusted proxy
    std::string
        peer_network;  ///< the same, IPv6 cut to its /64: the key for limits, as one household holds a whole /64

    /// The first field of that name in any letter case, or empty.
    std::string_view header(std::string_view name) const;
};

enum class Cache {
    no_store,
    immutable,  ///< only for what has its fingerprint in its name
};

struct Response {
    int status = 200;
    std::string body{};
    std::string type = "text/html; charset=utf-8";
    std::vector<Header> headers{};
    Cache cache = Cache::no_store;
    std::string event_topic{};  ///< when set: keep the connection and send this topic's events (text/event-stream)
};

/// 303: after a form, so that going back or reloading does not send it again.
Response see_other(std::string_view path_and_query);
/// Content-Disposition for a file to keep. The name may be in any script.
Header attachment(std::string_view filename);

/// The one place where a failure becomes an HTTP status.
int status_of(Code code);
std::string_view reason_of(int status);

/// Throws Bug when a header could break out of its line (a CR or LF in a value splits the answer) or the status is
/// none.
void check_sendable(const Response& response);

/// True when both are the same but for ASCII letter case.
bool same_name(std::string_view a, std::string_view b);
/// True for a non-empty RFC 9110 token: what names of headers and cookies are made of.
bool is_token(std::string_view text);

}  // namespace kith::web::http
