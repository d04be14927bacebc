// Decimal numbers of 34 digits (IEEE 754 decimal128, ties to even), as FEEL asks for. Only finite numbers exist: what
// would be NaN, infinite or out of range is `nullopt`. Zero has no sign; 1.0 and 1.00 are equal and hash equally.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kith::dmn {

enum class Rounding : std::uint8_t { half_even, floor, ceiling, up, down, half_up, half_down };

class Decimal {
  public:
    constexpr Decimal() = default;
    static Decimal of(std::int64_t whole);
    static constexpr Decimal from_words(std::uint64_t low, std::uint64_t high) { return Decimal(low, high); }
    /// Digits, one point, an exponent, a sign in front; `nullopt` for all else and for what is out of range. More than
    /// 34 digits are rounded to even.
    static std::optional<Decimal> parse(std::string_view text);

    /// Plain notation, never an exponent; trailing zeros of a fraction are left out.
    std::string text() const;
    /// The whole number that this is, if it is one that fits.
    std::optional<std::int64_t> whole() const;
    bool is_whole() const;
    bool is_zero() const;
    bool is_negative() const;
    /// Equal numbers have equal hashes.
    std::size_t hash() const;

    Decimal operator-() const;
    Decimal abs() const { return is_negative() ? -*this : *this; }
    /// To `scale` digits after the point (before it, when negative).
    std::optional<Decimal> rounded(std::int64_t scale, Rounding how) const;
    std::optional<Decimal> square_root() const;
    std::optional<Decimal> logarithm() const;
    std::optional<Decimal> exponential() const;

    friend std::optional<Decimal> add(Decimal x, Decimal y);
    friend std::optional<Decimal> subtract(Decimal x, Decimal y);
    friend std::optional<Decimal> multiply(Decimal x, Decimal y);
    friend std::optional<Decimal> divide(Decimal x, Decimal y);
    /// x - y * floor(x / y): the sign of the divisor.
    friend std::optional<Decimal> modulo(Decimal x, Decimal y);
    friend std::optional<Decimal> power(Decimal x, Decimal y);
    /// Below, at or above zero as x is below, equal to or above y.
    friend int compare(Decimal x, Decimal y);
    friend bool operator==(Decimal x, Decimal y) { return compare(x, y) == 0; }
    friend bool operator<(Decimal x, Decimal y) { return compare(x, y) < 0; }

    constexpr std::uint64_t low() const { return low_; }
    constexpr std::uint64_t high() const { return high_; }

  private:
    constexpr Decimal(std::uint64_t low, std::uint64_t high) : low_(low), high_(high) {}
    std::uint64_t low_ = 0;
    std::uint64_t high_ = 0x3040000000000000;  // a zero with exponent 0
};

/// Whether the linked library reports an inexact division: one of its builds computes and loses the flags.
bool decimal_library_raises_flags();

}  // namespace kith::dmn
