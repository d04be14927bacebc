#pragma once
#include "adapters/sqlite/database.hpp"
#include "app/ports/tables.hpp"

namespace kith::sqlite {

class SqliteMembers final : public app::Members {
  public:
    explicit SqliteMembers(Database& database) : database_(database) {}

    Result<void> add(const app::MemberRow& row) override;
    Result<app::MemberRow> find(MemberId id) override;
    Result<app::MemberRow> find_by_email(const app::Digest& mark) override;
    Result<std::vector<app::MemberRow>> all() override;
    Result<void> change(const app::MemberRow& row) override;
    Result<void> add_invitation(const app::InvitationRow& row) override;
    Result<app::InvitationRow> find_invitation(const app::Digest& finder, Instant now) override;
    Result<void> drop_invitation(const app::Digest& finder) override;
    Result<std::vector<app::InvitationRow>> invitations(Instant now) override;
    Result<void> put_rota(FrontDoorId front_door, Instant from, const std::vector<parties::Shift>& shifts) override;
    Result<std::vector<parties::Shift>> rota(FrontDoorId front_door, Instant from, Instant until) override;

  private:
    Database& database_;
};

}  // namespace kith::sqlite
