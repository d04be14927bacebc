#include "adapters/sqlite/access.hpp"

#include <sqlite3.h>

namespace kith::sqlite {

Result<void> check_writable(const Database& database) {
    if (sqlite3_db_readonly(database.raw(), "main") != 0) return fail(Code::forbidden, "a snapshot takes no writes");
    return {};
}

Error explained(const Database& database, const Error& error) {
    if (sqlite3_extended_errcode(database.raw()) != SQLITE_CONSTRAINT_FOREIGNKEY) return error;
    return fail(Code::not_found, "what the row belongs to is not in the store").value();
}

}  // namespace kith::sqlite
