#include "adapters/images/renderer.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

#include "adapters/images/jpeg.hpp"
#include "adapters/images/wire.hpp"

namespace kith::images {
namespace {
using Clock = std::chrono::steady_clock;

// The parent kills after its own, shorter time. This is for when the parent itself hangs.
constexpr auto kPatience = std::chrono::seconds(20);

Failure cannot_be_shown() { return fail(Code::invalid, "a file cannot be decoded"); }

/// The pipes to one process, each step under the one deadline.
class Talk {
  public:
    explicit Talk(Launcher::Pipes pipes) : pipes_(std::move(pipes)), until_(Clock::now() + kPatience) {}

    /// False when nobody reads any more.
    bool say(BytesView bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::write(pipes_.to.get(), bytes.data(), bytes.size());
            if (sent > 0) bytes = bytes.subspan(static_cast<std::size_t>(sent));
            if (sent < 0 && errno == EAGAIN && wait(pipes_.to, POLLOUT)) continue;
            if (sent <= 0 && errno != EINTR) return false;
        }
        return true;
    }
    void end() { pipes_.to.close(); }
    /// False when not so much came.
    bool hear(std::span<Byte> into) {
        while (!into.empty()) {
            const ssize_t got = ::read(pipes_.from.get(), into.data(), into.size());
            if (got > 0) into = into.subspan(static_cast<std::size_t>(got));
            if (got == 0) return false;
            if (got < 0 && errno == EAGAIN && wait(pipes_.from, POLLIN)) continue;
            if (got < 0 && errno != EINTR) return false;
        }
        return true;
    }

  private:
    bool wait(const Descriptor& at, short event) const {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until_ - Clock::now()).count();
        pollfd one{at.get(), event, 0};
        if (left <= 0) return false;
        const int ready = ::poll(&one, 1, static_cast<int>(left));
        return ready > 0 || (ready < 0 && errno == EINTR);
    }

    Launcher::Pipes pipes_;
    Clock::time_point until_;
};

Result<void> send_file(Talk& talk, app::SealedReader& file) {
    while (true) {
        const SecretBytes piece = KITH_TRY(file.next());
        if (piece.expose().empty()) break;
        if (!talk.say(piece.expose())) return cannot_be_shown();
    }
    talk.end();
    return {};
}

Result<std::uint32_t> take_pages(Talk& talk, const app::Renderer::TakePage& take) {
    using app::Renderer;
    SecretBytes pixels;
    for (std::uint32_t page = 0;; ++page) {
        ByteArray<8> head{};
        if (!talk.hear(head)) return cannot_be_shown();
        ByteReader in(head);
        const std::uint32_t width = in.u32(), height = in.u32();
        if (width == 0) return page != 0 && height >= page ? Result<std::uint32_t>(height) : cannot_be_shown();
        if (page == Renderer::kMostPages || height == 0 || width > Renderer::kMostSide || height > Renderer::kMostSide)
            return cannot_be_shown();
        pixels.expose().resize(std::size_t{width} * height * 3);
        if (!talk.hear(pixels.expose())) return cannot_be_shown();
        KITH_TRY(take(KITH_TRY(to_jpeg(width, height, pixels.expose()))));
    }
}
}  // namespace

/// One of the two at once.
class ConfinedRenderer::Turn {
  public:
    explicit Turn(ConfinedRenderer& of) : of_(of) {
        std::unique_lock lock(of_.mutex_);
        of_.free_.wait(lock, [&] { return of_.running_ < Launcher::kAtOnce; });
        ++of_.running_;
    }
    ~Turn() {
        const std::lock_guard lock(of_.mutex_);
        --of_.running_;
        of_.free_.notify_one();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

  private:
    ConfinedRenderer& of_;
};

Result<std::uint32_t> ConfinedRenderer::render(concerns::FileKind kind, app::SealedReader& file, const TakePage& take) {
    if (!launcher_) return fail(Code::unavailable, "the program that decodes is not there");
    const Turn turn(*this);
    Talk talk(KITH_TRY(launcher_->launch(concerns::name_of(kind))));
    Bytes hello(kHello.size());
    if (!talk.hear(hello) || as_text(hello) != kHello) return fail(Code::unavailable, "no decoder could be started");
    KITH_TRY(send_file(talk, file));
    return take_pages(talk, take);
}

}  // namespace kith::images
