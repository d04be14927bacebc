// Groups and places: members, nicknames, who leads and who is forced, adults, what about the place lets harm happen.
#include "app/search.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {
using concerns::Part;

/// The fields of the group form about who they are, who leads or is forced, and adults.
const std::vector<Field> kGroupBlocks{
    Field::names,           Field::nicknames, Field::ages,           Field::looks,      Field::group_name,
    Field::group_behaviour, Field::who_leads, Field::anyone_forced,  Field::who_forced, Field::anyone_bullied,
    Field::who_bullied,     Field::by_whom,   Field::adults_involved};

TEST(AGroup, HoldsEachMemberAndLabelsTheUnnamed) {
    KITH_CLAUSE("HAC-022");
    World world;
    auto telling = world.a_worry_in_hackney(Subject::group);
    telling.account.people = {{"Perran Holt", "", "14", ""}, {"", "Moth", "13", ""}, {"", "", "about 15", "red cap"}};

    const auto told = world.report(telling);

    const auto people = world.read(world.hackney.call_taker, told.id).account.people;
    ASSERT_EQ(people.size(), 3u);
    EXPECT_EQ(concerns::label(people[0], 1), "Perran Holt");
    EXPECT_EQ(concerns::label(people[1], 2), "“Moth”");
    EXPECT_EQ(concerns::label(people[2], 3), "Person 3");
    EXPECT_EQ(people[2].looks, "red cap");
    EXPECT_EQ(world.last("concern_received").clauses, Clauses{"HAC-019"});
}

TEST(AGroup, ANicknameHeardBeforeIsSuggestedAndNeverMerged) {
    KITH_CLAUSE("HAC-024");
    World world;
    auto first = world.a_worry_in_hackney(Subject::group);
    first.account.people = {{"", "Moth", "13", ""}};
    const auto earlier = world.report(first);
    auto second = world.a_worry_in_hackney(Subject::child);
    second.account.answers[Field::nicknames] = "moth";
    const auto later = world.report(second);
    auto elsewhere = world.a_worry(Subject::group);
    elsewhere.account.people = {{"", "Moth", "13", ""}};
    world.report(elsewhere);

    const auto reading = world.read(world.hackney.call_taker, later.id);

    ASSERT_EQ(reading.earlier.size(), 1u) << "this area's alone";
    EXPECT_EQ(reading.earlier[0].id, earlier.id);
    EXPECT_EQ(reading.earlier[0].because, "nickname");
    EXPECT_EQ(world.read(world.hackney.call_taker, earlier.id).account, first.account);
    EXPECT_EQ(reading.account, second.account);
    EXPECT_EQ(world.concerns_kept(), 3u);
}

TEST(AGroup, SomeoneForcedIsMarkedAndShownAtTriage) {
    KITH_CLAUSE("HAC-025");
    World world;
    auto telling = world.a_worry_in_hackney(Subject::group);
    telling.account.answers[Field::who_leads] = "the tall one";
    telling.account.answers[Field::anyone_forced] = "yes";
    telling.account.answers[Field::anyone_bullied] = "yes";
    telling.account.answers[Field::by_whom] = "the tall one";
    telling.account.people = {{"", "Moth", "13", "", Part::forced}, {"", "Ash", "16", "", Part::leads}};
    const auto forced = world.report(telling);
    const auto calm = world.report(world.a_worry_in_hackney(Subject::group));

    const auto queue = world.queue(world.hackney.call_taker);

    for (const auto& line : queue.waiting) EXPECT_EQ(line.someone_forced, line.id == forced.id);
    ASSERT_EQ(queue.waiting.size(), 2u);
    const auto account = world.read(world.hackney.manager, forced.id).account;
    EXPECT_EQ(account.people[0].part, Part::forced);
    EXPECT_EQ(account.people[1].part, Part::leads);
    EXPECT_EQ(account.known(Field::by_whom), "the tall one");
    EXPECT_NE(calm.id, forced.id);
}

