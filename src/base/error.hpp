// Result, Error and the two macros. Four kinds of trouble are never mixed: an outcome is a value, a failure is a
// Result, a bug throws Bug, and betrayal (a stored row that does not open) is Code::betrayed.
#pragma once
#include <stdexcept>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace kith {

/// Words fixed at compile time. A message built from a child's record does not compile.
struct Words {
    std::string_view text;
    consteval Words(const char* literal) : text(literal) {}
};

enum class Code {
    invalid,      ///< the input is wrong; `field` names what to put right
    not_found,    ///< absent, or not for this reader: the two look the same
    forbidden,    ///< the gate refused
    conflict,     ///< somebody else was first
    too_many,     ///< a limit that slows a flood
    too_large,    ///< more bytes than this place takes
    unavailable,  ///< the store, a key or the network is away; asking again may help
    betrayed,     ///< integrity lost: sealed bytes do not open, a signature does not verify
};

struct [[nodiscard]] Error {
    Code code;
    std::string_view what;   ///< for operators: lower case, no full stop, never domain text
    std::string_view field;  ///< the form field to put right, or empty
    friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = tl::expected<T, Error>;
using Failure = tl::unexpected<Error>;

/// `return fail(Code::invalid, "age is not a number", "age");`
inline Failure fail(Code code, Words what) { return Failure(Error{code, what.text, {}}); }
inline Failure fail(Code code, Words what, Words field) { return Failure(Error{code, what.text, field.text}); }

/// A broken invariant: our mistake. Caught only at the boundary of a request or a command.
class Bug : public std::logic_error {
  public:
    explicit Bug(const char* what) : std::logic_error(what) {}
};

namespace detail {
template <class T>
T unwrap(Result<T>&& result) {
    return *std::move(result);
}
inline void unwrap(Result<void>&&) {}
}  // namespace detail
}  // namespace kith

/// The value, or return the error to our caller. As an initialiser, a statement or an argument; one inside another is
/// fine.
#define KITH_TRY(...) KITH_TRY_NAMED_(__COUNTER__, __VA_ARGS__)
#define KITH_TRY_NAMED_(number, ...) KITH_TRY_AS_(number, __VA_ARGS__)
#define KITH_TRY_AS_(number, ...)                                                        \
    __extension__({                                                                      \
        auto kith_result_##number = (__VA_ARGS__);                                       \
        if (!kith_result_##number) return ::kith::Failure(kith_result_##number.error()); \
        ::kith::detail::unwrap(std::move(kith_result_##number));                         \
    })

/// An invariant that no input can break. Throws Bug.
#define KITH_CHECK(condition)                                                 \
    do {                                                                      \
        if (!(condition)) throw ::kith::Bug("invariant broken: " #condition); \
    } while (false)
