#include "ledger/cosignature.hpp"

#include <limits>

#include "ledger/lines.hpp"

namespace kith::ledger {
namespace {

constexpr Seconds kLatest = std::numeric_limits<std::int64_t>::max();

std::string message_of(std::string_view body, Seconds at) {
    return "cosignature/v1\ntime " + std::to_string(at) + '\n' + std::string(body);
}

}  // namespace

Result<std::string> cosignature_line(const SignedCheckpoint& note, const VerifierKey& witness, Seconds at,
                                     const SignBody& sign) {
    if (witness.kind() != KeyKind::witness) return fail(Code::invalid, "not a witness's key", "key");
    if (at > kLatest) return fail(Code::invalid, "not a time", "time");
    const std::string message = message_of(KITH_TRY(body_of(note.checkpoint)), at);
    Bytes bytes;
    append_u64(bytes, at);
    append(bytes, sign(as_bytes(message)));
    return line_of({witness.name(), witness.id(), std::move(bytes)});
}

std::optional<Seconds> cosigned_at(BytesView bytes, const VerifierKey& witness, std::string_view body,
                                   const VerifySignature& verify) {
    ByteReader reader(bytes);
    const Seconds at = reader.u64();
    const auto signature = exactly<64>(to_bytes(reader.raw(64)));
    if (!reader.at_end() || !signature || at > kLatest) return std::nullopt;
    if (!verify(witness.key(), as_bytes(message_of(body, at)), *signature)) return std::nullopt;
    return at;
}

Result<std::vector<Cosigned>> cosigned_by(const SignedCheckpoint& note, const VerifierKey& witness,
                                          const VerifySignature& verify) {
    const std::string body = KITH_TRY(body_of(note.checkpoint));
    std::vector<Cosigned> found;
    for (const NoteSignature& line : note.signatures) {
        if (witness.kind() != KeyKind::witness || !is_line_of(line, witness)) continue;
        const auto at = cosigned_at(line.bytes, witness, body, verify);
        if (!at) return fail(Code::betrayed, "a cosignature is not of this checkpoint");
        found.push_back({line_of(line), *at});
    }
    return found;
}

}  // namespace kith::ledger
