// For tests: a store in a folder of its own, with one table of numbered rows.
#pragma once
#include <stdlib.h>

#include <filesystem>
#include <string>
#include <vector>

#include "adapters/sqlite/database.hpp"

namespace kith::sqlite {

class ScratchFolder {
  public:
    ScratchFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "kith-sqlite-XXXXXX").native();
        path_ = ::mkdtemp(name.data());
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ~ScratchFolder() { std::filesystem::remove_all(path_); }
    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path store() const { return path_ / "kith.db"; }

  private:
    std::filesystem::path path_;
};

template <class... A>
Result<void> run_text(Database& database, std::string_view sql, const A&... parameters) {
    Statement statement = KITH_TRY(database.prepare_text(sql));
    return statement.run(parameters...);
}
template <class Row, class... A>
Result<std::vector<Row>> all_text(Database& database, std::string_view sql, const A&... parameters) {
    Statement statement = KITH_TRY(database.prepare_text(sql));
    return statement.all<Row>(parameters...);
}

inline Database open_with_rows(const ScratchFolder& folder) {
    Database database = Database::open(folder.store(), Access::write).value();
    KITH_CHECK(
        database.execute("create table if not exists numbers (number integer primary key, body blob not null) strict"));
    return database;
}
inline Result<void> add_number(Database& database, std::int64_t number, std::size_t size = 10) {
    return run_text(database, "insert into numbers (number, body) values (?, ?)", number, Bytes(size, Byte{7}));
}
inline std::vector<std::int64_t> numbers_in(Database& database) {
    return all_text<std::int64_t>(database, "select number from numbers order by number").value();
}

}  // namespace kith::sqlite
