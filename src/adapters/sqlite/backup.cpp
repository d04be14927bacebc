#include "adapters/sqlite/backup.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/sqlite/database.hpp"

namespace kith::sqlite {
namespace {

Result<void> sync(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return fail(Code::unavailable, "the copy cannot be opened");
    const bool synced = ::fsync(file) == 0;
    ::close(file);
    if (!synced) return fail(Code::unavailable, "the copy cannot be synced");
    return {};
}

Result<void> check(const std::filesystem::path& path) {
    Database copy = KITH_TRY(Database::open(path, Access::write));
    Statement statement = KITH_TRY(copy.prepare_text("pragma integrity_check"));
    const auto said = KITH_TRY(statement.all<std::string>());
    if (said.size() != 1 || said.front() != "ok") return fail(Code::betrayed, "the copy fails its integrity check");
    return {};
}

}  // namespace

Result<void> back_up(const std::filesystem::path& database, const std::filesystem::path& to) {
    std::error_code ignored;
    if (!std::filesystem::exists(database, ignored)) return fail(Code::not_found, "there is no database to copy");
    if (std::filesystem::exists(to, ignored)) return fail(Code::conflict, "there is a file of that name");
    std::filesystem::path unfinished = to;
    unfinished += ".new";
    std::filesystem::remove(unfinished, ignored);
    const mode_t before = ::umask(077);
    const auto copied = [&]() -> Result<void> {
        // Not read_only: query_only forbids VACUUM INTO too, though it only reads here.
        Database source = KITH_TRY(Database::open(database, Access::write));
        Statement statement = KITH_TRY(source.prepare_text("vacuum into ?"));
        return statement.run(unfinished.string());
    }();
    ::umask(before);
    KITH_TRY(copied);
    KITH_TRY(check(unfinished));
    for (const char* beside : {"-wal", "-shm"}) std::filesystem::remove(unfinished.string() + beside, ignored);
    KITH_TRY(sync(unfinished));
    std::error_code failed;
    std::filesystem::rename(unfinished, to, failed);
    if (failed) return fail(Code::unavailable, "the copy cannot be given its name");
    return sync(std::filesystem::absolute(to).parent_path());
}

}  // namespace kith::sqlite
