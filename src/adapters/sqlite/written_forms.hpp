#pragma once
#include "adapters/sqlite/database.hpp"
#include "app/ports/tables.hpp"

namespace kith::sqlite {

class SqliteWrittenForms final : public app::WrittenForms {
  public:
    explicit SqliteWrittenForms(Database& database) : database_(database) {}

    Result<void> add(const app::WrittenFormRow& row) override;
    Result<app::WrittenFormRow> find(ConcernId concern) override;
    Result<void> change_account(ConcernId concern, const Sealed<concerns::Account>& account) override;
    Result<std::vector<app::WrittenFormRow>> received_since(FrontDoorId front_door, Instant since) override;

  private:
    Database& database_;
};

}  // namespace kith::sqlite
