#include "adapters/sqlite/backup.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "adapters/sqlite/scratch_store.hpp"

namespace kith::sqlite {
namespace {

TEST(Backup, HoldsWhatWasCommittedAndIsNeverWrittenOver) {
    const ScratchFolder folder;
    const auto source = folder.path() / "kith.db", copy = folder.path() / "copy.db";
    Database database = *Database::open(source, Access::write);
    ASSERT_TRUE(database.execute("create table t (n integer) strict; insert into t values (7)"));
    ASSERT_TRUE(back_up(source, copy));
    ASSERT_TRUE(database.execute("insert into t values (8)"));
    EXPECT_EQ(back_up(source, copy).error().code, Code::conflict);
    Database read = *Database::open(copy, Access::write);
    EXPECT_EQ(*read.prepare_text("select n from t")->all<int>(), std::vector<int>{7});
    EXPECT_EQ(std::filesystem::status(copy).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(Backup, ADamagedSourceMakesNoBackup) {
    const ScratchFolder folder;
    const auto source = folder.path() / "kith.db";
    std::ofstream(source) << std::string(8192, 'x');
    EXPECT_FALSE(back_up(source, folder.path() / "copy.db"));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "copy.db"));
}

}  // namespace
}  // namespace kith::sqlite
