// The store in one SQLite file: writes go through the group writer, reads each have a snapshot of their own. For any
// number of threads at once.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>

#include "adapters/sqlite/group_writer.hpp"
#include "adapters/sqlite/migrations.hpp"
#include "app/ports/store.hpp"

namespace kith::sqlite {

class SqliteStore final : public app::Store {
  public:
    struct Hooks {
        /// Once a group, last before its commit, when something in it succeeded. Its failure undoes the group, and each
        /// request is tried alone, with a call of its own.
        Work before_commit;
        /// On the writer's thread, after the commit and before the answers. Must be quick.
        std::function<void()> after_commit;
        /// Once, when an outcome became unknown: no more writes are taken, and the process should end.
        std::function<void()> on_unknown_outcome;
    };
    enum class Schema { bring_up_to_date, leave_alone };
    struct Opening {
        std::filesystem::path file;  ///< made, with mode 0600, when absent
        DigestOf digest_of;          ///< SHA-256
        Instant now{};
        Hooks hooks{};
        Schema schema = Schema::bring_up_to_date;
    };

    /// Brings the schema up to date first, unless it is to be left alone: then it must be. `conflict` when the file is
    /// of a newer program, `betrayed` when it is damaged or its history is not ours.
    static Result<std::unique_ptr<SqliteStore>> open(Opening opening);

    Result<void> write(const Work& work) override;
    Result<void> read(const Work& work) override;
    Result<void> forget_deleted() override;
    /// True after an outcome became unknown.
    bool stopped() const { return writer_.stopped(); }

  private:
    SqliteStore(Database writer, std::unique_ptr<ReaderPool> readers, Database keeper, Hooks hooks);

    std::unique_ptr<ReaderPool> readers_;
    std::mutex keeper_mutex_;
    Database keeper_;  ///< checkpoints run outside of any transaction, so not on the writer's connection
    GroupWriter writer_;
};

}  // namespace kith::sqlite
