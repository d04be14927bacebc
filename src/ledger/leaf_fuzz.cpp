#include <cstdint>
#include <cstdlib>

#include "ledger/leaf.hpp"

// A leaf that we could read is one that we could have written, byte for byte.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kith;
    const auto text = as_text(BytesView(data, size));
    const auto leaf = ledger::decode(text);
    if (!leaf) return 0;
    const auto again = ledger::encode(*leaf);
    if (!again || *again != text) std::abort();
    return 0;
}
