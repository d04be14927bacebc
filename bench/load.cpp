#include "bench/load.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>
#include <thread>

#include "app/api_tokens.hpp"

namespace kith::bench {
namespace {
using Clock = std::chrono::steady_clock;

void need(bool holds, const char* what) {
    if (!holds) throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
}
std::string number(double value, int digits) {
    char out[64];
    std::snprintf(out, sizeof out, "%.*f", digits, value);
    return out;
}
double own_processor_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
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

Figure figure_of(std::vector<double> rounds) {
    std::ranges::sort(rounds);
    return {rounds.at(rounds.size() / 2), rounds.front(), rounds.back()};
}
std::string shown(const Figure& figure, int digits) {
    return number(figure.median, digits) + " (" + number(figure.least, digits) + " to " + number(figure.most, digits) +
           ')';
}
double percentile(std::vector<double>& values, double part) {
    const auto at = static_cast<std::size_t>(part * static_cast<double>(values.size() - 1));
    std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(at));
    return values[at];
}

int guarded(void (*work)()) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    try {
        work();
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "bench: %s\n", failure.what());
        return 1;
    }
}

Ground::Ground(const std::filesystem::path& parent) {
    std::filesystem::create_directories(parent);
    std::string name = (parent / "ground-XXXXXX").native();
    need(::mkdtemp(name.data()) != nullptr, "no folder");
    folder_ = name;
}
Ground::~Ground() { std::filesystem::remove_all(folder_); }

std::vector<std::string> found(const std::filesystem::path& data, std::size_t worries, std::size_t tokens) {
    test::World world;
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    world.clock.move_to(now - std::chrono::minutes(30));
    using parties::Seat;
    const Instant from = world.clock.now(), until = from + std::chrono::days(30);
    world.set_rota(
        world.plymouth,
        {{world.manager().id(), Seat::manager, from, until}, {world.custodian.id(), Seat::custodian, from, until}},
        until);
    std::atomic<std::size_t> next{0};
    std::vector<app::Telling> tellings;
    for (std::size_t i = 0; i < worries; ++i) {
        tellings.push_back(world.a_worry(static_cast<concerns::Subject>(i % 4)));
        tellings.back().contact = world.a_person();
    }
    {
        std::vector<std::jthread> tellers;
        for (int i = 0; i < 16; ++i)
            tellers.emplace_back([&] {
                for (std::size_t at = next++; at < worries; at = next++)
                    test::must(app::report_worry(world.house(), tellings[at]));
            });
    }
    std::vector<std::string> out;
    for (std::size_t i = 0; i < tokens; ++i)
        out.push_back(test::must(app::make_api_token(world.house(), world.administrator.actor,
                                                     {"Office system",
                                                      "School " + std::to_string(i),
                                                      world.plymouth.id,
                                                      {parties::Scope::intake_write},
                                                      now + std::chrono::days(7)}))
                          .text.expose());
    world.copy_to(data);
    return out;
}

std::uintmax_t bytes_in(const std::filesystem::path& folder) {
    std::uintmax_t out = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) out += entry.file_size();
    return out;
}
std::filesystem::path binary() { return KITH_BINARY; }

Served::Served(const std::filesystem::path& data) : port_(free_port()) {
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
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
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

int Client::ask(const std::string& request) {
    need(::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size()),
         "not sent");
    constexpr std::string_view kLength = "Content-Length: ";
    std::size_t whole = std::string::npos;
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
        whole = head + 4 + std::stoul(read_.substr(length + kLength.size()));
    }
    return std::stoi(read_.substr(9, 3));
}

std::string a_report(const std::string& token, std::uint64_t number) {
    static const std::string body =
        R"({"subject":"child","danger":"none","account":{"what_seen":"He came without a coat again today, hungry, and with a bruise on his left arm that he would not speak about. He was like that on Monday too, and slept in class.","where_seen":"At the gate, and later in the classroom.","when_seen":"This morning at about ten to nine.","worry":"Nobody seems to look after him since his mother went into hospital. He says that he gets himself up.","how_known":"saw","names":"Jay Larkspur","ages":"9","address":"14 Orchard Parade, Plymouth","others_at_home":"A father and two younger sisters.","under_18_at_home":"yes"},"people":[{"name":"Jay Larkspur","nickname":"Jay","age":"9","looks":"small, brown hair"}],"reporter":{"name":"Wilma Tarrant","post":"Deputy head","telephone":"01632 960210","email":"wilma.tarrant@example.test","reach":"ring","when_safe":"after four"},"naming":{"person":false,"organisation":true}})";
    return "POST /api/v1/concerns HTTP/1.1\r\nHost: front-door.example\r\nX-Forwarded-For: " + network(number) +
           "\r\nAuthorization: Bearer " + token + "\r\nIdempotency-Key: " + std::to_string(number) +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}
