// Loaded before the C library of the shipped program: makes the calls by which it reaches its disk fail when the test
// says so, through a page that both map (promises/faults.hpp). Calls on sockets pass.
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "promises/faults.hpp"

namespace {
using kith::test::FaultPage;

FaultPage* page() {
    static FaultPage* const mapped = [] {
        const char* path = std::getenv("KITH_FAULT_PAGE");
        const int file = path == nullptr ? -1 : ::open(path, O_RDWR | O_CLOEXEC);
        if (file < 0) return static_cast<FaultPage*>(nullptr);
        void* at = ::mmap(nullptr, sizeof(FaultPage), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        return at == MAP_FAILED ? nullptr : static_cast<FaultPage*>(at);
    }();
    return mapped;
}

bool fails() {
    static thread_local bool is_mapping = false;
    if (is_mapping) return false;
    is_mapping = true;
    FaultPage* faults = page();
    is_mapping = false;
    if (faults == nullptr || faults->armed == 0) return false;
    const bool reached = ++faults->calls >= faults->at;
    if (!reached || (faults->calls > faults->at && faults->lasts == 0)) return false;
    faults->fired = 1;
    if (faults->error != 0) errno = faults->error;
    return true;
}
bool is_file(int file) {
    struct stat found {};
    return ::fstat(file, &found) == 0 && S_ISREG(found.st_mode);
}
template <class F>
F next(const char* name) {
    return reinterpret_cast<F>(::dlsym(RTLD_NEXT, name));
}

template <class Real, class... A>
ssize_t written(Real real, int file, const void* bytes, size_t size, A... at) {
    if (!is_file(file) || !fails()) return real(file, bytes, size, at...);
    if (page()->error != 0) return -1;
    return size < 2 ? 0 : real(file, bytes, size / 2, at...);  // as much as there was room for
}
int synced(const char* name, int file) { return fails() ? -1 : next<int (*)(int)>(name)(file); }
}  // namespace

extern "C" {
ssize_t write(int file, const void* bytes, size_t size) {
    return written(next<ssize_t (*)(int, const void*, size_t)>("write"), file, bytes, size);
}
ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
    return written(next<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite"), file, bytes, size, at);
}
ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
    return written(next<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64"), file, bytes, size, at);
}
int fsync(int file) { return synced("fsync", file); }
int fdatasync(int file) { return synced("fdatasync", file); }
int ftruncate(int file, off_t size) { return fails() ? -1 : next<int (*)(int, off_t)>("ftruncate")(file, size); }
int ftruncate64(int file, off64_t size) {
    return fails() ? -1 : next<int (*)(int, off64_t)>("ftruncate64")(file, size);
}
}
