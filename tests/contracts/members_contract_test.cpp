#include "contracts/stores.hpp"

namespace kith::contracts {
namespace {

using app::InvitationRow;
using app::MemberRow;
using app::Tables;
using parties::Role;
using parties::Seat;
using parties::Shift;
using testing::ElementsAre;
using testing::IsEmpty;

class MembersContract : public Contract {
  protected:
    Result<void> add(const MemberRow& row) {
        return write([&](Tables& t) { return t.members().add(row); });
    }
    Result<MemberRow> find(MemberId member) {
        return read([&](Tables& t) { return t.members().find(member); });
    }
    Result<void> put_rota(Instant from, const std::vector<Shift>& shifts) {
        return write([&](Tables& t) { return t.members().put_rota(door, from, shifts); });
    }
    std::vector<Shift> rota(FrontDoorId front_door, Instant from, Instant until) {
        return read([&](Tables& t) { return t.members().rota(front_door, from, until); }).value();
    }
    const MemberId dee = id<MemberId>(14);
};
KITH_FOR_EVERY_STORE(MembersContract);

TEST_P(MembersContract, GivesBackEveryFieldAsItWasAdded) {
    const MemberRow full = member_row(dee, door, 100);
    MemberRow bare;  // of the whole partnership, without a role or a pair
    EXPECT_OK(add(full));
    EXPECT_OK(add(bare));
    EXPECT_EQ(find(dee).value(), full);
    EXPECT_EQ(find(bare.id).value(), bare);
    EXPECT_EQ(read([&](Tables& t) { return t.members().find_by_email(full.mark_email); }).value(), full);
}

TEST_P(MembersContract, KeepsEverySetOfRoles) {
    EXPECT_OK(add(member_row(dee, door, 100)));
    for (unsigned bits = 0; bits < (1U << parties::kRoles); ++bits) {
        MemberRow row = member_row(dee, door, 100);
        row.roles = parties::Roles::from_bits(bits);
        EXPECT_OK(write([&](Tables& t) { return t.members().change(row); }));
        EXPECT_EQ(find(dee).value().roles, row.roles);
    }
}

TEST_P(MembersContract, NeverOverwritesOneByAdding) {
    const MemberRow before = find(ann).value();
    EXPECT_EQ(code_of(add(member_row(ann, door, 100))), Code::conflict);
    MemberRow same_email = member_row(dee, door, 100);
    same_email.mark_email = before.mark_email;
    EXPECT_EQ(code_of(add(same_email)), Code::conflict);
    EXPECT_EQ(code_of(add(member_row(dee, id<FrontDoorId>(77), 100))), Code::not_found);
    EXPECT_EQ(find(ann).value(), before);
    EXPECT_EQ(code_of(find(dee)), Code::not_found);
}

TEST_P(MembersContract, ListsMembersInTheOrderTheyCame) {
    const auto all = read([](Tables& t) { return t.members().all(); }).value();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0], find(ann).value());
    EXPECT_EQ(all[1].id, ben);
    EXPECT_EQ(all[2].id, cal);
}

TEST_P(MembersContract, ChangesEverythingButTheId) {
    MemberRow changed = member_row(ann, other_door, 150);
    changed.shut_out = false;
    changed.roles = {Role::custodian};
    const MemberRow bens = find(ben).value();

    EXPECT_OK(write([&](Tables& t) { return t.members().change(changed); }));

    EXPECT_EQ(find(ann).value(), changed);
    EXPECT_EQ(find(ben).value(), bens);
    changed.mark_email = bens.mark_email;
    EXPECT_EQ(code_of(write([&](Tables& t) { return t.members().change(changed); })), Code::conflict);
    EXPECT_EQ(code_of(write([&](Tables& t) { return t.members().change(member_row(dee, door, 1)); })), Code::not_found);
    EXPECT_EQ(code_of(read([&](Tables& t) { return t.members().find_by_email(filled<32>(250)); })), Code::not_found);
}

