#include "adapters/files/passphrase_file.hpp"

#include <algorithm>
#include <charconv>

#include "adapters/files/durable_file.hpp"
#include "base/text.hpp"

namespace kith::files {
namespace {

constexpr std::string_view kFirstLine = "kith-master-passphrase/1";
constexpr std::size_t kLongest = 512;

bool read_number(std::string_view text, std::uint64_t& out) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() && out > 0;
}

template <std::size_t N>
bool read_hex(std::string_view text, ByteArray<N>& out) {
    const auto bytes = from_hex(text);
    if (!bytes || bytes->size() != N) return false;
    std::ranges::copy(*bytes, out.begin());
    return true;
}

std::string encode(const PassphraseFile& file) {
    return std::string(kFirstLine) + "\nargon2id13 " + std::to_string(file.operations) + ' ' +
           std::to_string(file.memory) + "\nsalt " + to_hex(file.salt) + "\ncheck " + to_hex(file.check) + '\n';
}

}  // namespace

Result<PassphraseFile> read_passphrase_file(const std::filesystem::path& path) {
    const SecretBytes bytes = KITH_TRY(read_whole(path, kLongest));
    const auto lines = text::split(as_text(bytes.expose()), '\n');
    PassphraseFile file;
    const auto refused = [] { return fail(Code::invalid, "not a file of pass phrase parameters"); };
    if (lines.size() != 5) return refused();
    const auto numbers = text::split(lines[1], ' ');
    if (numbers.size() != 3 || !read_number(numbers[1], file.operations) || !read_number(numbers[2], file.memory))
        return refused();
    if (!lines[2].starts_with("salt ") || !read_hex(lines[2].substr(5), file.salt)) return refused();
    if (!lines[3].starts_with("check ") || !read_hex(lines[3].substr(6), file.check)) return refused();
    if (encode(file) != as_text(bytes.expose())) return refused();
    return file;
}

Result<void> create_passphrase_file(const std::filesystem::path& path, const PassphraseFile& file) {
    return durable_write(path, as_bytes(encode(file)), Existing::refuse);
}

}  // namespace kith::files
