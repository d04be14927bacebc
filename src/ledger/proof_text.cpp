#include "ledger/proof_text.hpp"

#include "ledger/lines.hpp"

namespace kith::ledger {
namespace {

constexpr std::string_view kEntryProof = "c2sp.org/tlog-proof@v1\n";

std::string lines_of(const Proof& path) {
    std::string text;
    for (const Hash& hash : path) text += to_base64(hash) + '\n';
    return text;
}

/// The hashes up to the empty line, which is cut off as well.
std::optional<Proof> read_path(std::string_view& text) {
    Proof path;
    for (;;) {
        const auto line = cut(text, "\n");
        if (!line || path.size() > max_proof) return std::nullopt;
        if (line->empty()) return path;
        const auto hash = exactly<32>(from_base64(*line));
        if (!hash) return std::nullopt;
        path.push_back(*hash);
    }
}

std::optional<std::uint64_t> read_number(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) return std::nullopt;
    text.remove_prefix(word.size());
    const auto line = cut(text, "\n");
    return line ? number_of(*line) : std::nullopt;
}

}  // namespace

std::string write_proof(const EntryProof& proof) {
    return std::string(kEntryProof) + "index " + std::to_string(proof.index) + '\n' + lines_of(proof.path) + '\n' +
           proof.note;
}

std::string write_proof(const GrowthProof& proof) {
    return "old " + std::to_string(proof.old_size) + '\n' + lines_of(proof.path) + '\n' + proof.note;
}

Result<EntryProof> parse_entry_proof(std::string_view text) {
    if (text.size() > max_proof_text) return fail(Code::too_large, "proof too large");
    if (!text.starts_with(kEntryProof)) return fail(Code::invalid, "not a proof of an entry");
    text.remove_prefix(kEntryProof.size());
    if (text.starts_with("extra ") && !cut(text, "\n")) return fail(Code::invalid, "not a proof of an entry");
    const auto index = read_number(text, "index ");
    auto path = index ? read_path(text) : std::nullopt;
    if (!path) return fail(Code::invalid, "not a proof of an entry");
    KITH_TRY(parse_checkpoint(text));
    return EntryProof{*index, *std::move(path), std::string(text)};
}

Result<GrowthProof> parse_growth_proof(std::string_view text) {
    if (text.size() > max_proof_text) return fail(Code::too_large, "proof too large");
    const auto old_size = read_number(text, "old ");
    auto path = old_size ? read_path(text) : std::nullopt;
    if (!path) return fail(Code::invalid, "not a proof that a ledger grew");
    KITH_TRY(parse_checkpoint(text));
    return GrowthProof{*old_size, *std::move(path), std::string(text)};
}

}  // namespace kith::ledger
