// The promise: taking a worry costs little more than the durable commit that it cannot do without, and sixty-four at
// once cost each other nothing. Reports a second over HTTP, each complete (sealed, given a return code, on the ledger,
// durable before its answer), beside what the same disk does bare in the same minute.
#include <cstdio>

#include "bench/load.hpp"

namespace {
using namespace kith::bench;

constexpr int kRounds = 5;
constexpr std::size_t kTokens = 2500;

struct Series {
    std::size_t clients;
    std::vector<double> rate{}, p50{}, p99{}, to_row{}, server{}, own{};
};

void print(const Series& series) {
    std::printf("%2zu clients  %-24s  %-22s  %-22s  %-22s  %-18s  %s\n", series.clients,
                shown(figure_of(series.rate)).c_str(), shown(figure_of(series.to_row), 2).c_str(),
                shown(figure_of(series.p50), 2).c_str(), shown(figure_of(series.p99), 2).c_str(),
                shown(figure_of(series.server)).c_str(), shown(figure_of(series.own)).c_str());
}

void measure() {
    const Ground ground("build/bench/ground");
    const auto data = ground.folder() / "data";
    const auto tokens = found(data, 0, kTokens);
    const Served served(data);
    const auto report = [&](std::uint64_t number) { return a_report(tokens[number % tokens.size()], number); };
    run(served, 16, Seconds(1.0), 201, report);  // warm

    std::vector<double> syncs, rows, refusals;
    std::vector<Series> all{{1}, {16}, {64}};
    for (int round = 0; round < kRounds; ++round) {
        syncs.push_back(bare_syncs(ground.folder(), Seconds(0.7)));
        rows.push_back(bare_rows(ground.folder(), Seconds(0.7)));
        for (Series& series : all) {
            const Load load = run(served, series.clients, Seconds(2.0), 201, report);
            series.rate.push_back(load.per_second);
            series.to_row.push_back(load.per_second / rows.back());
            series.p50.push_back(load.p50_ms);
            series.p99.push_back(load.p99_ms);
            series.server.push_back(load.server_us);
            series.own.push_back(load.clients_us);
        }
        refusals.push_back(run(served, 64, Seconds(0.7), 401, a_refusal).per_second);
    }
    std::printf("Each figure: the median of %d rounds (least to most).\n\n", kRounds);
    std::printf("bare on this disk: 4 KiB and fdatasync %s a second; one row in SQLite, durable, %s a second\n",
                shown(figure_of(syncs)).c_str(), shown(figure_of(rows)).c_str());
    std::printf("the clients alone: %s answers a second without a commit (401 at 64 clients)\n\n",
                shown(figure_of(refusals)).c_str());
    std::printf("%-10s  %-24s  %-22s  %-22s  %-22s  %-18s  %s\n", "", "reports a second", "to one bare row", "p50 ms",
                "p99 ms", "server us each", "clients us each");
    for (const Series& series : all) print(series);
    std::printf("\nresident at the end: %.1f MiB\n", served.resident_mib());
}
}  // namespace

int main() { return guarded(measure); }
