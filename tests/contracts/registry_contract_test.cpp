#include "contracts/stores.hpp"

namespace kith::contracts {
namespace {

using app::FrontDoorRow;
using app::KeyListRow;
using app::LocalTermRow;
using app::RoleKeyKind;
using app::RoleKeyRow;
using app::Tables;
using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using testing::ElementsAre;
using testing::IsEmpty;

class RegistryContract : public Contract {
  protected:
    template <class F>
    auto change(F work) {
        return write([&](Tables& t) { return work(t.registry()); });
    }
    template <class F>
    auto ask(F work) {
        return read([&](Tables& t) { return work(t.registry()); });
    }
    const FrontDoorId none, absent_door = id<FrontDoorId>(77);
};
KITH_FOR_EVERY_STORE(RegistryContract);

TEST_P(RegistryContract, ListsFrontDoorsBySlugAndOpensThem) {
    EXPECT_THAT(ask([](auto& r) { return r.front_doors(); }).value(),
                ElementsAre(FrontDoorRow{other_door, "hackney", "hackney-cspp", false},
                            FrontDoorRow{door, "plymouth", "plymouth-cspp", true}));
    for (int twice = 0; twice < 2; ++twice) EXPECT_OK(change([&](auto& r) { return r.open_front_door(other_door); }));
    EXPECT_TRUE(ask([&](auto& r) { return r.front_door(other_door); }).value().open);
    EXPECT_EQ(code_of(ask([&](auto& r) { return r.front_door(absent_door); })), Code::not_found);
    EXPECT_EQ(code_of(change([&](auto& r) { return r.open_front_door(absent_door); })), Code::not_found);
}

TEST_P(RegistryContract, NeverOverwritesAFrontDoor) {
    EXPECT_EQ(code_of(change([&](auto& r) { return r.add_front_door({door, "exeter", "", false}); })), Code::conflict);
    EXPECT_EQ(code_of(change([&](auto& r) {
                  return r.add_front_door({absent_door, "plymouth", "", false});
              })),
              Code::conflict);
    EXPECT_OK(change([&](auto& r) { return r.add_front_door({absent_door, "Plymouth", "", false}); }));
    EXPECT_EQ(ask([&](auto& r) { return r.front_door(door); }).value().slug, "plymouth");
}

TEST_P(RegistryContract, KeepsTheLocalTermDecidedLast) {
    const LocalTermRow first{"reply_clock", "None was decided.", "Board", Day{year(2026), month(2), day(28)}};
    const LocalTermRow anew{"reply_clock", "", "", Day{year(2028), month(2), day(29)}};
    const LocalTermRow other{"Reply_clock", "Café", "Board", Day{year(999), month(1), day(1)}};
    EXPECT_THAT(ask([&](auto& r) { return r.local_terms(door); }).value(), IsEmpty());
    for (const LocalTermRow& row : {first, other, anew})
        EXPECT_OK(change([&](auto& r) { return r.put_local_term(door, row); }));

    EXPECT_THAT(ask([&](auto& r) { return r.local_terms(door); }).value(), ElementsAre(other, anew));
    EXPECT_THAT(ask([&](auto& r) { return r.local_terms(other_door); }).value(), IsEmpty());
}

TEST_P(RegistryContract, RefusesALocalTermOfNoDayOrNoFrontDoor) {
    EXPECT_EQ(code_of(change([&](auto& r) {
                  return r.put_local_term(door, {"a", "", "", Day{year(2026), month(2), day(29)}});
              })),
              Code::invalid);
    EXPECT_EQ(code_of(change([&](auto& r) { return r.put_local_term(door, {"a", "", "", Day{}}); })), Code::invalid);
    EXPECT_EQ(code_of(change([&](auto& r) {
                  return r.put_local_term(absent_door, {"a", "", "", Day{year(2026), month(2), day(28)}});
              })),
              Code::not_found);
}

TEST_P(RegistryContract, NeverOverwritesAKeyOfTheServer) {
    EXPECT_EQ(code_of(ask([](auto& r) { return r.key("marks"); })), Code::not_found);
    EXPECT_OK(change([](auto& r) { return r.put_key("marks", {blob(1)}); }));
    EXPECT_OK(change([](auto& r) { return r.put_key("Marks", {}); }));
    EXPECT_EQ(code_of(change([](auto& r) { return r.put_key("marks", {blob(2)}); })), Code::conflict);
    EXPECT_EQ(ask([](auto& r) { return r.key("marks"); }).value().bytes, blob(1));
    EXPECT_THAT(ask([](auto& r) { return r.key("Marks"); }).value().bytes, IsEmpty());
}

TEST_P(RegistryContract, AnswersWithTheNewestGenerationOfARoleKey) {
    const auto key = [&](RoleKeyKind kind, FrontDoorId at_door) {
        return ask([&](auto& r) { return r.role_key(kind, at_door); });
    };
    const RoleKeyRow custody{RoleKeyKind::custody, none, 1, filled<32>(1), {}};
    const RoleKeyRow older{RoleKeyKind::duty, door, 1, filled<32>(2), blob(2)};
    const RoleKeyRow newer{RoleKeyKind::duty, door, 2, filled<32>(3), blob(3)};
    EXPECT_EQ(code_of(key(RoleKeyKind::custody, none)), Code::not_found);
    for (const RoleKeyRow& row : {custody, newer, older})
        EXPECT_OK(change([&](auto& r) { return r.add_role_key(row); }));

    EXPECT_EQ(key(RoleKeyKind::custody, none).value(), custody);
    EXPECT_EQ(key(RoleKeyKind::duty, door).value(), newer);
    EXPECT_EQ(code_of(key(RoleKeyKind::duty, other_door)), Code::not_found);
    for (const RoleKeyRow& row : {custody, newer})
        EXPECT_EQ(code_of(change([&](auto& r) { return r.add_role_key(row); })), Code::conflict);
    EXPECT_EQ(code_of(change([&](auto& r) {
                  return r.add_role_key({RoleKeyKind::duty, absent_door, 1, {}, {}});
              })),
              Code::not_found);
    EXPECT_EQ(code_of(change([&](auto& r) {
                  return r.add_role_key({RoleKeyKind::duty, none, 1, {}, {}});
              })),
              Code::invalid);
}

TEST_P(RegistryContract, KeepsEachMembersHalfOfEachGeneration) {
    const auto put = [&](RoleKeyKind kind, FrontDoorId at_door, std::uint32_t generation, MemberId member,
                         const Bytes& half) {
        return change([&](auto& r) { return r.put_holding(kind, at_door, generation, member, half); });
    };
    const auto held = [&](RoleKeyKind kind, FrontDoorId at_door, std::uint32_t generation, MemberId member) {
        return ask([&](auto& r) { return r.holding(kind, at_door, generation, member); });
    };
    EXPECT_OK(put(RoleKeyKind::custody, none, 1, ann, blob(1)));
    EXPECT_OK(put(RoleKeyKind::duty, door, 1, ann, blob(2)));
    EXPECT_OK(put(RoleKeyKind::duty, door, 2, ann, blob(3)));
    EXPECT_OK(put(RoleKeyKind::duty, door, 1, ben, {}));
    EXPECT_EQ(code_of(put(RoleKeyKind::custody, none, 1, ann, blob(9))), Code::conflict);
    EXPECT_EQ(code_of(put(RoleKeyKind::duty, door, 1, ann, blob(9))), Code::conflict);
    EXPECT_EQ(code_of(put(RoleKeyKind::duty, door, 1, absent_member, blob(9))), Code::not_found);

    EXPECT_EQ(held(RoleKeyKind::custody, none, 1, ann).value(), blob(1));
    EXPECT_EQ(held(RoleKeyKind::duty, door, 1, ann).value(), blob(2));
    EXPECT_EQ(held(RoleKeyKind::duty, door, 2, ann).value(), blob(3));
    EXPECT_THAT(held(RoleKeyKind::duty, door, 1, ben).value(), IsEmpty());
    EXPECT_EQ(code_of(held(RoleKeyKind::duty, other_door, 1, ann)), Code::not_found);
    EXPECT_EQ(code_of(held(RoleKeyKind::custody, none, 2, ann)), Code::not_found);

    for (int twice = 0; twice < 2; ++twice) EXPECT_OK(change([&](auto& r) { return r.drop_holdings(ann); }));
    EXPECT_EQ(code_of(held(RoleKeyKind::custody, none, 1, ann)), Code::not_found);
    EXPECT_EQ(code_of(held(RoleKeyKind::duty, door, 2, ann)), Code::not_found);
    EXPECT_OK(held(RoleKeyKind::duty, door, 1, ben));
    EXPECT_OK(put(RoleKeyKind::duty, door, 1, ann, blob(9)));
}

TEST_P(RegistryContract, KeepsKeyListsByNumberAndCountersignsEachOnce) {
    const KeyListRow zero{0, "kith key list 0\ncustody …\n", filled<64>(1), std::nullopt};
    const KeyListRow one{1, "", filled<64>(2), filled<64>(3)};
    EXPECT_THAT(ask([](auto& r) { return r.key_lists(); }).value(), IsEmpty());
    for (const KeyListRow& row : {one, zero}) EXPECT_OK(change([&](auto& r) { return r.add_key_list(row); }));
    EXPECT_EQ(code_of(change([&](auto& r) { return r.add_key_list({0, "other", {}, {}}); })), Code::conflict);
    EXPECT_THAT(ask([](auto& r) { return r.key_lists(); }).value(), ElementsAre(zero, one));

    const auto countersign = [&](std::uint32_t number) {
        return change([&](auto& r) { return r.countersign_key_list(number, filled<64>(9)); });
    };
    EXPECT_OK(countersign(0));
    EXPECT_EQ(code_of(countersign(0)), Code::conflict);
    EXPECT_EQ(code_of(countersign(1)), Code::conflict);
    EXPECT_EQ(code_of(countersign(2)), Code::not_found);

    KeyListRow countersigned = zero;
    countersigned.countersignature = filled<64>(9);
    EXPECT_THAT(ask([](auto& r) { return r.key_lists(); }).value(), ElementsAre(countersigned, one));
}

}  // namespace
}  // namespace kith::contracts
