#pragma once
#include "adapters/sqlite/database.hpp"
#include "app/ports/tables.hpp"

namespace kith::sqlite {

class SqliteApiTokens final : public app::ApiTokens {
  public:
    explicit SqliteApiTokens(Database& database) : database_(database) {}

    Result<void> add(const app::ApiTokenRow& row) override;
    Result<app::ApiTokenRow> find(ApiTokenId id) override;
    Result<app::ApiTokenRow> find_by_finder(const app::Digest& finder) override;
    Result<std::vector<app::ApiTokenRow>> all_of(FrontDoorId front_door) override;
    Result<void> revoke(ApiTokenId id) override;

  private:
    Database& database_;
};

}  // namespace kith::sqlite
