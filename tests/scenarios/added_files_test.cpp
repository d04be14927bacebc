// Pictures and documents that a reporter adds when they come back by code: what holds for those of a report holds here.
#include <gmock/gmock.h>

#include "app/clockwork.hpp"
#include "app/come_back.hpp"
#include "app/copies.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {

using app::CopyState;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kSecret = "taken by Winifred at 50.3715 north";
const std::string kPhoto = "\xFF\xD8\xFF\xE1" + std::string(kSecret) + std::string(100'000, 'q');
constexpr std::string_view kNobodysCode = "7K4Q-0XJ2-M9TD-W3HB-5RNE";

struct CameBack {
    World world;
    TakenWorry told;

    CameBack() {
        auto telling = world.a_worry();
        telling.contact = world.a_person();
        told = world.report(telling);
    }
    Result<void> add(std::string_view name, std::string_view bytes) { return add_by(told.code, name, bytes); }
    Result<void> add_by(std::string_view code, std::string_view name, std::string_view bytes) {
        const auto file = KITH_TRY(app::add_file(world.house(), code, name));
        for (; !bytes.empty(); bytes.remove_prefix(std::min<std::size_t>(65536, bytes.size())))
            KITH_TRY(file->write(as_bytes(bytes.substr(0, 65536))));
        return file->keep();
    }
    std::vector<app::Original> added() { return must(app::files_being_added(world.house(), told.code)).files; }
    Result<std::size_t> send() { return app::send_added_files(world.house(), told.code); }
    std::vector<app::AttachmentRow> rows() {
        return must(world.house().store.reading([&](app::Tables& t) { return t.attachments().of(told.id); }));
    }
    app::VaultRow vault_row(std::uint32_t number) {
        return must(world.house().store.reading([&](app::Tables& t) { return t.vault().find(told.id, number); }));
    }
    void make_copies() {
        app::Copies copies(world.house());
        while (must(copies.make_one())) continue;
    }
    Result<app::OpenedOriginal> original(const Staff& who, AttachmentId file) {
        return app::see_original(world.house(), who.actor, who.holder, told.id, file);
    }
    std::size_t files_on_disk() { return must(world.house().files.list()).size(); }
};

TEST(AFileAddedByCode, IsSealedAsItComesAndOnlyTheCodeLeadsToIt) {
    CameBack back;
    must(back.add("C:\\Phone\\our kitchen.jpg", kPhoto));
    ASSERT_THAT(back.added(), SizeIs(1));
    EXPECT_EQ(back.added()[0].name, "our kitchen.jpg");
    EXPECT_EQ(back.added()[0].size, kPhoto.size());
    EXPECT_THAT(back.rows(), IsEmpty()) << "not with the worry before it is sent";
    const auto disk = back.world.everything_on_disk();
    EXPECT_EQ(disk.find(kSecret), disk.npos);
    EXPECT_EQ(disk.find("our kitchen"), disk.npos);
    EXPECT_EQ(disk.find("qqqqqqqqqqqq"), disk.npos);
}

TEST(AFileAddedByCode, IsRefusedAsInAReportAndLeavesNothing) {
    CameBack back;
    EXPECT_EQ(code_of(back.add("large.pdf", "%PDF-" + std::string(concerns::kMostFileBytes, ' '))), Code::too_large);
    EXPECT_EQ(code_of(back.add("run.exe", std::string("MZ\0\x01", 4) + std::string(9000, '\0'))), Code::invalid);
    EXPECT_EQ(code_of(back.add("nothing.jpg", "")), Code::invalid);
    EXPECT_EQ(back.files_on_disk(), 0u);
    for (std::size_t i = 0; i < concerns::kMostFiles; ++i) must(back.add("note.txt", "words"));
    EXPECT_EQ(code_of(back.add("eleventh.txt", "words")), Code::conflict);
    EXPECT_EQ(back.files_on_disk(), concerns::kMostFiles);
}

TEST(AFileAddedByCode, GoesWhenItIsTakenAwayOrNeverSent) {
    CameBack back;
    must(back.add("one.jpg", kPhoto));
    must(back.add("two.jpg", kPhoto));
    must(app::take_added_away(back.world.house(), back.told.code, back.added()[0].file));
    ASSERT_THAT(back.added(), SizeIs(1));
    EXPECT_EQ(back.added()[0].name, "two.jpg");
    EXPECT_EQ(back.files_on_disk(), 1u);
    back.world.clock.move(std::chrono::hours(27));
    must(app::Clockwork(back.world.house()).tick());
    EXPECT_EQ(back.files_on_disk(), 0u);
    EXPECT_THAT(back.added(), IsEmpty());
}

TEST(AFileAddedByCode, IsNothingToACodeThatLeadsNowhere) {
    CameBack back;
    must(back.add("one.jpg", kPhoto));
    const auto first = back.added()[0].file;
    app::House& house = back.world.house();
    for (const std::string_view code : {kNobodysCode, std::string_view("not a code")}) {
        EXPECT_EQ(code_of(app::files_being_added(house, code)), Code::not_found);
        EXPECT_EQ(code_of(app::add_file(house, code, "a.jpg")), Code::not_found);
        EXPECT_EQ(code_of(app::take_added_away(house, code, first)), Code::not_found);
        EXPECT_EQ(code_of(app::send_added_files(house, code)), Code::not_found);
    }
    const auto other = back.world.report(back.world.a_worry());
    EXPECT_THAT(must(app::files_being_added(house, other.code)).files, IsEmpty()) << "nor to another's";
    EXPECT_EQ(field_of(app::send_added_files(house, other.code)), "files");
    EXPECT_EQ(back.files_on_disk(), 1u);
}

TEST(AFileAddedByCode, IsLookedAtAsACopyAndOpensAsItCameOnTheWayIn) {
    KITH_CLAUSE("PLY-015", "HAC-014");
    CameBack back;
    must(back.add("our kitchen.jpg", kPhoto));
    EXPECT_EQ(must(back.send()), 1u);
    const auto row = back.rows().at(0);
    EXPECT_EQ(row.state, CopyState::waiting);
    EXPECT_EQ(back.world.renderer.asked, 0u) << "nothing is decoded before it is taken";
    back.make_copies();
    const auto view = must(app::see_file(back.world.house(), back.world.call_taker().actor, back.told.id, row.id));
    EXPECT_EQ(view.line.state, CopyState::shown);
    EXPECT_TRUE(view.way_in_open);
    EXPECT_EQ(code_of(back.original(back.world.call_taker(), row.id)), Code::not_found);
    EXPECT_EQ(code_of(back.original(back.world.hackney.manager, row.id)), Code::not_found);
    const auto opened = must(back.original(back.world.manager(), row.id));
    EXPECT_EQ(opened.name, "our kitchen.jpg");
    EXPECT_TRUE(opened.bytes.expose() == to_bytes(kPhoto));
    EXPECT_EQ(must(back.world.open_contact(back.world.manager(), back.told.id)), back.world.a_person())
        << "who told is where it was";
    const auto entry = back.world.last("files_added");
    EXPECT_EQ(entry.by, "reporter");
    EXPECT_EQ(World::fact(entry, "files"), "1");
    EXPECT_EQ(World::fact(entry, "way_in"), "open");
}

TEST(AFileAddedByCode, LiesUnderAKeyOfItsOwnAndNotUnderThatOfWhoTold) {
    CameBack back;
    must(back.add("one.jpg", kPhoto));
    must(back.send());
    must(back.add("two.jpg", kPhoto));
    must(back.send());
    const auto rows = back.rows();
    ASSERT_THAT(rows, SizeIs(2));
    EXPECT_THAT((std::vector{rows[0].vault_number, rows[1].vault_number}), ElementsAre(1u, 2u));
    EXPECT_EQ(back.vault_row(1).brings, app::Brings::files);
    EXPECT_THAT(back.vault_row(1).sealed_contact, IsEmpty());
    EXPECT_EQ(back.world.vault_row(back.told.id).number, 0u);
}

TEST(AFileAddedByCode, IsSaidInTheThreadToBothSidesAndNeverByName) {
    CameBack back;
    must(back.add("our kitchen.jpg", kPhoto));
    must(back.add("the stairs.jpg", kPhoto));
    must(back.send());
    const auto thread = must(app::come_back(back.world.house(), back.told.code));
    ASSERT_THAT(thread.messages, SizeIs(1));
    EXPECT_EQ(thread.messages[0].kind, app::MessageKind::files);
    EXPECT_EQ(thread.messages[0].text, "2");
    const auto read = back.world.read(back.world.manager(), back.told.id);
    EXPECT_THAT(read.files, SizeIs(2));
    EXPECT_EQ(read.messages.at(0).text, "2");
    const auto disk = back.world.everything_on_disk();
    EXPECT_EQ(disk.find("our kitchen"), disk.npos);
    EXPECT_EQ(disk.find(kSecret), disk.npos);
}

TEST(AFileAddedByCode, SentTwiceIsThereOnce) {
    CameBack back;
    must(back.add("one.jpg", kPhoto));
    EXPECT_EQ(must(back.send()), 1u);
    EXPECT_EQ(field_of(back.send()), "files");
    EXPECT_THAT(back.rows(), SizeIs(1));
    EXPECT_THAT(back.added(), IsEmpty());
    EXPECT_EQ(back.world.count("files_added"), 1u);
}

TEST(AFileAddedByCode, MakesADecisionOnTheOlderReadingAConflict) {
    CameBack back;
    const auto form = back.world.a_decision(back.told.id);
    must(back.add("one.jpg", kPhoto));
    must(back.send());
    EXPECT_EQ(code_of(back.world.decide(back.world.manager(), back.told.id, form)), Code::conflict);
}

TEST(AFileAddedByCode, AfterTheAnswerIsSealedToCustodyAloneAndItsCopyIsSeen) {
    CameBack back;
    must(back.world.decide(back.world.manager(), back.told.id, back.world.a_decision(back.told.id)));
    must(back.add("one.jpg", kPhoto));
    must(back.send());
    back.make_copies();
    const auto row = back.rows().at(0);
    EXPECT_THAT(back.vault_row(1).wrap_duty, IsEmpty()) << "the way in is not opened again by what comes later";
    EXPECT_EQ(World::fact(back.world.last("files_added"), "way_in"), "closed");
    EXPECT_EQ(code_of(back.original(back.world.manager(), row.id)), Code::not_found);
    const auto view = must(app::see_file(back.world.house(), back.world.manager().actor, back.told.id, row.id));
    EXPECT_EQ(view.line.state, CopyState::shown);
    EXPECT_FALSE(view.way_in_open);
}

TEST(AFileAddedByCode, BeforeTheAnswerLosesItsWayInWithIt) {
    CameBack back;
    must(back.add("one.jpg", kPhoto));
    must(back.send());
    EXPECT_FALSE(back.vault_row(1).wrap_duty.empty());
    must(back.world.decide(back.world.manager(), back.told.id, back.world.a_decision(back.told.id)));
    EXPECT_THAT(back.vault_row(1).wrap_duty, IsEmpty());
    EXPECT_EQ(code_of(back.original(back.world.manager(), back.rows().at(0).id)), Code::not_found);
}

TEST(AFileAddedByCode, IsTakenWithoutAnyEpochKey) {
    CameBack back;
    back.world.take_epochs_away();
    must(back.add("one.jpg", kPhoto));
    must(back.send());
    const auto row = back.rows().at(0);
    EXPECT_EQ(row.state, CopyState::not_shown);
    EXPECT_EQ(World::fact(back.world.last("files_added"), "way_in"), "missing");
    const auto view = must(app::see_file(back.world.house(), back.world.manager().actor, back.told.id, row.id));
    EXPECT_FALSE(view.way_in_open);
}

TEST(AFileAddedByCode, IsShutAwayLikeAnyOther) {
    CameBack back;
    must(back.add("one.jpg", kPhoto));
    must(back.send());
    back.make_copies();
    const auto row = back.rows().at(0);
    must(app::quarantine(back.world.house(), back.world.call_taker().actor, back.told.id, row.id, ""));
    EXPECT_EQ(back.files_on_disk(), 1u);
    EXPECT_EQ(code_of(back.original(back.world.manager(), row.id)), Code::not_found);
}

TEST(AFileAddedByCode, SurvivesARestartAndIsNoOrphan) {
    CameBack back;
    must(back.add("one.jpg", kPhoto));
    must(back.send());
    must(back.add("two.jpg", kPhoto));
    must(back.world.start_again());
    EXPECT_EQ(must(app::remove_orphans(back.world.house())), 0u);
    EXPECT_THAT(back.added(), SizeIs(1));
    EXPECT_THAT(back.rows(), SizeIs(1));
    EXPECT_TRUE(back.world.verify().intact());
}

}  // namespace
}  // namespace kith::test
