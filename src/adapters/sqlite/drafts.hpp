#pragma once
#include "adapters/sqlite/database.hpp"
#include "app/ports/tables.hpp"

namespace kith::sqlite {

class SqliteDrafts final : public app::Drafts {
  public:
    explicit SqliteDrafts(Database& database) : database_(database) {}

    Result<void> put(const app::Digest& finder, const Bytes& sealed, Instant expires_at) override;
    Result<Bytes> find(const app::Digest& finder, Instant now) override;
    Result<void> drop(const app::Digest& finder) override;
    Result<std::size_t> drop_expired(Instant now) override;
    Result<void> put_receipt(const app::Digest& finder, const Bytes& sealed, Instant expires_at) override;
    Result<Bytes> find_receipt(const app::Digest& finder) override;

  private:
    Database& database_;
};

}  // namespace kith::sqlite
