#include "adapters/images/launcher.hpp"

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

namespace kith::images {
namespace {
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostKind = 15;
constexpr int kSocket = 3, kProgram = 4;  // of the parent: all else is closed

struct Job {
    std::array<char, kMostKind + 1> kind{};
    Descriptor in, out;
};

// The room for the two descriptors that travel with a message.
union Control {
    cmsghdr aligned;
    char room[CMSG_SPACE(2 * sizeof(int))];
};

msghdr message_of(iovec& text, Control& control) {
    msghdr message{};
    message.msg_iov = &text;
    message.msg_iovlen = 1;
    message.msg_control = control.room;
    message.msg_controllen = sizeof control.room;
    return message;
}

enum class Heard { job, nothing, end };
Heard hear(Job& job) {
    Control control{};
    iovec text{job.kind.data(), kMostKind};
    msghdr message = message_of(text, control);
    const ssize_t got = ::recvmsg(kSocket, &message, MSG_CMSG_CLOEXEC);
    if (got < 0 && errno == EINTR) return Heard::nothing;
    if (got <= 0) return Heard::end;
    const cmsghdr* head = CMSG_FIRSTHDR(&message);
    if (head == nullptr || head->cmsg_type != SCM_RIGHTS || head->cmsg_len != CMSG_LEN(2 * sizeof(int)))
        return Heard::nothing;
    std::array<int, 2> numbers{};
    std::memcpy(numbers.data(), CMSG_DATA(head), sizeof numbers);
    job.in = Descriptor(numbers[0]);
    job.out = Descriptor(numbers[1]);
    return Heard::job;
}

[[noreturn]] void become_program(Job& job) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::signal(SIGPIPE, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (::dup2(job.in.get(), 0) < 0 || ::dup2(job.out.get(), 1) < 0 || ::dup2(nowhere, 2) < 0) ::_exit(2);
    ::syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC);
    char name[] = "kith-render";
    std::array<char*, 3> arguments{name, job.kind.data(), nullptr};
    // VIPS_NOVECTOR: liborc writes compiled code to files in the home folder.
    char vector[] = "VIPS_NOVECTOR=1", threads[] = "VIPS_CONCURRENCY=1", arenas[] = "MALLOC_ARENA_MAX=2",
         locale[] = "LC_ALL=C.UTF-8", home[] = "HOME=/nonexistent";
    std::array<char*, 6> environment{vector, threads, arenas, locale, home, nullptr};
    ::syscall(SYS_execveat, kProgram, "", arguments.data(), environment.data(), AT_EMPTY_PATH);
    ::_exit(2);
}

struct Child {
    pid_t process;
    Clock::time_point until;
};

void bury(std::vector<Child>& children) {
    for (pid_t ended = 0; (ended = ::waitpid(-1, nullptr, WNOHANG)) > 0;)
        std::erase_if(children, [&](const Child& child) { return child.process == ended; });
    for (const Child& child : children)
        if (Clock::now() >= child.until) ::kill(child.process, SIGKILL);
}

/// Until the next child has had its time; for ever without one.
int patience(const std::vector<Child>& children) {
    if (children.empty()) return -1;
    const auto first = std::ranges::min_element(children, {}, &Child::until)->until;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(first - Clock::now()).count();
    return static_cast<int>(std::clamp<long>(left, 10, 60'000));
}

[[noreturn]] void be_parent(std::chrono::milliseconds most_time) {
    std::vector<Child> children;
    // A child's end interrupts the wait; between two waits no signal comes through.
    struct sigaction wake {};
    wake.sa_handler = [](int) {};
    ::sigaction(SIGCHLD, &wake, nullptr);
    sigset_t waiting, ended;
    sigemptyset(&waiting);
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    ::sigprocmask(SIG_SETMASK, &ended, nullptr);
    while (true) {
        bury(children);
        const bool full = children.size() >= Launcher::kAtOnce;
        // A closed socket is noticed even while two run.
        pollfd socket{kSocket, static_cast<short>(full ? 0 : POLLIN), 0};
        const int wait = patience(children);
        const timespec time{wait / 1000, (wait % 1000) * 1'000'000L};
        if (::ppoll(&socket, 1, wait < 0 ? nullptr : &time, &waiting) <= 0) continue;
        Job job;
        const Heard heard = full ? Heard::end : hear(job);
        if (heard == Heard::end) {
            for (const Child& child : children) ::kill(child.process, SIGKILL);
            ::_exit(0);
        }
        if (heard == Heard::nothing) continue;
        const pid_t process = ::fork();
        if (process == 0) become_program(job);
        if (process > 0) children.push_back({process, Clock::now() + most_time});
    }
}

/// Moves what the parent keeps to its two places and closes everything else: locks, logs, terminals.
void keep_only(const Descriptor& socket, const Descriptor& program) {
    const int first = ::fcntl(socket.get(), F_DUPFD_CLOEXEC, 10), second = ::fcntl(program.get(), F_DUPFD_CLOEXEC, 10);
    const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    const bool kept = ::dup2(first, kSocket) >= 0 && ::dup2(second, kProgram) >= 0 && ::dup2(nowhere, 0) >= 0 &&
                      ::dup2(nowhere, 1) >= 0;
    if (!kept) ::_exit(2);
    ::syscall(SYS_close_range, 5U, ~0U, 0U);
    ::fcntl(kSocket, F_SETFD, FD_CLOEXEC);
}

}  // namespace

void Descriptor::close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
}

Result<std::unique_ptr<Launcher>> Launcher::start(const LaunchOptions& options) {
    const Descriptor program(::open(options.program.c_str(), O_PATH | O_CLOEXEC));
    if (!program || ::faccessat(AT_FDCWD, options.program.c_str(), X_OK, 0) != 0)
        return fail(Code::unavailable, "the program that decodes is not there");
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return fail(Code::unavailable, "no socket pair");
    Descriptor ours(ends[0]), theirs(ends[1]);
    ::signal(SIGPIPE, SIG_IGN);
    const pid_t parent = ::fork();
    if (parent < 0) return fail(Code::unavailable, "cannot fork");
    if (parent == 0) {
        ours.close();
        // It ends with Kith, by the socket: a signal to the whole group must not take a picture away half decoded.
        ::signal(SIGINT, SIG_IGN);
        ::signal(SIGTERM, SIG_IGN);
        ::signal(SIGHUP, SIG_IGN);
        ::prctl(PR_SET_NAME, "kith-launch");
        keep_only(theirs, program);
        be_parent(options.most_time);
    }
    return std::unique_ptr<Launcher>(new Launcher(std::move(ours), parent));
}

Launcher::~Launcher() {
    socket_.close();
    while (::waitpid(parent_, nullptr, 0) < 0 && errno == EINTR) continue;
}

Result<Launcher::Pipes> Launcher::launch(std::string_view kind) {
    KITH_CHECK(kind.size() <= kMostKind);
    std::array<int, 2> in{}, out{};
    if (::pipe2(in.data(), O_CLOEXEC) != 0) return fail(Code::unavailable, "no pipe");
    const Descriptor their_in(in[0]);
    Descriptor to(in[1]);
    if (::pipe2(out.data(), O_CLOEXEC) != 0) return fail(Code::unavailable, "no pipe");
    Descriptor from(out[0]);
    const Descriptor their_out(out[1]);
    std::string text(kind);
    iovec words{text.data(), text.size()};
    Control control{};
    msghdr message = message_of(words, control);
    cmsghdr* head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(2 * sizeof(int));
    const std::array<int, 2> numbers{their_in.get(), their_out.get()};
    std::memcpy(CMSG_DATA(head), numbers.data(), sizeof numbers);
    if (::sendmsg(socket_.get(), &message, MSG_NOSIGNAL) < 0)
        return fail(Code::unavailable, "the parent of decoders is gone");
    ::fcntl(to.get(), F_SETFL, O_NONBLOCK);
    ::fcntl(from.get(), F_SETFL, O_NONBLOCK);
    return Pipes{std::move(to), std::move(from)};
}

}  // namespace kith::images
