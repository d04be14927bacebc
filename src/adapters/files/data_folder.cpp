#include "adapters/files/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

namespace kith::files {

Result<DataFolder> DataFolder::open(const std::filesystem::path& path) {
    KITH_TRY(make_private_folder(path));
    Descriptor lock(::open((path / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!lock) return fail(Code::unavailable, "the data folder cannot be written");
    if (::flock(lock.number(), LOCK_EX | LOCK_NB) != 0)
        return errno == EWOULDBLOCK ? fail(Code::conflict, "another server is using this data folder")
                                    : fail(Code::unavailable, "the data folder cannot be locked");
    return DataFolder(path, std::move(lock));
}

}  // namespace kith::files
