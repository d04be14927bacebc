// Counts what this test program allocates, to show that a warm decision allocates nothing.
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::uint64_t> allocations{0};
}  // namespace

std::uint64_t allocations_so_far();
std::uint64_t allocations_so_far() { return allocations; }

void* operator new(std::size_t size) {
    ++allocations;
    if (void* out = std::malloc(size)) return out;
    throw std::bad_alloc();
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
