#include "contracts/stores.hpp"

namespace kith::contracts {
namespace {

using app::OpeningRow;
using app::OpeningState;
using app::Tables;
using testing::ElementsAre;
using testing::IsEmpty;

class OpeningsContract : public Contract {
  protected:
    void SetUp() override {
        Contract::SetUp();
        EXPECT_OK(write([&](Tables& tables) { return tables.concerns().add(bare_concern(1, door)); }));
    }
    Result<void> add(const OpeningRow& row) {
        return write([&](Tables& t) { return t.openings().add(row); });
    }
    Result<void> change(const OpeningRow& row) {
        return write([&](Tables& t) { return t.openings().change(row); });
    }
    Result<OpeningRow> find(OpeningId opening) {
        return read([&](Tables& t) { return t.openings().find(opening); });
    }
    OpeningRow bare(unsigned n) const { return {.id = id<OpeningId>(n), .concern = id<ConcernId>(1), .asked_by = ann}; }
    OpeningRow full(unsigned n) const {
        return {id<OpeningId>(n),
                id<ConcernId>(1),
                ann,
                "court_order",
                {blob(n)},
                at(n),
                OpeningState::opened,
                ben,
                at(5),
                at(6),
                true};
    }
};
KITH_FOR_EVERY_STORE(OpeningsContract);

TEST_P(OpeningsContract, GivesBackEveryFieldAsItWasAdded) {
    EXPECT_EQ(code_of(find(id<OpeningId>(1))), Code::not_found);
    EXPECT_OK(add(bare(1)));
    EXPECT_OK(add(full(2)));
    EXPECT_EQ(find(id<OpeningId>(1)).value(), bare(1));
    EXPECT_EQ(find(id<OpeningId>(2)).value(), full(2));
}

TEST_P(OpeningsContract, NeverOverwritesOneAndNamesOnlyWhatIsThere) {
    EXPECT_OK(add(bare(1)));
    EXPECT_EQ(code_of(add(full(1))), Code::conflict);
    OpeningRow of_nobody = bare(2), of_nothing = bare(2);
    of_nobody.asked_by = absent_member;
    of_nothing.concern = absent_concern;
    EXPECT_EQ(code_of(add(of_nobody)), Code::not_found);
    EXPECT_EQ(code_of(add(of_nothing)), Code::not_found);
    EXPECT_EQ(find(id<OpeningId>(1)).value(), bare(1));
}

TEST_P(OpeningsContract, ChangesEverythingButTheId) {
    EXPECT_EQ(code_of(change(full(1))), Code::not_found);
    EXPECT_OK(add(bare(1)));
    EXPECT_OK(add(bare(2)));
    EXPECT_OK(change(full(1)));
    EXPECT_EQ(find(id<OpeningId>(1)).value(), full(1));
    EXPECT_EQ(find(id<OpeningId>(2)).value(), bare(2));
    for (const auto state : {OpeningState::asked, OpeningState::agreed, OpeningState::refused, OpeningState::opened}) {
        OpeningRow row = full(1);
        row.state = state;
        EXPECT_OK(change(row));
        EXPECT_EQ(find(row.id).value(), row);
    }
}

TEST_P(OpeningsContract, ListsThemInTheOrderAsked) {
    EXPECT_THAT(read([](Tables& t) { return t.openings().all(); }).value(), IsEmpty());
    EXPECT_OK(add(full(9)));
    EXPECT_OK(add(full(3)));
    EXPECT_THAT(read([](Tables& t) { return t.openings().all(); }).value(), ElementsAre(full(3), full(9)));
}

}  // namespace
}  // namespace kith::contracts
