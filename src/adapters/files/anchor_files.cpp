#include "adapters/files/anchor_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace kith::files {
namespace {

constexpr std::string_view kCustodyLine = "kith-custody/1\n";
constexpr std::string_view kNumberLine = "kith-key-list-number/1\n";
constexpr std::string_view kGoneLine = "kith-gone/1\n";
constexpr std::size_t kLongestKeyList = std::size_t{1} << 20U;
constexpr std::size_t kLongestGoneList = std::size_t{1} << 28U;
constexpr std::size_t kCheckBytes = 8;

template <class N>
bool read_number(std::string_view text, N& out) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

std::string short_digest(const DigestOf& digest_of, std::string_view text) {
    const auto digest = digest_of(as_bytes(text));
    return to_hex(BytesView(digest).first(kCheckBytes));
}

Result<std::string> read_text(const std::filesystem::path& path, std::size_t most) {
    const SecretBytes bytes = KITH_TRY(read_whole(path, most));
    return to_text(bytes.expose());
}

std::optional<app::Gone> gone_of(const std::vector<std::string_view>& words, std::uint64_t line) {
    std::uint64_t number = 0;
    app::Gone gone;
    const auto kind = words.size() == 5 ? app::gone_kind_named(words[1]) : std::nullopt;
    if (!kind || !read_number(words[0], number) || number != line || !read_number(words[3], gone.number))
        return std::nullopt;
    gone.kind = *kind;
    if (words[2] != "-") gone.subject = words[2];
    return gone;
}

}  // namespace

// --- the key list as its custodian signed it, and the highest number
// -----------------------------------------------------------------

Result<app::KeyListRow> AnchorFiles::custody() {
    const std::string text = KITH_TRY(read_text(folder_ / "custody", kLongestKeyList));
    const auto damaged = [] { return fail(Code::betrayed, "the custody file is damaged"); };
    std::string_view rest = text;
    if (!rest.starts_with(kCustodyLine)) return damaged();
    rest.remove_prefix(kCustodyLine.size());
    const auto end = rest.find('\n');
    const auto words = text::split(rest.substr(0, end), ' ');
    app::KeyListRow row;
    const auto signature = words.size() == 2 ? from_hex(words[1]) : std::nullopt;
    if (end == rest.npos || !signature || signature->size() != row.signature.size() ||
        !read_number(words[0], row.number))
        return damaged();
    std::ranges::copy(*signature, row.signature.begin());
    row.text = rest.substr(end + 1);
    return row;
}

Result<void> AnchorFiles::keep_custody(const app::KeyListRow& row) {
    const std::string text =
        std::string(kCustodyLine) + std::to_string(row.number) + ' ' + to_hex(row.signature) + '\n' + row.text;
    return durable_write(folder_ / "custody", as_bytes(text), Existing::replace);
}

Result<std::uint32_t> AnchorFiles::highest_list() {
    const std::string text = KITH_TRY(read_text(folder_ / "key-list-number", 128));
    std::uint32_t number = 0;
    const auto words = text::split(text, ' ');
    const auto first = words.front();
    if (words.size() != 2 || !first.starts_with(kNumberLine) ||
        !read_number(first.substr(kNumberLine.size()), number) || words[1] != short_digest(digest_of_, first) + '\n')
        return fail(Code::betrayed, "the file of the key list's number is damaged");
    return number;
}

Result<void> AnchorFiles::keep_highest_list(std::uint32_t number) {
    const std::string first = std::string(kNumberLine) + std::to_string(number);
    return durable_write(folder_ / "key-list-number", as_bytes(first + ' ' + short_digest(digest_of_, first) + '\n'),
                         Existing::replace);
}

// --- what is gone
// ----------------------------------------------------------------------------------------------------

std::string GoneListFile::check_of(std::string_view before, std::string_view body) const {
    return short_digest(digest_of_, std::string(before) + ' ' + std::string(body));
}

std::string GoneListFile::line_after(End& end, const app::Gone& gone) const {
    const std::string body = std::to_string(end.lines + 1) + ' ' + std::string(name_of(gone.kind)) + ' ' +
                             (gone.subject.empty() ? "-" : gone.subject) + ' ' + std::to_string(gone.number);
    end.check = check_of(end.check, body);
    std::string line = body + ' ' + end.check + '\n';
    ++end.lines;
    end.size += line.size();
    return line;
}

Result<GoneListFile::Whole> GoneListFile::read_file() const {
    const std::string text = KITH_TRY(read_text(file_, kLongestGoneList));
    const auto damaged = [] { return fail(Code::betrayed, "the list of what is gone is damaged"); };
    if (!text.starts_with(kGoneLine)) return damaged();
    Whole out;
    out.end = {0, kGoneLine.size(), short_digest(digest_of_, kGoneLine)};
    // What follows the last line feed was cut short by a crash: nobody was told that it stands there.
    for (auto feed = text.find('\n', out.end.size); feed != text.npos; feed = text.find('\n', out.end.size)) {
        const std::string_view line(text.data() + out.end.size, feed - out.end.size);
        const auto gone = gone_of(text::split(line, ' '), out.end.lines + 1);
        End end = out.end;
        if (!gone || line_after(end, *gone) != std::string(line) + '\n') return damaged();
        out.end = end;
        out.gone.push_back(*gone);
    }
    return out;
}

Result<void> GoneListFile::write_at_end(const End& end, std::string_view lines) const {
    const Descriptor file(::open(file_.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file) return fail(Code::unavailable, "the list of what is gone cannot be opened");
    const auto size = static_cast<off_t>(end.size);
    if (::ftruncate(file.number(), size) != 0 || ::lseek(file.number(), size, SEEK_SET) != size)
        return fail(Code::unavailable, "the list of what is gone cannot be written");
    KITH_TRY(write_all(file, as_bytes(lines)));
    if (::fsync(file.number()) != 0) return fail(Code::unavailable, "the list of what is gone cannot be made durable");
    return {};
}

Result<void> GoneListFile::create() { return durable_write(file_, as_bytes(kGoneLine), Existing::refuse); }

Result<std::vector<app::Gone>> GoneListFile::read() {
    const std::lock_guard lock(mutex_);
    end_.reset();
    Whole whole = KITH_TRY(read_file());
    end_ = whole.end;
    return std::move(whole.gone);
}

Result<std::uint64_t> GoneListFile::append(std::uint64_t known, std::span<const app::Gone> gone) {
    const std::lock_guard lock(mutex_);
    struct stat found {};
    const bool as_left =
        end_ && ::stat(file_.c_str(), &found) == 0 && static_cast<std::uint64_t>(found.st_size) == end_->size;
    if (!as_left) end_ = KITH_TRY(read_file()).end;
    if (end_->lines < known) return fail(Code::conflict, "the list of what is gone is an older one");
    End end = *end_;
    std::string lines;
    for (const app::Gone& one : gone) lines += line_after(end, one);
    const auto written = write_at_end(*end_, lines);
    if (!written) {
        end_.reset();  // how much of it is there is read again
        return Failure(written.error());
    }
    end_ = end;
    return end.lines;
}

}  // namespace kith::files
