// What must not be seen. A Secret<T> is plain and in memory; a Sealed<T> is ciphertext and may lie on disk. They are
// different types, neither can be printed, and only the keys (app/ports/cryptography.hpp) turn one into the other.
#pragma once
#include <ostream>
#include <string>
#include <utility>

#include "base/bytes.hpp"

namespace kith {

/// Overwrites memory in a way the compiler may not leave out.
void wipe(void* at, std::size_t size);

/// A plain value that must not reach a log, an error or a URL. Reading it is a visible act: `expose()`.
template <class T>
class Secret {
  public:
    Secret() = default;
    explicit Secret(T value) : value_(std::move(value)) {}
    Secret(const Secret&) = default;
    Secret& operator=(const Secret&) = default;
    Secret(Secret&& other) noexcept : value_(std::exchange(other.value_, T{})) {}
    Secret& operator=(Secret&& other) noexcept {
        std::swap(value_, other.value_);
        return *this;
    }
    ~Secret() {
        if constexpr (requires { wipe(value_.data(), value_.size()); }) wipe(value_.data(), value_.size());
    }
    const T& expose() const { return value_; }
    T& expose() { return value_; }

    friend std::ostream& operator<<(std::ostream&, const Secret&) = delete;

  private:
    T value_{};
};

using SecretText = Secret<std::string>;
using SecretBytes = Secret<Bytes>;
using Key = Secret<ByteArray<32>>;

/// The ciphertext of a T, bound to where it lies (table, row, field).
template <class T>
struct Sealed {
    Bytes bytes;
    friend bool operator==(const Sealed&, const Sealed&) = default;
};

}  // namespace kith
