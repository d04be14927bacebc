#include "contracts/stores.hpp"

namespace kith::contracts {
namespace {

using app::OnwardRow;
using app::Tables;
using concerns::OnwardStep;
using concerns::Whom;
using testing::ElementsAre;
using testing::IsEmpty;

class OnwardContract : public Contract {
  protected:
    void SetUp() override {
        Contract::SetUp();
        EXPECT_OK(write([&](Tables& tables) -> Result<void> {
            auto late = bare_concern(1, door);
            late.concern.received_at = at(50);
            KITH_TRY(tables.concerns().add(late));
            KITH_TRY(tables.concerns().add(bare_concern(2, door)));
            return tables.concerns().add(bare_concern(3, other_door));
        }));
    }
    Result<void> add(unsigned n, Whom whom, OnwardStep step, std::int64_t ms, std::optional<MemberId> by = {}) {
        return write([&](Tables& t) { return t.onward().add(row(n, whom, step, ms, by)); });
    }
    OnwardRow row(unsigned n, Whom whom, OnwardStep step, std::int64_t ms, std::optional<MemberId> by = {}) const {
        return {id<ConcernId>(n), {whom, step, at(ms)}, by, {blob(n)}};
    }
    std::vector<ConcernId> open(FrontDoorId of) {
        return read([&](Tables& t) { return t.onward().open_at(of); }).value();
    }
};
KITH_FOR_EVERY_STORE(OnwardContract);

TEST_P(OnwardContract, KeepsEveryStepOldestFirstWithEveryField) {
    const auto steps = [&] { return read([&](Tables& t) { return t.onward().of(id<ConcernId>(1)); }).value(); };
    EXPECT_THAT(steps(), IsEmpty());
    EXPECT_OK(add(1, Whom::designated_officer, OnwardStep::told, 9, ann));
    EXPECT_OK(add(1, Whom::another_area, OnwardStep::written, 9, ben));
    EXPECT_OK(add(1, Whom::designated_officer, OnwardStep::owed, 4));
    EXPECT_OK(add(2, Whom::another_area, OnwardStep::owed, 1));
    EXPECT_THAT(steps(), ElementsAre(row(1, Whom::designated_officer, OnwardStep::owed, 4),
                                     row(1, Whom::designated_officer, OnwardStep::told, 9, ann),
                                     row(1, Whom::another_area, OnwardStep::written, 9, ben)));
}

TEST_P(OnwardContract, RefusesAStepOfAnAbsentConcernOrMember) {
    EXPECT_EQ(code_of(write([&](Tables& t) {
                  return t.onward().add({absent_concern, {Whom::another_area, OnwardStep::owed, at(1)}, {}, {}});
              })),
              Code::not_found);
    EXPECT_EQ(code_of(add(1, Whom::another_area, OnwardStep::owed, 1, absent_member)), Code::not_found);
    EXPECT_THAT(open(door), IsEmpty());
}

TEST_P(OnwardContract, FindsWhatIsOwedAndNotEndedAtThatFrontDoorInTheOrderReceived) {
    EXPECT_OK(add(1, Whom::another_area, OnwardStep::owed, 1));
    EXPECT_OK(add(1, Whom::designated_officer, OnwardStep::owed, 1));
    EXPECT_OK(add(2, Whom::designated_officer, OnwardStep::owed, 2));
    EXPECT_OK(add(3, Whom::another_area, OnwardStep::owed, 3));
    EXPECT_THAT(open(door), ElementsAre(id<ConcernId>(2), id<ConcernId>(1)));

    EXPECT_OK(add(2, Whom::another_area, OnwardStep::ended, 4));
    EXPECT_OK(add(2, Whom::designated_officer, OnwardStep::told, 4));
    EXPECT_THAT(open(door), ElementsAre(id<ConcernId>(2), id<ConcernId>(1))) << "another one's end ends nothing";
    EXPECT_OK(add(2, Whom::designated_officer, OnwardStep::ended, 5));
    EXPECT_OK(add(1, Whom::another_area, OnwardStep::ended, 5));
    EXPECT_THAT(open(door), ElementsAre(id<ConcernId>(1))) << "one of its two is still owed";
    EXPECT_OK(add(2, Whom::designated_officer, OnwardStep::owed, 6));
    EXPECT_THAT(open(door), ElementsAre(id<ConcernId>(2), id<ConcernId>(1))) << "owed again";
    EXPECT_THAT(open(other_door), ElementsAre(id<ConcernId>(3)));
}

}  // namespace
}  // namespace kith::contracts
