// Whether two worries come from one person, who must not see what was told, and words that tell who told.
#include "app/emergency.hpp"
#include "app/ledger_view.hpp"
#include "app/same_source.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {
using concerns::Sameness;

struct AStreet : World {
    app::Telling about_jay() {
        auto telling = a_worry();
        telling.account.people = {{"Jay Marlow", "", "9", "", concerns::Part::unknown}};
        return telling;
    }
    TakenWorry first = report(about_jay());
    TakenWorry second = report(about_jay());
    std::string reference(const TakenWorry& told) { return concern(told.id).reference; }
    Result<void> record(const Staff& who, const TakenWorry& one, const TakenWorry& other, Sameness is) {
        return app::record_source(house(), who.actor, reference(one), reference(other), is);
    }
};

TEST(AnEarlierCode, LinksTheNewWorryToTheOldAndIsKeptNowhere) {
    AStreet world;
    auto telling = world.a_worry();
    telling.earlier = {true, world.first.code};
    const auto before = world.ledger_about(world.first.id).size();

    const auto told = world.report(telling);

    const auto reading = world.read(world.manager(), told.id);
    ASSERT_EQ(reading.earlier.size(), 1u) << "by nothing but what they say";
    EXPECT_EQ(reading.earlier[0].id, world.first.id);
    EXPECT_EQ(reading.earlier[0].because, "source");
    ASSERT_EQ(reading.links.size(), 1u);
    EXPECT_EQ(reading.links[0].is, Sameness::same);
    EXPECT_EQ(reading.witnesses, 1u);
    EXPECT_EQ(world.ledger_about(world.first.id).size(), before) << "the earlier worry knows nothing of it";
    EXPECT_EQ(world.sql_text("select count(*) from notes where kind = 'same_source'"), "1\n");
    const std::string disk = world.everything_on_disk();
    EXPECT_EQ(disk.find(world.first.code), std::string::npos);
    for (const auto& leaf : world.ledger_about(told.id))
        for (const auto& fact : leaf.facts) EXPECT_EQ(fact.value.find(world.first.id.text()), std::string::npos);
}

TEST(AnEarlierCode, ThatLeadsNowhereOrElsewhereHoldsUpNothing) {
    AStreet world;
    const auto elsewhere = world.report(world.a_worry_in_hackney());
    for (const std::string& code :
         {std::string("0000-0000-0000-0000-0000"), std::string("not a code"), elsewhere.code}) {
        auto telling = world.a_worry();
        telling.earlier = {true, code};
        const auto reading = world.read(world.manager(), world.report(telling).id);
        ASSERT_EQ(reading.links.size(), 1u) << code;
        EXPECT_EQ(reading.links[0].is, Sameness::told_before);
        EXPECT_TRUE(reading.earlier.empty());
    }
}

TEST(AnEarlierCode, IsTakenOnACallAndSaidOnce) {
    AStreet world;
    auto words = world.words_of_a_call();
    words.earlier = {true, {}};
    const auto call = world.begin_call(words);
    const auto& taker = world.call_taker();
    words.earlier.code = world.first.code;
    must(app::save_call(world.house(), taker.actor, taker.holder, call, words));
    must(app::save_call(world.house(), taker.actor, taker.holder, call, words));
    words.earlier = {};
    must(app::save_call(world.house(), taker.actor, taker.holder, call, words));

    EXPECT_TRUE(must(app::read_call(world.house(), taker.actor, taker.holder, call)).told_before);
    world.hand_over(call);
    const auto reading = world.read(world.manager(), call);
    ASSERT_EQ(reading.earlier.size(), 1u);
    EXPECT_EQ(reading.earlier[0].id, world.first.id);
    EXPECT_EQ(world.sql_text("select count(*) from notes where kind = 'same_source'"), "2\n");
}

TEST(AnEarlierCode, ShowsNothingToWhomTheEarlierWorryDoesNotExist) {
    AStreet world;
    must(app::step_back(world.house(), world.manager().actor, world.first.id));
    auto telling = world.a_worry();
    telling.earlier = {true, world.first.code};
    const auto told = world.report(telling);
    const auto theirs = world.read(world.manager(), told.id);
    EXPECT_TRUE(theirs.earlier.empty());
    EXPECT_TRUE(theirs.links.empty());
    EXPECT_EQ(world.read(world.plymouth.second_manager, told.id).earlier.size(), 1u);
}

