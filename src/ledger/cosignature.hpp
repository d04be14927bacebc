// Cosignatures (C2SP tlog-cosignature, Ed25519): a witness says that at this time the largest tree it had seen of this
// ledger, each the continuation of the one before, had this root. The line's bytes are the time, eight of them, and the
// signature of
//
//     cosignature/v1
//     time 1679315147
//     the body of the checkpoint
#pragma once
#include "ledger/checkpoint.hpp"

namespace kith::ledger {

/// Seconds since 1970.
using Seconds = std::uint64_t;

/// A line over the body of this note.
Result<std::string> cosignature_line(const SignedCheckpoint& note, const VerifierKey& witness, Seconds at,
                                     const SignBody& sign);
/// When that key says it signed, from the bytes after a line's key id; nothing when the signature is not over this
/// body.
std::optional<Seconds> cosigned_at(BytesView bytes, const VerifierKey& witness, std::string_view body,
                                   const VerifySignature& verify = verify_ed25519);

struct Cosigned {
    std::string line;
    Seconds at = 0;
};
/// The witness's lines below this note. `betrayed` when one of them does not verify.
Result<std::vector<Cosigned>> cosigned_by(const SignedCheckpoint& note, const VerifierKey& witness,
                                          const VerifySignature& verify = verify_ed25519);

}  // namespace kith::ledger
