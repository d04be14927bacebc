#include "adapters/files/master_key.hpp"

#include <sys/stat.h>

#include <algorithm>

#include "adapters/files/durable_file.hpp"

namespace kith::files {
namespace {

constexpr std::size_t key_size = 32;
constexpr std::size_t longest_text = 128;

std::string_view without_space(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    const auto first = text.find_first_not_of(space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

}  // namespace

Result<Key> load_master_key(const std::filesystem::path& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) return fail(Code::not_found, "the master key file is not there");
    if (!S_ISREG(found.st_mode)) return fail(Code::invalid, "the master key is not a file");
    if ((found.st_mode & 0177) != 0)
        return fail(Code::forbidden, "the master key file is open to others: set its mode to 0600 or 0400");
    SecretBytes bytes = KITH_TRY(read_whole(path, longest_text));
    if (bytes.expose().size() != key_size) {
        const auto text = without_space(as_text(bytes.expose()));
        auto decoded = text.size() == 2 * key_size ? from_hex(text) : from_base64(text);
        if (!decoded || decoded->size() != key_size)
            return fail(Code::invalid, "the master key file does not hold 32 bytes, raw, in base64 or in hex");
        bytes = SecretBytes(std::move(*decoded));
    }
    Key key;
    std::ranges::copy(bytes.expose(), key.expose().begin());
    return key;
}

Result<void> create_master_key(const std::filesystem::path& path, const Key& key) {
    const SecretText text(to_base64(key.expose()) + '\n');
    return durable_write(path, as_bytes(text.expose()), Existing::refuse);
}

}  // namespace kith::files