TEST(TheSameSource, IsRecordedWithoutSayingWhoAndCountsWitnesses) {
    AStreet world;
    const auto third = world.report(world.about_jay());
    EXPECT_EQ(world.read(world.manager(), third.id).witnesses, 1u) << "three worries, perhaps one neighbour";

    must(world.record(world.manager(), third, world.first, Sameness::not_same));

    EXPECT_EQ(world.read(world.manager(), third.id).witnesses, 2u);
    EXPECT_EQ(world.read(world.manager(), world.first.id).witnesses, 2u) << "from either side";
    const auto leaf = world.last("source_recorded");
    EXPECT_EQ(leaf.subject, third.id.text());
    EXPECT_TRUE(leaf.facts.empty());
    ASSERT_EQ(leaf.digests.size(), 1u);
    must(world.record(world.manager(), third, world.first, Sameness::same));
    EXPECT_EQ(world.read(world.manager(), third.id).witnesses, 1u) << "the newest holds";
}

TEST(TheSameSource, IsRecordedByAManagerWhileTheWayInIsOpenOrByACustodian) {
    AStreet world;
    must(world.decide(world.manager(), world.second.id, world.a_decision(world.second.id)));
    EXPECT_EQ(code_of(world.record(world.manager(), world.second, world.first, Sameness::same)), Code::not_found);
    EXPECT_EQ(world.last("refused").subject, world.second.id.text());
    EXPECT_EQ(code_of(world.record(world.call_taker(), world.first, world.second, Sameness::same)), Code::not_found);
    EXPECT_EQ(code_of(world.record(world.hackney.manager, world.first, world.second, Sameness::same)), Code::not_found);
    must(world.record(world.custodian, world.second, world.first, Sameness::not_same));
    EXPECT_EQ(world.read(world.manager(), world.second.id).witnesses, 2u);
}

TEST(TheSameSource, IsOfTwoWorriesThatTheRecorderMaySee) {
    AStreet world;
    const auto elsewhere = world.report(world.a_worry_in_hackney());
    EXPECT_EQ(code_of(world.record(world.manager(), world.first, elsewhere, Sameness::same)), Code::not_found);
    EXPECT_EQ(field_of(world.record(world.manager(), world.first, world.first, Sameness::same)), "other");
    must(app::step_back(world.house(), world.manager().actor, world.second.id));
    EXPECT_EQ(code_of(world.record(world.manager(), world.first, world.second, Sameness::same)), Code::not_found);
    EXPECT_EQ(code_of(world.record(world.manager(), world.first, world.second, Sameness::told_before)), Code::invalid);
}

TEST(AReferenceThatIsTyped, IsRefusedOnTheLedgerWhetherItIsNotThereOrNotForWhoTypesIt) {
    AStreet world;
    const auto elsewhere = world.report(world.a_worry_in_hackney());
    const auto of_others = world.concern(elsewhere.id).reference, here = world.reference(world.first);
    must(world.house().store.write([&](app::Tables& tables) {
        return tables.concerns().exclude(elsewhere.id, world.custodian.id(), world.clock.now());
    }));
    const auto& m = world.manager();
    const auto& c = world.custodian;
    auto refused = world.count("refused");
    for (const std::string& reference : {of_others, std::string("W-00000")}) {
        const auto alike = [&](const auto& result) {
            EXPECT_EQ(code_of(result), Code::not_found) << reference;
            EXPECT_EQ(world.count("refused"), ++refused) << reference;
        };
        alike(app::record_source(world.house(), m.actor, reference, here, Sameness::same));
        alike(app::record_source(world.house(), m.actor, here, reference, Sameness::same));
        alike(app::ask_opening(world.house(), c.actor, reference, app::OpeningPurpose::protect_the_child, "Now."));
        alike(app::open_in_emergency(world.house(), c.actor, c.holder, reference,
                                     app::OpeningPurpose::protect_the_child, "Now."));
    }
}

