// Pictures and documents: sealed while they come in, sent with a worry, looked at as copies, shut away unseen.
#include <gmock/gmock.h>

#include <thread>

#include "app/clockwork.hpp"
#include "app/copies.hpp"
#include "app/draft_files.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {

using app::CopyState;
using concerns::FileKind;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kSecret = "taken by Winifred at 50.3715 north";
const std::string kPhoto = "\xFF\xD8\xFF\xE1" + std::string(kSecret) + std::string(100'000, 'p');

std::size_t files_on_disk(World& world) { return must(world.house().files.list()).size(); }

/// A worry half told in a browser, to which files can be added.
struct Telling {
    World world;
    app::DraftKey key = app::DraftKey::create(world.crypto());

    Telling() { begin(); }
    void begin() {
        const auto told = world.a_worry();
        app::Draft draft;
        draft.front_door = told.front_door;
        draft.account = told.account;
        draft.contact = world.a_person();
        draft.emergency = app::Emergency::none;
        must(app::begin_draft(world.house(), key, draft));
    }
    Result<void> add(std::string_view name, std::string_view bytes, std::size_t piece = 4096) {
        const auto file = KITH_TRY(app::IncomingFile::begin(world.house(), key, name));
        for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size())))
            KITH_TRY(file->write(as_bytes(bytes.substr(0, piece))));
        return file->keep();
    }
    app::Draft draft() { return must(app::read_draft(world.house(), key)); }
    ConcernId send() {
        must(app::send_draft(world.house(), key));
        return must(ConcernId::parse(world.last("concern_received").subject.value()));
    }
    std::vector<app::AttachmentRow> rows(ConcernId id) {
        return must(world.house().store.reading([&](app::Tables& t) { return t.attachments().of(id); }));
    }
    void make_copies() {
        app::Copies copies(world.house());
        while (must(copies.make_one())) continue;
    }
    Result<app::FileView> look(const Staff& who, ConcernId id, AttachmentId file) {
        return app::see_file(world.house(), who.actor, id, file);
    }
    Result<app::OpenedOriginal> original(const Staff& who, ConcernId id, AttachmentId file) {
        return app::see_original(world.house(), who.actor, who.holder, id, file);
    }
};

// --- while it is told
// ---------------------------------------------------------------------------------------------------

TEST(APictureOfADraft, IsSealedAsItComesAndOnlyTheBrowsersKeyLeadsToIt) {
    Telling told;
    must(told.add("C:\\Phone\\our kitchen.jpg", kPhoto, 777));
    const auto draft = told.draft();
    ASSERT_THAT(draft.files, SizeIs(1));
    EXPECT_EQ(draft.files[0].name, "our kitchen.jpg");
    EXPECT_EQ(draft.files[0].kind, FileKind::jpeg);
    EXPECT_EQ(draft.files[0].size, kPhoto.size());
    EXPECT_EQ(draft.files[0].sha256, told.world.crypto().sha256(as_bytes(kPhoto)));
    const auto disk = told.world.everything_on_disk();
    EXPECT_EQ(disk.find(kSecret), disk.npos);
    EXPECT_EQ(disk.find("our kitchen"), disk.npos);
    EXPECT_EQ(disk.find("pppppppppppp"), disk.npos);
}

TEST(APictureOfADraft, IsRefusedWhenTooLargeOfNoKindThatIsTakenOrEmptyAndLeavesNothing) {
    Telling told;
    const std::string large = "%PDF-" + std::string(concerns::kMostFileBytes, ' ');
    EXPECT_EQ(code_of(told.add("large.pdf", large, 65536)), Code::too_large);
    EXPECT_EQ(code_of(told.add("run.exe", std::string("MZ\0\x01", 4) + std::string(9000, '\0'))), Code::invalid);
    EXPECT_EQ(code_of(told.add("nothing.jpg", "")), Code::invalid);
    EXPECT_THAT(told.draft().files, IsEmpty());
    EXPECT_EQ(files_on_disk(told.world), 0u);
    EXPECT_TRUE(std::filesystem::is_empty(told.world.files_folder())) << "not even half of one";
}

