#include "app/cosigned.hpp"

namespace kith::app {
namespace {

Result<void> is_ours(Tables& tables, const ledger::Checkpoint& cosigned) {
    const auto kept = KITH_TRY(tables.ledger().checkpoint_from(cosigned.size));
    if (!kept || KITH_TRY(ledger::parse_checkpoint(kept->second)).checkpoint != cosigned)
        return fail(Code::conflict, "that is no checkpoint of this ledger as it is now");
    return {};
}

Result<Instant> instant_of(ledger::Seconds at) {
    constexpr ledger::Seconds kLatest = 253402300799;  // 9999
    if (at > kLatest) return fail(Code::invalid, "a cosignature's time is beyond any year of ours");
    return from_millis(static_cast<std::int64_t>(at) * 1000);
}

}  // namespace

Result<std::size_t> keep_cosignatures(House& house, std::string_view note, const ledger::VerifierKey& witness) {
    const auto parsed = KITH_TRY(ledger::parse_checkpoint(note));
    const auto lines = KITH_TRY(ledger::cosigned_by(parsed, witness));
    if (lines.empty()) return fail(Code::not_found, "there is no line of that witness's key");
    return house.store.writing([&](Tables& tables) -> Result<std::size_t> {
        KITH_TRY(is_ours(tables, parsed.checkpoint));
        std::size_t added = 0;
        for (const ledger::Cosigned& one : lines) {
            const auto kept = tables.ledger().add_cosignature(
                {parsed.checkpoint.size, witness.text(), KITH_TRY(instant_of(one.at)), one.line});
            if (!kept && kept.error().code != Code::conflict) return Failure(kept.error());
            added += kept ? 1U : 0U;
        }
        return added;
    });
}

}  // namespace kith::app
