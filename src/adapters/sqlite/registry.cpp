#include "adapters/sqlite/registry.hpp"

#include <charconv>

#include "adapters/sqlite/access.hpp"
#include "adapters/sqlite/words.hpp"

namespace kith::sqlite {
namespace {

using app::FrontDoorRow;
using app::KeyListRow;
using app::LocalTermRow;
using app::RoleKeyRow;

struct StoredLocalTerm {
    std::string key, text, decider, decided_on;
};

struct StoredRoleKey {
    std::string kind;
    std::optional<FrontDoorId> front_door;
    std::uint32_t generation;
    app::PublicKey public_half;
    Bytes sealed_to_custody, sealed_before;
};

std::string padded(unsigned number, std::size_t digits) {
    const std::string plain = std::to_string(number);
    return std::string(digits - std::min(digits, plain.size()), '0') + plain;
}

/// 2026-11-21. The caller has checked that there is such a day.
std::string to_iso(Day day) {
    return padded(static_cast<unsigned>(static_cast<int>(day.year())), 4) + '-' +
           padded(static_cast<unsigned>(day.month()), 2) + '-' + padded(static_cast<unsigned>(day.day()), 2);
}

std::optional<Day> day_of(std::string_view iso) {
    if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
    const auto number = [&](std::size_t from, std::size_t size) -> std::optional<unsigned> {
        unsigned out = 0;
        const char* end = iso.data() + from + size;
        const auto read = std::from_chars(iso.data() + from, end, out);
        return read.ec == std::errc() && read.ptr == end ? std::optional(out) : std::nullopt;
    };
    const auto year = number(0, 4), month = number(5, 2), day = number(8, 2);
    if (!year || !month || !day) return std::nullopt;
    const Day out{std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month), std::chrono::day(*day)};
    return out.ok() ? std::optional(out) : std::nullopt;
}

Result<LocalTermRow> to_term(StoredLocalTerm stored) {
    Decoded decoded;
    const auto day = day_of(stored.decided_on);
    if (!day) decoded.refuse();
    return decoded.checked(
        LocalTermRow{std::move(stored.key), std::move(stored.text), std::move(stored.decider), day.value_or(Day{})});
}

Result<RoleKeyRow> to_role_key(StoredRoleKey stored) {
    Decoded decoded;
    RoleKeyRow row{decoded.word(app::role_key_kind_named(stored.kind)),
                   stored.front_door.value_or(FrontDoorId()),
                   stored.generation,
                   stored.public_half,
                   std::move(stored.sealed_to_custody),
                   std::move(stored.sealed_before)};
    return decoded.checked(std::move(row));
}

}  // namespace

Result<void> SqliteRegistry::add_front_door(const FrontDoorRow& row) {
    return change(database_, "add_front_door", row.id, row.slug, row.pack, row.open);
}

Result<FrontDoorRow> SqliteRegistry::front_door(FrontDoorId id) {
    return find_one<FrontDoorRow>(database_, "front_door_by_id", id);
}

Result<std::vector<FrontDoorRow>> SqliteRegistry::front_doors() {
    return database_.all<FrontDoorRow>("front_doors_all");
}

Result<void> SqliteRegistry::open_front_door(FrontDoorId id) { return change_one(database_, "open_front_door", id); }

Result<void> SqliteRegistry::put_local_term(FrontDoorId id, const LocalTermRow& row) {
    const int year = static_cast<int>(row.decided_on.year());
    if (!row.decided_on.ok() || year < 0 || year > 9999) return fail(Code::invalid, "not a day", "decided_on");
    return change(database_, "put_local_term", id, row.key, row.text, row.decider, to_iso(row.decided_on));
}

Result<std::vector<LocalTermRow>> SqliteRegistry::local_terms(FrontDoorId id) {
    return find_all<StoredLocalTerm>(database_, "local_terms_of_front_door", to_term, id);
}

Result<void> SqliteRegistry::put_key(std::string_view name, const Sealed<Key>& key) {
    return change(database_, "add_server_key", name, key);
}

Result<Sealed<Key>> SqliteRegistry::key(std::string_view name) {
    return find_one<Sealed<Key>>(database_, "server_key_by_name", name);
}

Result<void> SqliteRegistry::add_role_key(const RoleKeyRow& row) {
    return change(database_, "add_role_key", name_of(row.kind), unless_zero(row.front_door), row.generation,
                  row.public_half, row.sealed_to_custody, row.sealed_before);
}

Result<RoleKeyRow> SqliteRegistry::role_key(app::RoleKeyKind kind, FrontDoorId front_door) {
    return to_role_key(
        KITH_TRY(find_one<StoredRoleKey>(database_, "newest_role_key", name_of(kind), unless_zero(front_door))));
}

Result<RoleKeyRow> SqliteRegistry::role_key_of(app::RoleKeyKind kind, FrontDoorId front_door,
                                               std::uint32_t generation) {
    return to_role_key(KITH_TRY(find_one<StoredRoleKey>(database_, "role_key_of_generation", name_of(kind),
                                                        unless_zero(front_door), generation)));
}

Result<void> SqliteRegistry::put_holding(app::RoleKeyKind kind, FrontDoorId front_door, std::uint32_t generation,
                                         MemberId member, const Bytes& sealed_half) {
    return change(database_, "add_holding", name_of(kind), unless_zero(front_door), generation, member, sealed_half);
}

Result<Bytes> SqliteRegistry::holding(app::RoleKeyKind kind, FrontDoorId front_door, std::uint32_t generation,
                                      MemberId member) {
    return find_one<Bytes>(database_, "holding_of_member", name_of(kind), unless_zero(front_door), generation, member);
}

Result<void> SqliteRegistry::drop_holdings(MemberId member) {
    return change(database_, "drop_holdings_of_member", member);
}

Result<void> SqliteRegistry::add_key_list(const KeyListRow& row) {
    return change(database_, "add_key_list", row.number, row.text, row.signature, row.countersignature);
}

Result<void> SqliteRegistry::countersign_key_list(std::uint32_t number, const app::Signature& signature) {
    const std::size_t changed = KITH_TRY(change_counted(database_, "countersign_key_list", number, signature));
    if (changed > 0) return {};
    const bool there = KITH_TRY(holds(database_, "key_list_exists", number));
    if (!there) return fail(Code::not_found, "not in the store");
    return fail(Code::conflict, "countersigned already");
}

Result<std::vector<KeyListRow>> SqliteRegistry::key_lists() { return database_.all<KeyListRow>("key_lists_all"); }

}  // namespace kith::sqlite
