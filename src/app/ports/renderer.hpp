// Makes a file visible without trusting it: decoded where there is nothing to lose, and only pixels come back.
#pragma once
#include <functional>

#include "app/ports/sealed_files.hpp"
#include "core/concerns/attachment.hpp"

namespace kith::app {

class Renderer {
  public:
    virtual ~Renderer() = default;
    /// One page, as a JPEG made of its pixels and nothing else.
    using TakePage = std::function<Result<void>(BytesView jpeg)>;

    /// Gives the pages in order, at most `kMostPages` of them, each at most `kMostSide` on a side, and yields how many
    /// the file has. `invalid`: it cannot be shown, now or later; `unavailable`: nobody decodes now, ask again later.
    /// After a failure what was given means nothing. Any number of threads may ask; two are served at once.
    virtual Result<std::uint32_t> render(concerns::FileKind kind, SealedReader& file, const TakePage& take) = 0;

    static constexpr std::uint32_t kMostPages = 20;
    static constexpr std::uint32_t kMostSide = 2560;
    static constexpr std::uint64_t kMostPixels = 40'000'000;  ///< of what comes in
};

}  // namespace kith::app
