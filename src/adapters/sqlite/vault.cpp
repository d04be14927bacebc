#include "adapters/sqlite/vault.hpp"

#include "adapters/sqlite/access.hpp"
#include "adapters/sqlite/gone.hpp"
#include "adapters/sqlite/words.hpp"

namespace kith::sqlite {
namespace {

using app::GoneKind;
using app::VaultRow;

struct StoredVaultRow {
    ConcernId concern;
    std::uint32_t number;
    Bytes sealed_contact, wrap_custody, wrap_duty, wrap_taker;
    std::int64_t epoch_day;
    std::uint32_t custody_generation, duty_generation;
    std::string brings;
};

Result<VaultRow> to_row(StoredVaultRow stored) {
    Decoded decoded;
    VaultRow row{stored.concern,
                 stored.number,
                 std::move(stored.sealed_contact),
                 std::move(stored.wrap_custody),
                 std::move(stored.wrap_duty),
                 std::move(stored.wrap_taker),
                 app::Epoch{stored.epoch_day},
                 stored.custody_generation,
                 stored.duty_generation,
                 decoded.word(app::brings_named(stored.brings))};
    return decoded.checked(std::move(row));
}

}  // namespace

Result<void> SqliteVault::add(const VaultRow& row) {
    return change(database_, "add_vault_row", row.concern, row.number, row.sealed_contact, row.wrap_custody,
                  row.wrap_duty, row.wrap_taker, row.epoch.day, row.custody_generation, row.duty_generation,
                  name_of(row.brings));
}

Result<VaultRow> SqliteVault::newest(ConcernId concern) {
    return to_row(KITH_TRY(find_one<StoredVaultRow>(database_, "newest_vault_row", concern)));
}

Result<std::uint32_t> SqliteVault::next_number(ConcernId concern) {
    return find_one<std::uint32_t>(database_, "next_vault_number", concern);
}

Result<VaultRow> SqliteVault::find(ConcernId concern, std::uint32_t number) {
    return to_row(KITH_TRY(find_one<StoredVaultRow>(database_, "vault_row", concern, number)));
}

Result<void> SqliteVault::drop_all(ConcernId concern) { return change(database_, "drop_vault_rows", concern); }

Result<void> SqliteVault::close_way_in(ConcernId concern) {
    const std::size_t closed = KITH_TRY(change_counted(database_, "close_way_in", concern));
    if (closed == 0) return {};
    return SqliteGone(database_).add({GoneKind::way_in, to_hex(concern.bytes())});
}

Result<void> SqliteVault::drop_taker_wrap(ConcernId concern) {
    const std::size_t dropped = KITH_TRY(change_counted(database_, "drop_taker_wraps", concern));
    if (dropped == 0) return {};
    return SqliteGone(database_).add({GoneKind::taker_wrap, to_hex(concern.bytes())});
}

Result<void> SqliteVault::close_ways_under(FrontDoorId front_door, std::uint32_t generation) {
    KITH_TRY(change(database_, "close_ways_under", front_door, generation));
    return SqliteGone(database_).add({GoneKind::duty_key, to_hex(front_door.bytes()), generation});
}

Result<std::vector<VaultRow>> SqliteVault::ways_in_at(FrontDoorId front_door) {
    return find_all<StoredVaultRow>(database_, "ways_in_at", to_row, front_door);
}

Result<void> SqliteVault::put_way_in(ConcernId concern, std::uint32_t number, const Bytes& wrap_duty, app::Epoch epoch,
                                     std::uint32_t duty_generation) {
    return change_one(database_, "put_way_in", concern, number, wrap_duty, epoch.day, duty_generation);
}

Result<std::vector<VaultRow>> SqliteVault::under_epochs_before(app::Epoch epoch) {
    return find_all<StoredVaultRow>(database_, "ways_in_under_epochs_before", to_row, epoch.day);
}

// The query passes over a way in that was closed meanwhile: an old wrap must not open it again.
Result<void> SqliteVault::rewrap(ConcernId concern, std::uint32_t number, const Bytes& wrap_duty, app::Epoch epoch) {
    return change_one(database_, "rewrap_way_in", concern, number, wrap_duty, epoch.day);
}

}  // namespace kith::sqlite
