#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <mutex>
#include <thread>

#include "adapters/files/copy_folder.hpp"
#include "adapters/files/data_folder.hpp"
#include "adapters/files/durable_file.hpp"
#include "adapters/files/epoch_key_files.hpp"
#include "adapters/files/master_key.hpp"
#include "adapters/files/passphrase_file.hpp"

namespace kith::files {
namespace {

namespace fs = std::filesystem;

class FilesTest : public testing::Test {
  protected:
    FilesTest() {
        std::string name = (fs::temp_directory_path() / "kith-files-XXXXXX").native();
        folder_ = ::mkdtemp(name.data());
    }
    ~FilesTest() override { fs::remove_all(folder_); }

    static void put(const fs::path& path, std::string_view text, mode_t mode = 0600) {
        std::ofstream(path, std::ios::binary) << text;
        ::chmod(path.c_str(), mode);
    }
    static std::string content(const fs::path& path) {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    static unsigned mode_of(const fs::path& path) {
        struct stat found {};
        return ::stat(path.c_str(), &found) == 0 ? found.st_mode & 07777 : 0;
    }
    static Key key_of(Byte first) {
        Key key;
        for (Byte& b : key.expose()) b = first++;
        return key;
    }

    fs::path folder_;
};

using DurableFile = FilesTest;
using EpochKeys = FilesTest;
using MasterKey = FilesTest;
using Folder = FilesTest;

TEST_F(DurableFile, HoldsWhatWasWrittenForItsOwnerOnlyAndLeavesNothingBesideIt) {
    const fs::path path = folder_ / "number";
    ASSERT_TRUE(durable_write(path, as_bytes("41"), Existing::replace));
    ASSERT_TRUE(durable_write(path, as_bytes("42"), Existing::replace));
    EXPECT_EQ(content(path), "42");
    EXPECT_EQ(mode_of(path), 0600U);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

TEST_F(DurableFile, IsNotReplacedUnlessAskedTo) {
    const fs::path path = folder_ / "once";
    ASSERT_TRUE(durable_write(path, as_bytes("first"), Existing::refuse));
    EXPECT_EQ(durable_write(path, as_bytes("second"), Existing::refuse).error().code, Code::conflict);
    EXPECT_EQ(content(path), "first");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

TEST_F(DurableFile, FailsOrdinarilyWhereTheFolderIsAway) {
    EXPECT_EQ(durable_write(folder_ / "away" / "x", as_bytes("x"), Existing::replace).error().code, Code::unavailable);
    EXPECT_EQ(read_whole(folder_ / "away", 10).error().code, Code::not_found);
    put(folder_ / "long", "12345678901");
    EXPECT_EQ(read_whole(folder_ / "long", 10).error().code, Code::too_large);
}

TEST_F(EpochKeys, AreReadBackListedInOrderAndNeverReplaced) {
    EpochKeyFiles keys(folder_);
    ASSERT_TRUE(keys.create(app::Epoch{20778}, key_of(1)));
    ASSERT_TRUE(keys.create(app::Epoch{9}, key_of(2)));
    EXPECT_EQ(keys.create(app::Epoch{9}, key_of(3)).error().code, Code::conflict);
    EXPECT_EQ(keys.read(app::Epoch{9})->expose(), key_of(2).expose());
    EXPECT_EQ(*keys.list(), (std::vector{app::Epoch{9}, app::Epoch{20778}}));
    EXPECT_EQ(mode_of(folder_ / "9.key"), 0600U);
}

TEST_F(EpochKeys, MadeByManyAtOnceAreTheKeyOfTheOneWhoWasTold) {
    EpochKeyFiles keys(folder_);
    for (std::int64_t day = 1; day <= 20; ++day) {
        std::mutex mutex;
        std::vector<Byte> winners;
        std::vector<std::thread> threads;
        for (Byte first = 1; first <= 8; ++first)
            threads.emplace_back([&, first] {
                if (!keys.create(app::Epoch{day}, key_of(first))) return;
                const std::lock_guard lock(mutex);
                winners.push_back(first);
            });
        for (std::thread& thread : threads) thread.join();
        ASSERT_EQ(winners.size(), 1U);
        EXPECT_EQ(keys.read(app::Epoch{day})->expose(), key_of(winners.front()).expose());
    }
}

TEST_F(EpochKeys, AreGoneOnceDestroyedAndDestroyingAgainSucceeds) {
    EpochKeyFiles keys(folder_);
    ASSERT_TRUE(keys.create(app::Epoch{9}, key_of(2)));
    // A second name shows that the bytes themselves were overwritten and not only the name taken away.
    ASSERT_EQ(::link((folder_ / "9.key").c_str(), (folder_ / "copy").c_str()), 0);
    ASSERT_TRUE(keys.destroy(app::Epoch{9}));
    EXPECT_EQ(content(folder_ / "copy"), std::string(32, '\0'));
    EXPECT_EQ(keys.read(app::Epoch{9}).error().code, Code::not_found);
    EXPECT_TRUE(keys.list()->empty());
    EXPECT_TRUE(keys.destroy(app::Epoch{9}));
}

TEST_F(EpochKeys, WhoseDestructionWasCutShortReadAsGoneAndAreStillListed) {
    EpochKeyFiles keys(folder_);
    put(folder_ / "9.key", std::string_view("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 32));
    EXPECT_EQ(keys.read(app::Epoch{9}).error().code, Code::not_found);
    EXPECT_EQ(*keys.list(), std::vector{app::Epoch{9}});
    EXPECT_TRUE(keys.destroy(app::Epoch{9}));
    EXPECT_TRUE(keys.list()->empty());
}

TEST_F(EpochKeys, LeftByACrashUnderATemporaryNameAreListedAndDestroyed) {
    EpochKeyFiles keys(folder_);
    put(folder_ / "9.key.new", "half a key");
    EXPECT_EQ(*keys.list(), std::vector{app::Epoch{9}});
    EXPECT_EQ(keys.read(app::Epoch{9}).error().code, Code::not_found);
    ASSERT_TRUE(keys.destroy(app::Epoch{9}));
    EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(EpochKeys, FailOrdinarilyWhenTheFolderIsAwayOrAFileIsDamaged) {
    EpochKeyFiles away(folder_ / "away");
    EXPECT_EQ(away.create(app::Epoch{9}, key_of(1)).error().code, Code::unavailable);
    EXPECT_EQ(away.read(app::Epoch{9}).error().code, Code::unavailable);
    EXPECT_EQ(away.destroy(app::Epoch{9}).error().code, Code::unavailable);
    EXPECT_EQ(away.list().error().code, Code::unavailable);
    EpochKeyFiles keys(folder_);
    put(folder_ / "9.key", "short");
    EXPECT_EQ(keys.read(app::Epoch{9}).error().code, Code::betrayed);
    put(folder_ / "note.txt", "no key");
    EXPECT_EQ(*keys.list(), std::vector{app::Epoch{9}});
}

TEST_F(MasterKey, IsReadInEachOfItsThreeForms) {
    const Key key = key_of(200);
    put(folder_ / "raw", as_text(key.expose()), 0400);
    put(folder_ / "hex", to_hex(key.expose()) + "\n");
    put(folder_ / "base64", "  " + to_base64(key.expose()) + "\r\n");
    for (const char* name : {"raw", "hex", "base64"})
        EXPECT_EQ(load_master_key(folder_ / name)->expose(), key.expose());
}

TEST_F(MasterKey, IsRefusedWhenOthersMayReadIt) {
    for (const mode_t mode : {0640, 0604, 0620, 0601, 0700}) {
        put(folder_ / "key", to_base64(key_of(1).expose()), mode);
        EXPECT_EQ(load_master_key(folder_ / "key").error().code, Code::forbidden) << mode;
    }
}

TEST_F(MasterKey, IsRefusedWhenItIsNoKey) {
    EXPECT_EQ(load_master_key(folder_ / "none").error().code, Code::not_found);
    EXPECT_EQ(load_master_key(folder_).error().code, Code::invalid);
    for (const char* text : {"", "\n", "0123", "not base64 at all, not base64 at all, not b"}) {
        put(folder_ / "key", text);
        EXPECT_EQ(load_master_key(folder_ / "key").error().code, Code::invalid) << text;
    }
}

TEST_F(MasterKey, IsMadeOnceForItsOwnerOnly) {
    const fs::path path = folder_ / "master.key";
    ASSERT_TRUE(create_master_key(path, key_of(7)));
    EXPECT_EQ(mode_of(path), 0600U);
    EXPECT_EQ(create_master_key(path, key_of(8)).error().code, Code::conflict);
    EXPECT_EQ(load_master_key(path)->expose(), key_of(7).expose());
}

TEST_F(MasterKey, OfAPassPhraseHasItsParametersInAFileThatIsReadWholeOrNotAtAll) {
    const fs::path path = folder_ / "master.key.passphrase";
    PassphraseFile file{3, 268435456, {1, 2}, {3, 4}};
    EXPECT_EQ(read_passphrase_file(path).error().code, Code::not_found);
    ASSERT_TRUE(create_passphrase_file(path, file));
    EXPECT_EQ(*read_passphrase_file(path), file);
    EXPECT_EQ(mode_of(path), 0600U);
    EXPECT_EQ(create_passphrase_file(path, file).error().code, Code::conflict);
    const std::string whole = content(path);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        put(path, std::string_view(whole).substr(0, size));
        EXPECT_EQ(read_passphrase_file(path).error().code, Code::invalid) << size;
    }
    std::string none = whole;
    none[none.find(" 3 ") + 1] = '0';
    put(path, none);
    EXPECT_EQ(read_passphrase_file(path).error().code, Code::invalid);
}

TEST_F(Folder, IsRefusedToASecondServerAndFreeAfterTheFirst) {
    const fs::path path = folder_ / "data";
    {
        const auto first = DataFolder::open(path);
        ASSERT_TRUE(first);
        EXPECT_EQ(mode_of(path), 0700U);
        EXPECT_EQ(DataFolder::open(path).error().code, Code::conflict);
    }
    EXPECT_TRUE(DataFolder::open(path));
}

TEST_F(Folder, IsFreeAfterItsServerWasKilled) {
    const fs::path path = folder_ / "data";
    int ready[2];
    ASSERT_EQ(::pipe(ready), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto mine = DataFolder::open(path);
        const char told = mine ? 'y' : 'n';
        if (::write(ready[1], &told, 1) != 1) ::_exit(1);
        ::pause();
        ::_exit(0);
    }
    char told = 0;
    ASSERT_EQ(::read(ready[0], &told, 1), 1);
    ASSERT_EQ(told, 'y');
    EXPECT_EQ(DataFolder::open(path).error().code, Code::conflict);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    EXPECT_TRUE(DataFolder::open(path));
}

TEST_F(Folder, ThatCannotBeMadeIsAnOrdinaryFailure) {
    put(folder_ / "file", "x");
    EXPECT_EQ(DataFolder::open(folder_ / "file").error().code, Code::unavailable);
    EXPECT_EQ(DataFolder::open(folder_ / "no" / "parent").error().code, Code::unavailable);
}

// --- folders of sealed files
// --------------------------------------------------------------------------------------------

TEST_F(FilesTest, AFolderIsCopiedWholePrivatelyAndOnce) {
    const fs::path from = folder_ / "files", to = folder_ / "backup.files";
    fs::create_directory(from);
    put(from / "ONE", "first", 0644);
    put(from / "TWO", std::string(300'000, 'x'));
    put(from / "THREE.part", "being written");
    ASSERT_TRUE(copy_folder(from, to));
    EXPECT_EQ(content(to / "ONE"), "first");
    EXPECT_EQ(content(to / "TWO").size(), 300'000u);
    EXPECT_FALSE(fs::exists(to / "THREE.part"));
    EXPECT_EQ(mode_of(to), 0700u);
    EXPECT_EQ(mode_of(to / "ONE"), 0600u);
    EXPECT_EQ(copy_folder(from, to).error().code, Code::conflict);
}

TEST_F(FilesTest, AFolderThatIsNotThereLeavesNothingToCopy) {
    ASSERT_TRUE(copy_folder(folder_ / "absent", folder_ / "copy"));
    EXPECT_FALSE(fs::exists(folder_ / "copy"));
}

}  // namespace
}  // namespace kith::files
