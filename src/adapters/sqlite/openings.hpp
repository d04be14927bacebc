#pragma once
#include "adapters/sqlite/database.hpp"
#include "app/ports/tables.hpp"

namespace kith::sqlite {

class SqliteOpenings final : public app::Openings {
  public:
    explicit SqliteOpenings(Database& database) : database_(database) {}

    Result<void> add(const app::OpeningRow& row) override;
    Result<app::OpeningRow> find(OpeningId id) override;
    Result<void> change(const app::OpeningRow& row) override;
    Result<std::vector<app::OpeningRow>> all() override;

  private:
    Database& database_;
};

}  // namespace kith::sqlite
