// A folder of finished files, copied for a backup or out of one.
#pragma once
#include <filesystem>

#include "base/error.hpp"

namespace kith::files {

/// Every finished file of `from`, durable under the same name in `to`, which is made and private. A file that goes away
/// meanwhile is left out: no row that stays names it. Without `from` there is nothing to copy. `conflict` when `to` is
/// there.
Result<void> copy_folder(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace kith::files
