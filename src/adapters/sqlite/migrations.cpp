#include "adapters/sqlite/migrations.hpp"

#include <charconv>

#include "base/log.hpp"

namespace kith::sqlite {

// Made by kith_embed from db/sqlite/migrations.
namespace migration_files {
std::string_view file(std::string_view path);
std::span<const std::string_view> names();
}  // namespace migration_files

namespace {

struct Applied {
    std::int64_t number = 0;
    std::string name;
    ByteArray<32> digest{};
};

Result<std::vector<Applied>> applied_in(Database& database) {
    Statement table = KITH_TRY(database.prepare_text(
        "select count(*) from sqlite_schema where type = 'table' and name = 'schema_migrations'"));
    const auto tables = KITH_TRY(table.one<std::int64_t>());
    if (tables == 0) return std::vector<Applied>();
    Statement rows =
        KITH_TRY(database.prepare_text("select number, name, digest from schema_migrations order by number"));
    return rows.all<Applied>();
}

Result<void> check_history(std::span<const Migration> migrations, std::span<const Applied> applied,
                           const DigestOf& digest_of) {
    for (std::size_t i = 0; i < migrations.size(); ++i)
        KITH_CHECK(migrations[i].number == static_cast<std::int64_t>(i) + 1);
    if (applied.size() > migrations.size())
        return fail(Code::conflict, "the store is of a newer version of this program");
    for (std::size_t i = 0; i < applied.size(); ++i) {
        if (applied[i].number != migrations[i].number)
            return fail(Code::betrayed, "a migration is missing in the store");
        if (applied[i].digest != digest_of(as_bytes(migrations[i].sql)))
            return fail(Code::betrayed, "a migration that was applied has been changed since");
    }
    return {};
}

Result<void> apply_in_transaction(Database& database, const Migration& migration, const DigestOf& digest_of,
                                  Instant now) {
    KITH_TRY(database.execute(std::string(migration.sql)));
    // A script that ended our transaction would have left its steps behind one by one.
    KITH_CHECK(database.in_transaction());
    Statement record = KITH_TRY(
        database.prepare_text("insert into schema_migrations (number, name, digest, applied_at) values (?, ?, ?, ?)"));
    return record.run(migration.number, migration.name, digest_of(as_bytes(migration.sql)), now);
}

struct RollBack {
    Database& database;
    ~RollBack() {
        if (database.in_transaction()) database.execute_code("rollback");
    }
};

Result<void> apply(Database& database, const Migration& migration, const DigestOf& digest_of, Instant now) {
    const RollBack on_failure{database};
    KITH_TRY(database.execute("begin immediate"));
    const auto applied = apply_in_transaction(database, migration, digest_of, now);
    if (!applied) return applied;
    return database.execute("commit");
}

}  // namespace

std::vector<Migration> embedded_migrations() {
    std::vector<Migration> migrations;
    for (const std::string_view file : migration_files::names()) {
        Migration migration{0, file, migration_files::file(file)};
        const auto underscore = file.find('_');
        KITH_CHECK(underscore == 4 && file.ends_with(".sql"));
        const auto read = std::from_chars(file.data(), file.data() + underscore, migration.number);
        KITH_CHECK(read.ptr == file.data() + underscore);
        migration.name = file.substr(underscore + 1, file.size() - underscore - 5);
        migrations.push_back(migration);
    }
    return migrations;
}

Result<int> migrate(Database& database, std::span<const Migration> migrations, const DigestOf& digest_of, Instant now) {
    const auto applied = KITH_TRY(applied_in(database));
    KITH_TRY(check_history(migrations, applied, digest_of));
    int count = 0;
    for (const Migration& migration : migrations.subspan(applied.size())) {
        KITH_TRY(apply(database, migration, digest_of, now));
        log::note("migration_applied", {{"number", migration.number}});
        ++count;
    }
    return count;
}

Result<void> require_current(Database& database, std::span<const Migration> migrations, const DigestOf& digest_of) {
    const auto applied = KITH_TRY(applied_in(database));
    KITH_TRY(check_history(migrations, applied, digest_of));
    if (applied.size() < migrations.size())
        return fail(Code::conflict,
                    "the store is of an older version of this program; kith serve brings it up to date");
    return {};
}

}  // namespace kith::sqlite
