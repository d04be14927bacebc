#include "app/stored_ledger.hpp"

#include <algorithm>
#include <limits>

namespace kith::app {
namespace {

constexpr std::size_t kBlock = 1024;
constexpr std::uint64_t kNoEnd = std::numeric_limits<std::uint64_t>::max();

}  // namespace

const LedgerRow* StoredLedger::Block::first_at(std::uint64_t index) {
    if (next > rows.size() || (next > 0 && rows[next - 1].index >= index)) next = 0;
    while (next < rows.size() && rows[next].index < index) ++next;
    return next == rows.size() ? nullptr : &rows[next];
}

StoredLedger::Block StoredLedger::block_of(std::uint64_t from, std::vector<LedgerRow> rows) {
    const bool is_last = rows.size() < kBlock;
    const std::uint64_t until = is_last ? kNoEnd : rows.back().index + 1;
    return {from, until, std::move(rows), 0};
}

Result<std::optional<ledger::StoredLeaf>> StoredLedger::leaf_from(std::uint64_t index) {
    if (!leaves_.covers(index)) leaves_ = block_of(index, KITH_TRY(tables_.ledger().leaves_from(index, kBlock)));
    const LedgerRow* row = leaves_.first_at(index);
    if (row == nullptr) return std::optional<ledger::StoredLeaf>();
    return std::optional(ledger::StoredLeaf{row->index, row->bytes});
}

Result<std::optional<Bytes>> StoredLedger::node(ledger::Place at) {
    Block& block = levels_[at.level];
    if (!block.covers(at.index))
        block = block_of(at.index, KITH_TRY(tables_.ledger().nodes_from(at.level, at.index, kBlock)));
    const LedgerRow* row = block.first_at(at.index);
    if (row == nullptr || row->index != at.index) return std::optional<Bytes>();
    return std::optional(row->bytes);
}

Result<std::optional<ledger::StoredCheckpoint>> StoredLedger::checkpoint_from(std::uint64_t size) {
    const auto found = KITH_TRY(tables_.ledger().checkpoint_from(size));
    if (!found) return std::optional<ledger::StoredCheckpoint>();
    return std::optional(ledger::StoredCheckpoint{found->first, found->second});
}

ledger::NodeReader StoredLedger::hashes() {
    return [this](ledger::Place at) -> Result<ledger::Hash> {
        const auto stored = KITH_TRY(node(at));
        ledger::Hash hash;
        if (!stored || stored->size() != hash.size())
            return fail(Code::betrayed, "a stored hash is missing or damaged");
        std::ranges::copy(*stored, hash.begin());
        return hash;
    };
}

Result<ledger::VerifierKey> verifier_of(const House& house) {
    return ledger::VerifierKey::of(house.identity.origin, house.identity.ledger_signer.public_half);
}

Result<std::string> signed_note(Tables& tables, std::uint64_t size) {
    const auto found = KITH_TRY(tables.ledger().checkpoint_from(size));
    if (!found || found->first != size) return fail(Code::not_found, "there is no checkpoint of that size");
    std::map<std::string, std::string> newest_lines;
    for (CosignatureRow& row : KITH_TRY(tables.ledger().cosignatures(size)))
        newest_lines[row.witness] = std::move(row.line);
    std::string note = found->second;
    for (const auto& [witness, line] : newest_lines) note += line;
    return note;
}

Result<std::string> newest_note(Tables& tables) {
    const auto note = KITH_TRY(tables.ledger().checkpoint());
    if (!note) return fail(Code::not_found, "no checkpoint yet");
    return signed_note(tables, KITH_TRY(ledger::parse_checkpoint(*note)).checkpoint.size);
}

Result<ledger::EntryProof> prove_entry(Tables& tables, std::uint64_t index, std::uint64_t size) {
    StoredLedger stored(tables);
    std::string note = KITH_TRY(signed_note(tables, size));
    return ledger::EntryProof{index, KITH_TRY(ledger::inclusion_proof(index, size, stored.hashes())), std::move(note)};
}

Result<ledger::GrowthProof> prove_growth(Tables& tables, std::uint64_t old_size, std::uint64_t size) {
    StoredLedger stored(tables);
    std::string note = KITH_TRY(signed_note(tables, size));
    return ledger::GrowthProof{old_size, KITH_TRY(ledger::consistency_proof(old_size, size, stored.hashes())),
                               std::move(note)};
}

}  // namespace kith::app
