// Small files that must be there, whole, after a power cut: written under a temporary name, synced, named, and the
// folder synced. Every file is 0600.
#pragma once
#include <filesystem>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"

namespace kith::files {

/// An open file descriptor, closed at the end.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor();
    int number() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

  private:
    int number_;
};

enum class Existing { replace, refuse };

/// Durable when it returns; after a crash the old content or the new, never a mixture. `conflict` for a file that is
/// there and was not to be replaced, `unavailable` for a folder that is away or a disk that is full.
Result<void> durable_write(const std::filesystem::path& path, BytesView bytes, Existing existing);
/// `not_found`, `unavailable`, or `too_large` above `most` bytes.
Result<SecretBytes> read_whole(const std::filesystem::path& path, std::size_t most);
Result<void> sync_folder(const std::filesystem::path& folder);
Result<void> make_private_folder(const std::filesystem::path& folder);
Result<void> write_all(const Descriptor& file, BytesView bytes);

/// What the temporary names end with; such a file was never in use.
inline constexpr std::string_view unfinished = ".new";

}  // namespace kith::files
