#include "adapters/sqlite/group_writer.hpp"

#include <errno.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <future>

#include "adapters/sqlite/scratch_store.hpp"

// The disk of these tests: SQLite's calls come here first and can be made to fail.
namespace {
std::atomic<int> failing_sync = 0;
std::atomic<int> failing_write = 0;
}  // namespace
extern "C" int fdatasync(int file) {
    if (failing_sync != 0) {
        errno = failing_sync;
        return -1;
    }
    return static_cast<int>(::syscall(SYS_fdatasync, file));
}
extern "C" int fsync(int file) { return fdatasync(file); }
extern "C" ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
    if (failing_write != 0) {
        errno = failing_write;
        return -1;
    }
    return ::syscall(SYS_pwrite64, file, bytes, size, at);
}

namespace kith::sqlite {
namespace {

using Numbers = std::vector<std::int64_t>;

class GroupWriterTest : public testing::Test {
  protected:
    ~GroupWriterTest() override { failing_sync = failing_write = 0; }

    /// Puts all works into one group: the writer is held inside a work until every other one is queued.
    std::vector<Result<void>> write_together(GroupWriter& writer, std::vector<GroupWriter::Work> works) {
        std::promise<void> held, go;
        std::thread holder([&] {
            std::atomic<bool> once = false;
            static_cast<void>(writer.write([&](Database&) -> Result<void> {
                if (!once.exchange(true)) {
                    held.set_value();
                    go.get_future().wait();
                }
                return fail(Code::invalid, "only holds the writer");
            }));
        });
        held.get_future().wait();
        std::vector<Result<void>> results(works.size());
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < works.size(); ++i) {
            threads.emplace_back([&, i] {
                try {
                    results[i] = writer.write(works[i]);
                } catch (const Bug&) {
                    results[i] = fail(Code::betrayed, "a bug came back");
                }
            });
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        go.set_value();
        for (std::thread& thread : threads) thread.join();
        holder.join();
        return results;
    }
    static GroupWriter::Work add(std::int64_t number, std::size_t size = 10) {
        return [=](Database& database) { return add_number(database, number, size); };
    }
    Numbers stored() const {
        Database reader = Database::open(folder_.store(), Access::read_only).value();
        return numbers_in(reader);
    }

