#include "adapters/files/epoch_key_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "adapters/files/durable_file.hpp"

namespace kith::files {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view extension = ".key";
constexpr std::size_t key_size = 32;

Result<app::Epoch> epoch_of(std::string_view name) {
    app::Epoch epoch;
    if (!name.ends_with(extension)) return fail(Code::not_found, "no epoch key");
    name.remove_suffix(extension.size());
    const auto read = std::from_chars(name.data(), name.data() + name.size(), epoch.day);
    if (read.ec != std::errc() || read.ptr != name.data() + name.size()) return fail(Code::not_found, "no epoch key");
    return epoch;
}

Result<void> overwrite_with_zeros(const fs::path& path) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file) return fail(Code::unavailable, "an epoch key cannot be destroyed");
    KITH_TRY(write_all(file, ByteArray<key_size>{}));
    if (::fsync(file.number()) != 0) return fail(Code::unavailable, "an epoch key cannot be destroyed");
    return {};
}

}  // namespace

fs::path EpochKeyFiles::file_of(app::Epoch epoch) const {
    return folder_ / (std::to_string(epoch.day) + std::string(extension));
}

Result<void> EpochKeyFiles::expect_folder() const {
    if (::access(folder_.c_str(), R_OK | X_OK) != 0) return fail(Code::unavailable, "the folder of epoch keys is away");
    return {};
}

Result<void> EpochKeyFiles::create(app::Epoch epoch, const Key& key) {
    KITH_CHECK(std::ranges::any_of(key.expose(), [](Byte b) { return b != 0; }));
    KITH_TRY(expect_folder());
    return durable_write(file_of(epoch), key.expose(), Existing::refuse);
}

Result<Key> EpochKeyFiles::read(app::Epoch epoch) {
    KITH_TRY(expect_folder());
    const SecretBytes bytes = KITH_TRY(read_whole(file_of(epoch), key_size));
    if (bytes.expose().size() != key_size) return fail(Code::betrayed, "an epoch key is damaged");
    Key key;
    std::ranges::copy(bytes.expose(), key.expose().begin());
    if (std::ranges::all_of(key.expose(), [](Byte b) { return b == 0; }))
        return fail(Code::not_found, "the epoch key was destroyed");
    return key;
}

Result<void> EpochKeyFiles::destroy(app::Epoch epoch) {
    KITH_TRY(expect_folder());
    const fs::path path = file_of(epoch);
    // A crash while the key was being made may have left it under its temporary name too.
    for (const fs::path& name : {path, fs::path(path.native() + std::string(unfinished))}) {
        if (::access(name.c_str(), F_OK) != 0 && errno == ENOENT) continue;
        KITH_TRY(overwrite_with_zeros(name));
        if (::unlink(name.c_str()) != 0) return fail(Code::unavailable, "an epoch key cannot be destroyed");
    }
    return sync_folder(folder_);
}

Result<std::vector<app::Epoch>> EpochKeyFiles::list() {
    std::vector<app::Epoch> epochs;
    std::error_code error;
    fs::directory_iterator entries(folder_, error);
    for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
        std::string name = entries->path().filename().native();
        if (name.ends_with(unfinished)) name.resize(name.size() - unfinished.size());
        const auto epoch = epoch_of(name);
        if (epoch) epochs.push_back(*epoch);
    }
    if (error) return fail(Code::unavailable, "the folder of epoch keys is away");
    std::ranges::sort(epochs);
    epochs.erase(std::ranges::unique(epochs).begin(), epochs.end());
    return epochs;
}

}  // namespace kith::files
