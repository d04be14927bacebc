// Memory that is given back all at once. A loaded model has one, and so has each evaluation; what lies in it is never
// destroyed one by one, so it holds trivial things only. An emptied arena keeps its blocks: a warm evaluation allocates
// nothing.
#pragma once
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace kith::dmn {

/// Thrown inside the room when a limit is reached; it never leaves the room.
struct LimitReached {
    const char* limit;
};

class Arena {
  public:
    static constexpr std::size_t kBlock = 16 * 1024;
    explicit Arena(std::size_t most_bytes = 1ULL << 30) : most_(most_bytes) {}
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    void* take(std::size_t bytes, std::size_t align) {
        std::size_t at = (used_ + align - 1) & ~(align - 1);
        if (blocks_.empty() || at + bytes > blocks_[block_].size) {
            next_block(bytes + align);
            at = 0;
        }
        used_ = at + bytes;
        return blocks_[block_].bytes.get() + at;
    }
    template <class T, class... Args>
    T* make(Args&&... args) {
        static_assert(std::is_trivially_destructible_v<T>);
        return new (take(sizeof(T), alignof(T))) T{std::forward<Args>(args)...};
    }
    template <class T>
    std::span<T> many(std::size_t count) {
        static_assert(std::is_trivially_destructible_v<T>);
        if (count == 0) return {};
        if (count > most_ / sizeof(T)) throw LimitReached{"memory"};
        T* first = static_cast<T*>(take(count * sizeof(T), alignof(T)));
        std::uninitialized_value_construct_n(first, count);
        return {first, count};
    }
    template <class T>
    std::span<const T> keep(const std::vector<T>& items) {
        const std::span<T> out = many<T>(items.size());
        std::copy(items.begin(), items.end(), out.begin());
        return out;
    }
    std::string_view keep(std::string_view text) {
        if (text.empty()) return {};
        char* bytes = static_cast<char*>(take(text.size(), 1));
        std::memcpy(bytes, text.data(), text.size());
        return {bytes, text.size()};
    }
    /// Empties it; the blocks stay for the next use.
    void reset() {
        block_ = 0;
        used_ = 0;
        taken_ = 0;
    }
    std::size_t reserved() const {
        std::size_t total = 0;
        for (const Block& block : blocks_) total += block.size;
        return total;
    }

  private:
    struct Block {
        std::unique_ptr<std::byte[]> bytes;
        std::size_t size;
    };
    void next_block(std::size_t bytes) {
        taken_ += bytes;
        if (taken_ > most_) throw LimitReached{"memory"};
        for (std::size_t next = blocks_.empty() ? 0 : block_ + 1; next < blocks_.size(); ++next) {
            if (blocks_[next].size < bytes) continue;
            std::swap(blocks_[next], blocks_[block_ + 1]);
            ++block_;
            used_ = 0;
            return;
        }
        const std::size_t size = bytes > kBlock ? bytes : kBlock;
        if (taken_ - bytes + size > most_ + kBlock) throw LimitReached{"memory"};
        taken_ += size - bytes;
        blocks_.insert(blocks_.begin() + static_cast<std::ptrdiff_t>(blocks_.empty() ? 0 : block_ + 1),
                       Block{std::unique_ptr<std::byte[]>(new std::byte[size]), size});
        if (blocks_.size() > 1) ++block_;
        used_ = 0;
    }
    std::vector<Block> blocks_;
    std::size_t block_ = 0;
    std::size_t used_ = 0;
    std::size_t taken_ = 0;
    std::size_t most_;
};

}  // namespace kith::dmn
