// kith ledger verify: recomputes every hash and compares it with the signed checkpoints, offline.
#include <iostream>

#include "cli/commands.hpp"

namespace kith::cli {
namespace {

/// The ledger as the store has it, unbelieved.
class StoredLedger : public ledger::LedgerReader {
  public:
    explicit StoredLedger(app::Tables& tables) : tables_(tables) {}

    Result<std::optional<ledger::StoredLeaf>> leaf_from(std::uint64_t index) override {
        const auto found = KITH_TRY(tables_.ledger().leaf_from(index));
        if (!found) return std::optional<ledger::StoredLeaf>();
        return std::optional(ledger::StoredLeaf{found->first, to_bytes(found->second)});
    }
    Result<std::optional<Bytes>> node(ledger::Place at) override {
        return tables_.ledger().stored_node(at.level, at.index);
    }
    Result<std::uint64_t> node_count() override { return tables_.ledger().node_count(); }
    Result<std::optional<ledger::StoredCheckpoint>> checkpoint_from(std::uint64_t size) override {
        const auto found = KITH_TRY(tables_.ledger().checkpoint_from(size));
        if (!found) return std::optional<ledger::StoredCheckpoint>();
        return std::optional(ledger::StoredCheckpoint{found->first, found->second});
    }

  private:
    app::Tables& tables_;
};

Result<ledger::VerifierKey> verifier_of(const app::House& house) {
    return ledger::VerifierKey::of(house.identity.origin, house.identity.ledger_signer.public_half);
}

}  // namespace

int ledger_verify(Machinery& machinery, const Places& places, std::ostream& out) {
    const auto opened = machinery.open({.places = places, .company = Company::beside_a_server});
    if (!opened) return say(opened.error(), "open the data folder");
    app::House& house = (*opened)->house();
    const auto key = verifier_of(house);
    if (!key) return say(key.error(), "name the ledger's key");
    const auto report = house.store.reading([&](app::Tables& tables) {
        StoredLedger stored(tables);
        return ledger::verify(stored, {&*key, 1});
    });
    if (!report) return say(report.error(), "read the ledger");
    for (const auto& fault : report->faults) out << "ALTERED: " << ledger::describe(fault) << '\n';
    if (!report->intact()) {
        out << report->fault_count << " faults in " << report->leaves << " entries\n";
        return 1;
    }
    out << "intact: " << report->leaves << " entries, " << report->nodes << " hashes, " << report->checkpoints
        << " signed checkpoints\n";
    return 0;
}

int ledger_checkpoint(Machinery& machinery, const Places& places, std::ostream& out) {
    const auto opened = machinery.open({.places = places, .company = Company::beside_a_server});
    if (!opened) return say(opened.error(), "open the data folder");
    app::House& house = (*opened)->house();
    const auto key = verifier_of(house);
    if (!key) return say(key.error(), "name the ledger's key");
    const auto note = house.store.reading([](app::Tables& tables) { return tables.ledger().checkpoint(); });
    if (!note) return say(note.error(), "read the ledger");
    out << key->text() << "\n\n" << note->value_or("no checkpoint yet\n");
    return 0;
}

}  // namespace kith::cli
