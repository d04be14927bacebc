// Streaming multipart/form-data (RFC 7578): bytes in at any cut, parts out, bounded memory.
//
// INVARIANT: what is held back is never longer than one piece and the boundary (in data) or the longest head (in a
// head), so memory does not grow with the upload.
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace kith::web::http {

struct PartHead {
    std::string name;
    std::string filename;  ///< the last step of the path only; empty when a file field was left empty
    std::string type;      ///< as the browser says: a hint, never proof
    enum class Kind { text, file } kind = Kind::text;
    friend bool operator==(const PartHead&, const PartHead&) = default;
};

/// Gets the parts as they come: begin, data any number of times, end. An error stops the parser for good.
class PartReceiver {
  public:
    virtual ~PartReceiver() = default;
    virtual Result<void> begin(const PartHead& head) = 0;
    virtual Result<void> data(std::string_view piece) = 0;
    virtual Result<void> end() = 0;
};

struct MultipartLimits {
    std::size_t head_bytes = 8 * 1024;
    std::size_t preamble_bytes = 1024;
    std::size_t parts = 200;
    std::size_t name_bytes = 256;
};

/// The boundary of a multipart/form-data Content-Type, or `invalid`.
Result<std::string> boundary_of(std::string_view content_type);
/// The one parameter of that name in a header value such as `form-data; name="x"`, or empty.
std::string parameter_of(std::string_view header_value, std::string_view name);

class MultipartParser {
  public:
    /// The receiver must outlive the parser; the boundary is one that `boundary_of` gave.
    MultipartParser(std::string_view boundary, PartReceiver& receiver, const MultipartLimits& limits = {});

    /// After an error each later call gives the same error.
    Result<void> write(std::string_view piece);
    /// `invalid` when the closing boundary has not come.
    Result<void> finish() const;

  private:
    enum class State { preamble, after_mark, head, data, done };
    enum class Step { wait, go_on };

    Result<Step> step();
    Result<Step> step_to_mark();
    Result<Step> step_after_mark();
    Result<Step> step_head();
    Result<PartHead> parse_head(std::string_view text) const;

    std::string mark_;
    PartReceiver& receiver_;
    MultipartLimits limits_;
    std::string held_;
    State state_ = State::preamble;
    std::size_t parts_ = 0;
    std::size_t preamble_ = 0;
    Result<void> health_;
};

}  // namespace kith::web::http
