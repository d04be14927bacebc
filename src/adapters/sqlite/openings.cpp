#include "adapters/sqlite/openings.hpp"

#include "adapters/sqlite/access.hpp"
#include "adapters/sqlite/words.hpp"

namespace kith::sqlite {
namespace {

using app::OpeningRow;

struct StoredOpening {
    OpeningId id;
    ConcernId concern;
    MemberId asked_by;
    std::string purpose;
    Sealed<std::string> sealed_reason;
    Instant asked_at;
    std::string state;
    std::optional<MemberId> second;
    std::optional<Instant> decided_at, opened_at;
    bool emergency;
};

Result<OpeningRow> to_row(StoredOpening stored) {
    Decoded decoded;
    OpeningRow row{stored.id,
                   stored.concern,
                   stored.asked_by,
                   std::move(stored.purpose),
                   std::move(stored.sealed_reason),
                   stored.asked_at,
                   decoded.word(app::opening_state_named(stored.state)),
                   stored.second,
                   stored.decided_at,
                   stored.opened_at,
                   stored.emergency};
    return decoded.checked(std::move(row));
}

// Calls `query(columns...)` with every column, in their order.
template <class F>
Result<void> with_columns(const OpeningRow& row, F query) {
    return query(row.id, row.concern, row.asked_by, row.purpose, row.sealed_reason, row.asked_at, name_of(row.state),
                 row.second, row.decided_at, row.opened_at, row.emergency);
}

}  // namespace

Result<void> SqliteOpenings::add(const OpeningRow& row) {
    return with_columns(row,
                        [&](const auto&... columns) { return sqlite::change(database_, "add_opening", columns...); });
}

Result<OpeningRow> SqliteOpenings::find(OpeningId id) {
    return to_row(KITH_TRY(find_one<StoredOpening>(database_, "opening_by_id", id)));
}

Result<void> SqliteOpenings::change(const OpeningRow& row) {
    return with_columns(row,
                        [&](const auto&... columns) { return change_one(database_, "change_opening", columns...); });
}

Result<std::vector<OpeningRow>> SqliteOpenings::all() {
    return find_all<StoredOpening>(database_, "openings_all", to_row);
}

}  // namespace kith::sqlite
