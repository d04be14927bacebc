// Pictures and documents that come with a worry: which kinds are taken, how large, how many.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace kith::concerns {

enum class FileKind { jpeg, png, webp, heif, pdf, text };
std::string_view name_of(FileKind kind);
std::optional<FileKind> file_kind_named(std::string_view name);
/// What a file claims to be, by its first bytes; nothing when it is of no kind that is taken. A claim and no proof:
/// that it can be decoded is the proof.
std::optional<FileKind> kind_of(BytesView first);
/// So many of them decide.
constexpr std::size_t kTellingBytes = 512;

constexpr std::uint64_t kMostFileBytes = 20 * 1024 * 1024;
constexpr std::size_t kMostFiles = 10;  ///< of one report
constexpr std::size_t kMostFileName = 200;
/// The last step of a path, tidied and cut to `kMostFileName` bytes; never empty.
std::string file_name(std::string_view typed);

}  // namespace kith::concerns
