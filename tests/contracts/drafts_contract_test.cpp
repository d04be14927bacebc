#include "contracts/stores.hpp"

namespace kith::contracts {
namespace {

using app::Tables;
using testing::IsEmpty;

constexpr Duration kHour = std::chrono::hours(1);

class DraftsContract : public Contract {
  protected:
    Result<void> put(unsigned n, const Bytes& sealed, Instant expires_at) {
        return write([&](Tables& t) { return t.drafts().put(filled<32>(n), sealed, expires_at); });
    }
    Result<Bytes> find(unsigned n, Instant now) {
        return read([&](Tables& t) { return t.drafts().find(filled<32>(n), now); });
    }
    Result<void> put_receipt(unsigned n, const Bytes& sealed, Instant expires_at) {
        return write([&](Tables& t) { return t.drafts().put_receipt(filled<32>(n), sealed, expires_at); });
    }
    Result<Bytes> find_receipt(unsigned n) {
        return read([&](Tables& t) { return t.drafts().find_receipt(filled<32>(n)); });
    }
    std::size_t drop_expired(Instant now) {
        return write([&](Tables& t) { return t.drafts().drop_expired(now); }).value();
    }
    const Instant hour = std::chrono::ceil<std::chrono::hours>(at(0));
};
KITH_FOR_EVERY_STORE(DraftsContract);

TEST_P(DraftsContract, OverwritesADraft) {
    EXPECT_EQ(code_of(find(1, hour)), Code::not_found);
    EXPECT_OK(put(1, blob(1, 5000), hour + kHour));
    EXPECT_OK(put(2, {}, hour + kHour));
    EXPECT_OK(put(1, blob(3), hour + 2 * kHour));
    EXPECT_EQ(find(1, hour + kHour).value(), blob(3));
    EXPECT_THAT(find(2, hour).value(), IsEmpty());
}

TEST_P(DraftsContract, KeepsADraftUntilTheFullHourAfterItsExpiry) {
    EXPECT_OK(put(1, blob(1), hour + Duration(1)));
    EXPECT_OK(put(2, blob(2), hour));
    EXPECT_OK(find(1, hour + kHour - Duration(1)));
    EXPECT_EQ(code_of(find(1, hour + kHour)), Code::not_found);
    EXPECT_EQ(code_of(find(2, hour)), Code::not_found);
}

TEST_P(DraftsContract, DropsADraftAndForgivesDroppingIt) {
    EXPECT_OK(put(1, blob(1), hour + kHour));
    EXPECT_OK(put(2, blob(2), hour + kHour));
    for (int twice = 0; twice < 2; ++twice) EXPECT_OK(write([&](Tables& t) { return t.drafts().drop(filled<32>(1)); }));
    EXPECT_EQ(code_of(find(1, hour)), Code::not_found);
    EXPECT_OK(find(2, hour));
}

TEST_P(DraftsContract, NeverOverwritesAReceipt) {
    EXPECT_EQ(code_of(find_receipt(1)), Code::not_found);
    EXPECT_OK(put_receipt(1, blob(1), hour));
    EXPECT_OK(put_receipt(2, {}, hour));
    EXPECT_EQ(code_of(put_receipt(1, blob(2), hour)), Code::conflict);
    EXPECT_EQ(find_receipt(1).value(), blob(1));
    EXPECT_THAT(find_receipt(2).value(), IsEmpty());
}

TEST_P(DraftsContract, CountsTheDraftsAndReceiptsThatItDropsAsExpired) {
    EXPECT_OK(put(1, blob(1), hour));
    EXPECT_OK(put(2, blob(2), hour + kHour));
    EXPECT_OK(put_receipt(1, blob(3), hour - Duration(1)));
    EXPECT_OK(put_receipt(2, blob(4), hour - kHour));
    EXPECT_OK(put_receipt(3, blob(5), hour + Duration(1)));

    EXPECT_EQ(drop_expired(hour), 3U);
    EXPECT_EQ(drop_expired(hour), 0U);

    EXPECT_OK(find(2, hour));
    EXPECT_OK(find_receipt(3));
    EXPECT_EQ(code_of(find_receipt(1)), Code::not_found);
}

}  // namespace
}  // namespace kith::contracts