TEST(AGroup, AdultsOfConcernAreKeptApartAndOutOfTheQueue) {
    KITH_CLAUSE("HAC-026");
    World world;
    auto telling = world.a_worry_in_hackney(Subject::group);
    telling.account.answers[Field::adults_involved] = "yes";
    telling.account.people = {{"Perran Holt", "", "14", ""}};
    telling.account.adults = {{"Gideon Crake", "grey van"}};

    const auto told = world.report(telling);

    const auto account = world.read(world.hackney.manager, told.id).account;
    ASSERT_EQ(account.adults.size(), 1u);
    EXPECT_EQ(account.adults[0].name, "Gideon Crake");
    for (const auto& person : account.people) EXPECT_NE(person.name, "Gideon Crake");
    const auto line = world.queue(world.hackney.manager).waiting.at(0);
    EXPECT_EQ((line.heading + line.words).find("Crake"), std::string::npos);
    EXPECT_EQ(code_of(app::read_concern(world.house(), world.auditor.actor, told.id)), Code::not_found);
    EXPECT_EQ(world.last("refused").by, world.auditor.id().text());
    const auto found_by = [&](const Staff& who) {
        return must(app::search(world.house(), who.actor, "Gideon Crake", {})).found.size();
    };
    EXPECT_EQ(found_by(world.hackney.manager), 1u);
    EXPECT_EQ(found_by(world.manager()), 0u) << "of another front door";
    must(app::step_back(world.house(), world.hackney.second_manager.actor, told.id));
    EXPECT_EQ(found_by(world.hackney.second_manager), 0u) << "who must not see it finds nothing";
}

TEST(APlace, IsItselfWhatAWorryIsAboutThoughNoChildIsNamed) {
    KITH_CLAUSE("HAC-027");
    World world;
    const auto first = world.report(world.a_worry_in_hackney(Subject::place));
    const auto second = world.report(world.a_worry_in_hackney(Subject::place));

    EXPECT_EQ(world.queue(world.hackney.manager).waiting.at(0).heading, "The steps behind Orchard Parade");
    const auto reading = world.read(world.hackney.manager, second.id);
    EXPECT_TRUE(reading.account.people.empty());
    ASSERT_EQ(reading.earlier.size(), 1u) << "the place is the key";
    EXPECT_EQ(reading.earlier[0].id, first.id);
    EXPECT_EQ(reading.earlier[0].because, "place");
    EXPECT_EQ(World::fact(world.last("concern_received"), "subject"), "place");
}

TEST(APlace, AChildSeenThereIsLinkedAndNoWorryAboutTheChildIsOpenedByItself) {
    KITH_CLAUSE("HAC-028");
    World world;
    auto telling = world.a_worry_in_hackney(Subject::place);
    telling.account.people = {{"Perran Holt", "", "14", ""}};

    const auto told = world.report(telling);

    EXPECT_EQ(world.concerns_kept(), 1u);
    EXPECT_EQ(world.concern(told.id).subject, Subject::place);
    EXPECT_EQ(world.read(world.hackney.call_taker, told.id).account.people.at(0).name, "Perran Holt");
    auto child = world.a_worry_in_hackney();
    child.account.answers[Field::names] = "Perran Holt";
    const auto reading = world.read(world.hackney.call_taker, world.report(child).id);
    ASSERT_EQ(reading.earlier.size(), 1u) << "a later worry about the child leads to the place";
    EXPECT_EQ(reading.earlier[0].id, told.id);
    EXPECT_EQ(reading.earlier[0].because, "name");
}

TEST(APlace, WhatAndTheWorryAreNeededAndThePlaceIsItsOwnWhere) {
    KITH_CLAUSE("HAC-029");
    World world;
    auto telling = world.a_worry_in_hackney(Subject::place);
    ASSERT_EQ(telling.account.answers.count(Field::where_seen), 0u);
    const auto told = world.report(telling);
    EXPECT_FALSE(world.concern(told.id).incomplete);

    for (const Field field : {Field::what_seen, Field::worry, Field::place_name}) {
        auto without = world.a_worry_in_hackney(Subject::place);
        without.account.answers.erase(field);
        EXPECT_EQ(field_of(app::report_worry(world.house(), without)), concerns::spec_of(field).name);
    }
    EXPECT_EQ(world.concerns_kept(), 1u);
    EXPECT_EQ(world.count("concern_received"), 1u);
}