// --- who must not see it
// -------------------------------------------------------------------------------------------------

bool is_in_queue(World& world, const Staff& who, ConcernId id) {
    const auto waiting = world.queue(who).waiting;
    return std::ranges::find(waiting, id, &app::QueueLine::id) != waiting.end();
}

TEST(WhoMustNotSeeIt, IsFoundByEveryPartOfTheirNameOrByOneWhereAnotherIsOnDuty) {
    World world;
    for (const auto* words : {"Tregenza, Maud", "Maud who answers your telephone"}) {
        auto telling = world.a_worry();
        telling.must_not_see = words;
        const auto told = world.report(telling);
        EXPECT_FALSE(is_in_queue(world, world.manager(), told.id)) << words;
        EXPECT_EQ(world.concern(told.id).with, world.plymouth.second_manager.id()) << words;
        EXPECT_EQ(code_of(app::read_concern(world.house(), world.manager().actor, told.id)), Code::not_found);
        EXPECT_EQ(code_of(world.open_contact(world.manager(), told.id)), Code::not_found);
    }
}

TEST(WhoMustNotSeeIt, ByAFirstNameAloneLeavesNoWorryWithNobody) {
    World world;
    auto telling = world.a_worry();
    telling.must_not_see = "neither Maud nor Silas";
    EXPECT_TRUE(world.concern(world.report(telling).id).with.has_value());
    telling = world.a_worry();
    telling.must_not_see = "Maud Tregenza and Silas Brook";
    EXPECT_FALSE(world.concern(world.report(telling).id).with.has_value()) << "whoever is surely named never has it";
}

TEST(WhoMustNotSeeIt, HalfTypedDuringACallIsReadOnlyWhenItIsHandedOver) {
    World world;
    auto words = world.words_of_a_call();
    words.account.answers[Field::must_not_see] = words.must_not_see = "Silas";
    const auto call = world.begin_call(words);
    EXPECT_TRUE(is_in_queue(world, world.plymouth.second_manager, call));
    words.account.answers[Field::must_not_see] = words.must_not_see = "Silence is what they want";
    const auto& taker = world.call_taker();
    must(app::save_call(world.house(), taker.actor, taker.holder, call, words));
    world.hand_over(call);
    EXPECT_TRUE(is_in_queue(world, world.plymouth.second_manager, call));
}

TEST(WhoMustNotSeeIt, SaidInOtherWordsIsMatchedBySomebodyAndThenItDoesNotExistForThem) {
    World world;
    auto telling = world.a_worry();
    telling.must_not_see = "my uncle, he sits at your front desk";
    const auto told = world.report(telling);
    ASSERT_EQ(world.concern(told.id).with, world.manager().id());
    EXPECT_TRUE(world.queue(world.call_taker()).waiting[0].must_not_see_unmatched);
    const auto reading = world.read(world.call_taker(), told.id);
    EXPECT_EQ(reading.account.known(Field::must_not_see), telling.must_not_see);
    const std::size_t all = reading.could_be_meant.size();
    EXPECT_GT(all, 3u) << "those of the whole partnership could be meant too";

    must(app::keep_away(world.house(), world.call_taker().actor, told.id, world.manager().id()));

    EXPECT_FALSE(is_in_queue(world, world.manager(), told.id));
    EXPECT_EQ(code_of(app::read_concern(world.house(), world.manager().actor, told.id)), Code::not_found);
    EXPECT_EQ(world.concern(told.id).with, world.plymouth.second_manager.id());
    EXPECT_EQ(world.notices.count(world.plymouth.second_manager.email, app::Notice::worry_waiting), 1u);
    EXPECT_FALSE(world.queue(world.call_taker()).waiting[0].must_not_see_unmatched);
    EXPECT_EQ(world.last("kept_away").subject, told.id.text());
    EXPECT_EQ(world.read(world.call_taker(), told.id).could_be_meant.size(), all - 1) << "and one more could be meant";
    must(app::keep_away(world.house(), world.call_taker().actor, told.id, world.plymouth.second_manager.id()));
    EXPECT_FALSE(world.concern(told.id).with.has_value());
    EXPECT_EQ(code_of(app::read_concern(world.house(), world.plymouth.second_manager.actor, told.id)), Code::not_found);
    EXPECT_EQ(world.everything_on_disk().find("uncle"), std::string::npos);
}

