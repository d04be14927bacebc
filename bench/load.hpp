// What the benchmarks share: a world made ready to be served, the shipped program serving it, clients with real
// sockets, and figures with their spread.
//
// Nothing in the program is loosened for them. A limit counts for each network and each token, so the load comes as it
// would: from as many networks (the bench stands where the proxy does, and says each request's address) with as many
// tokens as so many requests need.
#pragma once
#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "world/world.hpp"

namespace kith::bench {

using Seconds = std::chrono::duration<double>;

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

/// A folder on the disk that is measured, gone at the end.
class Ground {
  public:
    explicit Ground(const std::filesystem::path& parent);
    ~Ground();
    Ground(const Ground&) = delete;
    Ground& operator=(const Ground&) = delete;
    const std::filesystem::path& folder() const { return folder_; }

  private:
    std::filesystem::path folder_;
};

/// Founds a partnership with so many worries waiting and so many tokens that may send, as a data folder at `data`.
std::vector<std::string> found(const std::filesystem::path& data, std::size_t worries, std::size_t tokens);
std::uintmax_t bytes_in(const std::filesystem::path& folder);
std::filesystem::path binary();

/// `kith serve` over that folder, until this ends.
class Served {
  public:
    explicit Served(const std::filesystem::path& data);
    ~Served();
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;

    std::uint16_t port() const { return port_; }
    Seconds until_ready() const { return until_ready_; }  ///< from exec to READY=1
    double resident_mib() const;
    double processor_seconds() const;

  private:
    pid_t pid_ = 0;
    std::uint16_t port_ = 0;
    Seconds until_ready_{};
};

/// One connection that is kept.
class Client {
  public:
    explicit Client(std::uint16_t port);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    /// The status. Throws when the connection breaks.
    int ask(const std::string& request);

  private:
    int socket_;
    std::string read_;
};

/// A complete report about a child, as a school's system sends it: each another network's, under another key.
std::string a_report(const std::string& token, std::uint64_t number);
std::string a_refusal(std::uint64_t number);

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
