// The store: durable transactions and snapshots.
#pragma once
#include <functional>
#include <optional>

#include "app/ports/tables.hpp"

namespace kith::app {

class Store {
  public:
    virtual ~Store() = default;

    using Work = std::function<Result<void>(Tables&)>;

    /// Runs `work` in one transaction and returns once it is on disk. A failure returned by `work` leaves nothing
    /// behind and harms none of the requests that share the transaction. `work` may run twice: it must be a pure
    /// function of the tables and of what it captured, send nothing, and read no clock. `unavailable`: it is not known
    /// whether it was kept, or the store is away.
    virtual Result<void> write(const Work& work) = 0;
    /// Runs `work` on a snapshot and never waits for a writer. Writing through it
    /// is `forbidden`.
    virtual Result<void> read(const Work& work) = 0;
    /// Takes the bytes of what was deleted out of every file of the store. `unavailable` while a snapshot that still
    /// sees them is being read: ask again, and call nothing erased before.
    virtual Result<void> forget_deleted() = 0;

    /// The same, with a value: `store.writing([&](Tables& tables) -> Result<Receipt> { ... })`.
    template <class F>
    auto writing(F work) -> std::invoke_result_t<F, Tables&> {
        return valued<&Store::write>(std::move(work));
    }
    template <class F>
    auto reading(F work) -> std::invoke_result_t<F, Tables&> {
        return valued<&Store::read>(std::move(work));
    }

  private:
    template <Result<void> (Store::*run)(const Work&), class F>
    auto valued(F work) -> std::invoke_result_t<F, Tables&> {
        std::optional<std::invoke_result_t<F, Tables&>> out;
        const Result<void> kept = (this->*run)([&](Tables& tables) -> Result<void> {
            out.emplace(work(tables));
            if (!*out) return Failure(out->error());
            return {};
        });
        if (!kept) return Failure(kept.error());
        KITH_CHECK(out.has_value());
        return *std::move(out);
    }
};

}  // namespace kith::app
