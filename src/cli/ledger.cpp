// kith ledger checkpoint, entry and prove. All look at the data folder only, also while Kith serves. What is
// handed to others goes to stdout byte for byte, and words about it to stderr.
#include <iostream>

#include "app/stored_ledger.hpp"
#include "cli/commands.hpp"

namespace kith::cli {
namespace {

Result<std::string> chosen_note(app::Tables& tables, const CheckpointOptions& options) {
    if (options.size) return app::signed_note(tables, *options.size);
    if (!options.cosigned) return app::newest_note(tables);
    const auto size = KITH_TRY(tables.ledger().newest_cosigned());
    if (!size) return fail(Code::not_found, "no witness has cosigned yet");
    return app::signed_note(tables, *size);
}

}  // namespace

int ledger_checkpoint(Machinery& machinery, const Places& places, const CheckpointOptions& options, std::ostream& out) {
    const auto opened = machinery.open({.places = places, .company = Company::beside_a_server});
    if (!opened) return say(opened.error(), "open the data folder");
    app::House& house = (*opened)->house();
    const auto key = app::verifier_of(house);
    if (!key) return say(key.error(), "name the ledger's key");
    const auto note = house.store.reading([&](app::Tables& tables) { return chosen_note(tables, options); });
    if (!note && note.error().code != Code::not_found) return say(note.error(), "read the ledger");
    if (options.print != CheckpointOptions::Print::note) out << key->text() << '\n';
    if (options.print == CheckpointOptions::Print::key) return 0;
    if (options.print == CheckpointOptions::Print::both) out << '\n';
    if (note) {
        out << *note;
        return 0;
    }
    if (options.print == CheckpointOptions::Print::both && !options.cosigned && !options.size) {
        out << "no checkpoint yet\n";
        return 0;
    }
    return say(note.error(), "find that checkpoint");
}

int ledger_entry(Machinery& machinery, const Places& places, std::uint64_t index, std::ostream& out) {
    const auto opened = machinery.open({.places = places, .company = Company::beside_a_server});
    if (!opened) return say(opened.error(), "open the data folder");
    const auto leaf =
        (*opened)->house().store.reading([&](app::Tables& tables) { return tables.ledger().leaf(index); });
    if (!leaf) return say(leaf.error(), "find that entry");
    out << *leaf;
    return 0;
}

int ledger_prove(Machinery& machinery, const Places& places, const ProveOptions& options, std::ostream& out) {
    const auto opened = machinery.open({.places = places, .company = Company::beside_a_server});
    if (!opened) return say(opened.error(), "open the data folder");
    const auto proof = (*opened)->house().store.reading([&](app::Tables& tables) -> Result<std::string> {
        const auto newest = KITH_TRY(app::newest_note(tables));
        const std::uint64_t size = options.size.value_or(KITH_TRY(ledger::parse_checkpoint(newest)).checkpoint.size);
        if (options.entry) return ledger::write_proof(KITH_TRY(app::prove_entry(tables, *options.entry, size)));
        return ledger::write_proof(KITH_TRY(app::prove_growth(tables, options.since.value_or(0), size)));
    });
    if (!proof) return say(proof.error(), "prove that");
    out << *proof;
    return 0;
}

}  // namespace kith::cli
