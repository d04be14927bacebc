// A picture or document as it came, once the way in is closed: by a custodian and a second person, like who told
// (reporters-vault, Rules), and recorded before a byte of it is shown.
#include <gmock/gmock.h>

#include "app/come_back.hpp"
#include "app/grounds.hpp"
#include "base/text.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {

using app::OpeningPurpose;
using app::OpeningState;
using testing::IsEmpty;

const std::string kPhoto = "\xFF\xD8\xFF\xE1" + std::string(100'000, 'q');
constexpr std::string_view kReason = "Where it was taken tells where she is";

/// A worry that is answered, with one picture that came before the answer and one that came after it.
struct Answered {
    World world;
    TakenWorry told;

    Answered() {
        auto telling = world.a_worry();
        telling.contact = world.a_person();
        told = world.report(telling);
        add("before.jpg");
        must(world.decide(world.manager(), told.id, world.a_decision(told.id)));
        add("after.jpg");
    }
    void add(std::string_view name) {
        const auto file = must(app::add_file(world.house(), told.code, name));
        must(file->write(as_bytes(kPhoto)));
        must(file->keep());
        must(app::send_added_files(world.house(), told.code));
    }
    AttachmentId file(std::size_t number) {
        return must(world.house().store.reading([&](app::Tables& t) { return t.attachments().of(told.id); }))
            .at(number - 1)
            .id;
    }
    Result<OpeningId> ask(std::optional<std::size_t> file, OpeningPurpose purpose = OpeningPurpose::protect_the_child,
                          const app::Demand& demand = {}) {
        return app::ask_opening(world.house(), world.custodian.actor, world.concern(told.id).reference, purpose,
                                kReason, demand, file);
    }
    Result<void> answer(const Staff& second, OpeningId id, OpeningState state = OpeningState::agreed) {
        return app::second_opening(world.house(), second.actor, id, state);
    }
    Result<app::OpenedOriginal> open(const Staff& who, OpeningId id) {
        return app::open_original_afterwards(world.house(), who.actor, who.holder, id);
    }
    app::OpeningView view(OpeningId id) {
        const auto all = must(app::see_openings(world.house(), world.second_custodian.actor));
        return *std::ranges::find(all, id, &app::OpeningView::id);
    }
};

TEST(AnOriginalAfterwards, OpensForACustodianWithASecondPersonOnceAndIsRecorded) {
    for (const std::size_t number : {1u, 2u}) {
        Answered worry;
        const auto id = must(worry.ask(number));
        EXPECT_EQ(code_of(worry.open(worry.world.custodian, id)), Code::not_found) << "nobody has agreed";
        must(worry.answer(worry.world.second_custodian, id));
        const auto opened = must(worry.open(worry.world.custodian, id));
        EXPECT_EQ(opened.name, number == 1 ? "before.jpg" : "after.jpg");
        EXPECT_TRUE(opened.bytes.expose() == to_bytes(kPhoto));
        const auto entry = worry.world.last("original_opened");
        EXPECT_EQ(entry.by, worry.world.custodian.id().text());
        EXPECT_EQ(World::fact(entry, "way"), "custody");
        EXPECT_EQ(World::fact(entry, "purpose"), "protect_the_child");
        EXPECT_EQ(World::fact(entry, "opening"), text::ascii_lower(id.text()));
        EXPECT_EQ(World::fact(entry, "file"), text::ascii_lower(worry.file(number).text()));
        EXPECT_EQ(World::fact(worry.world.last("opening_asked"), "file"), text::ascii_lower(worry.file(number).text()));
        EXPECT_EQ(worry.view(id).state, OpeningState::opened);
        EXPECT_EQ(code_of(worry.open(worry.world.custodian, id)), Code::not_found) << "once";
        EXPECT_EQ(worry.world.count("original_opened"), 1u);
    }
}

TEST(AnOriginalAfterwards, IsNotOpenedByWhatWasAgreedForWhoToldNorTheOtherWayRound) {
    Answered worry;
    const auto for_file = must(worry.ask(1)), for_name = must(worry.ask(std::nullopt));
    must(worry.answer(worry.world.second_custodian, for_file));
    must(worry.answer(worry.world.second_custodian, for_name));
    const auto& custodian = worry.world.custodian;
    EXPECT_EQ(code_of(worry.open(custodian, for_name)), Code::not_found);
    EXPECT_EQ(code_of(app::open_afterwards(worry.world.house(), custodian.actor, custodian.holder, for_file)),
              Code::not_found);
    EXPECT_EQ(worry.view(for_file).state, OpeningState::agreed) << "and neither is used up by it";
    EXPECT_EQ(worry.view(for_name).state, OpeningState::agreed);
    must(worry.open(custodian, for_file));
    EXPECT_EQ(must(app::open_afterwards(worry.world.house(), custodian.actor, custodian.holder, for_name)),
              worry.world.a_person());
}

TEST(AnOriginalAfterwards, NeedsTheAgreementOfSomebodyWhoNeitherAskedNorDecided) {
    Answered worry;
    const auto id = must(worry.ask(1));
    EXPECT_EQ(code_of(worry.answer(worry.world.custodian, id)), Code::not_found) << "who asked";
    EXPECT_EQ(code_of(worry.answer(worry.world.manager(), id)), Code::not_found) << "who decided";
    EXPECT_EQ(code_of(worry.answer(worry.world.hackney.manager, id)), Code::not_found) << "of another front door";
    must(worry.answer(worry.world.plymouth.second_manager, id));
    EXPECT_EQ(code_of(worry.open(worry.world.second_custodian, id)), Code::not_found) << "only who asked";
    EXPECT_EQ(code_of(worry.open(worry.world.plymouth.second_manager, id)), Code::not_found);
    EXPECT_EQ(worry.world.count("original_opened"), 0u);
    must(worry.open(worry.world.custodian, id));
}

TEST(AnOriginalAfterwards, StaysSealedWhenTheSecondPersonRefuses) {
    Answered worry;
    const auto id = must(worry.ask(1));
    must(worry.answer(worry.world.second_custodian, id, OpeningState::refused));
    EXPECT_EQ(code_of(worry.open(worry.world.custodian, id)), Code::not_found);
}

TEST(AnOriginalAfterwards, IsNotAManagersToAskFor) {
    Answered worry;
    EXPECT_EQ(code_of(app::ask_opening(worry.world.house(), worry.world.manager().actor,
                                       worry.world.concern(worry.told.id).reference, OpeningPurpose::protect_the_child,
                                       kReason, {}, 1)),
              Code::not_found);
}

TEST(AnOriginalAfterwards, ForThePoliceOrACourtIsARequestWrittenDownInFull) {
    Answered worry;
    for (const auto purpose : {OpeningPurpose::police, OpeningPurpose::court_order}) {
        const app::Demand demand{"DC Placeholder, an invented force", "an order of the court", "The picture as it came",
                                 "It is lawful", "Told first"};
        EXPECT_EQ(field_of(worry.ask(2, purpose)), "demand_asker");
        const auto refused = must(worry.ask(2, purpose, demand)), agreed = must(worry.ask(2, purpose, demand));
        must(app::answer_by_intermediary(worry.world.house(), worry.world.second_custodian.actor, refused,
                                         "A print of the copy, by our solicitor"));
        EXPECT_EQ(code_of(worry.open(worry.world.custodian, refused)), Code::not_found);
        must(worry.answer(worry.world.second_custodian, agreed));
        const auto view = worry.view(agreed);
        EXPECT_EQ(view.demand, demand);
        ASSERT_TRUE(view.original);
        EXPECT_EQ(view.original->number, 2u);
        EXPECT_EQ(view.original->kind, concerns::FileKind::jpeg);
        EXPECT_TRUE(must(worry.open(worry.world.custodian, agreed)).bytes.expose() == to_bytes(kPhoto));
        EXPECT_EQ(World::fact(worry.world.last("original_opened"), "purpose"), app::name_of(purpose));
    }
}

TEST(AnOriginalAfterwards, ThatIsShutAwayOpensForNobody) {
    Answered worry;
    const auto id = must(worry.ask(1));
    must(worry.answer(worry.world.second_custodian, id));
    must(app::quarantine(worry.world.house(), worry.world.manager().actor, worry.told.id, worry.file(1), ""));
    EXPECT_EQ(code_of(worry.open(worry.world.custodian, id)), Code::not_found);
    EXPECT_EQ(worry.view(id).state, OpeningState::agreed) << "nothing was opened";
    EXPECT_EQ(field_of(worry.ask(1)), "file");
}

TEST(AnOriginalAfterwards, IsAskedForByANumberThatTheWorryHas) {
    Answered worry;
    for (const std::size_t number : {0u, 3u, 4'000'000'000u}) EXPECT_EQ(field_of(worry.ask(number)), "file");
    EXPECT_THAT(must(app::see_openings(worry.world.house(), worry.world.custodian.actor)), IsEmpty());
}

TEST(AnOriginalAfterwards, ThatIsAwayFromTheDiskDoesNotUseUpTheOpening) {
    Answered worry;
    const auto id = must(worry.ask(1));
    must(worry.answer(worry.world.second_custodian, id));
    const auto stored =
        must(worry.world.house().store.reading([&](app::Tables& t) { return t.attachments().find(worry.file(1)); }));
    const auto path = worry.world.files_folder() / stored.original.text();
    std::filesystem::rename(path, worry.world.folder() / "away");
    EXPECT_FALSE(worry.open(worry.world.custodian, id));
    std::filesystem::rename(worry.world.folder() / "away", path);
    EXPECT_TRUE(worry.open(worry.world.custodian, id));
}

/// What was asked for before an opening said what it opens.
TEST(AnOriginalAfterwards, IsNotWhatAnOlderOpeningOpens) {
    Answered worry;
    const auto concern =
        must(worry.world.house().store.reading([&](app::Tables& t) { return t.concerns().find(worry.told.id); }));
    const auto record =
        must(worry.world.house().identity.keys.open_file(concern.sealed_record_key, worry.told.id.bytes()));
    app::OpeningRow row;
    row.id = worry.world.crypto().random_id<OpeningId>();
    const auto opened = [&](std::uint32_t version, std::size_t pieces) {
        Bytes out;
        append_u32(out, version);
        for (std::size_t i = 0; i < pieces; ++i) append_piece(out, as_bytes(i == 0 ? kReason : std::string_view()));
        row.sealed_reason = {record.seal(out, "openings", row.id.bytes(), "reason")};
        return app::open_grounds(record, row);
    };
    for (const auto& [version, pieces] : {std::pair{1u, 7u}, std::pair{2u, 8u}, std::pair{3u, 9u}}) {
        const auto grounds = must(opened(version, pieces));
        EXPECT_EQ(grounds.reason, kReason);
        EXPECT_FALSE(grounds.original) << "who told";
    }
    EXPECT_EQ(code_of(opened(4, 9)), Code::betrayed);
    EXPECT_EQ(code_of(opened(0, 9)), Code::betrayed);
    EXPECT_EQ(code_of(opened(2, 9)), Code::betrayed);
}

}  // namespace
}  // namespace kith::test
