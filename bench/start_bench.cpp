// The promise: it starts at once and stays small, however much it keeps. Start and memory of the shipped program over
// folders with 0, 1,000 and 10,000 waiting worries.
#include <cstdio>
#include <thread>

#include "bench/load.hpp"

namespace {
using namespace kith::bench;
constexpr int kRounds = 5;
constexpr std::size_t kTokens = 100, kReports = 5000;

void measure(std::size_t worries) {
    const Ground ground("build/bench/ground");
    const auto data = ground.folder() / "data";
    const auto tokens = found(data, worries, kTokens);
    const double folder_mib = static_cast<double>(bytes_in(data)) / 1024 / 1024;
    std::vector<double> ready, first, idle, loaded;
    for (int round = 0; round < kRounds; ++round) {
        const auto began = std::chrono::steady_clock::now();
        const Served served(data);
        Client client(served.port());
        client.ask(a_refusal(0));
        first.push_back(Seconds(std::chrono::steady_clock::now() - began).count() * 1000);
        ready.push_back(served.until_ready().count() * 1000);
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        idle.push_back(served.resident_mib());
        if (round + 1 < kRounds) continue;
        // Last, since it leaves its own worries behind.
        std::atomic<std::size_t> sent{0};
        const auto report = [&](std::uint64_t number) {
            ++sent;
            return a_report(tokens[number % tokens.size()], number);
        };
        while (sent < kReports) run(served, 64, Seconds(0.2), 201, report);
        loaded.push_back(served.resident_mib());
    }
    std::printf("%6zu worries  %8.1f  %-24s  %-24s  %-22s  %.1f\n", worries, folder_mib,
                shown(figure_of(ready), 1).c_str(), shown(figure_of(first), 1).c_str(),
                shown(figure_of(idle), 1).c_str(), loaded.front());
}

void measure_all() {
    std::printf("program: %.1f MiB\n", static_cast<double>(std::filesystem::file_size(binary())) / 1024 / 1024);
    std::printf("Each figure: the median of %d starts (least to most).\n\n", kRounds);
    std::printf("%-14s  %8s  %-24s  %-24s  %-22s  %s\n", "", "MiB kept", "ms to READY", "ms to the first answer",
                "resident idle, MiB", "after 5,000 reports, MiB");
    for (const std::size_t worries : {0, 1'000, 10'000}) measure(worries);
}
}  // namespace

int main() { return guarded(measure_all); }
