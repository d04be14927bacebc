#include "contracts/stores.hpp"

namespace kith::contracts {
namespace {

using app::FormWay;
using app::Tables;
using app::WrittenFormRow;
using testing::ElementsAre;
using testing::IsEmpty;

class WrittenFormsContract : public Contract {
  protected:
    void SetUp() override {
        Contract::SetUp();
        EXPECT_OK(write([&](Tables& tables) -> Result<void> {
            KITH_TRY(tables.concerns().add(bare_concern(1, door)));
            KITH_TRY(tables.concerns().add(bare_concern(2, door)));
            return tables.concerns().add(bare_concern(3, other_door));
        }));
    }
    Result<void> add(const WrittenFormRow& row) {
        return write([&](Tables& t) { return t.written_forms().add(row); });
    }
    Result<WrittenFormRow> find(unsigned n) {
        return read([&](Tables& t) { return t.written_forms().find(id<ConcernId>(n)); });
    }
    WrittenFormRow by_code(unsigned n, std::int64_t ms) const {
        return {id<ConcernId>(n), FormWay::by_code, at(ms), std::nullopt, {blob(n)}};
    }
    WrittenFormRow typed_in(unsigned n, std::int64_t ms) const {
        return {id<ConcernId>(n), FormWay::typed_in, at(ms), ann, {blob(n)}};
    }
};
KITH_FOR_EVERY_STORE(WrittenFormsContract);

TEST_P(WrittenFormsContract, GivesBackEveryFieldAndNeverOverwritesAForm) {
    EXPECT_EQ(code_of(find(1)), Code::not_found);
    EXPECT_OK(add(by_code(1, 5)));
    EXPECT_OK(add(typed_in(2, 6)));
    EXPECT_EQ(code_of(add(typed_in(1, 9))), Code::conflict);
    EXPECT_EQ(find(1).value(), by_code(1, 5));
    EXPECT_EQ(find(2).value(), typed_in(2, 6));
}

TEST_P(WrittenFormsContract, BelongsToAConcernAndIsTypedByAMember) {
    auto row = by_code(1, 5);
    row.concern = absent_concern;
    EXPECT_EQ(code_of(add(row)), Code::not_found);
    row = typed_in(1, 5);
    row.typed_by = absent_member;
    EXPECT_EQ(code_of(add(row)), Code::not_found);
    EXPECT_EQ(code_of(find(1)), Code::not_found);
}

TEST_P(WrittenFormsContract, ChangesTheAccountOfThatOneAlone) {
    const auto change = [&](unsigned n) {
        return write([&](Tables& t) { return t.written_forms().change_account(id<ConcernId>(n), {blob(9)}); });
    };
    EXPECT_EQ(code_of(change(1)), Code::not_found);
    EXPECT_OK(add(by_code(1, 5)));
    EXPECT_OK(add(by_code(2, 6)));
    EXPECT_OK(change(1));
    EXPECT_EQ(find(1).value().sealed_account.bytes, blob(9));
    EXPECT_EQ(find(1).value().received_at, at(5));
    EXPECT_EQ(find(2).value(), by_code(2, 6));
}

TEST_P(WrittenFormsContract, ListsThoseOfAFrontDoorSinceAnInstantInTheOrderReceived) {
    const auto since = [&](FrontDoorId of, std::int64_t ms) {
        return read([&](Tables& t) { return t.written_forms().received_since(of, at(ms)); }).value();
    };
    EXPECT_THAT(since(door, 0), IsEmpty());
    EXPECT_OK(add(by_code(1, 7)));
    EXPECT_OK(add(typed_in(2, 5)));
    EXPECT_OK(add(by_code(3, 6)));
    EXPECT_THAT(since(door, 5), ElementsAre(typed_in(2, 5), by_code(1, 7)));
    EXPECT_THAT(since(door, 6), ElementsAre(by_code(1, 7)));
    EXPECT_THAT(since(other_door, 0), ElementsAre(by_code(3, 6)));
}

}  // namespace
}  // namespace kith::contracts
