#pragma once
#include <stdlib.h>

#include <filesystem>

#include "adapters/sqlite/store.hpp"
#include "contracts/stores.hpp"

namespace kith::contracts {

/// Not a digest that keeps anything out: enough to tell one text from another.
ByteArray<32> plain_digest(BytesView bytes);

class SqliteGround final : public Ground {
  public:
    explicit SqliteGround(sqlite::SqliteStore::Hooks hooks = {}) {
        std::string name = (std::filesystem::temp_directory_path() / "kith-contract-XXXXXX").native();
        folder_ = ::mkdtemp(name.data());
        open(std::move(hooks));
    }
    ~SqliteGround() override {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    app::Store& store() override { return *store_; }
    void close() { store_.reset(); }
    void open(sqlite::SqliteStore::Hooks hooks = {}) {
        store_ = sqlite::SqliteStore::open({file(), &plain_digest, at(0), std::move(hooks)}).value();
    }
    std::filesystem::path file() const { return folder_ / "kith.db"; }

  private:
    std::filesystem::path folder_;
    std::unique_ptr<sqlite::SqliteStore> store_;
};

}  // namespace kith::contracts
