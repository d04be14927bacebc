// One connection to the store. Not for two threads at once. Queries are files, `db/sqlite/queries/<name>.sql`, prepared
// once a connection; each call binds, steps and resets before it returns, so no statement is ever left open across
// COMMIT or ROLLBACK.
//
//     db.run("add_concern", id, received_at, sealed_narrative);
//     const auto concern = KITH_TRY(db.one<ConcernRow>("concern_by_id", id));   // std::optional<ConcernRow>
//
// Failures: a unique key that is taken is `conflict`; a full disk, an I/O error, a lock is `unavailable`; a damaged
// file or a column that does not hold what we wrote is `betrayed`; any other broken constraint is `invalid`. SQL that
// does not prepare, or a wrong number of parameters or columns, is our mistake and throws Bug.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "adapters/sqlite/row.hpp"
#include "base/error.hpp"

struct sqlite3;

namespace kith::sqlite {

/// Our Error for an extended result code of SQLite.
Error error_of(int extended_code);

/// A prepared query in use. It goes back to its connection, reset and with nothing bound, when it ends.
class Statement {
  public:
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    template <class... A>
    Result<void> run(const A&... parameters) {
        return each_columns([](const Columns&) { return Result<void>(); }, parameters...);
    }
    /// Nothing when there is no row. More than one row is a Bug.
    template <class Row, class... A>
    Result<std::optional<Row>> one(const A&... parameters) {
        std::vector<Row> rows = KITH_TRY(all<Row>(parameters...));
        KITH_CHECK(rows.size() <= 1);
        if (rows.empty()) return std::optional<Row>();
        return std::optional<Row>(std::move(rows.front()));
    }
    template <class Row, class... A>
    Result<std::vector<Row>> all(const A&... parameters) {
        std::vector<Row> rows;
        KITH_TRY(each<Row>([&](Row row) { rows.push_back(std::move(row)); }, parameters...));
        return rows;
    }
    /// Calls `take(Row)` for each row, holding one at a time. `take` may return a Result<void> to stop early.
    template <class Row, class Take, class... A>
    Result<void> each(Take&& take, const A&... parameters) {
        expect_columns(width<Row>());
        return each_columns(
            [&](const Columns& columns) -> Result<void> {
                Row row = decode<Row>(columns);
                if (!columns.ok()) return fail(Code::betrayed, "a stored column does not hold what was written");
                if constexpr (std::is_void_v<std::invoke_result_t<Take&, Row>>) {
                    take(std::move(row));
                    return {};
                } else {
                    return take(std::move(row));
                }
            },
            parameters...);
    }

  private:
    friend class Database;
    struct Cached;
    /// `cached` is null for a statement of its own, which it then ends.
    Statement(sqlite3_stmt* statement, Cached* cached) : statement_(statement), cached_(cached) {}

    enum class Step { row, done };
    /// Resets on every way out.
    struct Reset {
        sqlite3_stmt* statement;
        ~Reset();
    };

    template <class F, class... A>
    Result<void> each_columns(F&& on_row, const A&... parameters) {
        const Reset reset{statement_};
        expect_parameters(static_cast<int>(sizeof...(A)));
        int at = 0;
        int code = 0;
        static_cast<void>((... && ((code = bind_one(++at, parameters)) == 0)));
        if (code != 0) return Failure(error_of(code));
        while (true) {
            const Step now = KITH_TRY(step());
            if (now == Step::done) return {};
            KITH_TRY(on_row(Columns(statement_)));
        }
    }

    Result<Step> step();
    void expect_parameters(int count) const;
    void expect_columns(int count) const;
    int bind_null(int at);
    int bind_integer(int at, std::int64_t value);
    int bind_real(int at, double value);
    int bind_text(int at, std::string_view value);
    int bind_blob(int at, BytesView value);

