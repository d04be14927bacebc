#include "contracts/stores.hpp"

namespace kith::contracts {
namespace {

using app::AttachmentRow;
using app::CopyState;
using app::FileId;
using app::Tables;
using concerns::FileKind;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class AttachmentsContract : public Contract {
  protected:
    void SetUp() override {
        Contract::SetUp();
        for (unsigned n : {1U, 2U})
            EXPECT_OK(write([&](Tables& tables) { return tables.concerns().add(bare_concern(n, door)); }));
    }
    Result<void> add(const AttachmentRow& row) {
        return write([&](Tables& t) { return t.attachments().add(row); });
    }
    Result<void> change(const AttachmentRow& row) {
        return write([&](Tables& t) { return t.attachments().change(row); });
    }
    Result<AttachmentRow> find(AttachmentId attachment) {
        return read([&](Tables& t) { return t.attachments().find(attachment); });
    }
    std::vector<AttachmentRow> of(unsigned concern) {
        return read([&](Tables& t) { return t.attachments().of(id<ConcernId>(concern)); }).value();
    }
    std::vector<AttachmentRow> waiting() {
        return read([&](Tables& t) { return t.attachments().waiting(); }).value();
    }
    std::vector<FileId> files() {
        return read([&](Tables& t) { return t.attachments().every_file(); }).value();
    }
    std::vector<FileId> expired(Instant now) {
        return read([&](Tables& t) { return t.attachments().expired_draft_files(now); }).value();
    }
    static AttachmentRow bare(unsigned n, unsigned concern = 1) {
        return {.id = id<AttachmentId>(n),
                .concern = id<ConcernId>(concern),
                .original = id<FileId>(n),
                .state = CopyState::not_shown};
    }
    static AttachmentRow waits(unsigned n, unsigned concern = 1) {
        AttachmentRow row = bare(n, concern);
        row.vault_number = n;
        row.sealed_original = blob(n);
        row.kind = FileKind::pdf;
        row.state = CopyState::waiting;
        row.sealed_waiting = blob(n + 1);
        row.waiting_epoch = {20'000};
        return row;
    }
    static AttachmentRow shown(AttachmentRow row, unsigned copy) {
        row.state = CopyState::shown;
        row.sealed_waiting.clear();
        row.waiting_epoch = {};
        row.copy = id<FileId>(copy);
        row.sealed_copy = blob(copy);
        return row;
    }
};
KITH_FOR_EVERY_STORE(AttachmentsContract);

TEST_P(AttachmentsContract, GivesBackEveryFieldAsItWasAdded) {
    EXPECT_EQ(code_of(find(id<AttachmentId>(1))), Code::not_found);
    for (const auto& row : {bare(1), waits(2), shown(waits(3), 30)}) {
        EXPECT_OK(add(row));
        EXPECT_EQ(find(row.id).value(), row);
    }
}

TEST_P(AttachmentsContract, KeepsEveryKindAndState) {
    unsigned n = 0;
    for (const auto kind :
         {FileKind::jpeg, FileKind::png, FileKind::webp, FileKind::heif, FileKind::pdf, FileKind::text}) {
        AttachmentRow row = bare(++n);
        row.kind = kind;
        EXPECT_OK(add(row));
        row.state = CopyState::quarantined;
        EXPECT_OK(change(row));
        EXPECT_EQ(find(row.id).value(), row);
    }
}

TEST_P(AttachmentsContract, NeverOverwritesOneAndNamesOnlyWhatIsThere) {
    EXPECT_OK(add(waits(1)));
    EXPECT_EQ(code_of(add(bare(1))), Code::conflict);
    AttachmentRow same_file = bare(2), of_nothing = bare(3);
    same_file.original = id<FileId>(1);
    of_nothing.concern = absent_concern;
    EXPECT_EQ(code_of(add(same_file)), Code::conflict) << "one file is one attachment's";
    EXPECT_EQ(code_of(add(of_nothing)), Code::not_found);
    EXPECT_EQ(find(id<AttachmentId>(1)).value(), waits(1));
}

TEST_P(AttachmentsContract, ChangesStateWrapAndCopyAndNothingElse) {
    EXPECT_EQ(code_of(change(bare(1))), Code::not_found);
    EXPECT_OK(add(waits(1)));
    AttachmentRow changed = shown(waits(1), 10);
    changed.original = id<FileId>(99);
    changed.sealed_original = blob(99);
    EXPECT_OK(change(changed));
    EXPECT_EQ(find(id<AttachmentId>(1)).value(), shown(waits(1), 10));
}

TEST_P(AttachmentsContract, ListsAConcernsOwnInTheOrderAddedAndWhatWaits) {
    EXPECT_THAT(of(1), IsEmpty());
    for (const auto& row : {waits(9), bare(3), waits(5, 2)}) EXPECT_OK(add(row));
    EXPECT_THAT(of(1), ElementsAre(waits(9), bare(3)));
    EXPECT_THAT(of(2), ElementsAre(waits(5, 2)));
    EXPECT_THAT(waiting(), ElementsAre(waits(9), waits(5, 2)));
    EXPECT_OK(change(shown(waits(9), 90)));
    EXPECT_THAT(waiting(), ElementsAre(waits(5, 2)));
}

TEST_P(AttachmentsContract, ADraftsFileRunsOutAtTheFullHourAndIsDroppedOnce) {
    const auto hour = std::chrono::ceil<std::chrono::hours>(at(0));
    EXPECT_OK(write([&](Tables& t) { return t.attachments().add_draft_file(id<FileId>(1), at(1)); }));
    EXPECT_EQ(code_of(write([&](Tables& t) { return t.attachments().add_draft_file(id<FileId>(1), at(2)); })),
              Code::conflict);
    EXPECT_THAT(expired(hour - Duration(1)), IsEmpty());
    EXPECT_THAT(expired(hour), ElementsAre(id<FileId>(1)));
    EXPECT_OK(write(
        [&](Tables& t) { return t.attachments().move_draft_file(id<FileId>(1), at(1) + std::chrono::hours(5)); }));
    EXPECT_THAT(expired(hour), IsEmpty());
    const auto drop = [&] {
        return write([&](Tables& t) { return t.attachments().drop_draft_file(id<FileId>(1)); }).value();
    };
    EXPECT_TRUE(drop());
    EXPECT_FALSE(drop());
    EXPECT_OK(write([&](Tables& t) { return t.attachments().move_draft_file(id<FileId>(1), at(1)); }));
    EXPECT_THAT(files(), IsEmpty()) << "what is no draft's file any more stays none";
}

TEST_P(AttachmentsContract, NamesEveryFileThatARowNames) {
    EXPECT_OK(write([&](Tables& t) { return t.attachments().add_draft_file(id<FileId>(70), at(1)); }));
    EXPECT_OK(add(waits(1)));
    EXPECT_OK(add(shown(waits(2), 20)));
    EXPECT_THAT(files(), UnorderedElementsAre(id<FileId>(70), id<FileId>(1), id<FileId>(2), id<FileId>(20)));
}

}  // namespace
}  // namespace kith::contracts
