#include "ledger/checkpoint.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "ledger/cosignature.hpp"
#include "ledger/lines.hpp"

namespace kith::ledger {
namespace {

constexpr std::string_view kDash = "\u2014 ";
constexpr auto kSpaces =
    std::to_array<std::string_view>({" ",      "\t",     "\r",     "\n",     "+",      "\u0085", "\u00a0", "\u1680",
                                     "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007",
                                     "\u2008", "\u2009", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"});

/// No plus sign and no Unicode space, as signed notes ask.
bool is_name(std::string_view name) {
    return !name.empty() && text::is_clean_utf8(name) &&
           std::ranges::none_of(kSpaces, [&](std::string_view space) { return name.find(space) != name.npos; });
}

KeyId key_id_of(std::string_view name, const PublicKey& key, KeyKind kind) {
    Bytes input = to_bytes(name);
    input.push_back('\n');
    input.push_back(static_cast<Byte>(kind));
    append(input, key);
    Hash hash;
    crypto_hash_sha256(hash.data(), input.data(), input.size());
    KeyId id;
    std::copy_n(hash.begin(), id.size(), id.begin());
    return id;
}

std::string signature_line(const VerifierKey& signer, const Signature& signature) {
    return line_of({signer.name(), signer.id(), to_bytes(signature)});
}

std::string write_body(const Checkpoint& checkpoint) {
    return checkpoint.origin + '\n' + std::to_string(checkpoint.size) + '\n' + to_base64(checkpoint.root) + '\n';
}

std::optional<Checkpoint> read_body(std::string_view& note) {
    const auto origin = cut(note, "\n");
    const auto size = cut(note, "\n");
    const auto root = cut(note, "\n");
    if (!origin || !size || !root || !is_name(*origin)) return std::nullopt;
    const auto hash = exactly<32>(from_base64(*root));
    Checkpoint checkpoint{std::string(*origin), 0, {}};
    const auto read = std::from_chars(size->data(), size->data() + size->size(), checkpoint.size);
    if (!hash || read.ec != std::errc{} || std::to_string(checkpoint.size) != *size) return std::nullopt;
    checkpoint.root = *hash;
    return checkpoint;
}

std::optional<NoteSignature> read_signature(std::string_view& note) {
    if (!note.starts_with(kDash)) return std::nullopt;
    note.remove_prefix(kDash.size());
    const auto name = cut(note, " ");
    const auto base64 = cut(note, "\n");
    if (!name || !base64 || !is_name(*name)) return std::nullopt;
    const auto bytes = from_base64(*base64);
    NoteSignature signature{std::string(*name), {}, {}};
    if (!bytes || bytes->size() <= signature.key_id.size()) return std::nullopt;
    const auto middle = bytes->begin() + static_cast<std::ptrdiff_t>(signature.key_id.size());
    std::copy(bytes->begin(), middle, signature.key_id.begin());
    signature.bytes.assign(middle, bytes->end());
    return signature;
}

}  // namespace

VerifierKey::VerifierKey(std::string name, const PublicKey& key, KeyKind kind)
    : name_(std::move(name)), key_(key), kind_(kind), id_(key_id_of(name_, key, kind)) {}

Result<VerifierKey> VerifierKey::of(std::string name, const PublicKey& key, KeyKind kind) {
    if (!is_name(name)) return fail(Code::invalid, "not a key's name", "name");
    return VerifierKey(std::move(name), key, kind);
}

Result<VerifierKey> VerifierKey::parse(std::string_view text) {
    const auto name = cut(text, "+");
    const auto id = cut(text, "+");
    const auto typed_key = exactly<33>(from_base64(text));
    if (!name || !id || !typed_key) return fail(Code::invalid, "not an ed25519 verifier key", "key");
    const auto kind = static_cast<KeyKind>(typed_key->front());
    if (kind != KeyKind::log && kind != KeyKind::witness)
        return fail(Code::invalid, "not an ed25519 verifier key", "key");
    PublicKey key;
    std::copy(typed_key->begin() + 1, typed_key->end(), key.begin());
    VerifierKey verifier = KITH_TRY(of(std::string(*name), key, kind));
    if (to_hex(verifier.id()) != *id) return fail(Code::invalid, "key id does not belong to the key", "key");
    return verifier;
}

std::string VerifierKey::text() const {
    Bytes typed_key{static_cast<Byte>(kind_)};
    append(typed_key, key_);
    return name_ + '+' + to_hex(id_) + '+' + to_base64(typed_key);
}

Result<std::string> body_of(const Checkpoint& checkpoint) {
    if (!is_name(checkpoint.origin)) return fail(Code::invalid, "not an origin", "origin");
    return write_body(checkpoint);
}

std::string line_of(const NoteSignature& signature) {
    Bytes bytes(signature.key_id.begin(), signature.key_id.end());
    append(bytes, signature.bytes);
    return std::string(kDash) + signature.name + ' ' + to_base64(bytes) + '\n';
}

Result<std::string> assemble(const Checkpoint& checkpoint, const VerifierKey& signer, const Signature& signature) {
    const std::string body = KITH_TRY(body_of(checkpoint));
    return body + '\n' + signature_line(signer, signature);
}

Result<std::string> cosign(std::string_view note, const VerifierKey& signer, const Signature& signature) {
    std::string more = std::string(note) + signature_line(signer, signature);
    KITH_TRY(parse_checkpoint(note));
    KITH_TRY(parse_checkpoint(more));
    return more;
}

Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const VerifierKey& signer, const SignBody& sign) {
    if (signer.name() != checkpoint.origin) return fail(Code::invalid, "the key is not the origin's", "origin");
    const std::string body = KITH_TRY(body_of(checkpoint));
    return body + '\n' + signature_line(signer, sign(as_bytes(body)));
}

Result<SignedCheckpoint> parse_checkpoint(std::string_view note) {
    if (note.size() > max_note) return fail(Code::too_large, "checkpoint too large");
    if (!text::is_clean_utf8(note)) return fail(Code::invalid, "checkpoint is not clean text");
    auto checkpoint = read_body(note);
    if (!checkpoint || !note.starts_with('\n')) return fail(Code::invalid, "not the body of a checkpoint");
    note.remove_prefix(1);
    SignedCheckpoint parsed{*std::move(checkpoint), {}};
    while (!note.empty()) {
        auto signature = read_signature(note);
        if (!signature || parsed.signatures.size() == max_signatures)
            return fail(Code::invalid, "not the signatures of a checkpoint");
        parsed.signatures.push_back(*std::move(signature));
    }
    if (parsed.signatures.empty()) return fail(Code::invalid, "checkpoint without signature");
    return parsed;
}

bool verify_ed25519(const PublicKey& key, BytesView message, const Signature& signature) {
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), key.data()) == 0;
}

