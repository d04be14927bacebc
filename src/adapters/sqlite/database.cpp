#include "adapters/sqlite/database.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kith::sqlite {

// Made by kith_embed from db/sqlite/queries.
namespace queries {
std::string_view file(std::string_view path);
std::span<const std::string_view> names();
}  // namespace queries

namespace {

constexpr std::string_view extension = ".sql";
constexpr int busy_timeout_ms = 5000;
// A checkpoint that waits for a reader holds up every writer, so it waits briefly and is asked again.
constexpr int checkpoint_timeout_ms = 200;

const char* settings(Access access) {
    if (access == Access::read_only)
        return "pragma query_only = on; pragma foreign_keys = on; pragma trusted_schema = off;"
               "pragma temp_store = memory; pragma cache_size = -2048;";
    return "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;"
           "pragma trusted_schema = off; pragma temp_store = memory; pragma cache_size = -32768;"
           "pragma secure_delete = on; pragma wal_autocheckpoint = 4000;";
}

// SQLite gives its log and index files the mode of the database file, so making that one first is enough. Only a file
// that is not there is opened here: closing any descriptor of a file drops every lock that this process has on it,
// SQLite's own as well.
Result<void> make_private(const std::filesystem::path& path) {
    const int made = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made >= 0) {
        ::close(made);
        return {};
    }
    if (errno != EEXIST) return fail(Code::unavailable, "the database file cannot be made");
    if (::chmod(path.c_str(), 0600) != 0) return fail(Code::unavailable, "the database file is not ours");
    return {};
}

}  // namespace

Error error_of(int extended_code) {
    switch (extended_code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
            return fail(Code::conflict, "the store has it already").value();
        default:
            break;
    }
    switch (extended_code & 0xff) {
        case SQLITE_CONSTRAINT:
            return fail(Code::invalid, "a rule of the store forbids this row").value();
        case SQLITE_TOOBIG:
            return fail(Code::too_large, "larger than the store takes").value();
        case SQLITE_FULL:
            return fail(Code::unavailable, "no room is left on the disk").value();
        case SQLITE_IOERR:
            return fail(Code::unavailable, "the disk cannot be read or written").value();
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return fail(Code::unavailable, "the store is busy").value();
        case SQLITE_INTERRUPT:
            return fail(Code::unavailable, "the store was interrupted").value();
        case SQLITE_NOMEM:
            return fail(Code::unavailable, "no memory is left").value();
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_READONLY:
        case SQLITE_PROTOCOL:
            return fail(Code::unavailable, "the database file cannot be opened").value();
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return fail(Code::betrayed, "the database file is damaged").value();
        default:
            throw Bug("SQL that the store does not understand");
    }
}

struct Statement::Cached {
    explicit Cached(sqlite3_stmt* s) : statement(s) {}
    Cached(const Cached&) = delete;
    Cached& operator=(const Cached&) = delete;
    ~Cached() { sqlite3_finalize(statement); }
    sqlite3_stmt* statement;
    enum class Use { idle, busy } use = Use::idle;
};

Statement::Statement(Statement&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)), cached_(std::exchange(other.cached_, nullptr)) {}

Statement::~Statement() {
    if (cached_)
        cached_->use = Cached::Use::idle;
    else
        sqlite3_finalize(statement_);
}

Statement::Reset::~Reset() {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
}

Result<Statement::Step> Statement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return Step::row;
    if (code == SQLITE_DONE) return Step::done;
    return Failure(error_of(code));
}

void Statement::expect_parameters(int count) const { KITH_CHECK(sqlite3_bind_parameter_count(statement_) == count); }
void Statement::expect_columns(int count) const { KITH_CHECK(sqlite3_column_count(statement_) == count); }
int Statement::bind_null(int at) { return sqlite3_bind_null(statement_, at); }
int Statement::bind_integer(int at, std::int64_t value) { return sqlite3_bind_int64(statement_, at, value); }
int Statement::bind_real(int at, double value) { return sqlite3_bind_double(statement_, at, value); }

// The caller's bytes outlive the call, and the statement is reset before it returns, so nothing is copied. An empty
// view may point nowhere, which SQLite would take for null.
int Statement::bind_text(int at, std::string_view value) {
    return sqlite3_bind_text64(statement_, at, value.empty() ? "" : value.data(), value.size(), nullptr, SQLITE_UTF8);
}
int Statement::bind_blob(int at, BytesView value) {
    return sqlite3_bind_blob64(statement_, at, value.empty() ? reinterpret_cast<const Byte*>("") : value.data(),
                               value.size(), nullptr);
}

int Columns::count() const { return sqlite3_column_count(statement_); }
bool Columns::is_null(int at) const { return sqlite3_column_type(statement_, at) == SQLITE_NULL; }

