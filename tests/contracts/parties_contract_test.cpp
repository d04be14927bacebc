#include "contracts/stores.hpp"

namespace kith::contracts {
namespace {

using app::PartyRow;
using app::Tables;
using testing::ElementsAre;
using testing::IsEmpty;

class PartiesContract : public Contract {
  protected:
    Result<void> add(const PartyRow& row) {
        return write([&](Tables& t) { return t.parties().add(row); });
    }
    Result<PartyRow> find(PartyId party) {
        return read([&](Tables& t) { return t.parties().find(party); });
    }
    PartyRow row(unsigned n) const { return {id<PartyId>(n), {blob(n)}}; }
};
KITH_FOR_EVERY_STORE(PartiesContract);

TEST_P(PartiesContract, GivesBackWhatWasAddedAndNeverOverwritesIt) {
    EXPECT_EQ(code_of(find(id<PartyId>(1))), Code::not_found);
    EXPECT_OK(add(row(1)));
    EXPECT_EQ(code_of(add({id<PartyId>(1), {blob(9)}})), Code::conflict);
    EXPECT_EQ(find(id<PartyId>(1)).value(), row(1));
}

TEST_P(PartiesContract, ChangesThatOneAlone) {
    const PartyRow changed{id<PartyId>(1), {blob(9)}};
    const auto change = [&] { return write([&](Tables& t) { return t.parties().change(changed); }); };
    EXPECT_EQ(code_of(change()), Code::not_found);
    EXPECT_OK(add(row(1)));
    EXPECT_OK(add(row(2)));
    EXPECT_OK(change());
    EXPECT_EQ(find(id<PartyId>(1)).value(), changed);
    EXPECT_EQ(find(id<PartyId>(2)).value(), row(2));
}

TEST_P(PartiesContract, ListsThemByIdSoThatNoOrderTellsWhoCameWhen) {
    EXPECT_THAT(read([](Tables& t) { return t.parties().all(); }).value(), IsEmpty());
    EXPECT_OK(add(row(9)));
    EXPECT_OK(add(row(3)));
    EXPECT_THAT(read([](Tables& t) { return t.parties().all(); }).value(), ElementsAre(row(3), row(9)));
}

}  // namespace
}  // namespace kith::contracts
