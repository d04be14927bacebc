// What the benchmarks share: a data folder made ready, a load of the shipped program, and figures with their spread.
#pragma once
#include <atomic>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "program/program.hpp"

namespace kith::bench {

using test::a_refusal;
using test::a_report;
using test::binary;
using test::Client;
using test::Ground;
using test::Seconds;
using test::Served;

/// The middle of the rounds, with the least and the most.
struct Figure {
    double median = 0, least = 0, most = 0;
};
Figure figure_of(std::vector<double> rounds);
/// "1234 (1200 to 1300)"
std::string shown(const Figure& figure, int digits = 0);
/// The value that `part` of them do not exceed.
double percentile(std::vector<double>& values, double part);

/// Runs a benchmark so that each line shows at once and a failure is said. The exit status.
int guarded(void (*work)());

/// Founds a partnership with so many worries waiting and so many tokens that may send, as a data folder at `data`.
std::vector<std::string> found(const std::filesystem::path& data, std::size_t worries, std::size_t tokens);
std::uintmax_t bytes_in(const std::filesystem::path& folder);

struct Load {
    double per_second = 0;
    double p50_ms = 0, p99_ms = 0;
    std::size_t answered = 0;
    double server_us = 0, clients_us = 0;  ///< of the processor, each answer
};
/// So many clients at once for so long. Throws at an answer that is not `expected`.
Load run(const Served& served, std::size_t clients, Seconds duration, int expected,
         const std::function<std::string(std::uint64_t)>& request);

/// Bare durable commits a second on the same disk: 4 KiB written and fdatasync; one row in SQLite, as our store opens
/// it.
double bare_syncs(const std::filesystem::path& folder, Seconds duration);
double bare_rows(const std::filesystem::path& folder, Seconds duration);

}  // namespace kith::bench
