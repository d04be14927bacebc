// What must not go back in time with the database, in a folder beside the master key: `custody`, `key-list-number`, and
// `gone`, a list that only grows.
//
//   kith-gone/1
//   1 way_in 2208442... 0 5d1c0a94e0b7c3f1
//   2 epoch - 20778 91b0...
//
// Each line ends in the first 8 bytes of SHA-256 over the check of the line before and this line, so that a line that
// was altered, left out or moved is seen. INVARIANT: no byte of a line that verified is ever written again.
#pragma once
#include <filesystem>
#include <functional>
#include <mutex>

#include "adapters/files/durable_file.hpp"
#include "app/ports/outside.hpp"

namespace kith::files {

/// SHA-256; the primitive is another adapter's.
using DigestOf = std::function<ByteArray<32>(BytesView)>;

class AnchorFiles final : public app::Anchor {
  public:
    /// Makes nothing: a folder that is away is an ordinary failure of each call, now or later.
    AnchorFiles(std::filesystem::path folder, DigestOf digest_of)
        : folder_(std::move(folder)), digest_of_(std::move(digest_of)) {}

    Result<app::KeyListRow> custody() override;
    Result<void> keep_custody(const app::KeyListRow& row) override;
    Result<std::uint32_t> highest_list() override;
    Result<void> keep_highest_list(std::uint32_t number) override;

  private:
    const std::filesystem::path folder_;
    const DigestOf digest_of_;
};

class GoneListFile final : public app::GoneList {
  public:
    GoneListFile(std::filesystem::path folder, DigestOf digest_of)
        : file_(std::move(folder) / "gone"), digest_of_(std::move(digest_of)) {}

    Result<void> create() override;
    Result<std::vector<app::Gone>> read() override;
    Result<std::uint64_t> append(std::uint64_t known, std::span<const app::Gone> gone) override;

  private:
    struct End {
        std::uint64_t lines = 0, size = 0;
        std::string check;
    };
    struct Whole {
        std::vector<app::Gone> gone;
        End end;
    };
    Result<Whole> read_file() const;
    std::string line_after(End& end, const app::Gone& gone) const;
    std::string check_of(std::string_view before, std::string_view body) const;
    Result<void> write_at_end(const End& end, std::string_view lines) const;

    const std::filesystem::path file_;
    const DigestOf digest_of_;
    std::mutex mutex_;
    std::optional<End> end_;  ///< as it was last read or written
};

}  // namespace kith::files