TEST(APlace, TakesEverythingThatIsAskedOfAGroup) {
    KITH_CLAUSE("HAC-030");
    World world;
    auto telling = world.a_worry_in_hackney(Subject::place);
    const auto asked = world.questions(world.hackney.id).parts(Subject::place);
    for (const Field field : kGroupBlocks) {
        EXPECT_NE(std::ranges::find(asked.value(), concerns::spec_of(field).name, &protocol::Part::id),
                  asked.value().end())
            << concerns::spec_of(field).name;
        telling.account.answers[field] = concerns::spec_of(field).shape == concerns::Shape::yes_no ? "yes" : "as told";
    }
    telling.account.people = {{"", "Moth", "13", "", Part::bullied}};
    telling.account.adults = {{"Gideon Crake", "grey van"}};

    const auto told = world.report(telling);

    EXPECT_EQ(world.read(world.hackney.manager, told.id).account, telling.account);
    EXPECT_TRUE(world.queue(world.hackney.manager).waiting.at(0).someone_forced);
}

TEST(APlace, OffersWhatLetsHarmHappenAndTakesOtherWords) {
    KITH_CLAUSE("HAC-031");
    World world;
    const auto offered = concerns::options_of(Field::design_features);
    EXPECT_TRUE(std::ranges::equal(offered, std::vector<std::string_view>{"lighting", "seclusion", "unmonitored"}));
    auto telling = world.a_worry_in_hackney(Subject::place);
    telling.account.answers[Field::design_features] = "lighting unmonitored";
    telling.account.answers[Field::design_other] = "the lift is broken, so nobody passes";

    const auto told = world.report(telling);

    const auto account = world.read(world.hackney.manager, told.id).account;
    EXPECT_EQ(account.known(Field::design_features), "lighting unmonitored");
    EXPECT_EQ(account.known(Field::design_other), "the lift is broken, so nobody passes");
    telling = world.a_worry_in_hackney(Subject::place);
    telling.account.answers[Field::design_features] = "lighting gloom";
    EXPECT_EQ(field_of(app::report_worry(world.house(), telling)), "design_features");
}

TEST(APlace, ShowsWhenThingsHappenThereOverAllThatWasTold) {
    KITH_CLAUSE("HAC-032");
    World world;
    ConcernId newest;
    const std::array<std::array<std::string, 3>, 5> told{{{"evening", "friday", "term"},
                                                          {"evening night", "friday saturday", "term"},
                                                          {"night", "saturday", "holiday"},
                                                          {"evening", "friday", "both"},
                                                          {"after_school", "monday", "term"}}};
    for (const auto& [time, days, term] : told) {
        auto telling = world.a_worry_in_hackney(Subject::place);
        telling.account.answers[Field::times_of_day] = time;
        telling.account.answers[Field::weekdays] = days;
        telling.account.answers[Field::term_or_holiday] = term;
        newest = world.report(telling).id;
    }

    const auto pattern = world.read(world.hackney.call_taker, newest).pattern;

    ASSERT_TRUE(pattern.has_value());
    EXPECT_EQ(pattern->worries, 5u);
    const auto counted = [](const auto& counts, std::string_view value) {
        const auto found = std::ranges::find(counts, value, [](const auto& c) { return std::string_view(c.first); });
        return found == counts.end() ? 0u : found->second;
    };
    EXPECT_EQ(counted(pattern->times_of_day, "evening"), 3u);
    EXPECT_EQ(counted(pattern->times_of_day, "night"), 2u);
    EXPECT_EQ(counted(pattern->weekdays, "friday"), 3u);
    EXPECT_EQ(counted(pattern->weekdays, "monday"), 1u);
    EXPECT_EQ(counted(pattern->term_or_holiday, "term"), 3u);
    EXPECT_EQ(world.last("concern_read").subject, newest.text());
}

}  // namespace
}  // namespace kith::test
