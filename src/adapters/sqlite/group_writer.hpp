// All writing to the store: one thread, many requests a durable transaction.
//
// 1. What was answered with success is on disk. What was answered with a failure left nothing, but for one answer:
//    "outcome unknown" (a COMMIT whose sync failed), after which no more writes are taken and the process should end.
// 2. Requests do not harm each other: each runs in a savepoint, and where SQLite rolled back the whole transaction by
//    itself (disk full, I/O error, interrupt) every request of the group runs again, alone.
// 3. So a request's work may run twice. It reads the clock and makes its random bytes before, sends nothing, and
//    trusts no memory of an earlier run.
#pragma once
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "adapters/sqlite/database.hpp"

namespace kith::sqlite {

class GroupWriter {
  public:
    using Work = std::function<Result<void>(Database&)>;
    struct Hooks {
        /// Once a group, last before COMMIT, when at least one request succeeded. Its failure undoes the group, and
        /// each request is tried alone with a call of its own.
        Work before_commit;
        /// On the writer's thread, after the commit and before the answers. Must be quick.
        std::function<void()> after_commit;
        /// Once, on the writer's thread, when an outcome became unknown. The process should end.
        std::function<void()> on_unknown_outcome;
    };

    explicit GroupWriter(Database database, Hooks hooks = {}, std::size_t largest_group = 64);
    /// Finishes what was submitted, then stops.
    ~GroupWriter();
    GroupWriter(const GroupWriter&) = delete;
    GroupWriter& operator=(const GroupWriter&) = delete;

    /// Returns when the work is durable or has left nothing. A failure that the work returns, or an exception that it
    /// throws (rethrown here), undoes that work only. Not to be called from inside a work.
    Result<void> write(Work work);
    /// True after an outcome became unknown: every further write is refused.
    bool stopped() const;

  private:
    struct Request;
    using Group = std::vector<Request*>;
    enum class Attempt { settled, rolled_back };

    void refuse_other_commits();
    int commit();
    void loop();
    bool next(Group& group);
    void run(const Group& group);
    Attempt attempt(const Group& group);
    bool run_request(Request& request);
    void call(Request& request, const Work& work);
    void publish();
    Attempt undo(const Group& group, const Error& error);
    void stop(const Group& group);
    void settle(const Group& group);

    Database database_;
    const Hooks hooks_;
    const std::size_t largest_group_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Request*> queue_;
    enum class Commits { refused, allowed };
    Commits commits_ = Commits::refused;  ///< touched by the writer's thread only
    bool closing_ = false;
    bool stopped_ = false;
    std::thread thread_;
};

/// Sessions that only read, each from one snapshot of what was committed when it began. They never wait for the writer,
/// only, when all connections are in use, for each other.
class ReaderPool {
  public:
    static constexpr std::size_t most = 8;
    /// Opens one connection now, so that a store that cannot be read is found at start; the others when needed.
    static Result<std::unique_ptr<ReaderPool>> open(const std::filesystem::path& path, std::size_t connections = most);

    /// `work(Database&)` returns a Result; so does this. The snapshot ends when it returns, so keep it short.
    template <class F>
    auto read(F&& work) -> std::invoke_result_t<F&, Database&> {
        auto database = KITH_TRY(take());
        const Lease lease{*this, database};
        KITH_TRY(begin(*database));
        return work(*database);
    }

  private:
    struct Lease {
        ReaderPool& pool;
        std::unique_ptr<Database>& database;
        ~Lease() { pool.give_back(std::move(database)); }
    };
    ReaderPool(std::filesystem::path path, std::size_t connections)
        : path_(std::move(path)), free_to_open_(connections) {}
    Result<std::unique_ptr<Database>> take();
    static Result<void> begin(Database& database);
    void give_back(std::unique_ptr<Database> database);

    const std::filesystem::path path_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Database>> idle_;
    std::size_t free_to_open_;
};

}  // namespace kith::sqlite