    ScratchFolder folder_;
};

TEST_F(GroupWriterTest, CommitsManyRequestsAtOnceAndUndoesOnlyThoseThatFailed) {
    std::atomic<int> commits = 0;
    GroupWriter writer(open_with_rows(folder_),
                       {.before_commit = {}, .after_commit = [&] { ++commits; }, .on_unknown_outcome = {}});
    const auto results = write_together(writer, {add(1), add(1),
                                                 [](Database& db) -> Result<void> {
                                                     KITH_TRY(add_number(db, 2));
                                                     return fail(Code::forbidden, "the gate refused");
                                                 },
                                                 [](Database& db) -> Result<void> {
                                                     KITH_TRY(add_number(db, 3));
                                                     throw Bug("thrown by a work");
                                                 },
                                                 add(4)});
    EXPECT_TRUE(results[0]);
    EXPECT_EQ(results[1].error().code, Code::conflict);
    EXPECT_EQ(results[2].error().code, Code::forbidden);
    EXPECT_EQ(results[3].error().code, Code::betrayed);
    EXPECT_TRUE(results[4]);
    EXPECT_EQ(stored(), (Numbers{1, 4}));
    EXPECT_EQ(commits, 1);
}

TEST_F(GroupWriterTest, KeepsExactlyWhatItAcknowledgedToSixtyFourThreads) {
    std::atomic<int> commits = 0;
    Numbers acknowledged;
    {
        GroupWriter writer(open_with_rows(folder_),
                           {.before_commit = {}, .after_commit = [&] { ++commits; }, .on_unknown_outcome = {}});
        std::mutex mutex;
        std::vector<std::thread> threads;
        for (std::int64_t t = 0; t < 64; ++t)
            threads.emplace_back([&, t] {
                for (std::int64_t i = 0; i < 40; ++i) {
                    const std::int64_t number = t * 1000 + i;
                    Result<void> result;
                    try {
                        result = writer.write([&](Database& db) -> Result<void> {
                            KITH_TRY(add_number(db, number));
                            if (i % 10 == 3) KITH_TRY(add_number(db, number));
                            if (i % 10 == 5) return fail(Code::invalid, "refused");
                            if (i % 10 == 7) throw Bug("thrown");
                            if (i % 20 == 9) {
                                sqlite3_progress_handler(
                                    db.raw(), 1, [](void*) { return 1; }, nullptr);
                                const auto interrupted = add_number(db, number + 500);
                                sqlite3_progress_handler(db.raw(), 0, nullptr, nullptr);
                                return interrupted;
                            }
                            return {};
                        });
                    } catch (const Bug&) {
                        result = fail(Code::invalid, "a bug came back");
                    }
                    const std::lock_guard lock(mutex);
                    if (result) acknowledged.push_back(number);
                    EXPECT_EQ(result.has_value(), i % 10 != 3 && i % 10 != 5 && i % 10 != 7 && i % 20 != 9);
                }
            });
        for (std::thread& thread : threads) thread.join();
    }
    std::ranges::sort(acknowledged);
    EXPECT_EQ(stored(), acknowledged);
    EXPECT_EQ(acknowledged.size(), 64U * 26U);
    EXPECT_LT(commits, 64 * 26);
}

TEST_F(GroupWriterTest, ADiskWithoutRoomHarmsOnlyTheRequestThatNeedsIt) {
    GroupWriter writer(open_with_rows(folder_));
    ASSERT_TRUE(writer.write([](Database& db) { return db.execute("pragma max_page_count = 40"); }));
    const auto results = write_together(writer, {add(1), add(2, 1'000'000), add(3)});
    EXPECT_TRUE(results[0]);
    EXPECT_EQ(results[1].error().code, Code::unavailable);
    EXPECT_TRUE(results[2]);
    EXPECT_EQ(stored(), (Numbers{1, 3}));
    EXPECT_FALSE(writer.stopped());
}

TEST_F(GroupWriterTest, AnInterruptedWriteHarmsOnlyItsOwnRequestEvenWhenTheWorkHidesIt) {
    GroupWriter writer(open_with_rows(folder_));
    const auto interrupted = [](Database& db) -> Result<void> {
        const auto interrupt = [](void* connection) {
            sqlite3_interrupt(static_cast<sqlite3*>(connection));
            return 0;
        };
        sqlite3_progress_handler(db.raw(), 10, interrupt, db.raw());
        const auto hidden = run_text(db,
                                     "with recursive n (x) as (select 100 union all select x + 1 from n limit 1000) "
                                     "insert into numbers select x, x'00' from n");
        sqlite3_progress_handler(db.raw(), 0, nullptr, nullptr);
        EXPECT_FALSE(hidden);
        EXPECT_FALSE(db.in_transaction());
        return {};
    };
    const auto results = write_together(writer, {add(1), interrupted, add(3)});
    EXPECT_TRUE(results[0]);
    EXPECT_EQ(results[1].error().code, Code::unavailable);
    EXPECT_TRUE(results[2]);
    EXPECT_EQ(stored(), (Numbers{1, 3}));
}

TEST_F(GroupWriterTest, AWorkThatGoesOnAfterItsTransactionIsGoneOrCommitsByItselfStoresNothing) {
    GroupWriter writer(open_with_rows(folder_));
    const auto goes_on = [](Database& db) -> Result<void> {
        KITH_TRY(db.execute("pragma max_page_count = 40"));
        EXPECT_FALSE(add_number(db, 2, 1'000'000));
        static_cast<void>(add_number(db, 3));
        return {};
    };
    const auto commits = [](Database& db) -> Result<void> {
        KITH_TRY(add_number(db, 4));
        static_cast<void>(db.execute_code("commit"));
        return {};
    };
    const auto results = write_together(writer, {add(1), goes_on, commits, add(5)});
    EXPECT_TRUE(results[0]);
    EXPECT_EQ(results[1].error().code, Code::unavailable);
    EXPECT_EQ(results[2].error().code, Code::unavailable);
    EXPECT_TRUE(results[3]);
    EXPECT_EQ(stored(), (Numbers{1, 5}));
}

TEST_F(GroupWriterTest, CallsBeforeCommitOnceAGroupAndOnlyWhenSomethingSucceeded) {
    int calls = 0;
    GroupWriter writer(open_with_rows(folder_), {.before_commit =
                                                     [&](Database& db) {
                                                         ++calls;
                                                         return add_number(db, 1000 + calls);
                                                     },
                                                 .after_commit = {},
                                                 .on_unknown_outcome = {}});
    EXPECT_FALSE(writer.write([](Database&) -> Result<void> { return fail(Code::invalid, "nothing to sign"); }));
    EXPECT_EQ(calls, 0);
    for (const auto& result : write_together(writer, {add(1), add(2), add(3)})) EXPECT_TRUE(result);
    EXPECT_EQ(calls, 1);
    EXPECT_EQ(stored(), (Numbers{1, 2, 3, 1001}));
}

TEST_F(GroupWriterTest, AFailingBeforeCommitHarmsOnlyTheRequestsItFailsFor) {
    const auto refuse_seven = [](Database& db) -> Result<void> {
        const auto numbers = numbers_in(db);
        if (std::ranges::count(numbers, 8) > 0) throw Bug("eight is a bug");
        if (std::ranges::count(numbers, 7) > 0) return fail(Code::betrayed, "seven cannot be signed");
        return {};
    };
    GroupWriter writer(open_with_rows(folder_),
                       {.before_commit = refuse_seven, .after_commit = {}, .on_unknown_outcome = {}});
    const auto results = write_together(writer, {add(1), add(7), add(8), add(9)});
    EXPECT_TRUE(results[0]);
    EXPECT_EQ(results[1].error().what, "seven cannot be signed");
    EXPECT_EQ(results[2].error().what, "a bug came back");
    EXPECT_TRUE(results[3]);
    EXPECT_EQ(stored(), (Numbers{1, 9}));
}

TEST_F(GroupWriterTest, ABrokenRuleFoundOnlyAtCommitHarmsOnlyItsOwnRequest) {
    Database database = open_with_rows(folder_);
    ASSERT_TRUE(database.execute(
        "create table notes (number integer references numbers (number) deferrable initially deferred) strict"));
    GroupWriter writer(std::move(database));
    const auto dangling = [](Database& db) { return run_text(db, "insert into notes values (99)"); };
    const auto results = write_together(writer, {add(1), dangling, add(3)});
    EXPECT_TRUE(results[0]);
    EXPECT_EQ(results[1].error().code, Code::invalid);
    EXPECT_TRUE(results[2]);
    EXPECT_FALSE(writer.stopped());
    EXPECT_EQ(stored(), (Numbers{1, 3}));
}

TEST_F(GroupWriterTest, AFullDiskAtCommitIsACertainNo) {
    GroupWriter writer(open_with_rows(folder_));
    ASSERT_TRUE(writer.write(add(1)));
    failing_write = ENOSPC;
    EXPECT_EQ(writer.write(add(2)).error().what, "no room is left on the disk");
    failing_write = 0;
    EXPECT_FALSE(writer.stopped());
    EXPECT_TRUE(writer.write(add(3)));
    EXPECT_EQ(stored(), (Numbers{1, 3}));
}

TEST_F(GroupWriterTest, ASyncThatFailsAtCommitIsNeitherYesNorNoAndEndsAllWriting) {
    std::atomic<int> alarms = 0;
    GroupWriter writer(open_with_rows(folder_),
                       {.before_commit = {}, .after_commit = {}, .on_unknown_outcome = [&] { ++alarms; }});
    ASSERT_TRUE(writer.write(add(1)));
    failing_sync = EIO;
    const auto results = write_together(writer, {add(2), add(1), add(3)});
    failing_sync = 0;
    EXPECT_EQ(results[0].error().what, "outcome unknown: ask again");
    EXPECT_EQ(results[0].error().code, Code::unavailable);
    EXPECT_EQ(results[1].error().code, Code::conflict);
    EXPECT_EQ(results[2].error().what, "outcome unknown: ask again");
    EXPECT_TRUE(writer.stopped());
    EXPECT_EQ(alarms, 1);
    EXPECT_EQ(writer.write(add(4)).error().what, "the store has stopped taking writes");
}

TEST_F(GroupWriterTest, FinishesWhatWasSubmittedBeforeItEnds) {
    std::vector<std::thread> threads;
    std::atomic<int> done = 0;
    {
        GroupWriter writer(open_with_rows(folder_));
        std::barrier all_in(9);
        for (std::int64_t i = 0; i < 8; ++i)
            threads.emplace_back([&, i] {
                const auto result = writer.write([&](Database& db) { return add_number(db, i); });
                if (result) ++done;
                static_cast<void>(all_in.arrive());
            });
        all_in.arrive_and_wait();
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(done, 8);
    EXPECT_EQ(stored().size(), 8U);
}

TEST_F(GroupWriterTest, AWorkThatWritesThroughTheWriterIsABug) {
    GroupWriter writer(open_with_rows(folder_));
    EXPECT_THROW(static_cast<void>(writer.write([&](Database&) { return writer.write(add(1)); })), Bug);
}

class ReaderPoolTest : public GroupWriterTest {};

TEST_F(ReaderPoolTest, ShowsOnlyWhatWasCommittedAndDoesNotWaitForTheWriter) {
    GroupWriter writer(open_with_rows(folder_));
    ASSERT_TRUE(writer.write(add(1)));
    const auto pool = *ReaderPool::open(folder_.store());
    std::promise<void> inside, go_on;
    std::thread slow([&] {
        EXPECT_TRUE(writer.write([&](Database& db) -> Result<void> {
            KITH_TRY(add_number(db, 2));
            inside.set_value();
            go_on.get_future().wait();
            return {};
        }));
    });
    inside.get_future().wait();
    const auto count = [](Database& db) -> Result<std::size_t> { return numbers_in(db).size(); };
    EXPECT_EQ(*pool->read(count), 1U);
    EXPECT_EQ(*pool->read([&](Database& db) -> Result<std::size_t> {
        EXPECT_EQ(numbers_in(db).size(), 1U);
        go_on.set_value();
        slow.join();
        return numbers_in(db).size();
    }),
              1U);
    EXPECT_EQ(*pool->read(count), 2U);
}

TEST_F(ReaderPoolTest, ServesMoreThreadsThanItHasConnectionsAndSurvivesTheirBugs) {
    GroupWriter writer(open_with_rows(folder_));
    ASSERT_TRUE(writer.write(add(1)));
    const auto pool = *ReaderPool::open(folder_.store(), 2);
    std::atomic<int> right = 0, thrown = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 50; ++i) try {
                    const auto numbers = pool->read([&](Database& db) -> Result<Numbers> {
                        auto found = numbers_in(db);
                        if ((t + i) % 5 == 0) throw Bug("thrown by a reader");
                        return found;
                    });
                    if (numbers && numbers->size() == 1) ++right;
                } catch (const Bug&) {
                    ++thrown;
                }
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(right, 320);
    EXPECT_EQ(thrown, 80);
}

TEST_F(ReaderPoolTest, CannotWriteAndCannotReadAStoreThatIsNotThere) {
    EXPECT_EQ(ReaderPool::open(folder_.store()).error().code, Code::unavailable);
    GroupWriter writer(open_with_rows(folder_));
    const auto pool = *ReaderPool::open(folder_.store());
    EXPECT_EQ(pool->read([](Database& db) { return add_number(db, 1); }).error().code, Code::unavailable);
}

// The child writes under load and tells each number through the pipe after it was acknowledged; it is killed at some
// instant, and every number told must be in the store.
[[noreturn]] void write_until_killed(const ScratchFolder& folder, int told, std::int64_t round) {
    GroupWriter writer(open_with_rows(folder));
    std::vector<std::thread> threads;
    for (std::int64_t t = 0; t < 16; ++t)
        threads.emplace_back([&, t] {
            for (std::int64_t i = 0;; ++i) {
                const std::int64_t number = round * 100'000'000 + t * 1'000'000 + i;
                const auto result = writer.write([=](Database& db) { return add_number(db, number, 300); });
                if (!result || ::write(told, &number, sizeof number) != sizeof number) ::_exit(1);
            }
        });
    for (std::thread& thread : threads) thread.join();
    ::_exit(0);
}

TEST_F(GroupWriterTest, WhatWasAcknowledgedIsThereAfterAKillAtAnyInstant) {
    Numbers acknowledged;
    for (std::int64_t round = 0; round < 5; ++round) {
        int told[2];
        ASSERT_EQ(::pipe(told), 0);
        const pid_t child = ::fork();
        if (child == 0) write_until_killed(folder_, told[1], round);
        ::close(told[1]);
        std::thread killer([=] {
            std::this_thread::sleep_for(std::chrono::milliseconds(150 + 37 * round));
            ::kill(child, SIGKILL);
        });
        std::int64_t number = 0;
        while (::read(told[0], &number, sizeof number) == sizeof number) acknowledged.push_back(number);
        killer.join();
        int status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_TRUE(WIFSIGNALED(status));
        ::close(told[0]);
    }
    std::ranges::sort(acknowledged);
    const Numbers there = stored();
    EXPECT_GT(acknowledged.size(), 100U);
    EXPECT_TRUE(std::ranges::includes(there, acknowledged));
    Database database = open_with_rows(folder_);
    EXPECT_EQ(all_text<std::string>(database, "pragma integrity_check")->at(0), "ok");
}

}  // namespace
}  // namespace kith::sqlite
