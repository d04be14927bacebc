#include "adapters/files/copy_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/files/durable_file.hpp"

namespace kith::files {
namespace {
namespace fs = std::filesystem;

constexpr std::string_view kBeingWritten = ".part";

Result<void> copy_one(const fs::path& from, const fs::path& to) {
    std::error_code error;
    if (!fs::copy_file(from, to, error)) {
        std::error_code gone;
        if (!fs::exists(from, gone)) return {};
        return fail(Code::unavailable, "a file cannot be copied");
    }
    const Descriptor copy(::open(to.c_str(), O_RDONLY | O_CLOEXEC));
    if (!copy || ::fchmod(copy.number(), 0600) != 0 || ::fsync(copy.number()) != 0)
        return fail(Code::unavailable, "a copy cannot be made durable");
    return {};
}
}  // namespace

Result<void> copy_folder(const fs::path& from, const fs::path& to) {
    std::error_code error;
    if (fs::exists(to, error)) return fail(Code::conflict, "there is a folder of that name");
    if (!fs::is_directory(from, error)) return {};
    KITH_TRY(make_private_folder(to));
    fs::directory_iterator at(from, error), end;
    for (; !error && at != end; at.increment(error))
        if (at->is_regular_file(error) && at->path().extension() != kBeingWritten)
            KITH_TRY(copy_one(at->path(), to / at->path().filename()));
    if (error) return fail(Code::unavailable, "a folder cannot be read");
    return sync_folder(to);
}

}  // namespace kith::files
