#pragma once
#include "adapters/sqlite/database.hpp"
#include "app/ports/outside.hpp"

namespace kith::sqlite {

class SqliteGone final : public app::GoneTable {
  public:
    explicit SqliteGone(Database& database) : database_(database) {}

    Result<void> add(const app::Gone& gone) override;
    Result<std::vector<app::Gone>> unlisted() override;
    Result<void> listed(const app::ListedGone& gone) override;
    Result<void> unlist_all() override;
    Result<std::optional<app::ListedGone>> last_listed() override;

  private:
    Database& database_;
};

}  // namespace kith::sqlite
