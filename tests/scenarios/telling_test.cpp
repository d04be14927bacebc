// What is asked of those who tell, and what is taken though it is not known.
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {

constexpr Subject kSubjects[] = {Subject::child, Subject::family, Subject::group, Subject::place};

TEST(TellingAWorry, IsAboutAFamilyAChildAGroupOrAPlaceEachWithItsOwnForm) {
    KITH_CLAUSE("PLY-016", "HAC-015");
    World world;
    for (const DoorStaff* door : {&world.plymouth, &world.hackney}) {
        std::vector<Subject> offered;
        const auto subjects = world.questions(door->id).subjects();
        for (const auto& rule : subjects.value()) offered.push_back(rule.subject);
        std::ranges::sort(offered);
        EXPECT_TRUE(std::ranges::equal(offered, kSubjects)) << "these four and no other";

        for (const Subject subject : kSubjects) {
            auto telling = world.a_worry(subject);
            telling.front_door = door->id;
            const auto told = world.report(telling);
            EXPECT_EQ(world.concern(told.id).subject, subject);
            EXPECT_EQ(world.read(door->manager, told.id).account, telling.account);
            EXPECT_EQ(World::fact(world.last("concern_received"), "subject"), concerns::name_of(subject));

            auto crossed = world.a_worry(subject);
            crossed.front_door = door->id;
            const Field foreign = subject == Subject::place ? Field::where_seen : Field::design_features;
            crossed.account.answers[foreign] = subject == Subject::place ? "Orchard Parade" : "lighting";
            EXPECT_EQ(field_of(app::report_worry(world.house(), crossed)), concerns::spec_of(foreign).name);
        }
    }
    EXPECT_EQ(world.count("concern_received"), 8u) << "what was refused left nothing";
}

TEST(TellingAWorry, WhatIsNotKnownDoesNotStopIt) {
    KITH_CLAUSE("PLY-020");
    World world;
    auto telling = world.a_worry();
    telling.account.answers = {{Field::what_seen, "Screaming and a child crying, most nights."},
                               {Field::where_seen, std::string(concerns::kDontKnow)},
                               {Field::worry, std::string(concerns::kDontKnow)}};

    const auto told = world.report(telling);

    EXPECT_TRUE(world.concern(told.id).incomplete) << "and is shown as incomplete";
    EXPECT_EQ(world.concern(told.id).with, world.manager().id()) << "and handed over all the same";
    ASSERT_EQ(world.queue(world.manager()).waiting.size(), 1u);
    EXPECT_TRUE(world.queue(world.manager()).waiting[0].concern.incomplete);
    EXPECT_EQ(world.last("concern_received").clauses, Clauses{"PLY-021"});

    auto nothing = world.a_worry();
    for (auto& [field, answer] : nothing.account.answers) answer = concerns::kDontKnow;
    EXPECT_EQ(code_of(app::report_worry(world.house(), nothing)), Code::invalid) << "something has to be told";
    EXPECT_EQ(world.concerns_kept(), 1u);
}

TEST(TellingHackney, ANameSaidToBeKnownIsAskedForAndAnUnknownOneIsNot) {
    KITH_CLAUSE("HAC-020");
    World world;
    auto telling = world.a_worry_in_hackney(Subject::family);
    telling.account.answers[Field::names_known] = "yes";
    const auto refused = app::report_worry(world.house(), telling);
    EXPECT_EQ(code_of(refused), Code::invalid);
    EXPECT_EQ(field_of(refused), "names");
    EXPECT_EQ(world.concerns_kept(), 0u);

    telling.account.answers[Field::names] = "Kit and Bea Larkspur";
    const auto named = world.report(telling);
    EXPECT_EQ(world.read(world.hackney.call_taker, named.id).account.known(Field::names), "Kit and Bea Larkspur");

    for (const std::string answer : {"no", "dont_know"}) {
        auto unnamed = world.a_worry_in_hackney(Subject::family);
        unnamed.account.answers[Field::names_known] = answer;
        EXPECT_EQ(world.concern(world.report(unnamed).id).stage, concerns::Stage::waiting) << answer;
    }
    EXPECT_EQ(world.count("concern_received"), 3u);
}

TEST(TellingHackney, AnEmptyPartIsAskedForByItsName) {
    KITH_CLAUSE("HAC-021");
    World world;
    for (const Subject subject : {Subject::child, Subject::family, Subject::group})
        for (const Field field : {Field::what_seen, Field::where_seen, Field::worry}) {
            auto telling = world.a_worry_in_hackney(subject);
            telling.account.answers.erase(field);
            const auto refused = app::report_worry(world.house(), telling);
            EXPECT_EQ(code_of(refused), Code::invalid);
            EXPECT_EQ(field_of(refused), concerns::spec_of(field).name) << concerns::name_of(subject);
        }
    EXPECT_EQ(world.concerns_kept(), 0u);
    EXPECT_EQ(world.count("concern_received"), 0u);
}

TEST(TellingHackney, WhatWhereAndTheWorryAreKeptApart) {
    KITH_CLAUSE("HAC-021");
    World world;
    for (const Subject subject : {Subject::child, Subject::group}) {
        auto telling = world.a_worry_in_hackney(subject);
        telling.account.answers[Field::what_seen] = "Three of them on one bicycle at midnight.";
        telling.account.answers[Field::where_seen] = "Under the flyover.";
        telling.account.answers[Field::worry] = "They carry things for someone older.";

        const auto account = world.read(world.hackney.manager, world.report(telling).id).account;

        EXPECT_EQ(account.known(Field::what_seen), "Three of them on one bicycle at midnight.");
        EXPECT_EQ(account.known(Field::where_seen), "Under the flyover.");
        EXPECT_EQ(account.known(Field::worry), "They carry things for someone older.");
        EXPECT_EQ(world.last("concern_read").by, world.hackney.manager.id().text());
    }
}

TEST(TellingAWorry, TheTextOfAWorryStandsNowhereInTheLedger) {
    World world;
    auto telling = world.a_worry();
    telling.account.answers[Field::what_seen] = "Zanzibarmarker";
    world.report(telling);
    for (const auto& leaf : world.ledger())
        EXPECT_EQ(must(ledger::encode(leaf)).find("anzibarmarker"), std::string::npos) << leaf.act;
}

}  // namespace
}  // namespace kith::test
