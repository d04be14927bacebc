#include "contracts/stores.hpp"

namespace kith::contracts {
namespace {

using app::ApiTokenRow;
using app::Tables;
using parties::Scope;
using testing::ElementsAre;
using testing::IsEmpty;

class ApiTokensContract : public Contract {
  protected:
    Result<void> add(const ApiTokenRow& row) {
        return write([&](Tables& t) { return t.api_tokens().add(row); });
    }
    Result<ApiTokenRow> find(ApiTokenId token) {
        return read([&](Tables& t) { return t.api_tokens().find(token); });
    }
    Result<ApiTokenRow> find(const app::Digest& finder) {
        return read([&](Tables& t) { return t.api_tokens().find_by_finder(finder); });
    }
    Result<void> revoke(ApiTokenId token) {
        return write([&](Tables& t) { return t.api_tokens().revoke(token); });
    }
    std::vector<ApiTokenRow> all_of(FrontDoorId front_door) {
        return read([&](Tables& t) { return t.api_tokens().all_of(front_door); }).value();
    }
    ApiTokenRow row(unsigned n) const {
        return {id<ApiTokenId>(n), filled<32>(n), door, {Scope::intake_write, Scope::queue_read}, {blob(n)}, at(n)};
    }
};
KITH_FOR_EVERY_STORE(ApiTokensContract);

TEST_P(ApiTokensContract, GivesBackWhatWasAddedByIdAndByFinder) {
    EXPECT_EQ(code_of(find(id<ApiTokenId>(1))), Code::not_found);
    EXPECT_EQ(code_of(find(filled<32>(1))), Code::not_found);
    EXPECT_OK(add(row(1)));
    EXPECT_OK(add(row(2)));
    EXPECT_EQ(find(id<ApiTokenId>(1)).value(), row(1));
    EXPECT_EQ(find(filled<32>(2)).value(), row(2));
}

TEST_P(ApiTokensContract, KeepsEachScopeForItself) {
    ApiTokenRow one = row(1), other = row(2);
    one.scopes = {Scope::intake_write};
    other.scopes = {Scope::queue_read};
    other.revoked = true;
    EXPECT_OK(add(one));
    EXPECT_OK(add(other));
    EXPECT_EQ(find(one.id).value(), one);
    EXPECT_EQ(find(other.id).value(), other);
}

TEST_P(ApiTokensContract, NeverOverwritesAnIdOrAFinder) {
    EXPECT_OK(add(row(1)));
    ApiTokenRow same_id = row(2), same_finder = row(3);
    same_id.id = row(1).id;
    same_finder.finder = row(1).finder;
    EXPECT_EQ(code_of(add(same_id)), Code::conflict);
    EXPECT_EQ(code_of(add(same_finder)), Code::conflict);
    EXPECT_EQ(find(row(1).id).value(), row(1));
}

TEST_P(ApiTokensContract, BelongsToAFrontDoorThatIsThere) {
    ApiTokenRow nowhere = row(1);
    nowhere.front_door = id<FrontDoorId>(77);
    EXPECT_EQ(code_of(add(nowhere)), Code::not_found);
}

TEST_P(ApiTokensContract, RevokesThatOneAloneForGood) {
    EXPECT_EQ(code_of(revoke(id<ApiTokenId>(1))), Code::not_found);
    EXPECT_OK(add(row(1)));
    EXPECT_OK(add(row(2)));
    EXPECT_OK(revoke(row(1).id));
    EXPECT_OK(revoke(row(1).id));
    ApiTokenRow revoked = row(1);
    revoked.revoked = true;
    EXPECT_EQ(find(row(1).id).value(), revoked);
    EXPECT_EQ(find(row(2).id).value(), row(2));
}

TEST_P(ApiTokensContract, ListsThoseOfOneFrontDoorByIdSoThatNoOrderTellsWhichWasMadeWhen) {
    EXPECT_THAT(all_of(door), IsEmpty());
    ApiTokenRow elsewhere = row(5);
    elsewhere.front_door = other_door;
    for (const auto& one : {row(9), elsewhere, row(3)}) EXPECT_OK(add(one));
    EXPECT_THAT(all_of(door), ElementsAre(row(3), row(9)));
    EXPECT_THAT(all_of(other_door), ElementsAre(elsewhere));
}

}  // namespace
}  // namespace kith::contracts
