#include <cstdint>
#include <cstdlib>

#include "base/bytes.hpp"
#include "web/json.hpp"

// What we could read we write back as the same tree, in the same bytes each time.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kith;
    const auto read = web::parse_json(as_text(BytesView(data, size)), 1 << 16);
    if (!read) return 0;
    const std::string written = web::to_text(*read);
    const auto again = web::parse_json(written, 1 << 20);
    if (!again || *again != *read || web::to_text(*again) != written) std::abort();
    return 0;
}
