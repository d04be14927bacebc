#include "contracts/stores.hpp"

namespace kith::contracts {
namespace {

using app::MessageKind;
using app::MessageRow;
using app::Side;
using app::Tables;
using testing::IsEmpty;

class ThreadsContract : public Contract {
  protected:
    void SetUp() override {
        Contract::SetUp();
        EXPECT_OK(write([&](Tables& tables) { return tables.concerns().add(bare_concern(1, door)); }));
    }
    const ConcernId told = id<ConcernId>(1);
};
KITH_FOR_EVERY_STORE(ThreadsContract);

TEST_P(ThreadsContract, FindsACodeByItsFinderAndNeverOverwritesOne) {
    const app::Digest finder = filled<32>(1);
    const auto find = [&](const app::Digest& by) { return read([&](Tables& t) { return t.threads().find_code(by); }); };
    EXPECT_EQ(code_of(find(finder)), Code::not_found);

    EXPECT_OK(write([&](Tables& t) { return t.threads().add_code(finder, {blob(5)}); }));
    EXPECT_OK(write([&](Tables& t) { return t.threads().add_code(filled<32>(2), {}); }));
    EXPECT_EQ(code_of(write([&](Tables& t) { return t.threads().add_code(finder, {blob(6)}); })), Code::conflict);

    EXPECT_EQ(find(finder).value().bytes, blob(5));
    EXPECT_THAT(find(filled<32>(2)).value().bytes, IsEmpty());
}

TEST_P(ThreadsContract, KeepsMessagesOldestFirstWithEveryField) {
    const std::vector<MessageRow> messages{
        {id<MessageId>(3), told, Side::front_door, MessageKind::question, at(1), {blob(1)}},
        {id<MessageId>(2), told, Side::reporter, MessageKind::addition, at(2), {}},
        {id<MessageId>(1), told, Side::front_door, MessageKind::reply, at(2), {blob(3)}},
        {id<MessageId>(4), told, Side::reporter, MessageKind::files, at(3), {blob(4)}},
    };
    EXPECT_THAT(read([&](Tables& t) { return t.threads().messages(told); }).value(), IsEmpty());
    EXPECT_OK(write([&](Tables& tables) -> Result<void> {
        for (const std::size_t i : {1U, 0U, 2U, 3U}) KITH_TRY(tables.threads().add_message(messages[i]));
        return {};
    }));

    EXPECT_EQ(read([&](Tables& t) { return t.threads().messages(told); }).value(), messages);
}

TEST_P(ThreadsContract, TellsOnceOfEachAnsweredWorryWhatItsReporterAddedAfterTheAnswer) {
    const auto answered_at = [&](int minute) {
        return write([&](Tables& tables) -> Result<void> {
            auto concern = KITH_TRY(tables.concerns().find(told)).concern;
            concern.answered_at = at(minute);
            ++concern.revision;
            return tables.concerns().change(concern);
        });
    };
    const auto added = [&](int since) {
        return read([&](Tables& t) -> Result<std::vector<app::AddedTo>> {
                   const auto row = KITH_TRY(t.concerns().find(told));
                   return t.threads().added_after_answer(row.concern.front_door, at(since));
               })
            .value();
    };
    EXPECT_OK(write([&](Tables& tables) -> Result<void> {
        KITH_TRY(
            tables.threads().add_message({id<MessageId>(1), told, Side::reporter, MessageKind::addition, at(1), {}}));
        KITH_TRY(
            tables.threads().add_message({id<MessageId>(2), told, Side::reporter, MessageKind::addition, at(4), {}}));
        KITH_TRY(tables.threads().add_message({id<MessageId>(3), told, Side::reporter, MessageKind::files, at(6), {}}));
        return tables.threads().add_message({id<MessageId>(4), told, Side::front_door, MessageKind::reply, at(7), {}});
    }));
    EXPECT_THAT(added(0), IsEmpty()) << "not answered yet";
    EXPECT_OK(answered_at(3));
    EXPECT_EQ(added(0), (std::vector<app::AddedTo>{{told, at(6)}}));
    EXPECT_EQ(added(6).size(), 1u);
    EXPECT_THAT(added(7), IsEmpty());
    EXPECT_OK(answered_at(7));
    EXPECT_THAT(added(0), IsEmpty()) << "all of it was there when it was answered";
}

TEST_P(ThreadsContract, RefusesAMessageTwiceOrToAnAbsentConcern) {
    const MessageRow first{.id = id<MessageId>(1), .concern = told};
    MessageRow again = first;
    again.sealed_text = {blob(1)};
    EXPECT_OK(write([&](Tables& t) { return t.threads().add_message(first); }));
    EXPECT_EQ(code_of(write([&](Tables& t) { return t.threads().add_message(again); })), Code::conflict);
    EXPECT_EQ(code_of(write([&](Tables& t) {
                  return t.threads().add_message({.id = id<MessageId>(2), .concern = absent_concern});
              })),
              Code::not_found);
    EXPECT_EQ(read([&](Tables& t) { return t.threads().messages(told); }).value(), std::vector{first});
}

}  // namespace
}  // namespace kith::contracts
