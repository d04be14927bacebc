#include <cstdint>
#include <cstdlib>

#include "ledger/checkpoint.hpp"

// A note that we could read begins with the one body its checkpoint has, and takes one more signature.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kith::ledger;
    const auto note = kith::as_text(kith::BytesView(data, size));
    (void)VerifierKey::parse(note);
    const auto read = parse_checkpoint(note);
    if (!read) return 0;
    const auto body = body_of(read->checkpoint);
    if (!body || !note.starts_with(*body)) std::abort();
    if (read->signatures.size() == max_signatures) return 0;
    static const auto witness = VerifierKey::of("witness.example", PublicKey{});
    const auto cosigned = cosign(note, *witness, Signature{});
    if (!cosigned) return 0;  // longer than a note may be
    const auto again = parse_checkpoint(*cosigned);
    if (!again || again->checkpoint != read->checkpoint) std::abort();
    if (again->signatures.size() != read->signatures.size() + 1) std::abort();
    return 0;
}
