// A worry half told in a browser: kept, changed, sent, sent again, left.
#include "app/drafts.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {

app::Draft half_told(World& world) {
    const auto telling = world.a_worry();
    app::Draft draft;
    draft.front_door = telling.front_door;
    draft.account = telling.account;
    draft.emergency = app::Emergency::none;
    return draft;
}

TEST(ADraft, LiesSealedAndOnlyTheBrowsersKeyOpensIt) {
    World world;
    const auto key = app::DraftKey::create(world.crypto());
    auto draft = half_told(world);
    draft.account.answers[Field::what_seen] = "quite unmistakable words";
    draft.contact.name = "Unmistakable Name";
    draft.passed = {"what", "when"};
    must(app::begin_draft(world.house(), key, draft));

    EXPECT_EQ(must(app::read_draft(world.house(), key)), draft);
    EXPECT_EQ(must(app::read_draft(world.house(), must(app::DraftKey::parse(key.text())))), draft);
    EXPECT_EQ(code_of(app::read_draft(world.house(), app::DraftKey::create(world.crypto()))), Code::not_found);
    const auto disk = world.everything_on_disk();
    for (const std::string& words : {std::string("unmistakable words"), std::string("Unmistakable Name"), key.text()})
        EXPECT_EQ(disk.find(words), disk.npos) << words;
}

TEST(ADraft, ExpiresAsThePackSaysAfterTheLastChange) {
    World world;
    const auto key = app::DraftKey::create(world.crypto());
    must(app::begin_draft(world.house(), key, half_told(world)));
    world.clock.move(std::chrono::hours(20));
    must(app::change_draft(world.house(), key, [](app::Draft& draft) { draft.must_not_see = "nobody"; }));
    world.clock.move(std::chrono::hours(20));
    EXPECT_EQ(must(app::read_draft(world.house(), key)).must_not_see, "nobody");
    world.clock.move(std::chrono::hours(6));
    EXPECT_EQ(code_of(app::read_draft(world.house(), key)), Code::not_found);
    EXPECT_EQ(code_of(app::change_draft(world.house(), key, [](app::Draft&) {})), Code::not_found);
    EXPECT_EQ(code_of(app::send_draft(world.house(), key)), Code::not_found);
}

TEST(ADraft, LeavesNoLineInTheLedgerAndNoConcern) {
    World world;
    const auto before = world.ledger().size();
    const auto key = app::DraftKey::create(world.crypto());
    must(app::begin_draft(world.house(), key, half_told(world)));
    EXPECT_EQ(code_of(app::begin_draft(world.house(), key, half_told(world))), Code::conflict)
        << "a second tab takes nothing away";
    must(app::drop_draft(world.house(), key));
    EXPECT_EQ(code_of(app::read_draft(world.house(), key)), Code::not_found);
    EXPECT_EQ(world.ledger().size(), before);
    EXPECT_EQ(world.concerns_kept(), 0u);
}

TEST(ADraft, SentTwiceMakesOneConcernAndTheSameCode) {
    KITH_CLAUSE("PLY-002");
    World world;
    const auto key = app::DraftKey::create(world.crypto());
    must(app::begin_draft(world.house(), key, half_told(world)));

    const auto first = must(app::send_draft(world.house(), key));

    EXPECT_EQ(code_of(app::read_draft(world.house(), key)), Code::not_found)
        << "what was sent is no longer in the browser's reach";
    EXPECT_EQ(must(app::send_draft(world.house(), key)).code, first.code);
    EXPECT_EQ(must(app::receipt_of(world.house(), key)).code, first.code);
    EXPECT_EQ(world.concerns_kept(), 1u);
}

TEST(AnEmergency, HoldsTheFormUntilTheyHaveRungOrWillAndStaysMarked) {
    KITH_CLAUSE("PLY-026");
    World world;
    const auto key = app::DraftKey::create(world.crypto());
    auto draft = half_told(world);
    draft.emergency = app::Emergency::holding;
    must(app::begin_draft(world.house(), key, draft));

    EXPECT_EQ(field_of(app::send_draft(world.house(), key)), "rung_999");
    EXPECT_EQ(world.concerns_kept(), 0u);
    EXPECT_EQ(must(app::read_draft(world.house(), key)), draft) << "what was typed is kept";

    must(app::change_draft(world.house(), key, [](app::Draft& d) { d.emergency = app::Emergency::will_ring; }));
    must(app::send_draft(world.house(), key));
    EXPECT_EQ(World::fact(world.last("concern_received"), "danger"), "by_reporter");
}

TEST(WordsThatTell, AreSuggestedWhereTheyStand) {
    KITH_CLAUSE("PLY-031", "HAC-036");
    concerns::Account account;
    account.answers[Field::what_seen] =
        "I heard it in the flat under mine. Only I know. Ring Mo Tellersby on 01632-960 123.";
    account.answers[Field::worry] = "My neighbour’s boy, neighbourly otherwise";
    concerns::Contact contact;
    contact.name = "Mo Tellersby";
    contact.telephone = "01632 960123";

    const auto found = app::words_that_tell(account, contact);

    std::vector<std::string> words;
    for (const auto& one : found) {
        words.push_back(one.words);
        EXPECT_EQ(account.answer(one.at.field).substr(one.at.from, one.at.to - one.at.from), one.words);
    }
    EXPECT_EQ(words, (std::vector<std::string>{"the flat under mine", "Only I know", "Tellersby", "01632-960 123",
                                               "My neighbour"}));
    EXPECT_TRUE(app::words_that_tell({}, contact).empty());
}

}  // namespace
}  // namespace kith::test
