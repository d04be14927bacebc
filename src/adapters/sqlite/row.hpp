// Columns into aggregates: `struct ConcernRow { ConcernId id; Instant received_at; std::optional<Bytes> sealed_plan;
// };` is filled by position. Optional fields take null, others refuse it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/secret.hpp"

struct sqlite3_stmt;

namespace kith::sqlite {

/// One row as SQLite holds it. A column of another type or length than asked for makes `ok()` false and yields nothing.
class Columns {
  public:
    explicit Columns(sqlite3_stmt* statement) : statement_(statement) {}
    template <class T>
    T get(int at) const;
    int count() const;
    bool ok() const { return ok_; }

  private:
    bool is_null(int at) const;
    std::int64_t integer(int at) const;
    double real(int at) const;
    std::string text(int at) const;
    BytesView blob(int at) const;
    void refuse() const { ok_ = false; }

    sqlite3_stmt* statement_;
    mutable bool ok_ = true;
};

namespace detail {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<Id<Tag>> : std::true_type {};
template <class T>
struct IsSealed : std::false_type {};
template <class T>
struct IsSealed<Sealed<T>> : std::true_type {};
template <class T>
struct IsByteArray : std::false_type {};
template <std::size_t N>
struct IsByteArray<ByteArray<N>> : std::true_type {};
template <class T>
constexpr bool is_cell =
    std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_same_v<T, std::string> || std::is_same_v<T, Bytes> ||
    std::is_same_v<T, Instant> || IsId<T>::value || IsSealed<T>::value || IsByteArray<T>::value || IsOptional<T>::value;

// An optional would take a plain Cell by its own converting constructor and never be empty, so it gets a kind of cell
// that turns into nothing but optionals.
struct Cell {
    const Columns* columns;
    int at;
    template <class T>
        requires(!IsOptional<T>::value)
    operator T() const {
        return columns->get<T>(at);
    }  // NOLINT: implicit, this is its purpose
};
struct OptionalCell {
    const Columns* columns;
    int at;
    template <class T>
        requires(IsOptional<T>::value)
    operator T() const {
        return columns->get<T>(at);
    }  // NOLINT: as above
};

template <class Row, std::size_t... I>
constexpr bool takes(std::index_sequence<I...>) {
    return requires(Cell cell) { Row{(static_cast<void>(I), cell)...}; };
}
template <class Row, std::size_t N = 0>
constexpr std::size_t arity() {
    if constexpr (takes<Row>(std::make_index_sequence<N + 1>{}))
        return arity<Row, N + 1>();
    else
        return N;
}
template <class Row, std::size_t At, std::size_t... I>
constexpr bool optional_at(std::index_sequence<I...>) {
    return requires(Cell cell, OptionalCell optional) { Row{(static_cast<void>(I), cell)..., optional}; };
}
template <class Row, std::size_t... I>
Row make_row(const Columns& columns, std::index_sequence<I...>) {
    return Row{std::conditional_t<optional_at<Row, I>(std::make_index_sequence<I>{}), OptionalCell, Cell>{
        &columns, static_cast<int>(I)}...};
}

}  // namespace detail

template <class T>
T Columns::get(int at) const {
    if constexpr (detail::IsOptional<T>::value) {
        if (is_null(at)) return std::nullopt;
        return get<typename T::value_type>(at);
    } else if constexpr (std::is_same_v<T, bool>) {
        return integer(at) != 0;
    } else if constexpr (std::is_enum_v<T>) {
        return static_cast<T>(get<std::underlying_type_t<T>>(at));
    } else if constexpr (std::is_integral_v<T>) {
        const std::int64_t value = integer(at);
        if (!std::in_range<T>(value)) refuse();
        return static_cast<T>(value);
    } else if constexpr (std::is_floating_point_v<T>) {
        return static_cast<T>(real(at));
    } else if constexpr (std::is_same_v<T, std::string>) {
        return text(at);
    } else if constexpr (std::is_same_v<T, Instant>) {
        return from_millis(integer(at));
    } else if constexpr (detail::IsSealed<T>::value) {
        return T{to_bytes(blob(at))};
    } else if constexpr (std::is_same_v<T, Bytes>) {
        return to_bytes(blob(at));
    } else {
        const BytesView bytes = blob(at);
        if constexpr (detail::IsId<T>::value) {
            const auto id = T::from(bytes);
            if (!id) refuse();
            return id.value_or(T{});
        } else {
            static_assert(detail::IsByteArray<T>::value, "a column of this type is not known here");
            T array{};
            if (bytes.size() == array.size())
                std::ranges::copy(bytes, array.begin());
            else
                refuse();
            return array;
        }
    }
}

/// A single cell (`std::int64_t`, `Instant`, an id ...) or an aggregate of cells with as many fields as there are
/// columns.
template <class Row>
Row decode(const Columns& columns) {
    if constexpr (detail::is_cell<Row>) {
        return columns.get<Row>(0);
    } else {
        return detail::make_row<Row>(columns, std::make_index_sequence<detail::arity<Row>()>{});
    }
}
template <class Row>
constexpr int width() {
    if constexpr (detail::is_cell<Row>)
        return 1;
    else
        return static_cast<int>(detail::arity<Row>());
}

}  // namespace kith::sqlite
