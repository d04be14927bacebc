#include "program/program.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <sstream>

#include "app/api_tokens.hpp"

namespace kith::test {
namespace {
using Clock = std::chrono::steady_clock;

void need(bool holds, const char* what) {
    if (!holds) throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
}
sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}
std::uint16_t free_port() {
    const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    need(::bind(probe, reinterpret_cast<sockaddr*>(&address), size) == 0, "no port");
    ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(probe);
    return ntohs(address.sin_port);
}
/// Another IPv4 network for each number below 2^24.
std::string network(std::uint64_t number) {
    return "10." + std::to_string(number >> 16 & 255) + '.' + std::to_string(number >> 8 & 255) + '.' +
           std::to_string(number & 255);
}
}  // namespace

Ground::Ground(const std::filesystem::path& parent) {
    std::filesystem::create_directories(parent);
    std::string name = (parent / "ground-XXXXXX").native();
    need(::mkdtemp(name.data()) != nullptr, "no folder");
    folder_ = name;
}
Ground::~Ground() { std::filesystem::remove_all(folder_); }

void put_on_duty_now(World& world) {
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    world.clock.move_to(now - std::chrono::minutes(30));
    using parties::Seat;
    const Instant from = world.clock.now(), until = from + std::chrono::days(30);
    world.set_rota(
        world.plymouth,
        {{world.manager().id(), Seat::manager, from, until}, {world.custodian.id(), Seat::custodian, from, until}},
        until);
}

std::vector<std::string> sending_tokens(World& world, std::size_t count) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(must(app::make_api_token(world.house(), world.administrator.actor,
                                               {"Office system",
                                                "School " + std::to_string(i),
                                                world.plymouth.id,
                                                {parties::Scope::intake_write},
                                                world.clock.now() + std::chrono::days(7)}))
                          .text.expose());
    return out;
}

std::filesystem::path binary() { return KITH_BINARY; }

Served::Served(const std::filesystem::path& data, const std::vector<std::string>& environment) : port_(free_port()) {
    const std::string said = (data.parent_path() / "ready").native(), log = (data.parent_path() / "log").native();
    const int notify = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    need(said.size() < sizeof address.sun_path, "a shorter folder is needed");
    std::memcpy(address.sun_path, said.c_str(), said.size() + 1);
    ::unlink(said.c_str());
    need(::bind(notify, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0, "no notify socket");
    const std::string program = binary().native(), listen = "127.0.0.1:" + std::to_string(port_),
                      folder = data.native();
    const auto began = Clock::now();
    pid_ = ::fork();
    need(pid_ >= 0, "no process");
    if (pid_ == 0) {
        ::setenv("NOTIFY_SOCKET", said.c_str(), 1);
        for (const std::string& one : environment) ::putenv(const_cast<char*>(one.c_str()));
        const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        ::dup2(out, 1);
        ::dup2(out, 2);
        ::execl(program.c_str(), "kith", "serve", "--data", folder.c_str(), "--listen", listen.c_str(), nullptr);
        ::_exit(127);
    }
    char word[64]{};
    do {
        pollfd waits{notify, POLLIN, 0};
        need(::poll(&waits, 1, 60'000) == 1, "kith serve did not become ready");
        word[std::max<ssize_t>(::recv(notify, word, sizeof word - 1, 0), 0)] = '\0';
    } while (std::strcmp(word, "READY=1") != 0);
    until_ready_ = Clock::now() - began;
    ::close(notify);
}
Served::~Served() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
}
void Served::kill() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
}
bool Served::is_alive() {
    if (pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = 0;
    return pid_ > 0;
}
double Served::resident_mib() const {
    std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
    return 0;
}
double Served::processor_seconds() const {
    std::ifstream stat("/proc/" + std::to_string(pid_) + "/stat");
    std::string line, field;
    std::getline(stat, line);
    std::istringstream rest(line.substr(line.rfind(')') + 2));
    for (int skipped = 0; skipped < 11; ++skipped) rest >> field;
    double user = 0, system = 0;
    rest >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

Client::Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const sockaddr_in address = loopback(port);
    need(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0, "no connection");
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}
Client::~Client() { ::close(socket_); }

Client::Answered Client::ask(const std::string& request) {
    need(::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size()),
         "not sent");
    constexpr std::string_view kLength = "Content-Length: ";
    std::size_t whole = std::string::npos, begins = 0;
    read_.clear();
    while (read_.size() < whole) {
        char piece[8192];
        const ssize_t got = ::recv(socket_, piece, sizeof piece, 0);
        need(got > 0, "the connection broke");
        read_.append(piece, static_cast<std::size_t>(got));
        const auto head = read_.find("\r\n\r\n");
        if (whole != std::string::npos || head == std::string::npos) continue;
        const auto length = read_.find(kLength);
        need(length < head, "an answer without its length");
        begins = head + 4;
        whole = begins + std::stoul(read_.substr(length + kLength.size()));
    }
    return {std::stoi(read_.substr(9, 3)), read_.substr(begins)};
}

std::string a_report(const std::string& token, std::uint64_t number, std::string_view seen) {
    static constexpr std::string_view kBefore =
        R"({"subject":"child","danger":"none","account":{"what_seen":"He came without a coat again today, hungry, and with a bruise on his left arm that he would not speak about. He was like that on Monday too, and slept in class.)";
    static constexpr std::string_view kAfter =
        R"(","where_seen":"At the gate, and later in the classroom.","when_seen":"This morning at about ten to nine.","worry":"Nobody seems to look after him since his mother went into hospital. He says that he gets himself up.","how_known":"saw","names":"Jay Larkspur","ages":"9","address":"14 Orchard Parade, Plymouth","others_at_home":"A father and two younger sisters.","under_18_at_home":"yes"},"people":[{"name":"Jay Larkspur","nickname":"Jay","age":"9","looks":"small, brown hair"}],"reporter":{"name":"Wilma Tarrant","post":"Deputy head","telephone":"01632 960210","email":"wilma.tarrant@example.test","reach":"ring","when_safe":"after four"},"naming":{"person":false,"organisation":true}})";
    const std::string body = std::string(kBefore) + (seen.empty() ? "" : " ") + std::string(seen) + std::string(kAfter);
    return "POST /api/v1/concerns HTTP/1.1\r\nHost: front-door.example\r\nX-Forwarded-For: " + network(number) +
           "\r\nAuthorization: Bearer " + token + "\r\nIdempotency-Key: " + std::to_string(number) +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}
std::string a_refusal(std::uint64_t number) {
    return "GET /api/v1/queue HTTP/1.1\r\nHost: front-door.example\r\nX-Forwarded-For: " + network(number) + "\r\n\r\n";
}

}  // namespace kith::test
