#include "adapters/sqlite/parties.hpp"

#include "adapters/sqlite/access.hpp"

namespace kith::sqlite {

using app::PartyRow;

Result<void> SqliteParties::add(const PartyRow& row) {
    return sqlite::change(database_, "add_party", row.id, row.sealed);
}

Result<PartyRow> SqliteParties::find(PartyId id) { return find_one<PartyRow>(database_, "party_by_id", id); }

Result<void> SqliteParties::change(const PartyRow& row) {
    return change_one(database_, "change_party", row.id, row.sealed);
}

Result<std::vector<PartyRow>> SqliteParties::all() {
    return find_all<PartyRow>(database_, "parties_all", [](PartyRow row) -> Result<PartyRow> { return row; });
}

}  // namespace kith::sqlite
