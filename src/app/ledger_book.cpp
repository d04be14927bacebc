// The ledger as use cases write it: one leaf an act, appended in the act's own transaction, its head read from the
// tables each time and never kept in memory; one signed checkpoint a group of transactions.
#include <algorithm>

#include "app/house.hpp"
#include "base/text.hpp"
#include "ledger/checkpoint.hpp"
#include "ledger/leaf.hpp"

namespace kith::app {
namespace {

ledger::NodeReader reader_of(Tables& tables) {
    return [&tables](ledger::Place at) -> Result<ledger::Hash> { return tables.ledger().node(at.level, at.index); };
}

Result<ledger::Leaf> leaf_of(std::string_view by, const Entry& entry, Instant at, Cryptography& crypto) {
    ledger::Leaf leaf;
    leaf.at = at;
    leaf.act = entry.act.text;
    leaf.by = by;
    if (!entry.subject.empty()) leaf.subject = entry.subject;
    leaf.clauses = entry.clauses;
    if (const auto cut = entry.pack.find('@'); cut != std::string::npos)
        leaf.pack = ledger::Pack{entry.pack.substr(0, cut), entry.pack.substr(cut + 1)};
    for (const auto& [name, value] : entry.facts) leaf.facts.push_back({name, text::ascii_lower(value)});
    for (const auto& [place, sealed] : entry.sealed_digests) {
        const auto cut = place.find('/');
        KITH_CHECK(cut != std::string::npos);
        leaf.digests.push_back({place.substr(0, cut), place.substr(cut + 1), crypto.sha256(sealed)});
    }
    return leaf;
}

}  // namespace

Result<void> append_entry(Tables& tables, std::string_view by, const Entry& entry, Instant at, Cryptography& crypto) {
    const std::string text = KITH_TRY(ledger::encode(KITH_TRY(leaf_of(by, entry, at, crypto))));
    const std::uint64_t size = KITH_TRY(tables.ledger().size());
    KITH_TRY(tables.ledger().add_leaf(size, text));
    for (const ledger::Node& node : KITH_TRY(ledger::grow(size, ledger::leaf_hash(as_bytes(text)), reader_of(tables))))
        KITH_TRY(tables.ledger().add_node(node.at.level, node.at.index, node.hash));
    if (!entry.subject.empty()) KITH_TRY(tables.ledger().index_subject(entry.subject, size));
    return {};
}

Result<void> sign_checkpoint(Tables& tables, Cryptography& crypto, const SigningPair& signer, std::string_view origin) {
    const std::uint64_t size = KITH_TRY(tables.ledger().size());
    const auto newest = KITH_TRY(tables.ledger().checkpoint());
    if (newest && KITH_TRY(ledger::parse_checkpoint(*newest)).checkpoint.size == size) return {};
    if (size == 0) return {};
    const ledger::Checkpoint head{std::string(origin), size, KITH_TRY(ledger::root(size, reader_of(tables)))};
    const auto name = KITH_TRY(ledger::VerifierKey::of(std::string(origin), signer.public_half));
    const auto note =
        KITH_TRY(ledger::sign_checkpoint(head, name, [&](BytesView body) { return crypto.sign(signer, body); }));
    return tables.ledger().add_checkpoint(size, note);
}

}  // namespace kith::app