std::string a_refusal(std::uint64_t number) {
    return "GET /api/v1/queue HTTP/1.1\r\nHost: front-door.example\r\nX-Forwarded-For: " + network(number) + "\r\n\r\n";
}

Load run(const Served& served, std::size_t clients, Seconds duration, int expected,
         const std::function<std::string(std::uint64_t)>& request) {
    static std::atomic<std::uint64_t> numbers{0};
    std::vector<std::vector<double>> took(clients);
    std::atomic<int> wrong{0};
    const double server_before = served.processor_seconds(), own_before = own_processor_seconds();
    const auto began = Clock::now();
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < clients; ++i)
            threads.emplace_back([&, i] {
                try {
                    Client client(served.port());
                    while (Clock::now() - began < duration && wrong == 0) {
                        const std::string text = request(numbers++);
                        const auto sent = Clock::now();
                        if (const int status = client.ask(text); status != expected) wrong = status;
                        took[i].push_back(std::chrono::duration<double, std::milli>(Clock::now() - sent).count());
                    }
                } catch (const std::exception&) {
                    wrong = -1;
                }
            });
    }
    const double wall = Seconds(Clock::now() - began).count();
    if (wrong != 0) throw std::runtime_error("an answer that was not expected: " + std::to_string(wrong));
    std::vector<double> all;
    for (const auto& one : took) all.insert(all.end(), one.begin(), one.end());
    const auto count = static_cast<double>(all.size());
    return {count / wall,
            percentile(all, 0.5),
            percentile(all, 0.99),
            all.size(),
            (served.processor_seconds() - server_before) / count * 1e6,
            (own_processor_seconds() - own_before) / count * 1e6};
}

double bare_syncs(const std::filesystem::path& folder, Seconds duration) {
    const std::string path = folder / "bare";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0600);
    need(file >= 0, "no file");
    constexpr off_t kPage = 4096, kPages = 1024;
    std::string page(kPage, 'x');
    for (off_t at = 0; at < kPages; ++at)
        need(::pwrite(file, page.data(), page.size(), at * kPage) == kPage, "not written");
    ::fsync(file);
    std::size_t count = 0;
    const auto began = Clock::now();
    for (; Clock::now() - began < duration; ++count) {
        page[0] = static_cast<char>(count);
        need(::pwrite(file, page.data(), page.size(), static_cast<off_t>(count) % kPages * kPage) == kPage,
             "not written");
        need(::fdatasync(file) == 0, "not synced");
    }
    const double wall = Seconds(Clock::now() - began).count();
    ::close(file);
    std::filesystem::remove(path);
    return static_cast<double>(count) / wall;
}

double bare_rows(const std::filesystem::path& folder, Seconds duration) {
    const std::filesystem::path path = folder / "bare.db";
    sqlite3* database = nullptr;
    need(sqlite3_open(path.c_str(), &database) == SQLITE_OK, "no database");
    const auto execute = [&](const char* sql) {
        need(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK, sql);
    };
    execute(
        "pragma page_size=4096; pragma journal_mode=wal; pragma synchronous=full; create table t (a integer primary "
        "key, b blob) strict");
    std::size_t count = 0;
    const auto began = Clock::now();
    for (; Clock::now() - began < duration; ++count)
        execute("begin immediate; insert into t (b) values (randomblob(100)); commit");
    const double wall = Seconds(Clock::now() - began).count();
    sqlite3_close(database);
    for (const char* tail : {"", "-wal", "-shm"}) std::filesystem::remove(path.native() + tail);
    return static_cast<double>(count) / wall;
}

}  // namespace kith::bench