TEST(WhoMustNotSeeIt, MayBeNobodyHereAndIsNeverSomebodyElsewhere) {
    World world;
    auto telling = world.a_worry();
    telling.must_not_see = "my boss";
    const auto told = world.report(telling);
    EXPECT_EQ(code_of(app::keep_away(world.house(), world.hackney.manager.actor, told.id, std::nullopt)),
              Code::not_found);
    EXPECT_EQ(code_of(app::keep_away(world.house(), world.manager().actor, told.id, world.hackney.manager.id())),
              Code::not_found);
    for (int times = 0; times < 2; ++times) {
        must(app::keep_away(world.house(), world.manager().actor, told.id, std::nullopt));
        EXPECT_TRUE(world.queue(world.manager()).waiting[0].must_not_see_unmatched) << "whoever is meant could say it";
        EXPECT_FALSE(world.read(world.manager(), told.id).must_not_see.may_say_nobody);
    }
    EXPECT_TRUE(world.read(world.call_taker(), told.id).must_not_see.may_say_nobody);
    must(app::keep_away(world.house(), world.call_taker().actor, told.id, std::nullopt));
    EXPECT_FALSE(world.queue(world.manager()).waiting[0].must_not_see_unmatched);
    EXPECT_FALSE(world.read(world.call_taker(), told.id).could_be_meant.empty()) << "it may turn out otherwise";
    EXPECT_EQ(world.concern(told.id).with, world.manager().id());
}

TEST(WhoMustNotSeeIt, MayBeSomebodyOfTheWholePartnership) {
    World world;
    auto telling = world.a_worry();
    telling.contact = world.a_person();
    telling.must_not_see = world.custodian.name;
    const auto told = world.report(telling);
    const auto reference = world.concern(told.id).reference;
    EXPECT_EQ(code_of(app::ask_opening(world.house(), world.custodian.actor, reference,
                                       app::OpeningPurpose::protect_the_child, "He is on his way.")),
              Code::not_found);
    telling = world.a_worry();
    telling.must_not_see = "the one who keeps the keys";
    const auto other = world.report(telling);
    must(app::keep_away(world.house(), world.call_taker().actor, other.id, world.auditor.id()));
    EXPECT_EQ(code_of(app::see_entries_about(world.house(), world.auditor.actor, world.concern(other.id).reference)),
              Code::not_found);
}

TEST(WhoMustNotSeeIt, ByAFirstNameAloneLeavesACustodian) {
    World world;
    auto telling = world.a_worry();
    telling.contact = world.a_person();
    const auto first_of = [](const Staff& one) { return one.name.substr(0, one.name.find(' ')); };
    const auto open = [&](const Staff& one, ConcernId id) {
        return app::open_in_emergency(world.house(), one.actor, one.holder, world.concern(id).reference,
                                      app::OpeningPurpose::protect_the_child, "He is on his way.");
    };
    telling.must_not_see = first_of(world.custodian);
    const auto one = world.report(telling);
    EXPECT_EQ(code_of(open(world.custodian, one.id)), Code::not_found);
    must(open(world.second_custodian, one.id));
    EXPECT_EQ(world.notices.count(world.custodian.email, app::Notice::custody_asked), 0u) << "for them it is not there";
    telling = world.a_worry();
    telling.contact = world.a_person();
    telling.must_not_see = first_of(world.custodian) + " or " + first_of(world.second_custodian);
    const auto both = world.report(telling);
    must(open(world.custodian, both.id));
}

TEST(WhoMustNotSeeIt, IsOwedNoReplyToWhatWasDecided) {
    World world;
    auto telling = world.a_worry();
    telling.must_not_see = "my uncle, he sits at your front desk";
    const auto told = world.report(telling);
    auto decision = world.a_decision(told.id);
    decision.reply.clear();
    must(world.decide(world.manager(), told.id, decision));
    must(app::keep_away(world.house(), world.call_taker().actor, told.id, world.manager().id()));
    EXPECT_EQ(world.concern(told.id).with, world.plymouth.second_manager.id()) << "whoever may see it owes the reply";
}

