#include "contracts/stores.hpp"

namespace kith::contracts {
namespace {

using app::Epoch;
using app::Gone;
using app::GoneKind;
using app::ListedGone;
using app::Tables;
using testing::ElementsAre;
using testing::IsEmpty;

class GoneContract : public Contract {
  protected:
    template <class F>
    auto change(F work) {
        return write([&](Tables& t) { return work(t.gone()); });
    }
    std::vector<Gone> unlisted() {
        return read([](Tables& t) { return t.gone().unlisted(); }).value();
    }
    std::optional<ListedGone> last() {
        return read([](Tables& t) { return t.gone().last_listed(); }).value();
    }
    const Gone way{GoneKind::way_in, "aa", 0}, key{GoneKind::duty_key, "bb", 2}, epoch{GoneKind::epoch, "", 20778};
};
KITH_FOR_EVERY_STORE(GoneContract);

TEST_P(GoneContract, WaitsInTheOrderAddedUntilItIsListed) {
    EXPECT_EQ(last(), std::nullopt);
    for (const Gone& gone : {way, key, way, epoch}) EXPECT_OK(change([&](auto& t) { return t.add(gone); }));
    EXPECT_THAT(unlisted(), ElementsAre(way, key, epoch));
    EXPECT_OK(change([&](auto& t) { return t.listed({2, key}); }));
    EXPECT_OK(change([&](auto& t) { return t.listed({1, way}); }));
    EXPECT_THAT(unlisted(), ElementsAre(epoch));
    EXPECT_EQ(last(), (ListedGone{2, key}));
    EXPECT_OK(change([&](auto& t) { return t.add(way); }));
    EXPECT_THAT(unlisted(), ElementsAre(epoch)) << "what is listed stays listed";
    EXPECT_OK(change([](auto& t) { return t.unlist_all(); }));
    EXPECT_THAT(unlisted(), ElementsAre(way, key, epoch));
    EXPECT_EQ(last(), std::nullopt);
}

TEST_P(GoneContract, ListsWhatTheStoreDidNotKnow) {
    EXPECT_OK(change([&](auto& t) { return t.listed({7, key}); }));
    EXPECT_EQ(last(), (ListedGone{7, key}));
    EXPECT_THAT(unlisted(), IsEmpty());
}

TEST_P(GoneContract, NotesAWayInAndATakersWrapOnlyWhereThereWasOne) {
    const ConcernId told = id<ConcernId>(1), other = id<ConcernId>(2);
    EXPECT_OK(write([&](Tables& t) -> Result<void> {
        KITH_TRY(t.concerns().add(bare_concern(1, door)));
        KITH_TRY(t.concerns().add(bare_concern(2, other_door)));
        KITH_TRY(t.vault().add({told, 0, blob(1), blob(2), blob(3), blob(4), Epoch{1}, 1, 1}));
        KITH_TRY(t.vault().add({other, 0, blob(1), blob(2), blob(5), {}, Epoch{1}, 1, 1}));
        for (int twice = 0; twice < 2; ++twice) {
            KITH_TRY(t.vault().close_way_in(told));
            KITH_TRY(t.vault().drop_taker_wrap(told));
        }
        return t.vault().drop_taker_wrap(other);
    }));
    const std::string hex = to_hex(told.bytes());
    EXPECT_THAT(unlisted(), ElementsAre(Gone{GoneKind::way_in, hex}, Gone{GoneKind::taker_wrap, hex}));
}

TEST_P(GoneContract, ClosesTheWaysUnderADutyKeyOfOneFrontDoorAndNoNewerOnes) {
    const auto put = [&](unsigned n, FrontDoorId at_door, std::uint32_t generation) {
        EXPECT_OK(write([&](Tables& t) -> Result<void> {
            KITH_TRY(t.concerns().add(bare_concern(n, at_door)));
            return t.vault().add({id<ConcernId>(n), 0, blob(1), blob(2), blob(n), {}, Epoch{1}, 1, generation});
        }));
    };
    put(1, door, 1);
    put(2, door, 2);
    put(3, door, 3);
    put(4, other_door, 1);
    EXPECT_OK(write([&](Tables& t) { return t.vault().close_ways_under(door, 2); }));
    std::vector<ConcernId> open;
    for (const FrontDoorId& at_door : {door, other_door}) {
        const auto ways = read([&](Tables& t) { return t.vault().ways_in_at(at_door); });
        for (const auto& row : ways.value()) open.push_back(row.concern);
    }
    EXPECT_THAT(open, ElementsAre(id<ConcernId>(3), id<ConcernId>(4)));
    EXPECT_THAT(unlisted(), ElementsAre(Gone{GoneKind::duty_key, to_hex(door.bytes()), 2}));
    EXPECT_OK(write([&](Tables& t) { return t.vault().put_way_in(id<ConcernId>(1), 0, blob(9), Epoch{5}, 4); }));
    const auto row = read([&](Tables& t) { return t.vault().newest(id<ConcernId>(1)); }).value();
    EXPECT_EQ(row.wrap_duty, blob(9));
    EXPECT_EQ(row.epoch, Epoch{5});
    EXPECT_EQ(row.duty_generation, 4u);
    EXPECT_EQ(code_of(write([&](Tables& t) { return t.vault().put_way_in(absent_concern, 0, blob(9), Epoch{5}, 4); })),
              Code::not_found);
}

}  // namespace
}  // namespace kith::contracts
