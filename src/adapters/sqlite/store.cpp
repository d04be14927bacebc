#include "adapters/sqlite/store.hpp"

#include "adapters/sqlite/api_tokens.hpp"
#include "adapters/sqlite/attachments.hpp"
#include "adapters/sqlite/concerns.hpp"
#include "adapters/sqlite/drafts.hpp"
#include "adapters/sqlite/gone.hpp"
#include "adapters/sqlite/ledger.hpp"
#include "adapters/sqlite/members.hpp"
#include "adapters/sqlite/onward.hpp"
#include "adapters/sqlite/openings.hpp"
#include "adapters/sqlite/parties.hpp"
#include "adapters/sqlite/registry.hpp"
#include "adapters/sqlite/threads.hpp"
#include "adapters/sqlite/vault.hpp"
#include "adapters/sqlite/written_forms.hpp"

namespace kith::sqlite {
namespace {

class SqliteTables final : public app::Tables {
  public:
    explicit SqliteTables(Database& database)
        : concerns_(database),
          vault_(database),
          threads_(database),
          written_forms_(database),
          onward_(database),
          drafts_(database),
          members_(database),
          registry_(database),
          parties_(database),
          api_tokens_(database),
          openings_(database),
          attachments_(database),
          gone_(database),
          ledger_(database) {}

    app::Concerns& concerns() override { return concerns_; }
    app::Vault& vault() override { return vault_; }
    app::Threads& threads() override { return threads_; }
    app::WrittenForms& written_forms() override { return written_forms_; }
    app::OnwardSteps& onward() override { return onward_; }
    app::Drafts& drafts() override { return drafts_; }
    app::Members& members() override { return members_; }
    app::Registry& registry() override { return registry_; }
    app::Parties& parties() override { return parties_; }
    app::ApiTokens& api_tokens() override { return api_tokens_; }
    app::Openings& openings() override { return openings_; }
    app::Attachments& attachments() override { return attachments_; }
    app::GoneTable& gone() override { return gone_; }
    app::LedgerTable& ledger() override { return ledger_; }

  private:
    SqliteConcerns concerns_;
    SqliteVault vault_;
    SqliteThreads threads_;
    SqliteWrittenForms written_forms_;
    SqliteOnwardSteps onward_;
    SqliteDrafts drafts_;
    SqliteMembers members_;
    SqliteRegistry registry_;
    SqliteParties parties_;
    SqliteApiTokens api_tokens_;
    SqliteOpenings openings_;
    SqliteAttachments attachments_;
    SqliteGone gone_;
    SqliteLedger ledger_;
};

Result<void> run(const app::Store::Work& work, Database& database) {
    SqliteTables tables(database);
    return work(tables);
}

GroupWriter::Hooks on_tables(SqliteStore::Hooks hooks) {
    GroupWriter::Hooks out;
    if (hooks.before_commit)
        out.before_commit = [sign = std::move(hooks.before_commit)](Database& database) { return run(sign, database); };
    out.after_commit = std::move(hooks.after_commit);
    out.on_unknown_outcome = std::move(hooks.on_unknown_outcome);
    return out;
}

}  // namespace

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(Opening opening) {
    Database writer = KITH_TRY(Database::open(opening.file, Access::write));
    if (opening.schema == Schema::leave_alone)
        KITH_TRY(require_current(writer, embedded_migrations(), opening.digest_of));
    else
        KITH_TRY(migrate(writer, embedded_migrations(), opening.digest_of, opening.now));
    auto readers = KITH_TRY(ReaderPool::open(opening.file));
    Database keeper = KITH_TRY(Database::open(opening.file, Access::write));
    return std::unique_ptr<SqliteStore>(
        new SqliteStore(std::move(writer), std::move(readers), std::move(keeper), std::move(opening.hooks)));
}

SqliteStore::SqliteStore(Database writer, std::unique_ptr<ReaderPool> readers, Database keeper, Hooks hooks)
    : readers_(std::move(readers)),
      keeper_(std::move(keeper)),
      writer_(std::move(writer), on_tables(std::move(hooks))) {}

Result<void> SqliteStore::write(const Work& work) {
    return writer_.write([&](Database& database) { return run(work, database); });
}

Result<void> SqliteStore::read(const Work& work) {
    return readers_->read([&](Database& database) { return run(work, database); });
}

Result<void> SqliteStore::forget_deleted() {
    const std::lock_guard lock(keeper_mutex_);
    return keeper_.checkpoint_and_truncate();
}

}  // namespace kith::sqlite
