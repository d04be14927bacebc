// Small files that a command is given by name.
#pragma once
#include <filesystem>
#include <string>

#include "base/error.hpp"

namespace kith::cli {

/// "-" is stdin. `not_found`, or `too_large` beyond `most` bytes.
Result<std::string> read_given(const std::filesystem::path& file, std::size_t most);

}  // namespace kith::cli