TEST(APictureOfADraft, IsOneOfTenAtMost) {
    Telling told;
    for (std::size_t i = 0; i < concerns::kMostFiles; ++i) must(told.add("note.txt", "words"));
    EXPECT_EQ(code_of(told.add("eleventh.txt", "words")), Code::conflict);
    EXPECT_EQ(files_on_disk(told.world), concerns::kMostFiles);
}

TEST(APictureOfADraft, GoesWhenItIsTakenAwayDroppedOrRunsOut) {
    Telling told;
    must(told.add("one.jpg", kPhoto));
    must(told.add("two.jpg", kPhoto));
    const auto first = told.draft().files[0].file;
    must(app::take_away(told.world.house(), told.key, first));
    must(app::take_away(told.world.house(), told.key, first));
    EXPECT_EQ(files_on_disk(told.world), 1u);
    must(app::drop_draft(told.world.house(), told.key));
    EXPECT_EQ(files_on_disk(told.world), 0u);

    told.begin();
    must(told.add("three.jpg", kPhoto));
    told.world.clock.move(std::chrono::hours(20));
    must(app::change_draft(told.world.house(), told.key, [](app::Draft& d) { d.must_not_see = "nobody"; }));
    told.world.clock.move(std::chrono::hours(20));
    must(app::end_drafts(told.world.house()));
    EXPECT_EQ(files_on_disk(told.world), 1u) << "it lasts as long as its draft";
    told.world.clock.move(std::chrono::hours(6));
    must(app::Clockwork(told.world.house()).tick());
    EXPECT_EQ(files_on_disk(told.world), 0u);
}

TEST(APictureOfADraft, NeedsADraft) {
    Telling told;
    const auto other = app::DraftKey::create(told.world.crypto());
    EXPECT_EQ(code_of(app::IncomingFile::begin(told.world.house(), other, "a.jpg")), Code::not_found);
    auto late = must(app::IncomingFile::begin(told.world.house(), told.key, "late.txt"));
    must(late->write(as_bytes("words")));
    told.send();
    EXPECT_EQ(code_of(late->keep()), Code::not_found) << "the worry was sent meanwhile";
    late.reset();
    EXPECT_EQ(files_on_disk(told.world), 0u);
}

TEST(ASealedFileThatNoRowNames, IsSweptAtStartAndNoOther) {
    Telling told;
    must(told.add("kept.jpg", kPhoto));
    const auto sent = told.send();
    told.make_copies();
    told.begin();
    must(told.add("drafted.jpg", kPhoto));
    auto orphan = must(told.world.house().files.create(told.world.crypto().random_id<app::FileId>(),
                                                       told.world.crypto().random_key()));
    must(orphan->finish());
    EXPECT_EQ(files_on_disk(told.world), 4u);
    EXPECT_EQ(must(app::remove_orphans(told.world.house())), 1u);
    EXPECT_EQ(files_on_disk(told.world), 3u) << "an original, its copy, a draft's";
    EXPECT_THAT(told.rows(sent), SizeIs(1));
}

// --- with the worry
// -----------------------------------------------------------------------------------------------------

TEST(ASentPicture, WaitsForItsCopyAndNeverHoldsUpTheWorry) {
    Telling told;
    must(told.add("our kitchen.jpg", kPhoto));
    told.world.renderer.mood = StandInRenderer::Mood::is_away;
    int woken = 0;
    told.world.house().on_files_waiting = [&] { ++woken; };
    const ConcernId id = told.send();
    EXPECT_EQ(woken, 1);
    EXPECT_EQ(told.world.renderer.asked, 0u) << "nothing is decoded before the receipt";
    EXPECT_EQ(World::fact(told.world.last("concern_received"), "files"), "1");

    app::Copies copies(told.world.house());
    EXPECT_EQ(code_of(copies.make_one()), Code::unavailable);
    EXPECT_EQ(told.rows(id)[0].state, CopyState::waiting);
    told.world.renderer.mood = StandInRenderer::Mood::shows;
    EXPECT_TRUE(must(copies.make_one()));
    EXPECT_FALSE(must(copies.make_one()));
    const auto row = told.rows(id)[0];
    EXPECT_EQ(row.state, CopyState::shown);
    EXPECT_THAT(row.sealed_waiting, IsEmpty()) << "what opened the original goes with the making of the copy";
}

