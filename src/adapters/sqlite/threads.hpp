#pragma once
#include "adapters/sqlite/database.hpp"
#include "app/ports/tables.hpp"

namespace kith::sqlite {

class SqliteThreads final : public app::Threads {
  public:
    explicit SqliteThreads(Database& database) : database_(database) {}

    Result<void> add_code(const app::Digest& finder, const Sealed<ConcernId>& sealed_concern) override;
    Result<Sealed<ConcernId>> find_code(const app::Digest& finder) override;
    Result<void> add_message(const app::MessageRow& message) override;
    Result<std::vector<app::MessageRow>> messages(ConcernId concern) override;
    Result<std::vector<app::AddedTo>> added_after_answer(FrontDoorId front_door, Instant since) override;

  private:
    Database& database_;
};

}  // namespace kith::sqlite
