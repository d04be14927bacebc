#include "adapters/sqlite/database.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <fstream>

#include "adapters/sqlite/migrations.hpp"
#include "adapters/sqlite/scratch_store.hpp"

namespace kith::sqlite {
namespace {

using ThingId = Id<struct ThingTag>;
enum class Colour : std::int64_t { red = 1, green = 2 };

struct Everything {
    ThingId id;
    Instant at;
    std::string text;
    std::optional<std::string> maybe_text;
    std::optional<std::int64_t> maybe_number;
    Bytes bytes;
    ByteArray<4> four;
    Sealed<std::string> sealed;
    std::optional<Sealed<std::string>> maybe_sealed;
    std::optional<Instant> maybe_at;
    std::optional<ThingId> maybe_id;
    std::int64_t number = 0;
    bool flag = false;
    double real = 0;
    Colour colour = Colour::red;
    std::optional<Colour> maybe_colour;
    std::uint16_t small = 0;
    friend bool operator==(const Everything&, const Everything&) = default;
};

class Connection : public testing::Test {
  protected:
    Result<void> run(std::string_view sql) { return run_text(database_, sql); }
    template <class T>
    T pragma(std::string_view sql) {
        return all_text<T>(database_, sql)->at(0);
    }
    void make_everything() {
        ASSERT_TRUE(database_.execute(
            "create table everything (a blob, b integer, c text, d text, e integer, f blob, g blob, h blob, i blob,"
            "j integer, k blob, l integer, m integer, n real, o integer, p integer, q integer) strict"));
    }
    Result<void> add(const Everything& e) {
        return run_text(database_, "insert into everything values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", e.id, e.at,
                        e.text, e.maybe_text, e.maybe_number, e.bytes, e.four, e.sealed, e.maybe_sealed, e.maybe_at,
                        e.maybe_id, e.number, e.flag, e.real, e.colour, e.maybe_colour, e.small);
    }

