// What a witness answered, put beside the checkpoint it speaks of.
#pragma once
#include "app/house.hpp"
#include "ledger/cosignature.hpp"

namespace kith::app {

/// How many of the witness's lines below `note` are new here. `betrayed` when one does not verify, `not_found` without
/// any, `conflict` when the note is not a checkpoint of this ledger as it is now. Leaves no entry: that would be the
/// first one that the witness has not seen (docs/decisions/0023).
Result<std::size_t> keep_cosignatures(House& house, std::string_view note, const ledger::VerifierKey& witness);

}  // namespace kith::app
