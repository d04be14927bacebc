#include "adapters/files/witness_folder.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace kith::files {
namespace {

constexpr std::string_view kKeyLine = "kith-witness-key/1";
constexpr std::string_view kLogLine = "kith-witnessed/1\n";
constexpr std::size_t kMost = ledger::max_note + std::size_t{64} * 1024;

Failure damaged() { return fail(Code::betrayed, "what the witness remembers of a ledger is damaged"); }

}  // namespace

Result<void> WitnessFolder::create(const std::filesystem::path& folder, const WitnessKeyFile& key) {
    const auto held = KITH_TRY(DataFolder::open(folder));
    KITH_TRY(make_private_folder(folder / "logs"));
    SecretBytes text(to_bytes(std::string(kKeyLine) + '\n' + key.name + '\n' + to_hex(key.seed.expose()) + '\n'));
    return durable_write(folder / "key", text.expose(), Existing::refuse);
}

Result<WitnessFolder> WitnessFolder::open(const std::filesystem::path& folder, DigestOf digest_of) {
    if (!std::filesystem::exists(folder / "key")) return fail(Code::not_found, "there is no witness in that folder");
    return WitnessFolder(KITH_TRY(DataFolder::open(folder)), std::move(digest_of));
}

Result<WitnessKeyFile> WitnessFolder::key() const {
    const SecretBytes text = KITH_TRY(read_whole(held_.path() / "key", 1024));
    const auto lines = text::split(as_text(text.expose()), '\n');
    WitnessKeyFile key;
    const auto seed = lines.size() == 4 && lines[0] == kKeyLine && lines[3].empty() ? from_hex(lines[2]) : std::nullopt;
    if (!seed || seed->size() != key.seed.expose().size()) return fail(Code::betrayed, "the witness's key is damaged");
    key.name = lines[1];
    std::ranges::copy(*seed, key.seed.expose().begin());
    return key;
}

std::filesystem::path WitnessFolder::file_of(std::string_view origin) const {
    return held_.path() / "logs" / to_hex(digest_of_(as_bytes(origin)));
}

Result<ledger::WatchedLog> WitnessFolder::recall(std::string_view origin) {
    const SecretBytes bytes = KITH_TRY(read_whole(file_of(origin), kMost));
    std::string_view text = as_text(bytes.expose());
    const auto end = text.find("\n\n");
    if (!text.starts_with(kLogLine) || end == text.npos) return damaged();
    ledger::WatchedLog log;
    for (const auto line : text::split(text.substr(kLogLine.size(), end - kLogLine.size()), '\n')) {
        const auto key = ledger::VerifierKey::parse(line);
        if (!key || key->name() != origin) return damaged();
        log.keys.push_back(*key);
    }
    log.note = text.substr(end + 2);
    return log;
}

Result<void> WitnessFolder::remember(std::string_view origin, const ledger::WatchedLog& log) {
    std::string text(kLogLine);
    for (const ledger::VerifierKey& key : log.keys) text += key.text() + '\n';
    text += '\n' + log.note;
    return durable_write(file_of(origin), as_bytes(text), Existing::replace);
}

}  // namespace kith::files
