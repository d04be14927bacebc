#pragma once
#include "adapters/sqlite/database.hpp"
#include "app/ports/tables.hpp"

namespace kith::sqlite {

class SqliteRegistry final : public app::Registry {
  public:
    explicit SqliteRegistry(Database& database) : database_(database) {}

    Result<void> add_front_door(const app::FrontDoorRow& row) override;
    Result<app::FrontDoorRow> front_door(FrontDoorId id) override;
    Result<std::vector<app::FrontDoorRow>> front_doors() override;
    Result<void> open_front_door(FrontDoorId id) override;
    Result<void> put_local_term(FrontDoorId id, const app::LocalTermRow& row) override;
    Result<std::vector<app::LocalTermRow>> local_terms(FrontDoorId id) override;
    Result<void> put_key(std::string_view name, const Sealed<Key>& key) override;
    Result<Sealed<Key>> key(std::string_view name) override;
    Result<void> add_role_key(const app::RoleKeyRow& row) override;
    Result<app::RoleKeyRow> role_key(app::RoleKeyKind kind, FrontDoorId front_door) override;
    Result<app::RoleKeyRow> role_key_of(app::RoleKeyKind kind, FrontDoorId front_door,
                                        std::uint32_t generation) override;
    Result<void> put_holding(app::RoleKeyKind kind, FrontDoorId front_door, std::uint32_t generation, MemberId member,
                             const Bytes& sealed_half) override;
    Result<Bytes> holding(app::RoleKeyKind kind, FrontDoorId front_door, std::uint32_t generation,
                          MemberId member) override;
    Result<void> drop_holdings(MemberId member) override;
    Result<void> add_key_list(const app::KeyListRow& row) override;
    Result<void> countersign_key_list(std::uint32_t number, const app::Signature& signature) override;
    Result<std::vector<app::KeyListRow>> key_lists() override;

  private:
    Database& database_;
};

}  // namespace kith::sqlite