TEST_P(MembersContract, KeepsAnInvitationUntilItExpiresOrIsDropped) {
    const InvitationRow row{filled<32>(1), door, {Role::duty_worker}, {blob(1)}, {blob(2)}, filled<32>(3), at(100)};
    const InvitationRow bare{.finder = filled<32>(2), .expires_at = at(100)};
    const auto find_invitation = [&](const InvitationRow& like, Instant now) {
        return read([&](Tables& t) { return t.members().find_invitation(like.finder, now); });
    };
    const auto add_invitation = [&](const InvitationRow& r) {
        return write([&](Tables& t) { return t.members().add_invitation(r); });
    };
    EXPECT_EQ(code_of(find_invitation(row, at(0))), Code::not_found);
    EXPECT_OK(add_invitation(row));
    EXPECT_OK(add_invitation(bare));
    EXPECT_EQ(code_of(add_invitation({.finder = row.finder})), Code::conflict);

    EXPECT_EQ(find_invitation(row, at(99)).value(), row);
    EXPECT_EQ(find_invitation(bare, at(99)).value(), bare);
    EXPECT_EQ(code_of(find_invitation(row, at(100))), Code::not_found);
    for (int twice = 0; twice < 2; ++twice)
        EXPECT_OK(write([&](Tables& t) { return t.members().drop_invitation(row.finder); }));
    EXPECT_EQ(code_of(find_invitation(row, at(0))), Code::not_found);
    EXPECT_OK(find_invitation(bare, at(0)));
}

TEST_P(MembersContract, ShowsTheShiftsThatOverlapAStretchOfTime) {
    const Shift early{ann, Seat::manager, at(0), at(10)}, late{ben, Seat::custodian, at(10), at(20)},
        all_day{cal, Seat::manager, at(0), at(20)};
    EXPECT_OK(put_rota(at(-5), {late, early, all_day}));

    EXPECT_THAT(rota(door, at(0), at(20)), ElementsAre(early, all_day, late));
    EXPECT_THAT(rota(door, at(9), at(10)), ElementsAre(early, all_day));
    EXPECT_THAT(rota(door, at(10), at(11)), ElementsAre(all_day, late));
    EXPECT_THAT(rota(door, at(20), at(30)), IsEmpty());
    EXPECT_THAT(rota(other_door, at(0), at(20)), IsEmpty());
}

TEST_P(MembersContract, ReplacesOnlyTheShiftsThatEndLater) {
    const Shift over{ann, Seat::manager, at(0), at(10)}, running{ann, Seat::manager, at(5), at(15)},
        to_come{ben, Seat::manager, at(15), at(30)}, instead{cal, Seat::manager, at(5), at(40)};
    EXPECT_OK(put_rota(at(-5), {over, running, to_come}));

    EXPECT_OK(put_rota(at(10), {instead}));

    EXPECT_THAT(rota(door, at(0), at(50)), ElementsAre(over, instead));
}

TEST_P(MembersContract, KeepsTheOldRotaWhenTheNewOneIsRefused) {
    const Shift kept{ann, Seat::manager, at(0), at(10)};
    EXPECT_OK(put_rota(at(-5), {kept}));
    const Shift fine{ben, Seat::manager, at(1), at(10)};

    EXPECT_EQ(code_of(put_rota(at(0), {fine, {absent_member, Seat::manager, at(1), at(10)}})), Code::not_found);
    EXPECT_EQ(code_of(put_rota(at(0), {fine, {ben, Seat::manager, at(10), at(10)}})), Code::invalid);
    EXPECT_EQ(code_of(put_rota(at(5), {{ben, Seat::manager, at(1), at(5)}})), Code::invalid);
    EXPECT_OK(write([&](Tables& t) -> Result<void> {  // a work that goes on after the refusal keeps none of it
        EXPECT_FALSE(t.members().put_rota(door, at(0), {fine, {absent_member, Seat::manager, at(1), at(10)}}));
        return {};
    }));

    EXPECT_THAT(rota(door, at(0), at(50)), ElementsAre(kept));
}

}  // namespace
}  // namespace kith::contracts
