#include "adapters/sqlite/migrations.hpp"

#include <gtest/gtest.h>

#include "adapters/sqlite/scratch_store.hpp"

namespace kith::sqlite {
namespace {

// Tells texts apart, which is all that is asked of it here.
ByteArray<32> digest_of(BytesView bytes) {
    ByteArray<32> digest{};
    std::uint64_t sum = 14695981039346656037ULL;
    for (const Byte b : bytes) sum = (sum ^ b) * 1099511628211ULL;
    for (std::size_t i = 0; i < 8; ++i) digest[i] = static_cast<Byte>(sum >> (8 * i));
    return digest;
}

class Migrations : public testing::Test {
  protected:
    Result<int> run(std::vector<Migration> migrations) {
        return migrate(database_, migrations, digest_of, from_millis(5));
    }
    std::vector<Migration> start_and(std::initializer_list<Migration> more) {
        std::vector<Migration> all{embedded_migrations().front()};
        all.insert(all.end(), more);
        return all;
    }
    std::vector<std::int64_t> applied() {
        return all_text<std::int64_t>(database_, "select number from schema_migrations order by number").value();
    }
    bool has_table(std::string_view name) {
        return !all_text<std::int64_t>(database_, "select 1 from sqlite_schema where name = ?1", name)->empty();
    }

    ScratchFolder folder_;
    Database database_ = Database::open(folder_.store(), Access::write).value();
};

TEST_F(Migrations, OfTheProgramAreNumberedAndApplyOnce) {
    const auto all = embedded_migrations();
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(*run(all), static_cast<int>(all.size()));
    EXPECT_EQ(*run(all), 0);
    EXPECT_EQ(applied().size(), all.size());
}

TEST_F(Migrations, CutShortLeaveNothingOfTheOneThatFailedAndAreTakenUpThere) {
    const Migration second{2, "second", "create table second (id integer primary key) strict;"};
    const Migration broken{3, "third",
                           "create table third (id integer primary key) strict; insert into third values (1), (1);"};
    EXPECT_EQ(run(start_and({second, broken})).error().code, Code::conflict);
    EXPECT_FALSE(database_.in_transaction());
    EXPECT_EQ(applied(), (std::vector<std::int64_t>{1, 2}));
    EXPECT_FALSE(has_table("third"));

    const Migration mended{3, "third",
                           "create table third (id integer primary key) strict; insert into third values (1), (2);"};
    EXPECT_EQ(*run(start_and({second, mended})), 1);
    EXPECT_EQ(applied(), (std::vector<std::int64_t>{1, 2, 3}));
    EXPECT_TRUE(has_table("third"));
}

// Since 16 a mark is the first eight bytes of what it was, and says of itself what kind it is.
TEST_F(Migrations, KeepTheMarksByWhichWorriesAreFound) {
    const auto all = embedded_migrations();
    run({all.begin(), std::ranges::find(all, 16, &Migration::number)}).value();
    ASSERT_TRUE(database_.execute(
        "pragma foreign_keys = off;"
        "insert into concerns (concern_row, concern_id, front_door_id, reference, subject, channel, pack, stage,"
        " danger, incomplete, way_in_missing, received_at, actions, written_form, revision, sealed_account,"
        " last_typed_at, naming_person, naming_organisation)"
        " select 7, zeroblob(16), zeroblob(16), 'W-AAAAA', 'child', 'online', '', 'waiting', 'none', 0, 0, 1, '',"
        " 'not_owed', 0, x'', 1, 0, 0;"
        "insert into concern_marks values (zeroblob(16), 'place', cast(x'01' || zeroblob(31) as blob)),"
        " (zeroblob(16), 'name', cast(x'0102030405060708090a' || zeroblob(22) as blob));"
        "pragma foreign_keys = on;"));

    run(all).value();

    EXPECT_EQ(
        all_text<std::string>(database_, "select hex(mark_told) || ' ' || concern_row from concern_marks").value(),
        (std::vector<std::string>{"0100000000000000 7", "0102030405060708 7"}));
}

TEST_F(Migrations, WhoseSqlIsWrongAreABugAndLeaveNothing) {
    EXPECT_THROW(
        static_cast<void>(run(start_and({{2, "wrong", "create table half (id integer) strict; create nonsense;"}}))),
        Bug);
    EXPECT_FALSE(database_.in_transaction());
    EXPECT_FALSE(has_table("half"));
}

TEST_F(Migrations, OfANewerProgramAreRefused) {
    const Migration second{2, "second", "create table second (id integer primary key) strict;"};
    ASSERT_TRUE(run(start_and({second})));
    EXPECT_EQ(run(start_and({})).error().code, Code::conflict);
}

TEST_F(Migrations, ThatWereChangedAfterTheyWereAppliedAreRefusedBeforeAnythingElseRuns) {
    const Migration second{2, "second", "create table second (id integer primary key) strict;"};
    const Migration third{3, "third", "create table third (id integer primary key) strict;"};
    ASSERT_TRUE(run(start_and({second})));
    const Migration changed{2, "second", "create table second (id integer primary key, more text) strict;"};
    EXPECT_EQ(run(start_and({changed, third})).error().code, Code::betrayed);
    EXPECT_FALSE(has_table("third"));
}

TEST_F(Migrations, MustBeNumberedWithoutGaps) {
    EXPECT_THROW(static_cast<void>(run(start_and({{3, "third", "select 1"}}))), Bug);
}

}  // namespace
}  // namespace kith::sqlite
