#include "protocol/shelf.hpp"

#include "base/text.hpp"

namespace kith::protocol {
namespace {

/// 1.10.0 stands after 1.9.0. A loaded pack's version is three short numbers.
std::vector<int> numbers(const std::string& version) {
    std::vector<int> out;
    for (const std::string_view n : text::split(version, '.')) out.push_back(std::stoi(std::string(n)));
    return out;
}

}  // namespace

Result<PackVersion> PackShelf::put(Pack pack) {
    const PackVersion version{pack.name, pack.version};
    const PackDigest digest = hash_(pack.source);
    if (const auto at = shelved_.find(version); at != shelved_.end()) {
        if (at->second.digest != digest) return fail(Code::conflict, "another pack stands under this version");
        return version;
    }
    shelved_.emplace(version, Shelved{std::make_shared<const Pack>(std::move(pack)), digest});
    return version;
}

Result<Shelved> PackShelf::find(const PackVersion& version) const {
    const auto at = shelved_.find(version);
    if (at == shelved_.end()) return fail(Code::not_found, "no such pack version");
    return at->second;
}

Result<Shelved> PackShelf::in_force(std::string_view name, Day day) const {
    const Shelved* best = nullptr;
    const auto rank = [](const Pack& pack) { return std::pair(pack.in_force, numbers(pack.version)); };
    for (const auto& [version, shelved] : shelved_) {
        if (version.name != name || shelved.pack->in_force > day) continue;
        if (!best || rank(*best->pack) < rank(*shelved.pack)) best = &shelved;
    }
    if (!best) return fail(Code::not_found, "no version of this pack is in force");
    return *best;
}

std::vector<PackVersion> PackShelf::versions() const {
    std::vector<PackVersion> versions;
    for (const auto& [version, shelved] : shelved_) versions.push_back(version);
    return versions;
}

}  // namespace kith::protocol