TEST(ASentPicture, ThatCannotBeShownIsSaidToBeSoForGood) {
    Telling told;
    must(told.add("damaged.jpg", kPhoto));
    const ConcernId id = told.send();
    told.world.renderer.mood = StandInRenderer::Mood::cannot_show;
    told.make_copies();
    const auto row = told.rows(id)[0];
    EXPECT_EQ(row.state, CopyState::not_shown);
    EXPECT_EQ(World::fact(told.world.last("copy_made"), "shown"), "no");
    EXPECT_EQ(files_on_disk(told.world), 1u) << "the original alone; no half copy";
    EXPECT_TRUE(must(told.original(told.world.manager(), id, row.id)).bytes.expose() == to_bytes(kPhoto));
}

TEST(ASentPicture, IsMadeOnceHoweverManyMakeCopies) {
    Telling told;
    for (int i = 0; i < 6; ++i) must(told.add("a.jpg", kPhoto));
    const ConcernId id = told.send();
    app::Copies copies(told.world.house());
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            while (copies.make_one().value_or(false)) continue;
        });
    threads.clear();
    EXPECT_EQ(told.world.renderer.asked, 6u);
    EXPECT_EQ(files_on_disk(told.world), 12u);
    for (const auto& row : told.rows(id)) EXPECT_EQ(row.state, CopyState::shown);
}