std::int64_t Columns::integer(int at) const {
    if (sqlite3_column_type(statement_, at) != SQLITE_INTEGER) refuse();
    return ok_ ? sqlite3_column_int64(statement_, at) : 0;
}
double Columns::real(int at) const {
    const int type = sqlite3_column_type(statement_, at);
    if (type != SQLITE_FLOAT && type != SQLITE_INTEGER) refuse();
    return ok_ ? sqlite3_column_double(statement_, at) : 0;
}
std::string Columns::text(int at) const {
    if (sqlite3_column_type(statement_, at) != SQLITE_TEXT) refuse();
    if (!ok_) return {};
    const auto* first = sqlite3_column_text(statement_, at);
    return std::string(reinterpret_cast<const char*>(first),
                       static_cast<std::size_t>(sqlite3_column_bytes(statement_, at)));
}
BytesView Columns::blob(int at) const {
    if (sqlite3_column_type(statement_, at) != SQLITE_BLOB) refuse();
    if (!ok_) return {};
    const auto* first = static_cast<const Byte*>(sqlite3_column_blob(statement_, at));
    return {first, static_cast<std::size_t>(sqlite3_column_bytes(statement_, at))};
}

Database::Database(sqlite3* connection) : connection_(connection) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;
void Database::Close::operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }

Result<Database> Database::open(const std::filesystem::path& path, Access access) {
    const bool writes = access == Access::write;
    if (writes) KITH_TRY(make_private(path));
    sqlite3* connection = nullptr;
    const int flags =
        (writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(path.c_str(), &connection, flags, nullptr);
    Database database(connection);
    if (code != SQLITE_OK) return Failure(error_of(code));
    sqlite3_busy_timeout(connection, busy_timeout_ms);
    for (const int guard : {SQLITE_DBCONFIG_DEFENSIVE}) sqlite3_db_config(connection, guard, 1, nullptr);
    for (const int laxity : {SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL})
        sqlite3_db_config(connection, laxity, 0, nullptr);
    KITH_TRY(database.execute(settings(access)));
    Statement mode = KITH_TRY(database.prepare_text("pragma journal_mode"));
    const auto journal = KITH_TRY(mode.one<std::string>());
    if (journal != "wal") return fail(Code::unavailable, "the file system does not carry a write-ahead log");
    return database;
}

Result<sqlite3_stmt*> Database::compile(std::string_view sql, unsigned flags) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(raw(), sql.data(), static_cast<int>(sql.size()), flags, &statement, nullptr);
    if (code != SQLITE_OK) return Failure(error_of(code));
    KITH_CHECK(statement != nullptr);
    return statement;
}

Result<Statement> Database::prepare(Words name) {
    auto found = prepared_.find(name.text);
    if (found == prepared_.end()) {
        const std::string_view sql = queries::file(std::string(name.text) + std::string(extension));
        KITH_CHECK(!sql.empty());
        sqlite3_stmt* statement = KITH_TRY(compile(sql, SQLITE_PREPARE_PERSISTENT));
        found = prepared_.emplace(name.text, std::make_unique<Statement::Cached>(statement)).first;
    }
    Statement::Cached& cached = *found->second;
    // A query asked for again while its own rows are being walked gets a second statement.
    if (cached.use == Statement::Cached::Use::busy) return prepare_text(sqlite3_sql(cached.statement));
    cached.use = Statement::Cached::Use::busy;
    return Statement(cached.statement, &cached);
}

Result<Statement> Database::prepare_text(std::string_view sql) { return Statement(KITH_TRY(compile(sql, 0)), nullptr); }

int Database::execute_code(const char* script) { return sqlite3_exec(raw(), script, nullptr, nullptr, nullptr); }

int Database::transact(Words statement) {
    auto found = prepared_.find(statement.text);  // with a space in it, so never the name of a query
    if (found == prepared_.end()) {
        const auto compiled = compile(statement.text, SQLITE_PREPARE_PERSISTENT);
        if (!compiled) return sqlite3_extended_errcode(raw());
        found = prepared_.emplace(statement.text, std::make_unique<Statement::Cached>(*compiled)).first;
    }
    static_cast<void>(sqlite3_step(found->second->statement));
    return sqlite3_reset(found->second->statement);
}

Result<void> Database::execute(const std::string& script) {
    const int code = execute_code(script.c_str());
    if (code != SQLITE_OK) return Failure(error_of(code));
    return {};
}

bool Database::in_transaction() const { return sqlite3_get_autocommit(raw()) == 0; }
std::int64_t Database::changes() const { return sqlite3_changes64(raw()); }

Result<void> Database::checkpoint_and_truncate() {
    sqlite3_busy_timeout(raw(), checkpoint_timeout_ms);
    const int code = sqlite3_wal_checkpoint_v2(raw(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    sqlite3_busy_timeout(raw(), busy_timeout_ms);
    if (code != SQLITE_OK) return Failure(error_of(code));
    return {};
}

std::vector<std::string> embedded_queries() {
    std::vector<std::string> names;
    for (const std::string_view file : queries::names())
        if (file.ends_with(extension)) names.emplace_back(file.substr(0, file.size() - extension.size()));
    return names;
}

}  // namespace kith::sqlite
