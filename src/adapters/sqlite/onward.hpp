#pragma once
#include "adapters/sqlite/database.hpp"
#include "app/ports/tables.hpp"

namespace kith::sqlite {

class SqliteOnwardSteps final : public app::OnwardSteps {
  public:
    explicit SqliteOnwardSteps(Database& database) : database_(database) {}

    Result<void> add(const app::OnwardRow& row) override;
    Result<std::vector<app::OnwardRow>> of(ConcernId concern) override;
    Result<std::vector<ConcernId>> open_at(FrontDoorId front_door) override;

  private:
    Database& database_;
};

}  // namespace kith::sqlite
