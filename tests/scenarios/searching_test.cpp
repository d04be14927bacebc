// Finding a worry again by what was told.
#include "app/search.hpp"

#include "app/written_form.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {
using app::SearchPart;

std::vector<ConcernId> ids(const app::SearchResult& result) {
    std::vector<ConcernId> out;
    for (const auto& found : result.found) out.push_back(found.concern.id);
    return out;
}

struct Searching {
    World world;
    app::SearchResult find(const Staff& who, std::string_view words, std::optional<SearchPart> part = {}) {
        return must(app::search(world.house(), who.actor, words, part));
    }
};

TEST(Searching, WhatWhereAndTheWorryOfAGroupAreKeptApartAndFoundApart) {
    KITH_CLAUSE("HAC-023");
    Searching s;
    auto telling = s.world.a_worry_in_hackney(Subject::group);
    telling.account.answers[Field::what_seen] = "Three of them on one bicycle at midnight.";
    telling.account.answers[Field::where_seen] = "Under the flyover.";
    telling.account.answers[Field::worry] = "They carry parcels for someone older.";
    const auto told = s.world.report(telling);
    s.world.report(s.world.a_worry_in_hackney(Subject::group));
    const Staff& worker = s.world.hackney.call_taker;

    const std::vector<std::tuple<std::string, SearchPart>> parts{
        {"bicycle", SearchPart::what}, {"flyover", SearchPart::where}, {"parcels", SearchPart::worry}};
    for (const auto& [word, part] : parts) {
        EXPECT_EQ(ids(s.find(worker, word)), std::vector{told.id}) << word;
        for (const auto other : {SearchPart::what, SearchPart::where, SearchPart::worry, SearchPart::names})
            EXPECT_EQ(ids(s.find(worker, word, other)).size(), other == part ? 1u : 0u)
                << word << " in " << app::name_of(other);
        EXPECT_EQ(s.find(worker, word).found.at(0).in, std::vector{part});
    }
    EXPECT_EQ(s.world.last("searched").by, worker.id().text());
    EXPECT_EQ(s.world.last("searched").clauses, Clauses{"HAC-019"});
}

TEST(Searching, FindsWholeWordsInAnyOrderWhateverTheirCaseAndAccents) {
    KITH_CLAUSE("HAC-023");
    Searching s;
    auto telling = s.world.a_worry();
    telling.account.answers[Field::what_seen] = "Zoë’s café: a GREY van waits.";
    const auto told = s.world.report(telling);
    const Staff& manager = s.world.manager();
    for (const auto words : {"zoes cafe", "VAN grey", "the grey van", "café"})
        EXPECT_EQ(ids(s.find(manager, words)), std::vector{told.id}) << words;
    EXPECT_TRUE(s.find(manager, "grey lorry").found.empty()) << "every word must stand there";
    EXPECT_TRUE(s.find(manager, "gre").found.empty());
    for (const auto nothing : {"", "the and", "a", "..."})
        EXPECT_EQ(field_of(app::search(s.world.house(), manager.actor, nothing, {})), "search_words") << nothing;
}

TEST(Searching, FindsAndCountsOnlyWhatTheAskerMayRead) {
    KITH_CLAUSE("HAC-014", "HAC-019");
    Searching s;
    World& world = s.world;
    const auto here = world.report(world.a_worry());
    const auto there = world.report(world.a_worry_in_hackney());
    auto hidden = world.a_worry();
    hidden.must_not_see = world.manager().name;
    const auto kept_from_jo = world.report(hidden);

    EXPECT_EQ(ids(s.find(world.manager(), "launderette")), std::vector{here.id});
    EXPECT_EQ(World::fact(world.last("searched"), "found"), "1") << "the ledger counts no more than was shown";
    EXPECT_EQ(s.find(world.plymouth.second_manager, "launderette").found.size(), 2u);
    EXPECT_EQ(ids(s.find(world.hackney.manager, "launderette")), std::vector{there.id});
    must(app::step_back(world.house(), world.plymouth.second_manager.actor, kept_from_jo.id));
    EXPECT_EQ(ids(s.find(world.plymouth.second_manager, "launderette")), std::vector{here.id});

    for (const Staff* other : {&world.administrator, &world.auditor, &world.custodian}) {
        EXPECT_EQ(code_of(app::search(world.house(), other->actor, "launderette", {})), Code::forbidden) << other->name;
        EXPECT_EQ(World::fact(world.last("refused"), "act"), "search");
    }
}

TEST(Searching, WhatWasLookedForStandsNowhere) {
    Searching s;
    s.world.report(s.world.a_worry());
    s.find(s.world.manager(), "zanzibarmarker launderette");
    const std::string all = s.world.everything_on_disk();
    EXPECT_EQ(all.find("zanzibarmarker"), std::string::npos);
    EXPECT_EQ(all.find("launderette"), std::string::npos) << "nor does what can be found";
}

TEST(Searching, FollowsTheWordsOfACallAsTheyAreCorrectedAndTheFormThatCame) {
    Searching s;
    World& world = s.world;
    auto words = world.words_of_a_call();
    words.account.answers[Field::where_seen] = "By the windmill";
    const auto call = world.begin_call(words);
    EXPECT_EQ(ids(s.find(world.call_taker(), "windmill")), std::vector{call});
    EXPECT_TRUE(s.find(world.manager(), "windmill").found.empty()) << "a call still on is its taker's";
    words.account.answers[Field::where_seen] = "By the lighthouse";
    must(app::save_call(world.house(), world.call_taker().actor, world.call_taker().holder, call, words));
    EXPECT_TRUE(s.find(world.call_taker(), "windmill").found.empty());
    const auto code = world.hand_over(call).code;
    EXPECT_EQ(ids(s.find(world.manager(), "lighthouse")), std::vector{call});
    must(app::change_form(world.house(), code, [](app::Draft& draft) {
        draft.account.answers[Field::how_known] = "saw";
        draft.account.answers[Field::where_seen] = "Behind the observatory";
    }));
    must(app::send_form(world.house(), code));
    EXPECT_EQ(ids(s.find(world.manager(), "observatory")), std::vector{call});
    EXPECT_EQ(ids(s.find(world.manager(), "lighthouse")), std::vector{call}) << "the call's words stay";
}

}  // namespace
}  // namespace kith::test
