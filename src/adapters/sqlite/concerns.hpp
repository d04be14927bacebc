#pragma once
#include "adapters/sqlite/database.hpp"
#include "app/ports/tables.hpp"

namespace kith::sqlite {

class SqliteConcerns final : public app::Concerns {
  public:
    explicit SqliteConcerns(Database& database) : database_(database) {}

    Result<void> add(const app::ConcernRow& row) override;
    Result<app::ConcernRow> find(ConcernId id) override;
    Result<app::ConcernRow> find_by_reference(std::string_view reference) override;
    Result<void> change(const concerns::Concern& concern) override;
    Result<void> change_account(ConcernId id, const Sealed<concerns::Account>& account, Instant last_typed_at) override;
    Result<void> change_source(ConcernId id, const std::optional<Sealed<std::string>>& source) override;
    Result<void> change_naming(ConcernId id, unsigned person, unsigned organisation) override;
    Result<std::vector<app::ConcernRow>> open_at(FrontDoorId front_door) override;
    Result<std::vector<app::ConcernRow>> answered_since(FrontDoorId front_door, Instant since) override;
    Result<std::vector<app::ConcernRow>> idle_calls(Instant before) override;
    Result<void> add_note(const app::NoteRow& note) override;
    Result<std::vector<app::NoteRow>> notes(ConcernId id) override;
    Result<void> exclude(ConcernId id, MemberId member, Instant at) override;
    Result<std::vector<MemberId>> excluded(ConcernId id) override;
    Result<void> mark(ConcernId id, std::span<const app::Mark> marks) override;
    Result<void> drop_marks(ConcernId id) override;
    Result<std::vector<ConcernId>> marked(FrontDoorId front_door, const app::Mark& mark) override;

  private:
    Database& database_;
};

}  // namespace kith::sqlite
