#include "adapters/sqlite/group_writer.hpp"

#include <sqlite3.h>

#include "base/log.hpp"

namespace kith::sqlite {
namespace {

// After these a COMMIT has certainly not happened. After any other failure it may be there when the file is next
// opened: a COMMIT whose sync failed was (its frames were in the log already).
bool certainly_not_committed(int code) {
    switch (code & 0xff) {
        case SQLITE_FULL:
        case SQLITE_BUSY:
        case SQLITE_INTERRUPT:
        case SQLITE_CONSTRAINT:
            return true;
        default:
            return false;
    }
}

Error unknown_outcome() { return fail(Code::unavailable, "outcome unknown: ask again").value(); }
// For a request that saw no error of its own when the transaction went.
Error undone() { return fail(Code::unavailable, "the store undid the request").value(); }
Error no_more_writes() { return fail(Code::unavailable, "the store has stopped taking writes").value(); }

Error refusal_of(int code) {
    try {
        return error_of(code);
    } catch (const Bug&) {
        return undone();
    }
}

}  // namespace

struct GroupWriter::Request {
    const Work& work;
    Result<void> result{};
    std::exception_ptr thrown{};
    enum class State { waiting, answered } state = State::waiting;
    std::condition_variable answered{};

    bool failed() const { return !result || thrown; }
    void forget() {
        result = {};
        thrown = nullptr;
    }
};

GroupWriter::GroupWriter(Database database, Hooks hooks, std::size_t largest_group)
    : database_(std::move(database)), hooks_(std::move(hooks)), largest_group_(largest_group) {
    refuse_other_commits();
    thread_ = std::thread([this] { loop(); });
}

GroupWriter::~GroupWriter() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

Result<void> GroupWriter::write(Work work) {
    KITH_CHECK(std::this_thread::get_id() != thread_.get_id());
    Request request{work};
    std::unique_lock lock(mutex_);
    if (stopped_) return Failure(no_more_writes());
    queue_.push_back(&request);
    wake_.notify_one();
    request.answered.wait(lock, [&] { return request.state == Request::State::answered; });
    if (request.thrown) std::rethrow_exception(request.thrown);
    return request.result;
}

bool GroupWriter::stopped() const {
    const std::lock_guard lock(mutex_);
    return stopped_;
}

// A work that goes on after its transaction is gone would commit statement by statement, behind the group's back.
// SQLite asks here before any commit, and a refusal turns it into a rollback.
void GroupWriter::refuse_other_commits() {
    sqlite3_commit_hook(
        database_.raw(),
        [](void* commits) { return *static_cast<const Commits*>(commits) == Commits::allowed ? 0 : 1; }, &commits_);
}

int GroupWriter::commit() {
    commits_ = Commits::allowed;
    const int code = database_.transact("commit");
    commits_ = Commits::refused;
    return code;
}

void GroupWriter::loop() {
    for (Group group; next(group); group.clear()) run(group);
}

bool GroupWriter::next(Group& group) {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [&] { return closing_ || !queue_.empty(); });
    while (!queue_.empty() && group.size() < largest_group_) {
        group.push_back(queue_.front());
        queue_.pop_front();
    }
    return !group.empty();
}

void GroupWriter::run(const Group& group) {
    if (stopped()) {
        for (Request* request : group) request->result = Failure(no_more_writes());
    } else if (attempt(group) == Attempt::rolled_back && group.size() > 1) {
        for (Request* request : group) {
            request->forget();
            if (stopped())
                request->result = Failure(no_more_writes());
            else
                static_cast<void>(attempt({request}));
        }
    }
    settle(group);
}

