#include "adapters/images/program/confine.hpp"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string>

namespace kith::images {
namespace {

constexpr rlim_t kMemory = rlim_t{1536} * 1024 * 1024;  // 40 Mpx of four bytes, twice, and the libraries
constexpr rlim_t kSeconds = 10;
constexpr rlim_t kOpenFiles = 64;
constexpr rlim_t kThreads = 24;  // beside what this user already runs

// What a PDF without embedded fonts is drawn with. Nothing else is on the disk as far as this process can see.
constexpr std::array kReadable{"/usr/share/fonts",      "/usr/local/share/fonts", "/etc/fonts",
                               "/usr/share/fontconfig", "/var/cache/fontconfig",  "/usr/share/poppler"};

/// Processes and threads of this user: the kernel counts them together, and would refuse the decoder its own.
rlim_t running() {
    rlim_t count = 0;
    std::error_code error;
    for (std::filesystem::directory_iterator at("/proc", error), end; !error && at != end; at.increment(error)) {
        std::ifstream status(at->path() / "status");
        rlim_t threads = 0;
        bool mine = false;
        for (std::string line; std::getline(status, line);) {
            if (line.starts_with("Uid:")) mine = std::stoul(line.substr(4)) == ::getuid();
            if (line.starts_with("Threads:")) threads = std::stoul(line.substr(8));
        }
        if (mine) count += threads;
    }
    return count;
}

bool limit(__rlimit_resource_t what, rlim_t most) {
    const rlimit set{most, most};
    return ::setrlimit(what, &set) == 0;
}

bool set_limits() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // these map terabytes that they never touch
    if (!limit(RLIMIT_AS, kMemory)) return false;
#endif
    return limit(RLIMIT_CPU, kSeconds) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0) &&
           limit(RLIMIT_NOFILE, kOpenFiles) && limit(RLIMIT_NPROC, running() + kThreads);
}

enum class Disk { fonts_only, none };

/// Landlock where the kernel has it; else no file is opened at all.
Disk lock_disk() {
    const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) return Disk::none;
    landlock_ruleset_attr handled{};
    handled.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1;
    const int rules = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0));
    if (rules < 0) return Disk::none;
    for (const char* folder : kReadable) {
        const int at = ::open(folder, O_PATH | O_CLOEXEC);
        if (at < 0) continue;
        landlock_path_beneath_attr below{};
        below.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
        below.parent_fd = at;
        static_cast<void>(::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &below, 0));
        ::close(at);
    }
    const bool locked = ::syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    ::close(rules);
    return locked ? Disk::fonts_only : Disk::none;
}

constexpr std::array kAllowed{
    SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(readv), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(close),
    SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(statx),
    SCMP_SYS(statfs), SCMP_SYS(fstatfs), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
    SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getdents64), SCMP_SYS(getcwd), SCMP_SYS(fcntl), SCMP_SYS(dup),
    SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(eventfd2), SCMP_SYS(fadvise64),
    // memory
    SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mprotect), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk),
    // threads of its own and time
    SCMP_SYS(futex), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(set_tid_address), SCMP_SYS(gettid),
    SCMP_SYS(getpid), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity), SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep), SCMP_SYS(gettimeofday),
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),
    SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group),
    // what libraries ask about the machine
    SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(getrlimit), SCMP_SYS(sysinfo),
    SCMP_SYS(uname), SCMP_SYS(getrandom), SCMP_SYS(getrusage)};

bool allow_threads_alone(scmp_filter_ctx filter) {
    constexpr scmp_datum_t kThread = CLONE_VM | CLONE_SIGHAND | CLONE_THREAD;
    // clone3 hides its flags from the filter; told that there is none, the C library uses clone.
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                            SCMP_A0(SCMP_CMP_MASKED_EQ, kThread, kThread)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
}

bool allow_reading_files(scmp_filter_ctx filter) {
    constexpr scmp_datum_t kWriting = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, kWriting, 0)) ==
               0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, kWriting, 0)) == 0;
}

bool filter_calls(Disk disk) {
    const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (filter == nullptr) return false;
    bool whole = true;
    for (const int call : kAllowed) whole = whole && seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
    // Only the thread's name, which glib sets; not, say, leave to be traced.
    whole = whole && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1,
                                      SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(PR_SET_NAME))) == 0;
    // Asking for a limit, not setting one.
    whole = whole && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, SCMP_A2(SCMP_CMP_EQ, 0)) == 0;
    whole = whole && allow_threads_alone(filter) && (disk == Disk::none || allow_reading_files(filter)) &&
            seccomp_load(filter) == 0;
    seccomp_release(filter);
    return whole;
}

}  // namespace

Result<void> confine() {
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return fail(Code::unavailable, "privileges cannot be given up");
    if (!set_limits()) return fail(Code::unavailable, "limits cannot be set");
    if (!filter_calls(lock_disk())) return fail(Code::unavailable, "system calls cannot be filtered");
    return {};
}

}  // namespace kith::images
