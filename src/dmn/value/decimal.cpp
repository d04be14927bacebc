// The bytes of a decimal128 (binary integer significand): sign 1, exponent 14 (bias 6176), coefficient 113 bits. The
// reader and the writer work on these directly; the arithmetic is the Intel library's.
#include "dmn/value/decimal.hpp"

#include <algorithm>
#define DECIMAL_CALL_BY_REFERENCE 0
#define DECIMAL_GLOBAL_ROUNDING 0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#include <bid_conf.h>
#include <bid_functions.h>

namespace kith::dmn {
namespace {
__extension__ using Wide = unsigned __int128;

constexpr int kBias = 6176;
constexpr int kDigits = 34;
constexpr int kMostExponent = 6111;
constexpr std::uint64_t kSign = 1ULL << 63;
constexpr unsigned kTrouble = BID_INVALID_EXCEPTION | BID_ZERO_DIVIDE_EXCEPTION | BID_OVERFLOW_EXCEPTION;

struct Parts {
    bool negative;
    int exponent;
    Wide digits;
};

Parts parts(std::uint64_t low, std::uint64_t high) {
    const int exponent = static_cast<int>((high >> 49) & 0x3fff) - kBias;
    const Wide digits = (Wide{high & 0x1ffffffffffffULL} << 64) | low;
    return {(high & kSign) != 0, exponent, digits};
}

Parts normal(Parts p) {
    if (p.digits == 0) return {false, 0, 0};
    while (p.digits % 10 == 0) {
        p.digits /= 10;
        ++p.exponent;
    }
    return p;
}

BID_UINT128 bid(Decimal d) {
    BID_UINT128 out;
    out.w[0] = d.low();
    out.w[1] = d.high();
    return out;
}

std::optional<Decimal> made(BID_UINT128 out, unsigned flags) {
    if ((flags & kTrouble) != 0 || (out.w[1] & 0x7800000000000000ULL) == 0x7800000000000000ULL) return std::nullopt;
    if ((out.w[1] & 0x6000000000000000ULL) == 0x6000000000000000ULL)
        return Decimal{};  // a coefficient out of range is zero
    const Parts p = parts(out.w[0], out.w[1]);
    if (p.digits == 0) return Decimal{};
    return Decimal::from_words(out.w[0], out.w[1]);
}

std::optional<Decimal> assemble(bool negative, Wide digits, std::int64_t exponent) {
    if (digits == 0) return Decimal{};
    Wide limit = 1;
    for (int i = 0; i < kDigits - 1; ++i) limit *= 10;
    while (exponent > kMostExponent && digits < limit) {
        digits *= 10;
        --exponent;
    }
    if (exponent > kMostExponent) return std::nullopt;
    while (exponent < -kBias && digits != 0) {
        digits /= 10;
        ++exponent;
    }
    if (digits == 0) return Decimal{};
    const std::uint64_t high = static_cast<std::uint64_t>(digits >> 64) |
                               (static_cast<std::uint64_t>(exponent + kBias) << 49) | (negative ? kSign : 0);
    return Decimal::from_words(static_cast<std::uint64_t>(digits), high);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Digits as they are read: 34 are kept, of the rest whether they lie below, at or above the half.
struct Significand {
    Wide digits = 0;
    int kept = 0;
    std::int64_t dropped = 0;
    int first_dropped = 0;
    bool more = false;

    void take(char c) {
        const int digit = c - '0';
        if (kept < kDigits) {
            digits = digits * 10 + static_cast<unsigned>(digit);
            if (digits != 0) ++kept;
        } else {
            if (dropped++ == 0)
                first_dropped = digit;
            else
                more = more || digit != 0;
        }
    }
    void round_to_even() {
        if (first_dropped > 5 || (first_dropped == 5 && (more || digits % 2 == 1))) ++digits;
    }
};
}  // namespace

Decimal Decimal::of(std::int64_t whole) {
    if (whole == 0) return {};
    const std::uint64_t size = whole < 0 ? 0 - static_cast<std::uint64_t>(whole) : static_cast<std::uint64_t>(whole);
    return {size, (static_cast<std::uint64_t>(kBias) << 49) | (whole < 0 ? kSign : 0)};
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
    std::size_t at = 0;
    const auto peek = [&] { return at < text.size() ? text[at] : '\0'; };
    const bool negative = peek() == '-';
    if (peek() == '-' || peek() == '+') ++at;
    Significand taken;
    std::int64_t exponent = 0;
    bool any = false;
    for (; is_digit(peek()); ++at, any = true) taken.take(peek());
    if (peek() == '.') {
        ++at;
        if (!is_digit(peek())) return std::nullopt;
        for (; is_digit(peek()); ++at, any = true, --exponent) taken.take(peek());
    }
    if (!any) return std::nullopt;
    if (peek() == 'e' || peek() == 'E') {
        ++at;
        const bool below = peek() == '-';
        if (peek() == '-' || peek() == '+') ++at;
        if (!is_digit(peek())) return std::nullopt;
        std::int64_t power = 0;
        for (; is_digit(peek()); ++at) power = std::min<std::int64_t>(power * 10 + (peek() - '0'), 1'000'000'000'000);
        exponent += below ? -power : power;
    }
    if (at != text.size()) return std::nullopt;
    taken.round_to_even();
    return assemble(negative, taken.digits, exponent + taken.dropped);
}

std::string Decimal::text() const {
    const Parts p = normal(parts(low_, high_));
    std::string digits;
    for (Wide rest = p.digits; rest != 0; rest /= 10)
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
    if (digits.empty()) return "0";
    if (p.exponent >= 0) {
        digits.append(static_cast<std::size_t>(p.exponent), '0');
    } else {
        const auto places = static_cast<std::size_t>(-p.exponent);
        if (digits.size() <= places) digits.insert(0, places - digits.size() + 1, '0');
        digits.insert(digits.size() - places, ".");
    }
    return p.negative ? "-" + digits : digits;
}

std::optional<std::int64_t> Decimal::whole() const {
    Parts p = parts(low_, high_);
    if (p.exponent != 0) p = normal(p);
    if (p.digits == 0) return 0;
    if (p.exponent < 0 || p.exponent > 18) return std::nullopt;
    for (int i = 0; i < p.exponent; ++i) {
        p.digits *= 10;
        if (p.digits > (Wide{1} << 63)) return std::nullopt;
    }
    if (p.digits > (Wide{1} << 63) - (p.negative ? 0 : 1)) return std::nullopt;
    const auto size = static_cast<std::uint64_t>(p.digits);
    return static_cast<std::int64_t>(p.negative ? 0 - size : size);
}

bool Decimal::is_whole() const { return normal(parts(low_, high_)).exponent >= 0; }
bool Decimal::is_zero() const { return parts(low_, high_).digits == 0; }
bool Decimal::is_negative() const { return (high_ & kSign) != 0; }

std::size_t Decimal::hash() const {
    const Parts p = normal(parts(low_, high_));
    std::uint64_t mixed = static_cast<std::uint64_t>(p.digits) * 0x9e3779b97f4a7c15ULL;
    mixed ^= static_cast<std::uint64_t>(p.digits >> 64) + (mixed << 6) + (mixed >> 2);
    mixed ^= static_cast<std::uint64_t>(p.exponent + kBias) * 0xff51afd7ed558ccdULL + (p.negative ? 1 : 0);
    return mixed ^ (mixed >> 29);
}

Decimal Decimal::operator-() const { return is_zero() ? *this : Decimal(low_, high_ ^ kSign); }

std::optional<Decimal> Decimal::rounded(std::int64_t scale, Rounding how) const {
    const Parts p = normal(parts(low_, high_));
    if (p.digits == 0) return Decimal{};
    const std::int64_t drop = -scale - p.exponent;  // digits that go
    if (drop <= 0) return *this;
    Wide unit = 1;
    for (std::int64_t i = 0; i < std::min<std::int64_t>(drop, kDigits + 1); ++i) unit *= 10;
    const Wide kept = drop > kDigits ? 0 : p.digits / unit;
    const Wide rest = drop > kDigits ? p.digits : p.digits % unit;
    const Wide half = unit / 2;
    bool away = false;
    switch (how) {
        case Rounding::half_even:
            away = rest > half || (rest == half && kept % 2 == 1);
            break;
        case Rounding::half_up:
            away = rest >= half;
            break;
        case Rounding::half_down:
            away = rest > half;
            break;
        case Rounding::up:
            away = rest != 0;
            break;
        case Rounding::down:
            away = false;
            break;
        case Rounding::floor:
            away = rest != 0 && p.negative;
            break;
        case Rounding::ceiling:
            away = rest != 0 && !p.negative;
            break;
    }
    return assemble(p.negative, kept + (away ? 1 : 0), -scale);
}

std::optional<Decimal> Decimal::square_root() const {
    unsigned flags = 0;
    const BID_UINT128 out = bid128_sqrt(bid(*this), BID_ROUNDING_TO_NEAREST, &flags);
    return made(out, flags);
}

std::optional<Decimal> Decimal::logarithm() const {
    unsigned flags = 0;
    const BID_UINT128 out = bid128_log(bid(*this), BID_ROUNDING_TO_NEAREST, &flags);
    return made(out, flags);
}

std::optional<Decimal> Decimal::exponential() const {
    unsigned flags = 0;
    const BID_UINT128 out = bid128_exp(bid(*this), BID_ROUNDING_TO_NEAREST, &flags);
    return made(out, flags);
}

std::optional<Decimal> add(Decimal x, Decimal y) {
    unsigned flags = 0;
    const BID_UINT128 out = bid128_add(bid(x), bid(y), BID_ROUNDING_TO_NEAREST, &flags);
    return made(out, flags);
}

std::optional<Decimal> subtract(Decimal x, Decimal y) { return add(x, -y); }

std::optional<Decimal> multiply(Decimal x, Decimal y) {
    unsigned flags = 0;
    const BID_UINT128 out = bid128_mul(bid(x), bid(y), BID_ROUNDING_TO_NEAREST, &flags);
    return made(out, flags);
}

std::optional<Decimal> divide(Decimal x, Decimal y) {
    if (y.is_zero()) return std::nullopt;
    unsigned flags = 0;
    const BID_UINT128 out = bid128_div(bid(x), bid(y), BID_ROUNDING_TO_NEAREST, &flags);
    return made(out, flags);
}

std::optional<Decimal> modulo(Decimal x, Decimal y) {
    if (y.is_zero()) return std::nullopt;
    unsigned flags = 0;
    const BID_UINT128 out = bid128_fmod(bid(x), bid(y), &flags);  // exact, with the sign of x
    const std::optional<Decimal> rest = made(out, flags);
    if (!rest || rest->is_zero() || rest->is_negative() == y.is_negative()) return rest;
    return add(*rest, y);
}

std::optional<Decimal> power(Decimal x, Decimal y) {
    const std::optional<std::int64_t> times = y.whole();
    if (x.is_zero() && y.is_negative()) return std::nullopt;
    if (times && *times >= 0 && *times <= 64) {  // exact as long as the digits last
        Decimal out = Decimal::of(1);
        for (std::int64_t i = 0; i < *times; ++i) {
            const auto next = multiply(out, x);
            if (!next) return std::nullopt;
            out = *next;
        }
        return out;
    }
    unsigned flags = 0;
    const BID_UINT128 out = bid128_pow(bid(x), bid(y), BID_ROUNDING_TO_NEAREST, &flags);
    return made(out, flags);
}

int compare(Decimal x, Decimal y) {
    if (x.low_ == y.low_ && x.high_ == y.high_) return 0;
    const bool minus = x.is_negative();
    if (minus != y.is_negative()) return minus ? -1 : 1;
    if ((x.high_ >> 49) == (y.high_ >> 49)) {  // the same exponent: the coefficients tell
        const bool less = x.high_ != y.high_ ? x.high_ < y.high_ : x.low_ < y.low_;
        return less != minus ? -1 : 1;
    }
    unsigned flags = 0;
    if (bid128_quiet_less(bid(x), bid(y), &flags) != 0) return -1;
    return bid128_quiet_equal(bid(x), bid(y), &flags) != 0 ? 0 : 1;
}

bool decimal_library_raises_flags() {
    unsigned flags = 0;
    bid128_div(bid(Decimal::of(1)), bid(Decimal::of(3)), BID_ROUNDING_TO_NEAREST, &flags);
    return (flags & BID_INEXACT_EXCEPTION) != 0;
}

}  // namespace kith::dmn
