// The small parent of the processes that decode: forked before Kith has threads, keys or open files, it does nothing
// but start one program for each file that it is handed two pipes for, and kill what takes too long.
#pragma once
#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string_view>

#include "base/error.hpp"

namespace kith::images {

/// A descriptor that closes itself.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() { close(); }
    void close();
    int get() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

  private:
    int number_ = -1;
};

struct LaunchOptions {
    std::filesystem::path program;  ///< opened once: replacing the file later changes nothing for this process
    std::chrono::milliseconds most_time{10'000};
};

class Launcher {
  public:
    static constexpr std::size_t kAtOnce = 2;

    /// Forks: before any thread is started and any key is read. From then on a broken pipe is an error and no signal.
    /// `unavailable` when the program is not there.
    static Result<std::unique_ptr<Launcher>> start(const LaunchOptions& options);
    /// The parent ends when nobody holds this any more, and what it started with it.
    ~Launcher();

    struct Pipes {
        Descriptor to, from;
    };
    /// Has the program started with `kind` as its argument; it waits for its turn where two run already.
    Result<Pipes> launch(std::string_view kind);

  private:
    Launcher(Descriptor socket, pid_t parent) : socket_(std::move(socket)), parent_(parent) {}
    Descriptor socket_;
    pid_t parent_;
};

}  // namespace kith::images
