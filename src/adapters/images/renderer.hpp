// The renderer on the parent of decoders: pipes to a process that has nothing to lose, raw pixels back, encoded here.
#pragma once
#include <condition_variable>
#include <mutex>

#include "adapters/images/launcher.hpp"
#include "app/ports/renderer.hpp"

namespace kith::images {

class ConfinedRenderer final : public app::Renderer {
  public:
    /// Without a launcher everything waits: `unavailable`.
    explicit ConfinedRenderer(std::unique_ptr<Launcher> launcher) : launcher_(std::move(launcher)) {}
    Result<std::uint32_t> render(concerns::FileKind kind, app::SealedReader& file, const TakePage& take) override;

  private:
    class Turn;
    std::unique_ptr<Launcher> launcher_;
    std::mutex mutex_;
    std::condition_variable free_;
    std::size_t running_ = 0;
};

}  // namespace kith::images