TEST(ASentPicture, WhoseEpochKeyIsGoneIsNotShownAndItsOriginalStays) {
    Telling told;
    must(told.add("a.jpg", kPhoto));
    const ConcernId id = told.send();
    told.world.take_epochs_away();
    app::Copies copies(told.world.house());
    static_cast<void>(copies.make_one());
    EXPECT_NE(told.rows(id)[0].state, CopyState::shown);
    must(app::give_up_waiting(told.world.house(), app::Epoch{100'000}));
    EXPECT_EQ(told.rows(id)[0].state, CopyState::not_shown);
    EXPECT_EQ(files_on_disk(told.world), 1u);
}

TEST(AWorryWithAPicture, IsTakenWithoutAnyEpochKeyAndSentTwiceIsOne) {
    Telling told;
    must(told.add("a.jpg", kPhoto));
    told.world.take_epochs_away();
    const ConcernId id = told.send();
    EXPECT_EQ(told.rows(id)[0].state, CopyState::not_shown);
    EXPECT_EQ(must(app::send_draft(told.world.house(), told.key)).code,
              must(app::receipt_of(told.world.house(), told.key)).code);
    EXPECT_THAT(told.rows(id), SizeIs(1));
    EXPECT_EQ(files_on_disk(told.world), 1u);
}

// --- looked at
// ----------------------------------------------------------------------------------------------------------

TEST(ACopy, IsSeenPageByPageByThoseWhoMayReadTheWorryAndEachLookIsRecorded) {
    Telling told;
    must(told.add("letter.pdf", "%PDF-1.7 and so on"));
    const ConcernId id = told.send();
    told.world.renderer.pages = 3;
    told.make_copies();
    const auto file = told.world.read(told.world.call_taker(), id).files.at(0);
    EXPECT_EQ(file.state, CopyState::shown);
    const auto view = must(told.look(told.world.call_taker(), id, file.id));
    EXPECT_EQ(view.shown, 3u);
    EXPECT_EQ(as_text(must(app::see_page(told.world.house(), told.world.manager().actor, id, file.id, 2)).expose()),
              "page 2 of a file of 18");
    EXPECT_EQ(World::fact(told.world.last("page_seen"), "page"), "2");
    EXPECT_EQ(told.world.last("file_seen").subject, id.text());
    for (const std::uint32_t page : {0u, 4u})
        EXPECT_EQ(code_of(app::see_page(told.world.house(), told.world.manager().actor, id, file.id, page)),
                  Code::not_found);
}

TEST(ACopy, IsTheSameNothingToAllOthers) {
    KITH_CLAUSE("PLY-015", "HAC-014");
    Telling told;
    must(told.add("a.jpg", kPhoto));
    const ConcernId id = told.send();
    told.make_copies();
    const auto file = told.rows(id)[0].id;
    const auto other = told.world.report(told.world.a_worry()).id;
    const auto absent = told.world.crypto().random_id<AttachmentId>();
    const auto same = [&](const Staff& who, ConcernId concern, AttachmentId which) {
        const auto seen = told.look(who, concern, which);
        const auto page = app::see_page(told.world.house(), who.actor, concern, which, 1);
        const auto shut = app::quarantine(told.world.house(), who.actor, concern, which, "");
        const auto opened = told.original(who, concern, which);
        return code_of(seen) == Code::not_found && code_of(page) == Code::not_found &&
               code_of(shut) == Code::not_found && code_of(opened) == Code::not_found;
    };
    EXPECT_TRUE(same(told.world.manager(), id, absent));
    EXPECT_TRUE(same(told.world.manager(), other, file)) << "a file of another worry";
    EXPECT_TRUE(same(told.world.hackney.manager, id, file));
    EXPECT_TRUE(same(told.world.custodian, id, file));
    EXPECT_TRUE(same(told.world.administrator, id, file));
    EXPECT_TRUE(same(told.world.auditor, id, file));
    must(app::step_back(told.world.house(), told.world.plymouth.second_manager.actor, id));
    EXPECT_TRUE(same(told.world.plymouth.second_manager, id, file));
    EXPECT_EQ(told.rows(id)[0].state, CopyState::shown);
}

TEST(ATextFile, IsShownAsTextWithoutAnyDecoder) {
    Telling told;
    must(told.add("notes.txt", "He said: “I must not tell.”\n<script>alert(1)</script>"));
    must(told.add("long.txt", std::string(app::kMostShownText + 10, 'a')));
    must(told.add("torn.txt", std::string(600, 'a') + "\xFF\xFE"));
    const ConcernId id = told.send();
    told.make_copies();
    EXPECT_EQ(told.world.renderer.asked, 0u);
    const auto rows = told.rows(id);
    EXPECT_EQ(must(told.look(told.world.manager(), id, rows[0].id)).text,
              "He said: “I must not tell.”\n<script>alert(1)</script>");
    const auto cut = must(told.look(told.world.manager(), id, rows[1].id));
    EXPECT_EQ(cut.text.size(), app::kMostShownText);
    EXPECT_GT(cut.pages, cut.shown);
    EXPECT_EQ(rows[2].state, CopyState::not_shown);
}

TEST(AnOriginal, OpensForTheManagerWhoAnswersOnTheWayInAndForNobodyElse) {
    Telling told;
    must(told.add("our kitchen.jpg", kPhoto));
    const ConcernId id = told.send();
    told.make_copies();
    const auto file = told.rows(id)[0].id;
    EXPECT_EQ(code_of(told.original(told.world.call_taker(), id, file)), Code::not_found);
    const auto opened = must(told.original(told.world.manager(), id, file));
    EXPECT_EQ(opened.name, "our kitchen.jpg");
    EXPECT_TRUE(opened.bytes.expose() == to_bytes(kPhoto));
    EXPECT_EQ(World::fact(told.world.last("original_opened"), "way"), "duty");
    must(told.world.decide(told.world.manager(), id, told.world.a_decision(id)));
    ASSERT_NE(told.world.concern(id).form, concerns::WrittenForm::awaited);
    EXPECT_EQ(code_of(told.original(told.world.manager(), id, file)), Code::not_found) << "the way in is closed";
    EXPECT_TRUE(told.look(told.world.manager(), id, file)) << "the copy is still there";
}

TEST(AnOriginal, AlteredOrExchangedOnDiskIsBetrayedAndNotShown) {
    Telling told;
    must(told.add("one.jpg", kPhoto));
    must(told.add("two.jpg", kPhoto + "other"));
    const ConcernId id = told.send();
    const auto rows = told.rows(id);
    const auto path = [&](std::size_t i) { return told.world.files_folder() / rows[i].original.text(); };
    std::filesystem::copy_file(path(1), path(0), std::filesystem::copy_options::overwrite_existing);
    EXPECT_EQ(code_of(told.original(told.world.manager(), id, rows[0].id)), Code::betrayed);
    told.make_copies();
    EXPECT_EQ(told.rows(id)[0].state, CopyState::not_shown);
    EXPECT_EQ(told.rows(id)[1].state, CopyState::shown);
}

// --- shut away
// ----------------------------------------------------------------------------------------------------------

TEST(APictureShutAway, IsSeenByNobodyAfterwardsNeitherCopyNorOriginal) {
    Telling told;
    must(told.add("a.jpg", kPhoto));
    const ConcernId id = told.send();
    told.make_copies();
    const auto file = told.rows(id)[0].id;
    EXPECT_EQ(files_on_disk(told.world), 2u);
    must(app::quarantine(told.world.house(), told.world.call_taker().actor, id, file, "as the police asked"));
    EXPECT_EQ(files_on_disk(told.world), 1u) << "the copy is gone, the original stays as evidence";
    EXPECT_EQ(told.world.count("file_seen"), 0u) << "it was shut away unseen";
    EXPECT_EQ(told.world.count("page_seen"), 0u);
    EXPECT_EQ(code_of(app::see_page(told.world.house(), told.world.manager().actor, id, file, 1)), Code::not_found);
    EXPECT_EQ(code_of(told.original(told.world.manager(), id, file)), Code::not_found);
    const auto view = must(told.look(told.world.manager(), id, file));
    EXPECT_EQ(view.line.state, CopyState::quarantined);
    EXPECT_EQ(view.shown, 0u);
    const auto reading = told.world.read(told.world.manager(), id);
    EXPECT_EQ(reading.notes.back().kind, app::NoteKind::quarantine);
    EXPECT_EQ(reading.notes.back().text, "as the police asked");
    must(app::quarantine(told.world.house(), told.world.manager().actor, id, file, ""));
    EXPECT_EQ(told.world.count("file_quarantined"), 1u);
}

TEST(APictureShutAway, BeforeItsCopyWasMadeHasNone) {
    Telling told;
    must(told.add("a.jpg", kPhoto));
    const ConcernId id = told.send();
    const auto file = told.rows(id)[0].id;
    must(app::quarantine(told.world.house(), told.world.manager().actor, id, file, ""));
    told.make_copies();
    EXPECT_EQ(told.world.renderer.asked, 0u);
    EXPECT_EQ(told.rows(id)[0].state, CopyState::quarantined);
    EXPECT_EQ(files_on_disk(told.world), 1u);
}

TEST(APictureShutAway, WhileItsCopyIsBeingMadeLeavesNone) {
    Telling told;
    must(told.add("a.jpg", kPhoto));
    const ConcernId id = told.send();
    const auto file = told.rows(id)[0].id;
    told.world.renderer.meanwhile = [&] {
        must(app::quarantine(told.world.house(), told.world.manager().actor, id, file, ""));
    };
    told.make_copies();
    EXPECT_EQ(told.rows(id)[0].state, CopyState::quarantined);
    EXPECT_EQ(files_on_disk(told.world), 1u);
}

}  // namespace
}  // namespace kith::test
