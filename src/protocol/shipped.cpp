#include "protocol/shipped.hpp"

#include <span>

#include "protocol/bank_holidays.hpp"

namespace kith::protocol {

namespace embedded {
std::string_view file(std::string_view path);
std::span<const std::string_view> names();
}  // namespace embedded

namespace {
constexpr std::string_view kPackFile = "/pack.toml";
}

std::vector<std::string> shipped_packs() {
    std::vector<std::string> folders;
    for (const std::string_view name : embedded::names())
        if (name.ends_with(kPackFile)) folders.emplace_back(name.substr(0, name.size() - kPackFile.size()));
    return folders;
}

PackFiles shipped_files(std::string_view folder) {
    const std::string under(folder);
    for (const std::string_view name : embedded::names())
        if (name == under + std::string(kPackFile))
            return {name.substr(0, folder.size()), embedded::file(name), embedded::file(under + "/clauses.tsv")};
    return {};
}

Result<Pack> shipped_pack(std::string_view folder) {
    const PackFiles files = shipped_files(folder);
    if (files.folder.empty()) return fail(Code::not_found, "no such pack is built in");
    PackOrProblems pack = load_pack(files);
    KITH_CHECK(pack.has_value());
    return *std::move(pack);
}

clocks::Calendar shipped_calendar() {
    auto calendar = read_bank_holidays(embedded::file("calendars/england-and-wales.json"));
    KITH_CHECK(calendar.has_value());
    return *std::move(calendar);
}

}  // namespace kith::protocol
