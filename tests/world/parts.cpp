#include "world/parts.hpp"

#include <algorithm>
#include <cstdio>

#include "base/london.hpp"

namespace kith::test {

Instant at(std::string_view text) {
    int year = 0;
    unsigned month = 0, day = 0;
    int hours = 0, minutes = 0;
    const std::string copy(text);
    KITH_CHECK(std::sscanf(copy.c_str(), "%d-%u-%u %d:%d", &year, &month, &day, &hours, &minutes) == 5);
    return london::instant_of({Day(std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)),
                               std::chrono::minutes(hours * 60 + minutes)});
}

std::size_t RecordedNotices::count(const std::string& address, app::Notice notice) const {
    const auto told = all();
    return static_cast<std::size_t>(
        std::ranges::count_if(told, [&](const Told& one) { return one.address == address && one.notice == notice; }));
}

app::Stretched QuickPasswords::stretch(const SecretText& password, const app::Salt& salt) {
    if (while_stretching) while_stretching();
    ++stretched;
    Bytes both;
    append_piece(both, as_bytes(password.expose()));
    append_piece(both, salt);
    return {real_->derive("kith/test/verifier", both), Key(real_->derive("kith/test/key", both))};
}

void QuickPasswords::random(std::span<Byte> out) {
    if (out.size() == 4 && !references_.empty()) {
        std::ranges::copy(references_.front(), out.begin());
        references_.pop_front();
        return;
    }
    real_->random(out);
}

Result<std::uint32_t> StandInRenderer::render(concerns::FileKind, app::SealedReader& file, const TakePage& take) {
    ++asked;
    if (mood == Mood::is_away) return fail(Code::unavailable, "nobody decodes");
    std::size_t size = 0;
    while (true) {
        const SecretBytes piece = KITH_TRY(file.next());
        if (piece.expose().empty()) break;
        size += piece.expose().size();
    }
    if (meanwhile) meanwhile();
    if (mood == Mood::cannot_show) return fail(Code::invalid, "it cannot be shown");
    for (std::uint32_t page = 1; page <= pages; ++page)
        KITH_TRY(take(as_bytes("page " + std::to_string(page) + " of a file of " + std::to_string(size))));
    return pages.load();
}

}  // namespace kith::test
