#include "adapters/sqlite/gone.hpp"

#include "adapters/sqlite/access.hpp"

namespace kith::sqlite {
namespace {

using app::Gone;
using app::ListedGone;

struct StoredGone {
    std::int64_t line;
    std::string kind, subject;
    std::int64_t number;
};

Result<ListedGone> to_listed(StoredGone stored) {
    Decoded decoded;
    if (stored.line < 0) decoded.refuse();
    return decoded.checked(
        ListedGone{static_cast<std::uint64_t>(stored.line),
                   {decoded.word(app::gone_kind_named(stored.kind)), std::move(stored.subject), stored.number}});
}

Result<Gone> to_gone(StoredGone stored) { return KITH_TRY(to_listed(std::move(stored))).gone; }

}  // namespace

Result<void> SqliteGone::add(const Gone& gone) {
    return change(database_, "add_gone", name_of(gone.kind), gone.subject, gone.number);
}

Result<std::vector<Gone>> SqliteGone::unlisted() { return find_all<StoredGone>(database_, "gone_unlisted", to_gone); }

Result<void> SqliteGone::listed(const ListedGone& one) {
    KITH_CHECK(storable(one.line));
    return change(database_, "list_gone", name_of(one.gone.kind), one.gone.subject, one.gone.number,
                  static_cast<std::int64_t>(one.line));
}

Result<void> SqliteGone::unlist_all() { return change(database_, "unlist_all_gone"); }

Result<std::optional<ListedGone>> SqliteGone::last_listed() {
    auto stored = KITH_TRY(database_.one<StoredGone>("gone_last_listed"));
    if (!stored) return std::optional<ListedGone>();
    return std::optional(KITH_TRY(to_listed(*std::move(stored))));
}

}  // namespace kith::sqlite
