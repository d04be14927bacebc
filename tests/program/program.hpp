// The shipped program, served from a folder that a world was copied to, and clients of it with real sockets. What runs
// is what is installed: nothing in it is loosened for a test. A limit counts for each network and each token, so a load
// comes as it would: from as many networks (the test stands where the proxy does, and says each request's address) with
// as many tokens as so many requests need.
#pragma once
#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "world/world.hpp"

namespace kith::test {

using Seconds = std::chrono::duration<double>;

/// A folder on a real disk, gone at the end.
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

/// A manager and a custodian are on duty from half an hour ago for thirty days of the real clock.
void put_on_duty_now(World& world);
/// So many tokens with which an office system sends worries to Plymouth.
std::vector<std::string> sending_tokens(World& world, std::size_t count);

std::filesystem::path binary();

/// `kith serve` over that folder, until this ends.
class Served {
  public:
    /// `environment`: NAME=VALUE for that process alone.
    explicit Served(const std::filesystem::path& data, const std::vector<std::string>& environment = {});
    ~Served();
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;

    std::uint16_t port() const { return port_; }
    pid_t pid() const { return pid_; }
    Seconds until_ready() const { return until_ready_; }  ///< from exec to READY=1
    double resident_mib() const;
    double processor_seconds() const;
    /// Now, as the kernel does it: nothing more is written.
    void kill();
    bool is_alive();

  private:
    pid_t pid_ = 0;
    std::uint16_t port_ = 0;
    Seconds until_ready_{};
};

/// One connection that is kept. What breaks it throws.
class Client {
  public:
    explicit Client(std::uint16_t port);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    struct Answered {
        int status;
        std::string body;
    };
    Answered ask(const std::string& request);

  private:
    int socket_;
    std::string read_;
};

/// A complete report about a child, as a school's system sends it: each another network's, under another key. `seen`
/// stands among what was seen.
std::string a_report(const std::string& token, std::uint64_t number, std::string_view seen = {});
std::string a_refusal(std::uint64_t number);

}  // namespace kith::test