bool is_line_of(const NoteSignature& line, const VerifierKey& key) {
    return key.name() == line.name && key.id() == line.key_id;
}

namespace {
bool holds(const NoteSignature& line, const VerifierKey& key, const std::string& body, const VerifySignature& verify) {
    if (key.kind() == KeyKind::witness) return cosigned_at(line.bytes, key, body, verify).has_value();
    const auto signature = exactly<64>(line.bytes);
    return signature && verify(key.key(), as_bytes(body), *signature);
}
}  // namespace

Standing standing(const SignedCheckpoint& note, std::span<const VerifierKey> known, const VerifySignature& verify) {
    const std::string body = write_body(note.checkpoint);
    Standing found = Standing::not_signed;
    for (const NoteSignature& line : note.signatures) {
        const auto key = std::ranges::find_if(known, [&](const VerifierKey& k) { return is_line_of(line, k); });
        if (key == known.end()) continue;
        if (!holds(line, *key, body, verify)) return Standing::wrong;
        if (key->kind() == KeyKind::log && key->name() == note.checkpoint.origin) found = Standing::signed_by_origin;
    }
    return found;
}

Result<Checkpoint> open_checkpoint(std::string_view note, std::span<const VerifierKey> known,
                                   const VerifySignature& verify) {
    SignedCheckpoint parsed = KITH_TRY(parse_checkpoint(note));
    switch (standing(parsed, known, verify)) {
        case Standing::signed_by_origin:
            return std::move(parsed.checkpoint);
        case Standing::not_signed:
            return fail(Code::betrayed, "checkpoint is not signed by a known key of its origin");
        case Standing::wrong:
            return fail(Code::betrayed, "signature of a checkpoint is wrong");
    }
    return fail(Code::betrayed, "checkpoint of unknown standing");
}

}  // namespace kith::ledger