// --- words that tell who told
// --------------------------------------------------------------------------------------------

TEST(MarkedWords, AreReadByOthersAsWhatWasWrittenInTheirPlace) {
    KITH_CLAUSE("PLY-031");
    World world;
    auto telling = world.a_worry();
    telling.account.answers[Field::what_seen] = "In the flat under mine a boy cries, the flat under mine is number 4";
    const auto told = world.report(telling);
    const auto& m = world.manager();
    const auto marked = must(app::mark_each(world.house(), m.actor, told.id, Field::what_seen, "the flat under mine"));
    ASSERT_EQ(marked.account.marked.size(), 2u);

    const auto kept =
        must(app::put_instead(world.house(), m.actor, told.id, marked.account.marked[0], "a flat in the house"));

    EXPECT_FALSE(kept.refused);
    EXPECT_EQ(concerns::masked(kept.account, Field::what_seen), "In a flat in the house a boy cries, […] is number 4");
    EXPECT_EQ(world.queue(m).waiting[0].words.find("under mine"), std::string::npos);
    EXPECT_EQ(world.read(m, told.id).account.known(Field::what_seen), telling.account.known(Field::what_seen))
        << "the original stays";
    const auto refused =
        must(app::put_instead(world.house(), m.actor, told.id, kept.account.marked[1], "well, THE flat under mine"));
    ASSERT_TRUE(refused.refused);
    EXPECT_EQ(refused.refused->field, "mark_instead");
    EXPECT_EQ(refused.account, kept.account);
    EXPECT_EQ(world.last("concern_read").subject, told.id.text()) << "what is answered is a look";
    const auto unmarked = must(app::unmark(world.house(), m.actor, told.id, marked.account.marked[0]));
    EXPECT_EQ(unmarked.account.marked.size(), 1u);
}

// --- one act, one question
// -----------------------------------------------------------------------------------------------

TEST(OpeningTheContact, TellsWhatThePageSaysOfTheWorryInTheSameAct) {
    World world;
    auto telling = world.a_worry();
    telling.contact = world.a_person();
    const auto told = world.report(telling);
    const auto entries = world.ledger().size();
    const auto opened = must(app::open_to_answer(world.house(), world.manager().actor, world.manager().holder, told.id,
                                                 app::OpeningPurpose::answer));
    EXPECT_EQ(opened.contact, world.a_person());
    EXPECT_EQ(opened.heading, concerns::heading(telling.account));
    EXPECT_EQ(opened.concern.reference, world.concern(told.id).reference);
    EXPECT_EQ(world.ledger().size(), entries + 1);
}

// --- who tells in a part they play for the council
// -------------------------------------------------------------------------

TEST(APartPlayedForTheCouncil, SaidOnAFormIsInTheVaultAloneAndOwesNoFurtherForm) {
    World world;
    std::optional<std::size_t> size;
    for (const auto category : {concerns::Category::ordinary, concerns::Category::stakeholder,
                                concerns::Category::guardian, concerns::Category::council_identified}) {
        auto telling = world.a_worry();
        telling.contact = world.a_person();
        telling.contact.category = category;
        const auto told = world.report(telling);
        EXPECT_EQ(must(world.open_contact(world.manager(), told.id)).category, category);
        EXPECT_EQ(world.concern(told.id).form, concerns::WrittenForm::not_owed) << "the report is the form";
        const auto sealed = world.vault_row(told.id).sealed_contact.size();
        EXPECT_EQ(size.value_or(sealed), sealed) << "of one size";
        size = sealed;
        for (const auto& leaf : world.ledger_about(told.id))
            for (const auto& fact : leaf.facts) EXPECT_NE(fact.value, name_of(category));
    }
    EXPECT_EQ(world.sql_text("select count(*) from parties"), "0\n");
}

}  // namespace
}  // namespace kith::test
