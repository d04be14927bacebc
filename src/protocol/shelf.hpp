// Every pack and version in use. A concern keeps the version it came in under, so an old version stays on the shelf,
// and a version once put there never changes.
#pragma once
#include <functional>

#include "protocol/load.hpp"

namespace kith::protocol {

using PackDigest = ByteArray<32>;
using Hash = std::function<PackDigest(BytesView)>;

struct PackVersion {
    std::string name;
    std::string version;
    friend auto operator<=>(const PackVersion&, const PackVersion&) = default;
};

struct Shelved {
    std::shared_ptr<const Pack> pack;
    PackDigest digest{};  ///< over the bytes of both files
};

class PackShelf {
  public:
    /// `hash` is SHA-256 in the running program.
    explicit PackShelf(Hash hash) : hash_(std::move(hash)) {}
    /// Putting the same bytes twice is fine; other bytes under a version already there are a `conflict`.
    Result<PackVersion> put(Pack pack);
    /// `not_found` when that version is not there.
    Result<Shelved> find(const PackVersion& version) const;
    /// The version in force on that day: the latest `in_force` not after it, and of two the higher version.
    Result<Shelved> in_force(std::string_view name, Day day) const;
    std::vector<PackVersion> versions() const;

  private:
    Hash hash_;
    std::map<PackVersion, Shelved> shelved_;
};

}  // namespace kith::protocol
