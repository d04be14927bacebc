#include "adapters/sqlite/drafts.hpp"

#include "adapters/sqlite/access.hpp"

namespace kith::sqlite {
namespace {

// An exact expiry would tell to the millisecond when somebody typed.
Instant full_hour(Instant at) { return std::chrono::ceil<std::chrono::hours>(at); }

}  // namespace

Result<void> SqliteDrafts::put(const app::Digest& finder, const Bytes& sealed, Instant expires_at) {
    return change(database_, "put_draft", finder, sealed, full_hour(expires_at));
}

Result<Bytes> SqliteDrafts::find(const app::Digest& finder, Instant now) {
    return find_one<Bytes>(database_, "draft_by_finder", finder, now);
}

Result<void> SqliteDrafts::drop(const app::Digest& finder) { return change(database_, "drop_draft", finder); }

Result<std::size_t> SqliteDrafts::drop_expired(Instant now) {
    const std::size_t drafts = KITH_TRY(change_counted(database_, "drop_expired_drafts", now));
    const std::size_t receipts = KITH_TRY(change_counted(database_, "drop_expired_receipts", now));
    return drafts + receipts;
}

Result<void> SqliteDrafts::put_receipt(const app::Digest& finder, const Bytes& sealed, Instant expires_at) {
    return change(database_, "add_receipt", finder, sealed, full_hour(expires_at));
}

Result<Bytes> SqliteDrafts::find_receipt(const app::Digest& finder) {
    return find_one<Bytes>(database_, "receipt_by_finder", finder);
}

}  // namespace kith::sqlite
