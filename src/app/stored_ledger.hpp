// The ledger as the store has it, unbelieved: for the verifier, for proofs, and for whoever carries it elsewhere. Read
// in blocks, since it is read mostly in order.
#pragma once
#include <map>

#include "app/house.hpp"
#include "ledger/proof_text.hpp"
#include "ledger/verify.hpp"

namespace kith::app {

class StoredLedger final : public ledger::LedgerReader {
  public:
    /// Lives no longer than the snapshot it reads.
    explicit StoredLedger(Tables& tables) : tables_(tables) {}

    Result<std::optional<ledger::StoredLeaf>> leaf_from(std::uint64_t index) override;
    Result<std::optional<Bytes>> node(ledger::Place at) override;
    Result<std::uint64_t> node_count() override { return tables_.ledger().node_count(); }
    Result<std::optional<ledger::StoredCheckpoint>> checkpoint_from(std::uint64_t size) override;

    /// For proofs and roots; `betrayed` where a hash is missing or has not 32 bytes.
    ledger::NodeReader hashes();

  private:
    /// Rows that follow one another but for gaps, from `from` on; nothing else lies before `until`.
    struct Block {
        std::uint64_t from = 0, until = 0;
        std::vector<LedgerRow> rows;
        std::size_t next = 0;  ///< where the last search ended
        bool covers(std::uint64_t index) const { return from <= index && index < until; }
        const LedgerRow* first_at(std::uint64_t index);
    };
    static Block block_of(std::uint64_t from, std::vector<LedgerRow> rows);

    Tables& tables_;
    Block leaves_;
    std::map<unsigned, Block> levels_;
};

/// The ledger's key as it is handed to others.
Result<ledger::VerifierKey> verifier_of(const House& house);

/// The checkpoint of that size, with the lines of the witnesses that cosigned it. `not_found` where there is none.
Result<std::string> signed_note(Tables& tables, std::uint64_t size);
/// The newest.
Result<std::string> newest_note(Tables& tables);

/// That an entry is in the checkpoint of that size. `not_found` without such a checkpoint, `invalid` when the entry
/// came later.
Result<ledger::EntryProof> prove_entry(Tables& tables, std::uint64_t index, std::uint64_t size);
/// That the ledger at `size`, for which there must be a checkpoint, begins with what it was at `old_size`, for which
/// there need be none here.
Result<ledger::GrowthProof> prove_growth(Tables& tables, std::uint64_t old_size, std::uint64_t size);

}  // namespace kith::app
