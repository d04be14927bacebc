#pragma once
#include "adapters/sqlite/database.hpp"
#include "app/ports/tables.hpp"

namespace kith::sqlite {

class SqliteParties final : public app::Parties {
  public:
    explicit SqliteParties(Database& database) : database_(database) {}

    Result<void> add(const app::PartyRow& row) override;
    Result<app::PartyRow> find(PartyId id) override;
    Result<void> change(const app::PartyRow& row) override;
    Result<std::vector<app::PartyRow>> all() override;

  private:
    Database& database_;
};

}  // namespace kith::sqlite
