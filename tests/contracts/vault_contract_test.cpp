#include "contracts/stores.hpp"

namespace kith::contracts {
namespace {

using app::Epoch;
using app::Tables;
using app::VaultRow;
using testing::ElementsAre;
using testing::IsEmpty;

class VaultContract : public Contract {
  protected:
    void SetUp() override {
        Contract::SetUp();
        EXPECT_OK(write([&](Tables& tables) -> Result<void> {
            KITH_TRY(tables.concerns().add(bare_concern(1, door)));
            return tables.concerns().add(bare_concern(2, door));
        }));
    }
    Result<void> add(const VaultRow& row) {
        return write([&](Tables& tables) { return tables.vault().add(row); });
    }
    VaultRow newest(ConcernId concern) {
        return read([&](Tables& tables) { return tables.vault().newest(concern); }).value();
    }
    std::vector<VaultRow> before(std::int64_t day) {
        return read([&](Tables& tables) { return tables.vault().under_epochs_before(Epoch{day}); }).value();
    }
    VaultRow row(std::uint32_t number, std::int64_t day) const {
        return {told, number, blob(1, 4136), blob(2), blob(3 + number), blob(4), Epoch{day}, 5, 6};
    }
    const ConcernId told = id<ConcernId>(1), other = id<ConcernId>(2);
};
KITH_FOR_EVERY_STORE(VaultContract);

TEST_P(VaultContract, GivesBackTheNewestRowWithEveryField) {
    EXPECT_OK(add(row(1, 20000)));
    EXPECT_OK(add(row(0, 19999)));
    EXPECT_EQ(newest(told), row(1, 20000));

    const VaultRow empty{.concern = other, .epoch = {-1}};
    EXPECT_OK(add(empty));
    EXPECT_EQ(newest(other), empty);
}

TEST_P(VaultContract, PassesOverARowForFilesWhereTheContactIsAskedForAndTreatsItsWayInLikeAnyOther) {
    VaultRow files{told, 1, {}, blob(2), blob(3), {}, Epoch{20000}, 5, 6, app::Brings::files};
    EXPECT_OK(add(files));
    EXPECT_EQ(code_of(read([&](Tables& t) { return t.vault().newest(told); })), Code::not_found);
    EXPECT_OK(add(row(0, 20000)));
    EXPECT_EQ(newest(told), row(0, 20000));
    EXPECT_EQ(read([&](Tables& t) { return t.vault().find(told, 1); }).value(), files);
    EXPECT_THAT(before(20001), testing::UnorderedElementsAre(files, row(0, 20000)));
    EXPECT_OK(write([&](Tables& t) { return t.vault().close_way_in(told); }));
    EXPECT_THAT(before(20001), IsEmpty());
}

TEST_P(VaultContract, NumbersTheNextRowOfAConcernAfterItsHighest) {
    const auto next = [&](ConcernId of) { return read([&](Tables& t) { return t.vault().next_number(of); }).value(); };
    EXPECT_EQ(next(told), 0u);
    EXPECT_OK(add(row(0, 20000)));
    EXPECT_OK(add({told, 4, {}, blob(2), blob(3), {}, Epoch{20000}, 5, 6, app::Brings::files}));
    EXPECT_EQ(next(told), 5u);
    EXPECT_EQ(next(other), 0u);
}

TEST_P(VaultContract, NeverOverwritesARow) {
    EXPECT_OK(add(row(0, 20000)));
    EXPECT_EQ(code_of(add(row(0, 20001))), Code::conflict);
    EXPECT_EQ(newest(told), row(0, 20000));
}

TEST_P(VaultContract, AnswersNotFoundForWhatIsAbsent) {
    VaultRow stray = row(0, 1);
    stray.concern = absent_concern;
    EXPECT_EQ(code_of(add(stray)), Code::not_found);
    EXPECT_EQ(code_of(read([&](Tables& t) { return t.vault().newest(told); })), Code::not_found);
    EXPECT_EQ(code_of(write([&](Tables& t) { return t.vault().rewrap(told, 0, blob(1), Epoch{1}); })), Code::not_found);
    EXPECT_OK(write([&](Tables& t) { return t.vault().drop_all(told); }));
    EXPECT_OK(write([&](Tables& t) { return t.vault().close_way_in(told); }));
}

TEST_P(VaultContract, DropsEveryRowOfOneConcernOnly) {
    VaultRow others = row(0, 20000);
    others.concern = other;
    EXPECT_OK(add(row(0, 20000)));
    EXPECT_OK(add(row(1, 20000)));
    EXPECT_OK(add(others));

    EXPECT_OK(write([&](Tables& t) { return t.vault().drop_all(told); }));

    EXPECT_EQ(code_of(read([&](Tables& t) { return t.vault().newest(told); })), Code::not_found);
    EXPECT_EQ(newest(other), others);
    EXPECT_OK(add(row(0, 20001)));
}

TEST_P(VaultContract, ClosesTheWayInOfEveryRowAndOfOneConcernOnly) {
    VaultRow others = row(0, 20000);
    others.concern = other;
    EXPECT_OK(add(row(0, 20000)));
    EXPECT_OK(add(row(1, 20000)));
    EXPECT_OK(add(others));

    EXPECT_OK(write([&](Tables& t) { return t.vault().close_way_in(told); }));

    VaultRow closed = row(1, 20000);
    closed.wrap_duty.clear();
    EXPECT_EQ(newest(told), closed);
    EXPECT_THAT(before(30000), ElementsAre(others));
}

TEST_P(VaultContract, DropsTheTakersWrapAndNothingElse) {
    EXPECT_OK(add(row(0, 20000)));
    EXPECT_OK(write([&](Tables& t) { return t.vault().drop_taker_wrap(told); }));
    VaultRow handed_over = row(0, 20000);
    handed_over.wrap_taker.clear();
    EXPECT_EQ(newest(told), handed_over);
}

TEST_P(VaultContract, ListsTheWaysInUnderOlderEpochsAndRewrapsThem) {
    EXPECT_OK(add(row(0, 20000)));
    EXPECT_OK(add(row(1, 20001)));
    EXPECT_THAT(before(20000), IsEmpty());
    EXPECT_THAT(before(20001), ElementsAre(row(0, 20000)));
    EXPECT_THAT(before(20002), ElementsAre(row(0, 20000), row(1, 20001)));

    EXPECT_OK(write([&](Tables& t) { return t.vault().rewrap(told, 0, blob(77), Epoch{20005}); }));

    VaultRow rewrapped = row(0, 20005);
    rewrapped.wrap_duty = blob(77);
    EXPECT_THAT(before(20006), ElementsAre(row(1, 20001), rewrapped));
}

TEST_P(VaultContract, DoesNotReopenAWayInThatWasClosedWhileItWasRewrapped) {
    EXPECT_OK(add(row(0, 20000)));
    EXPECT_OK(write([&](Tables& t) { return t.vault().close_way_in(told); }));
    EXPECT_EQ(code_of(write([&](Tables& t) { return t.vault().rewrap(told, 0, blob(77), Epoch{20005}); })),
              Code::not_found);
    EXPECT_THAT(newest(told).wrap_duty, IsEmpty());
}

}  // namespace
}  // namespace kith::contracts
