// A FEEL value: 24 bytes, copied freely, never changed. Whatever is longer than two words lies in the arena of the
// model or of the evaluation that made it, and is valid as long as that. A null may carry the number of the diagnostic
// that made it (strict mode): it is then *undetermined* and what is computed from it is so too.
#pragma once
#include <bit>
#include <cstdint>
#include <span>
#include <string_view>

#include "dmn/value/decimal.hpp"

namespace kith::dmn {

enum class Kind : std::uint8_t {
    null,
    boolean,
    number,
    string,
    date,
    time,
    date_time,
    days_duration,
    months_duration,
    range,
    list,
    context,
    function
};
enum class ZoneKind : std::uint8_t { none, offset, named };

class Zone;
struct Range;
struct Context;
struct Function;

/// A point on a clock: seconds and nanoseconds as written, and where. `seconds` counts from 1970-01-01 (from midnight,
/// for a time).
struct Clock {
    std::int64_t seconds = 0;
    std::uint32_t nanos = 0;
    ZoneKind kind = ZoneKind::none;
    std::int64_t offset = 0;     ///< seconds east, when `kind` is `offset`
    const Zone* zone = nullptr;  ///< when `kind` is `named`
};

/// Days-and-time duration: `seconds` rounded down, and the nanoseconds above.
struct Span {
    std::int64_t seconds = 0;
    std::uint32_t nanos = 0;
    friend auto operator<=>(const Span&, const Span&) = default;
};

class Value {
  public:
    constexpr Value() = default;
    static Value null() { return {}; }
    static Value undetermined(std::uint32_t diagnostic) { return {Kind::null, 0, diagnostic, 0, 0}; }
    static Value of(bool truth) { return {Kind::boolean, 0, 0, truth ? 1U : 0U, 0}; }
    static Value of(Decimal n) { return {Kind::number, 0, 0, n.low(), n.high()}; }
    static Value of(std::int64_t whole) { return of(Decimal::of(whole)); }
    /// The bytes stay the caller's.
    static Value of(std::string_view text) { return {Kind::string, 0, 0, address(text.data()), text.size()}; }
    static Value of(const char*) = delete;
    static Value date(std::int64_t days) { return {Kind::date, 0, 0, static_cast<std::uint64_t>(days), 0}; }
    static Value clock(Kind kind, Clock c) {
        const std::uint64_t where = c.kind == ZoneKind::named ? address(c.zone) : static_cast<std::uint64_t>(c.offset);
        return {kind, static_cast<std::uint8_t>(c.kind), c.nanos, static_cast<std::uint64_t>(c.seconds), where};
    }
    static Value of(Span s) { return {Kind::days_duration, 0, s.nanos, static_cast<std::uint64_t>(s.seconds), 0}; }
    static Value months(std::int64_t months) {
        return {Kind::months_duration, 0, 0, static_cast<std::uint64_t>(months), 0};
    }
    static Value of(std::span<const Value> items) { return {Kind::list, 0, 0, address(items.data()), items.size()}; }
    static Value of(const Range* range) { return {Kind::range, 0, 0, address(range), 0}; }
    static Value of(const Context* context) { return {Kind::context, 0, 0, address(context), 0}; }
    static Value of(const Function* function) { return {Kind::function, 0, 0, address(function), 0}; }

    Kind kind() const { return kind_; }
    bool is(Kind kind) const { return kind_ == kind; }
    bool is_null() const { return kind_ == Kind::null; }
    bool is_undetermined() const { return kind_ == Kind::null && aux_ != 0; }
    bool is_true() const { return kind_ == Kind::boolean && a_ == 1; }
    bool is_false() const { return kind_ == Kind::boolean && a_ == 0; }
    /// The number of the diagnostic, from 1; 0 for none.
    std::uint32_t diagnostic() const { return kind_ == Kind::null ? aux_ : 0; }

    // Each of these asks for the matching kind.
    bool boolean() const { return a_ == 1; }
    Decimal number() const { return Decimal::from_words(a_, b_); }
    std::string_view string() const { return {pointer<char>(a_), b_}; }
    std::int64_t days() const { return static_cast<std::int64_t>(a_); }
    std::int64_t months() const { return static_cast<std::int64_t>(a_); }
    Span span() const { return {static_cast<std::int64_t>(a_), aux_}; }
    Clock clock() const {
        const auto kind = static_cast<ZoneKind>(detail_);
        return {static_cast<std::int64_t>(a_), aux_, kind, kind == ZoneKind::offset ? static_cast<std::int64_t>(b_) : 0,
                kind == ZoneKind::named ? pointer<Zone>(b_) : nullptr};
    }
    std::span<const Value> list() const { return {pointer<Value>(a_), b_}; }
    const Range& range() const { return *pointer<Range>(a_); }
    const Context& context() const { return *pointer<Context>(a_); }
    const Function& function() const { return *pointer<Function>(a_); }

  private:
    constexpr Value(Kind kind, std::uint8_t detail, std::uint32_t aux, std::uint64_t a, std::uint64_t b)
        : kind_(kind), detail_(detail), aux_(aux), a_(a), b_(b) {}
    static std::uint64_t address(const void* p) { return std::bit_cast<std::uint64_t>(p); }
    template <class T>
    static const T* pointer(std::uint64_t word) {
        return std::bit_cast<const T*>(word);
    }
    Kind kind_ = Kind::null;
    std::uint8_t detail_ = 0;
    std::uint32_t aux_ = 0;
    std::uint64_t a_ = 0;
    std::uint64_t b_ = 0;
};
static_assert(sizeof(Value) == 24);

enum class End : std::uint8_t { open, closed };

/// A range of any ordered kind. An end that is not there (`(< 5)`) is an undefined one, which is not the same as null.
struct Range {
    Value low;
    Value high;
    End low_end = End::open;
    End high_end = End::open;
    bool has_low = true;
    bool has_high = true;
};

struct Entry {
    std::string_view name;
    Value value;
};

/// Entries in the order written; each name once.
struct Context {
    std::span<const Entry> entries;
    const Value* find(std::string_view name) const {
        for (const Entry& entry : entries)
            if (entry.name == name) return &entry.value;
        return nullptr;
    }
};

std::string_view name_of(Kind kind);

}  // namespace kith::dmn
