#include <cstdint>
#include <cstdlib>
#include <vector>

#include "base/bytes.hpp"
#include "web/http/multipart.hpp"

namespace {
using namespace kith;
using namespace kith::web::http;

struct Seen : PartReceiver {
    std::vector<std::pair<PartHead, std::string>> parts;
    std::size_t ended = 0;
    Result<void> begin(const PartHead& head) override {
        if (parts.size() != ended) std::abort();
        parts.emplace_back(head, std::string());
        return {};
    }
    Result<void> data(std::string_view piece) override {
        if (parts.size() != ended + 1) std::abort();
        parts.back().second += piece;
        return {};
    }
    Result<void> end() override {
        if (parts.size() != ++ended) std::abort();
        return {};
    }
};

bool read(std::string_view body, std::size_t piece, Seen& seen) {
    MultipartParser parser("b", seen);
    for (; !body.empty(); body.remove_prefix(std::min(piece, body.size())))
        if (!parser.write(body.substr(0, piece))) return false;
    return parser.finish().has_value();
}
}  // namespace

// The first byte says where to cut; any cut gives the same parts and the same answer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view body = as_text(BytesView(data + 1, size - 1));
    Seen whole;
    Seen pieces;
    const bool fine = read(body, body.size() + 1, whole);
    if (read(body, 1U + data[0], pieces) != fine) std::abort();
    if (fine && whole.parts != pieces.parts) std::abort();
    (void)boundary_of(body);
    (void)parameter_of(body, "name");
    return 0;
}