    ScratchFolder folder_;
    Database database_ = open_with_rows(folder_);
};

TEST_F(Connection, HasTheSettingsThatDurabilityAndSecrecyRestOn) {
    EXPECT_EQ(pragma<std::string>("pragma journal_mode"), "wal");
    EXPECT_EQ(pragma<std::int64_t>("pragma synchronous"), 2);
    EXPECT_EQ(pragma<std::int64_t>("pragma foreign_keys"), 1);
    EXPECT_EQ(pragma<std::int64_t>("pragma trusted_schema"), 0);
    EXPECT_EQ(pragma<std::int64_t>("pragma temp_store"), 2);
    EXPECT_EQ(pragma<std::int64_t>("pragma secure_delete"), 1);
    EXPECT_EQ(pragma<std::int64_t>("pragma cache_size"), -32768);
    EXPECT_EQ(pragma<std::int64_t>("pragma busy_timeout"), 5000);
    int defensive = 0;
    sqlite3_db_config(database_.raw(), SQLITE_DBCONFIG_DEFENSIVE, -1, &defensive);
    EXPECT_EQ(defensive, 1);
    Database reader = *Database::open(folder_.store(), Access::read_only);
    EXPECT_EQ(all_text<std::int64_t>(reader, "pragma query_only")->at(0), 1);
    EXPECT_EQ(all_text<std::int64_t>(reader, "pragma cache_size")->at(0), -2048);
    EXPECT_EQ(add_number(reader, 1).error().code, Code::unavailable);
}

TEST_F(Connection, MakesFilesThatOnlyTheirOwnerMayRead) {
    const mode_t before = ::umask(0);
    ScratchFolder other;
    Database database = open_with_rows(other);
    ASSERT_TRUE(add_number(database, 1));
    ::umask(before);
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(other.path())) {
        EXPECT_EQ(entry.status().permissions(), std::filesystem::perms(0600)) << entry.path();
        ++files;
    }
    EXPECT_EQ(files, 3);
}

TEST_F(Connection, ReadsBackEveryTypeThatItWrites) {
    make_everything();
    const Everything full{ThingId(ByteArray<16>{1, 2, 3}),
                          from_millis(1'700'000'000'123),
                          "Zoë",
                          "",
                          0,
                          {1, 2},
                          {1, 2, 3, 4},
                          {{9}},
                          Sealed<std::string>{{}},
                          from_millis(-5),
                          ThingId(ByteArray<16>{9}),
                          -1,
                          true,
                          1.5,
                          Colour::green,
                          Colour::red,
                          65535};
    const Everything empty{};
    ASSERT_TRUE(add(full));
    ASSERT_TRUE(add(empty));
    const auto rows = all_text<Everything>(database_, "select * from everything order by rowid");
    ASSERT_TRUE(rows);
    ASSERT_EQ(rows->size(), 2U);
    EXPECT_EQ(rows->at(0), full);
    EXPECT_EQ(rows->at(1), empty);
    EXPECT_FALSE(rows->at(1).maybe_text);
}

TEST_F(Connection, RefusesAColumnThatDoesNotHoldWhatTheRowSays) {
    struct Narrow {
        std::uint8_t number = 0;
    };
    struct Needed {
        std::string text;
    };
    struct Four {
        ByteArray<4> four{};
    };
    EXPECT_EQ(all_text<Narrow>(database_, "select 256").error().code, Code::betrayed);
    EXPECT_EQ(all_text<Narrow>(database_, "select 255")->at(0).number, 255);
    EXPECT_EQ(all_text<Needed>(database_, "select null").error().code, Code::betrayed);
    EXPECT_EQ(all_text<Needed>(database_, "select 5").error().code, Code::betrayed);
    EXPECT_EQ(all_text<Four>(database_, "select x'010203'").error().code, Code::betrayed);
    EXPECT_EQ(all_text<ThingId>(database_, "select x'010203'").error().code, Code::betrayed);
    EXPECT_EQ(all_text<std::int64_t>(database_, "select '1'").error().code, Code::betrayed);
}

TEST_F(Connection, TurnsWhatWentWrongIntoOneOfOurCodes) {
    ASSERT_TRUE(database_.execute(
        "create table parents (id integer primary key, name text unique) strict;"
        "create table children (parent integer not null references parents (id) check (parent < 9)) strict;"
        "insert into parents values (1, 'one')"));
    EXPECT_EQ(run("insert into parents values (1, 'two')").error().code, Code::conflict);
    EXPECT_EQ(run("insert into parents values (2, 'one')").error().code, Code::conflict);
    EXPECT_EQ(run("insert into children values (2)").error().code, Code::invalid);
    EXPECT_EQ(run("insert into children values (9)").error().code, Code::invalid);
    EXPECT_EQ(run("insert into children values (null)").error().code, Code::invalid);
    EXPECT_EQ(run("insert into children values ('x')").error().code, Code::invalid);
    EXPECT_TRUE(run("insert into children values (1)"));
    EXPECT_EQ(error_of(SQLITE_IOERR_FSYNC).code, Code::unavailable);
    EXPECT_EQ(error_of(SQLITE_FULL).code, Code::unavailable);
    EXPECT_EQ(error_of(SQLITE_BUSY_SNAPSHOT).code, Code::unavailable);
    EXPECT_EQ(error_of(SQLITE_CORRUPT_INDEX).code, Code::betrayed);
    EXPECT_THROW(static_cast<void>(error_of(SQLITE_ERROR)), Bug);
}

TEST_F(Connection, CallsAFileThatIsNoStoreBetrayed) {
    const auto path = folder_.path() / "other.db";
    std::ofstream(path) << std::string(8192, 'x');
    EXPECT_EQ(Database::open(path, Access::write).error().code, Code::betrayed);
    EXPECT_EQ(Database::open(folder_.path() / "none.db", Access::read_only).error().code, Code::unavailable);
    EXPECT_EQ(Database::open(folder_.path() / "no" / "folder.db", Access::write).error().code, Code::unavailable);
}

TEST_F(Connection, CallsAWrongQueryOrAWrongNumberOfThingsABug) {
    EXPECT_THROW(static_cast<void>(run("select nothing from nowhere")), Bug);
    EXPECT_THROW(static_cast<void>(run("insert into numbers values (?, ?)")), Bug);
    EXPECT_THROW(static_cast<void>(all_text<std::int64_t>(database_, "select 1, 2")), Bug);
    EXPECT_THROW(static_cast<void>(database_.prepare("no_such_query")), Bug);
    EXPECT_THROW(static_cast<void>(run("select \"not a name\"")), Bug);
}

TEST_F(Connection, LeavesNoStatementOpenWhateverHappensInIt) {
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(add_number(database_, i));
    Statement walk = *database_.prepare_text("select number from numbers");
    int seen = 0;
    const auto stopped = walk.each<std::int64_t>([&](std::int64_t) -> Result<void> {
        if (++seen == 3) return fail(Code::too_many, "enough");
        return {};
    });
    EXPECT_EQ(stopped.error().code, Code::too_many);
    EXPECT_EQ(seen, 3);
    EXPECT_THROW(static_cast<void>(walk.each<std::int64_t>([](std::int64_t) { throw Bug("thrown while walking"); })),
                 Bug);
    EXPECT_EQ(sqlite3_stmt_busy(sqlite3_next_stmt(database_.raw(), nullptr)), 0);
    EXPECT_EQ(walk.all<std::int64_t>()->size(), 10U);
}

TEST_F(Connection, LetsAQueryBeAskedAgainWhileItsOwnRowsAreWalked) {
    ASSERT_TRUE(migrate(
        database_, embedded_migrations(), [](BytesView) { return ByteArray<32>{}; }, from_millis(0)));
    struct Row {
        std::int64_t number = 0;
        std::string name;
        Instant at;
    };
    std::size_t inner = 0;
    ASSERT_TRUE(database_.each<Row>("applied_migrations", [&](const Row& row) {
        EXPECT_FALSE(row.name.empty());
        inner += database_.all<Row>("applied_migrations")->size();
    }));
    const auto count = embedded_migrations().size();
    EXPECT_EQ(inner, count * count);
}

TEST_F(Connection, PreparesEveryQueryOfTheProgramAgainstItsSchema) {
    ASSERT_TRUE(migrate(
        database_, embedded_migrations(), [](BytesView) { return ByteArray<32>{}; }, from_millis(0)));
    ASSERT_FALSE(embedded_queries().empty());
    for (const std::string& name : embedded_queries()) {
        std::ifstream file(std::string(KITH_SOURCE_DIR) + "/db/sqlite/queries/" + name + ".sql");
        const std::string sql{std::istreambuf_iterator<char>(file), {}};
        ASSERT_FALSE(sql.empty()) << name;
        EXPECT_NO_THROW(EXPECT_TRUE(database_.prepare_text(sql))) << name;
        EXPECT_EQ(sqlite3_complete((sql + ";").c_str()), 1) << name;
    }
}

TEST_F(Connection, CallsNothingErasedWhileAReaderMayStillSeeIt) {
    const std::string secret = "01632 960777 Robin Example";
    ASSERT_TRUE(run_text(database_, "insert into numbers values (1, ?)", as_bytes(secret)));
    const auto holds_secret = [&] {
        for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
            std::ifstream in(entry.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(in), {}};
            if (bytes.find(secret) != std::string::npos) return true;
        }
        return false;
    };
    Database reader = *Database::open(folder_.store(), Access::read_only);
    ASSERT_TRUE(reader.execute("begin"));
    EXPECT_EQ(numbers_in(reader).size(), 1U);
    ASSERT_TRUE(run("delete from numbers"));
    EXPECT_EQ(database_.checkpoint_and_truncate().error().code, Code::unavailable);
    EXPECT_TRUE(holds_secret());
    ASSERT_TRUE(reader.execute("rollback"));
    EXPECT_TRUE(database_.checkpoint_and_truncate());
    EXPECT_FALSE(holds_secret());
}

}  // namespace
}  // namespace kith::sqlite
