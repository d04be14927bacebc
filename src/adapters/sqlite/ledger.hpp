#pragma once
#include "adapters/sqlite/database.hpp"
#include "app/ports/tables.hpp"

namespace kith::sqlite {

class SqliteLedger final : public app::LedgerTable {
  public:
    explicit SqliteLedger(Database& database) : database_(database) {}

    Result<std::uint64_t> size() override;
    Result<void> add_leaf(std::uint64_t index, std::string_view leaf) override;
    Result<std::string> leaf(std::uint64_t index) override;
    Result<void> add_node(unsigned level, std::uint64_t index, const app::Digest& hash) override;
    Result<app::Digest> node(unsigned level, std::uint64_t index) override;
    Result<void> add_checkpoint(std::uint64_t size, std::string_view note) override;
    Result<std::optional<std::string>> checkpoint() override;
    Result<std::vector<std::string>> checkpoints(std::uint64_t from_size, std::size_t most) override;
    Result<std::vector<std::uint64_t>> about(std::string_view subject) override;
    Result<void> index_subject(std::string_view subject, std::uint64_t index) override;
    Result<void> add_cosignature(const app::CosignatureRow& cosignature) override;
    Result<std::vector<app::CosignatureRow>> cosignatures(std::uint64_t size) override;
    Result<std::optional<std::uint64_t>> newest_cosigned() override;
    Result<std::vector<app::LedgerRow>> leaves_from(std::uint64_t index, std::size_t most) override;
    Result<std::vector<app::LedgerRow>> nodes_from(unsigned level, std::uint64_t index, std::size_t most) override;
    Result<std::uint64_t> node_count() override;
    Result<std::optional<std::pair<std::uint64_t, std::string>>> checkpoint_from(std::uint64_t size) override;

  private:
    Database& database_;
};

}  // namespace kith::sqlite
