#include "adapters/files/durable_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>
#include <string>

namespace kith::files {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& path) {
    fs::path folder = path.parent_path();
    return folder.empty() ? fs::path(".") : folder;
}

Result<void> write_and_name(const fs::path& temporary, const fs::path& path, BytesView bytes, Existing existing) {
    {
        // What a crash left under this name was never in use.
        ::unlink(temporary.c_str());
        const Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!file) return fail(Code::unavailable, "a file cannot be made");
        KITH_TRY(write_all(file, bytes));
        if (::fsync(file.number()) != 0) return fail(Code::unavailable, "a file cannot be made durable");
    }
    if (existing == Existing::replace) {
        if (::rename(temporary.c_str(), path.c_str()) != 0) return fail(Code::unavailable, "a file cannot be named");
        return sync_folder(folder_of(path));
    }
    // A link fails where a name is taken; a rename would replace what is there.
    if (::link(temporary.c_str(), path.c_str()) != 0)
        return errno == EEXIST ? fail(Code::conflict, "the file is there already")
                               : fail(Code::unavailable, "a file cannot be named");
    ::unlink(temporary.c_str());
    return sync_folder(folder_of(path));
}

}  // namespace

Descriptor::~Descriptor() {
    if (number_ >= 0) ::close(number_);
}

Result<void> write_all(const Descriptor& file, BytesView bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return fail(Code::unavailable, "a file cannot be written");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> sync_folder(const fs::path& folder) {
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened || ::fsync(opened.number()) != 0) return fail(Code::unavailable, "a folder is away");
    return {};
}

Result<void> make_private_folder(const fs::path& folder) {
    if (::mkdir(folder.c_str(), 0700) == 0) return sync_folder(folder_of(folder));
    struct stat found {};
    if (errno != EEXIST || ::stat(folder.c_str(), &found) != 0 || !S_ISDIR(found.st_mode))
        return fail(Code::unavailable, "a folder cannot be made");
    return {};
}

Result<void> durable_write(const fs::path& path, BytesView bytes, Existing existing) {
    // One at a time: two writers of one file would take each other's temporary file away.
    static std::mutex writing;
    const std::lock_guard lock(writing);
    const fs::path temporary = path.native() + std::string(unfinished);
    auto written = write_and_name(temporary, path, bytes, existing);
    if (!written) ::unlink(temporary.c_str());
    return written;
}

Result<SecretBytes> read_whole(const fs::path& path, std::size_t most) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file && errno == ENOENT) return fail(Code::not_found, "no such file");
    if (!file) return fail(Code::unavailable, "a file cannot be opened");
    SecretBytes bytes(Bytes(most + 1));
    std::size_t size = 0;
    while (size <= most) {
        const ssize_t got = ::read(file.number(), bytes.expose().data() + size, most + 1 - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(Code::unavailable, "a file cannot be read");
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    if (size > most) return fail(Code::too_large, "a file is larger than it should be");
    bytes.expose().resize(size);
    return bytes;
}

}  // namespace kith::files
