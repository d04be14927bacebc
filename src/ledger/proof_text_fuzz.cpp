#include <cstdint>
#include <cstdlib>

#include "ledger/proof_text.hpp"

// A proof that we could read has one form, but for an extra line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kith::ledger;
    const auto text = kith::as_text(kith::BytesView(data, size));
    if (const auto growth = parse_growth_proof(text); growth && write_proof(*growth) != text) std::abort();
    const auto entry = parse_entry_proof(text);
    if (!entry) return 0;
    const auto again = parse_entry_proof(write_proof(*entry));
    if (!again || *again != *entry) std::abort();
    return 0;
}
