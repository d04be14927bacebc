#include "bench/load.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <thread>

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

std::vector<std::string> found(const std::filesystem::path& data, std::size_t worries, std::size_t tokens) {
    test::World world;
    test::put_on_duty_now(world);
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
    auto out = test::sending_tokens(world, tokens);
    world.copy_to(data);
    return out;
}

std::uintmax_t bytes_in(const std::filesystem::path& folder) {
    std::uintmax_t out = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) out += entry.file_size();
    return out;
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
                        if (const int status = client.ask(text).status; status != expected) wrong = status;
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