// Settled: what did not fail is durable (or its outcome unknown, and it says so), what failed left nothing.
// Rolled back: nothing of the group is in the store, and each request has an error.
GroupWriter::Attempt GroupWriter::attempt(const Group& group) {
    if (const int code = database_.transact("begin immediate")) return undo(group, refusal_of(code));
    for (Request* request : group)
        if (!run_request(*request)) return undo(group, undone());
    if (std::ranges::all_of(group, &Request::failed)) {
        if (database_.transact("rollback") != SQLITE_OK && database_.in_transaction()) stop(group);
        return Attempt::settled;
    }
    if (hooks_.before_commit) {
        Request hook{hooks_.before_commit};
        call(hook, hooks_.before_commit);
        if (hook.thrown || !hook.result || !database_.in_transaction()) {
            for (Request* request : group)
                if (!request->failed()) request->thrown = hook.thrown;
            return undo(group, hook.result ? undone() : hook.result.error());
        }
    }
    const int code = commit();
    if (code == SQLITE_OK) {
        publish();
        return Attempt::settled;
    }
    if (certainly_not_committed(code)) return undo(group, refusal_of(code));
    stop(group);
    return Attempt::settled;
}

// False when the whole transaction is gone: SQLite ends it by itself after a full disk, an I/O error, an interrupted
// write and more, and what then followed would commit statement by statement.
bool GroupWriter::run_request(Request& request) {
    if (database_.transact("savepoint request") != SQLITE_OK) return false;
    call(request, request.work);
    if (!database_.in_transaction()) return false;
    if (request.failed() && database_.transact("rollback to request") != SQLITE_OK) return false;
    return database_.transact("release request") == SQLITE_OK && database_.in_transaction();
}

void GroupWriter::call(Request& request, const Work& work) {
    try {
        request.result = work(database_);
    } catch (...) {
        request.thrown = std::current_exception();
    }
}

GroupWriter::Attempt GroupWriter::undo(const Group& group, const Error& error) {
    if (database_.in_transaction() && database_.transact("rollback") != SQLITE_OK && database_.in_transaction()) {
        stop(group);
        return Attempt::settled;
    }
    for (Request* request : group)
        if (!request->failed()) request->result = Failure(error);
    return Attempt::rolled_back;
}

// No caller may be told "no" of what may be there, nor "yes" of what may not.
void GroupWriter::stop(const Group& group) {
    for (Request* request : group)
        if (!request->failed()) request->result = Failure(unknown_outcome());
    {
        const std::lock_guard lock(mutex_);
        if (std::exchange(stopped_, true)) return;
    }
    log::warn("store_outcome_unknown");
    if (hooks_.on_unknown_outcome) hooks_.on_unknown_outcome();
}

void GroupWriter::publish() {
    try {
        if (hooks_.after_commit) hooks_.after_commit();
    } catch (...) {
        log::warn("store_publish_failed");  // What was committed is committed, whoever could not be told.
    }
}

void GroupWriter::settle(const Group& group) {
    const std::lock_guard lock(mutex_);
    for (Request* request : group) {
        request->state = Request::State::answered;
        // Under the lock: the waiting thread owns the request and may leave as soon as it can.
        request->answered.notify_one();
    }
}

Result<std::unique_ptr<ReaderPool>> ReaderPool::open(const std::filesystem::path& path, std::size_t connections) {
    KITH_CHECK(connections >= 1 && connections <= most);
    std::unique_ptr<ReaderPool> pool(new ReaderPool(path, connections));
    pool->give_back(KITH_TRY(pool->take()));
    return pool;
}

Result<std::unique_ptr<Database>> ReaderPool::take() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [&] { return !idle_.empty() || free_to_open_ > 0; });
    if (!idle_.empty()) {
        auto database = std::move(idle_.back());
        idle_.pop_back();
        return database;
    }
    --free_to_open_;
    lock.unlock();
    auto opened = Database::open(path_, Access::read_only);
    if (opened) return std::make_unique<Database>(std::move(*opened));
    lock.lock();
    ++free_to_open_;
    returned_.notify_one();
    return Failure(opened.error());
}

Result<void> ReaderPool::begin(Database& database) {
    if (const int code = database.transact("begin")) return Failure(error_of(code));
    return {};
}

void ReaderPool::give_back(std::unique_ptr<Database> database) {
    if (database->in_transaction()) database->transact("rollback");
    const std::lock_guard lock(mutex_);
    if (database->in_transaction())
        ++free_to_open_;  // It would go on showing an old snapshot: let it go.
    else
        idle_.push_back(std::move(database));
    returned_.notify_one();
}

}  // namespace kith::sqlite