    template <class T>
    int bind_one(int at, const T& value) {
        if constexpr (detail::IsOptional<T>::value)
            return value ? bind_one(at, *value) : bind_null(at);
        else if constexpr (std::is_same_v<T, std::nullopt_t>)
            return bind_null(at);
        else if constexpr (std::is_enum_v<T>)
            return bind_one(at, static_cast<std::underlying_type_t<T>>(value));
        else if constexpr (std::is_integral_v<T>) {
            if constexpr (std::is_unsigned_v<T>) KITH_CHECK(std::uint64_t{value} <= largest_integer);
            return bind_integer(at, static_cast<std::int64_t>(value));
        } else if constexpr (std::is_floating_point_v<T>)
            return bind_real(at, static_cast<double>(value));
        else if constexpr (std::is_same_v<T, Instant>)
            return bind_integer(at, to_millis(value));
        else if constexpr (detail::IsId<T>::value)
            return bind_blob(at, value.bytes());
        else if constexpr (detail::IsSealed<T>::value)
            return bind_blob(at, value.bytes);
        else if constexpr (std::is_convertible_v<const T&, std::string_view>)
            return bind_text(at, value);
        else {
            static_assert(std::is_convertible_v<const T&, BytesView>, "a parameter of this type is not known here");
            return bind_blob(at, BytesView(value));
        }
    }
    static constexpr auto largest_integer = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

    sqlite3_stmt* statement_;
    Cached* cached_;
};

enum class Access { write, read_only };

class Database {
  public:
    /// Opens for writing (made with mode 0600 when absent) or only for reading (`unavailable` when absent). Its
    /// settings are those of docs/decisions: WAL, every commit synced, foreign keys, no temporary file on disk.
    static Result<Database> open(const std::filesystem::path& path, Access access);
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    /// `name` is the file's, without `.sql`.
    Result<Statement> prepare(Words name);
    /// Prepared for this one use. For words of SQL that are no query of the product: pragmas, tests.
    Result<Statement> prepare_text(std::string_view sql);

    template <class... A>
    Result<void> run(Words name, const A&... parameters) {
        Statement statement = KITH_TRY(prepare(name));
        return statement.run(parameters...);
    }
    template <class Row, class... A>
    Result<std::optional<Row>> one(Words name, const A&... parameters) {
        Statement statement = KITH_TRY(prepare(name));
        return statement.template one<Row>(parameters...);
    }
    template <class Row, class... A>
    Result<std::vector<Row>> all(Words name, const A&... parameters) {
        Statement statement = KITH_TRY(prepare(name));
        return statement.template all<Row>(parameters...);
    }
    template <class Row, class Take, class... A>
    Result<void> each(Words name, Take&& take, const A&... parameters) {
        Statement statement = KITH_TRY(prepare(name));
        return statement.template each<Row>(std::forward<Take>(take), parameters...);
    }

    /// A script of one or more statements without parameters: transactions, migrations, pragmas.
    Result<void> execute(const std::string& script);
    /// The same, with SQLite's own extended code (0 for success), where the kind of failure decides.
    int execute_code(const char* script);
    /// One of the statements that begin and end transactions and savepoints, prepared once; SQLite's own code.
    int transact(Words statement);

    bool in_transaction() const;
    /// Rows that the last statement changed.
    std::int64_t changes() const;
    /// Moves the whole log into the database file and cuts it to nothing, so that deleted bytes are gone from both.
    /// `unavailable` while a reader's snapshot stands in the way: ask again, and call nothing erased before.
    Result<void> checkpoint_and_truncate();
    sqlite3* raw() const { return connection_.get(); }

  private:
    explicit Database(sqlite3* connection);
    Result<sqlite3_stmt*> compile(std::string_view sql, unsigned flags);
    struct Close {
        void operator()(sqlite3* connection) const;
    };
    std::unique_ptr<sqlite3, Close> connection_;
    std::unordered_map<std::string_view, std::unique_ptr<Statement::Cached>> prepared_;
};

/// Names (without `.sql`) of the queries that this program holds.
std::vector<std::string> embedded_queries();

}  // namespace kith::sqlite
