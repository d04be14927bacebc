// A set of small numbers with a fixed bound.
#pragma once
#include <bit>
#include <cstdint>
#include <vector>

namespace kith::dmn::verify {

class Bits {
  public:
    Bits() = default;
    explicit Bits(std::size_t size) : size_(size), words_((size + 63) / 64) {}
    static Bits all(std::size_t size) {
        Bits out(size);
        for (std::size_t i = 0; i < size; ++i) out.set(i);
        return out;
    }
    std::size_t size() const { return size_; }
    void set(std::size_t i) { words_[i / 64] |= 1ULL << (i % 64); }
    void clear(std::size_t i) { words_[i / 64] &= ~(1ULL << (i % 64)); }
    bool has(std::size_t i) const { return ((words_[i / 64] >> (i % 64)) & 1U) != 0; }
    bool none() const {
        for (const std::uint64_t word : words_)
            if (word != 0) return false;
        return true;
    }
    std::size_t count() const {
        std::size_t out = 0;
        for (const std::uint64_t word : words_) out += static_cast<std::size_t>(std::popcount(word));
        return out;
    }
    /// The first at or after `from`; `size()` when there is none.
    std::size_t next(std::size_t from = 0) const {
        for (std::size_t i = from; i < size_; ++i) {
            if (i % 64 == 0 && words_[i / 64] == 0) {
                i += 63;
                continue;
            }
            if (has(i)) return i;
        }
        return size_;
    }
    bool meets(const Bits& other) const {
        for (std::size_t i = 0; i < words_.size(); ++i)
            if ((words_[i] & other.words_[i]) != 0) return true;
        return false;
    }
    bool within(const Bits& other) const {
        for (std::size_t i = 0; i < words_.size(); ++i)
            if ((words_[i] & ~other.words_[i]) != 0) return false;
        return true;
    }
    Bits& operator&=(const Bits& other) {
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
        return *this;
    }
    Bits& operator|=(const Bits& other) {
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
        return *this;
    }
    /// Those of `whole` that are not here.
    Bits missing(const Bits& whole) const {
        Bits out = whole;
        for (std::size_t i = 0; i < words_.size(); ++i) out.words_[i] &= ~words_[i];
        return out;
    }
    friend Bits operator&(Bits x, const Bits& y) { return x &= y; }
    friend Bits operator|(Bits x, const Bits& y) { return x |= y; }
    friend bool operator==(const Bits&, const Bits&) = default;
    friend auto operator<=>(const Bits&, const Bits&) = default;
    const std::vector<std::uint64_t>& words() const { return words_; }

  private:
    std::size_t size_ = 0;
    std::vector<std::uint64_t> words_;
};

/// One set of atoms for each dimension: all points that take one of each.
using Box = std::vector<Bits>;

inline bool is_empty(const Box& box) {
    for (const Bits& side : box)
        if (side.none()) return true;
    return false;
}

}  // namespace kith::dmn::verify
