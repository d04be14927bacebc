// What every table's code is written with: queries that change, queries that find, and stored words back into
// enumerations.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/sqlite/database.hpp"

namespace kith::sqlite {

/// `forbidden` on a reader's snapshot.
Result<void> check_writable(const Database& database);
/// A row that names another which is not there is `not_found`; any other error stays.
Error explained(const Database& database, const Error& error);

template <class... A>
Result<void> change(Database& database, Words query, const A&... parameters) {
    KITH_TRY(check_writable(database));
    const auto done = database.run(query, parameters...);
    if (!done) return Failure(explained(database, done.error()));
    return {};
}
/// How many rows it changed.
template <class... A>
Result<std::size_t> change_counted(Database& database, Words query, const A&... parameters) {
    KITH_TRY(change(database, query, parameters...));
    return static_cast<std::size_t>(database.changes());
}
/// `not_found` when it changed nothing.
template <class... A>
Result<void> change_one(Database& database, Words query, const A&... parameters) {
    const std::size_t changed = KITH_TRY(change_counted(database, query, parameters...));
    if (changed == 0) return fail(Code::not_found, "not in the store");
    return {};
}
template <class... A>
Result<bool> holds(Database& database, Words query, const A&... parameters) {
    const auto there = KITH_TRY(database.one<bool>(query, parameters...));
    return there.value_or(false);
}
template <class Row, class... A>
Result<Row> find_one(Database& database, Words query, const A&... parameters) {
    auto row = KITH_TRY(database.one<Row>(query, parameters...));
    if (!row) return fail(Code::not_found, "not in the store");
    return *std::move(row);
}
/// Every row, each turned by `to_row(Stored)` into a Result of what the port speaks of.
template <class Stored, class To, class... A>
auto find_all(Database& database, Words query, To to_row, const A&... parameters)
    -> Result<std::vector<typename std::invoke_result_t<To, Stored>::value_type>> {
    std::vector<typename std::invoke_result_t<To, Stored>::value_type> rows;
    const auto take = [&](Stored stored) -> Result<void> {
        rows.push_back(KITH_TRY(to_row(std::move(stored))));
        return {};
    };
    KITH_TRY(database.each<Stored>(query, take, parameters...));
    return rows;
}

/// Runs `steps` so that they hold together: after a failure none of them has left anything, even in a transaction whose
/// work goes on.
template <class F>
Result<void> together(Database& database, F steps) {
    KITH_TRY(check_writable(database));
    if (const int code = database.transact("savepoint together")) return Failure(error_of(code));
    const Result<void> done = steps();
    // When SQLite ended the whole transaction by itself there is nothing to roll back to; the group writer looks.
    if (!done) static_cast<void>(database.transact("rollback to together"));
    const int released = database.in_transaction() ? database.transact("release together") : 0;
    if (!done) return done;
    if (released != 0) return Failure(error_of(released));
    return {};
}

/// Stored words into values. After one that is not known `checked` is `betrayed`.
class Decoded {
  public:
    template <class E>
    E word(std::optional<E> known) {
        if (!known) ok_ = false;
        return known.value_or(E{});
    }
    template <class E>
    std::optional<E> word(const std::optional<std::string>& stored, std::optional<E> (*named)(std::string_view)) {
        if (!stored) return std::nullopt;
        return word(named(*stored));
    }
    /// A list, separated by single spaces.
    template <class E>
    std::vector<E> words(std::string_view stored, std::optional<E> (*named)(std::string_view)) {
        std::vector<E> out;
        while (!stored.empty()) {
            const auto end = stored.find(' ');
            out.push_back(word(named(stored.substr(0, end))));
            stored.remove_prefix(end == std::string_view::npos ? stored.size() : end + 1);
        }
        return out;
    }
    void refuse() { ok_ = false; }
    template <class Row>
    Result<Row> checked(Row row) const {
        if (!ok_) return fail(Code::betrayed, "a stored word is not known");
        return row;
    }

  private:
    bool ok_ = true;
};

template <class Values>
std::string joined(const Values& values) {
    std::string out;
    for (const auto value : values) {
        if (!out.empty()) out += ' ';
        out += name_of(value);
    }
    return out;
}
template <class E>
std::optional<std::string_view> name_if(const std::optional<E>& value) {
    if (!value) return std::nullopt;
    return name_of(*value);
}

/// Where all zeros mean "none", the store holds null, so that the foreign key holds.
template <class Tag>
std::optional<Id<Tag>> unless_zero(const Id<Tag>& id) {
    if (id == Id<Tag>()) return std::nullopt;
    return id;
}

/// False for a number that no stored integer can be.
inline bool storable(std::uint64_t number) { return number <= std::uint64_t{std::numeric_limits<std::int64_t>::max()}; }

}  // namespace kith::sqlite
