#pragma once
#include "adapters/sqlite/database.hpp"
#include "app/ports/tables.hpp"

namespace kith::sqlite {

class SqliteVault final : public app::Vault {
  public:
    explicit SqliteVault(Database& database) : database_(database) {}

    Result<void> add(const app::VaultRow& row) override;
    Result<app::VaultRow> newest(ConcernId concern) override;
    Result<std::uint32_t> next_number(ConcernId concern) override;
    Result<app::VaultRow> find(ConcernId concern, std::uint32_t number) override;
    Result<void> drop_all(ConcernId concern) override;
    Result<void> close_way_in(ConcernId concern) override;
    Result<void> drop_taker_wrap(ConcernId concern) override;
    Result<void> close_ways_under(FrontDoorId front_door, std::uint32_t generation) override;
    Result<std::vector<app::VaultRow>> ways_in_at(FrontDoorId front_door) override;
    Result<void> put_way_in(ConcernId concern, std::uint32_t number, const Bytes& wrap_duty, app::Epoch epoch,
                            std::uint32_t duty_generation) override;
    Result<std::vector<app::VaultRow>> under_epochs_before(app::Epoch epoch) override;
    Result<void> rewrap(ConcernId concern, std::uint32_t number, const Bytes& wrap_duty, app::Epoch epoch) override;

  private:
    Database& database_;
};

}  // namespace kith::sqlite
