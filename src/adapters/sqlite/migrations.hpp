// The schema's history: `db/sqlite/migrations/NNNN_name.sql`, numbered from 1 without gaps, forward only. Each is
// applied in one transaction with its row in schema_migrations, so that a run cut short is taken up where it stopped.
#pragma once
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "adapters/sqlite/database.hpp"
#include "base/instant.hpp"

namespace kith::sqlite {

struct Migration {
    std::int64_t number = 0;
    std::string_view name;
    std::string_view sql;
};

/// SHA-256; the primitive is another adapter's.
using DigestOf = std::function<ByteArray<32>(BytesView)>;

/// Those that this program holds, in order.
std::vector<Migration> embedded_migrations();

/// Applies what is missing and says how many. `conflict` when the store is of a newer program, `betrayed` when a
/// migration that was applied has another text now; both before anything is changed.
Result<int> migrate(Database& database, std::span<const Migration> migrations, const DigestOf& digest_of, Instant now);

/// Changes nothing. `conflict` also when a migration is still to be applied.
Result<void> require_current(Database& database, std::span<const Migration> migrations, const DigestOf& digest_of);

}  // namespace kith::sqlite
