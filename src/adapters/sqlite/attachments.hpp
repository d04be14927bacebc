#pragma once
#include "adapters/sqlite/database.hpp"
#include "app/ports/tables.hpp"

namespace kith::sqlite {

class SqliteAttachments final : public app::Attachments {
  public:
    explicit SqliteAttachments(Database& database) : database_(database) {}

    Result<void> add(const app::AttachmentRow& row) override;
    Result<app::AttachmentRow> find(AttachmentId id) override;
    Result<std::vector<app::AttachmentRow>> of(ConcernId concern) override;
    Result<std::vector<app::AttachmentRow>> waiting() override;
    Result<void> change(const app::AttachmentRow& row) override;
    Result<void> add_draft_file(app::FileId id, Instant expires_at) override;
    Result<void> move_draft_file(app::FileId id, Instant expires_at) override;
    Result<bool> drop_draft_file(app::FileId id) override;
    Result<std::vector<app::FileId>> expired_draft_files(Instant now) override;
    Result<std::vector<app::FileId>> every_file() override;

  private:
    Database& database_;
};

}  // namespace kith::sqlite
