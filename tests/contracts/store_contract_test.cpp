// Transactions and snapshots, on any store.
#include <atomic>
#include <future>
#include <thread>

#include "contracts/stores.hpp"

namespace kith::contracts {
namespace {

using app::Tables;

class StoreContract : public Contract {
  protected:
    Result<std::size_t> open_concerns() {
        return read([&](Tables& t) -> Result<std::size_t> { return KITH_TRY(t.concerns().open_at(door)).size(); });
    }
};
KITH_FOR_EVERY_STORE(StoreContract);

TEST_P(StoreContract, KeepsNothingOfAWorkThatFails) {
    const auto failed = write([&](Tables& tables) -> Result<void> {
        KITH_TRY(tables.concerns().add(bare_concern(1, door)));
        KITH_TRY(tables.ledger().add_leaf(0, "leaf"));
        return fail(Code::forbidden, "the gate refused");
    });
    EXPECT_EQ(code_of(failed), Code::forbidden);
    EXPECT_EQ(open_concerns().value(), 0U);
    EXPECT_EQ(read([](Tables& t) { return t.ledger().size(); }).value(), 0U);
}

TEST_P(StoreContract, KeepsNothingOfAWorkWithABug) {
    EXPECT_THROW(static_cast<void>(write([&](Tables& tables) -> Result<void> {
                     KITH_TRY(tables.concerns().add(bare_concern(1, door)));
                     throw Bug("broken on purpose");
                 })),
                 Bug);
    EXPECT_EQ(open_concerns().value(), 0U);
}

TEST_P(StoreContract, ShowsAWorkWhatItWroteItself) {
    EXPECT_EQ(write([&](Tables& tables) -> Result<app::ConcernRow> {
                  KITH_TRY(tables.concerns().add(bare_concern(1, door)));
                  return tables.concerns().find(id<ConcernId>(1));
              }).value(),
              bare_concern(1, door));
}

TEST_P(StoreContract, RefusesToWriteThroughASnapshot) {
    EXPECT_EQ(code_of(read([&](Tables& t) { return t.concerns().add(bare_concern(1, door)); })), Code::forbidden);
    EXPECT_EQ(code_of(read([&](Tables& t) { return t.ledger().add_leaf(0, "leaf"); })), Code::forbidden);
    EXPECT_EQ(code_of(read([&](Tables& t) { return t.vault().drop_all(id<ConcernId>(1)); })), Code::forbidden);
    EXPECT_EQ(code_of(read([&](Tables& t) { return t.members().put_rota(door, at(0), {}); })), Code::forbidden);
    EXPECT_EQ(open_concerns().value(), 0U);
}

TEST_P(StoreContract, ShowsAReaderTheOldOrTheNewAndNeverAMixture) {
    std::promise<void> has_read, has_written;
    using Counts = std::pair<std::size_t, std::size_t>;
    auto reader = std::async(std::launch::async, [&] {
        return read([&](Tables& tables) -> Result<Counts> {
            const std::size_t first = KITH_TRY(tables.concerns().open_at(door)).size();
            has_read.set_value();
            has_written.get_future().wait();
            return Counts(first, KITH_TRY(tables.concerns().open_at(door)).size());
        });
    });
    has_read.get_future().wait();
    EXPECT_OK(write([&](Tables& tables) { return tables.concerns().add(bare_concern(1, door)); }));
    has_written.set_value();

    EXPECT_EQ(reader.get().value(), Counts(0, 0));
    EXPECT_EQ(open_concerns().value(), 1U);
}

TEST_P(StoreContract, ForgetsWhatWasDeletedOnceNoSnapshotSeesIt) {
    std::promise<void> has_read, may_end;
    auto reader = std::async(std::launch::async, [&] {
        return read([&](Tables& tables) -> Result<void> {
            static_cast<void>(KITH_TRY(tables.members().all()));
            has_read.set_value();
            may_end.get_future().wait();
            return {};
        });
    });
    has_read.get_future().wait();
    EXPECT_OK(write([&](Tables& tables) { return tables.concerns().add(bare_concern(1, door)); }));
    EXPECT_EQ(code_of(store().forget_deleted()), Code::unavailable);
    may_end.set_value();
    EXPECT_OK(reader.get());
    EXPECT_OK(store().forget_deleted());
    EXPECT_EQ(open_concerns().value(), 1U);
}

// One worry as it arrives: a concern with its key, its vault row, its code, a mark, and the leaf that follows the last.
Result<void> take_worry(Tables& tables, unsigned n, FrontDoorId door) {
    const app::ConcernRow row = bare_concern(n, door);
    KITH_TRY(tables.concerns().add(row));
    KITH_TRY(tables.vault().add({.concern = row.concern.id, .sealed_contact = blob(n, 4136)}));
    app::Digest finder = filled<32>(n);
    finder[15] = static_cast<Byte>(n >> 8U);
    KITH_TRY(tables.threads().add_code(finder, {blob(n)}));
    KITH_TRY(tables.concerns().mark(row.concern.id, std::vector{filled<8>(n % 7)}));
    const std::uint64_t index = KITH_TRY(tables.ledger().size());
    KITH_TRY(tables.ledger().add_leaf(index, row.concern.reference));
    return tables.ledger().index_subject(row.concern.id.text(), index);
}

TEST_P(StoreContract, TakesEveryWorryOfSixtyFourThreadsOnceAndInOneOrder) {
    constexpr unsigned threads = 64, each = 50;
    std::atomic<unsigned> refused = 0;
    std::vector<std::thread> reporters;
    for (unsigned t = 0; t < threads; ++t)
        reporters.emplace_back([&, t] {
            for (unsigned i = 0; i < each; ++i)
                if (!write([&](Tables& tables) { return take_worry(tables, 1000 + t * each + i, door); })) ++refused;
        });
    for (std::thread& reporter : reporters) reporter.join();

    EXPECT_EQ(refused, 0U);
    EXPECT_EQ(open_concerns().value(), threads * each);
    EXPECT_OK(read([&](Tables& tables) -> Result<void> {
        EXPECT_EQ(KITH_TRY(tables.ledger().size()), threads * each);
        for (unsigned n = 1000; n < 1000 + threads * each; ++n) {
            const auto about = KITH_TRY(tables.ledger().about(id<ConcernId>(n).text()));
            KITH_CHECK(about.size() == 1);
            EXPECT_EQ(KITH_TRY(tables.ledger().leaf(about.front())), "W-" + std::to_string(n));
        }
        return {};
    }));
}

}  // namespace
}  // namespace kith::contracts
