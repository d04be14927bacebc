// The ledger as auditors, custodians and administrators read it: acts, times, roles, clauses. No leaf holds a personal
// word, and looking at it is an act of its own.
#pragma once
#include "app/house.hpp"
#include "ledger/leaf.hpp"

namespace kith::app {

struct LedgerLine {
    std::uint64_t index = 0;
    std::optional<ledger::Leaf> leaf;  ///< nothing: a stored leaf that does not decode
};

struct LedgerHead {
    std::uint64_t size = 0;
    std::string root;  ///< base64
    std::string note;  ///< the signed checkpoint, to be kept elsewhere
};

struct LedgerPage {
    LedgerHead head;
    std::vector<LedgerLine> lines;       ///< newest first
    std::optional<std::uint64_t> older;  ///< `before` of the next page
};
/// The newest `most` leaves before index `before`, or the newest of all.
Result<LedgerPage> see_ledger(House& house, const Actor& actor, std::optional<std::uint64_t> before, std::size_t most);

struct LeafText {
    std::uint64_t index = 0;
    std::string text;  ///< the bytes that were hashed
    std::string hash;  ///< hex
};
Result<LeafText> see_leaf(House& house, const Actor& actor, std::uint64_t index);

/// What was done about one worry, oldest first, for auditors. `not_found` for a reference that leads nowhere and for
/// one that is not for them.
Result<std::vector<LedgerLine>> see_entries_about(House& house, const Actor& auditor, std::string_view reference);

}  // namespace kith::app
