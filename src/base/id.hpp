// Strong identifiers: sixteen random bytes, written as 26 characters of Crockford base 32. They say nothing of when or
// in what order a thing was made, and one kind does not convert into another.
#pragma once
#include <algorithm>
#include <compare>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace kith {

template <class Tag>
class Id {
  public:
    static constexpr std::size_t size = 16;
    Id() = default;
    explicit Id(const ByteArray<size>& bytes) : bytes_(bytes) {}

    static Result<Id> parse(std::string_view text) {
        const auto bytes = from_crockford(text);
        if (!bytes) return fail(Code::not_found, "malformed id");
        return from(*bytes);
    }
    static Result<Id> from(BytesView bytes) {
        if (bytes.size() != size) return fail(Code::not_found, "malformed id");
        Id id;
        std::ranges::copy(bytes, id.bytes_.begin());
        return id;
    }
    const ByteArray<size>& bytes() const { return bytes_; }
    std::string text() const { return to_crockford(bytes_); }
    friend auto operator<=>(const Id&, const Id&) = default;

  private:
    ByteArray<size> bytes_{};
};

}  // namespace kith
