// What protects those concerned where one act meets another: a hand-over that is undone, someone who leaves, a key that
// is lost, a look that is no new look.
#include <fstream>

#include "app/clockwork.hpp"
#include "app/come_back.hpp"
#include "app/parties.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {

std::size_t notes_of_999(World& world, ConcernId id) {
    const auto notes = world.read(world.manager(), id).notes;
    return static_cast<std::size_t>(std::ranges::count(notes, "rung_999", &app::Note::word));
}

app::CallWords a_call_with_999(World& world) {
    auto words = world.words_of_a_call();
    words.danger = concerns::DangerMark::by_call_taker;
    words.account.answers[Field::rung_999_by] = "us";
    words.account.answers[Field::police_log] = "417 of today";
    return words;
}

TEST(AHandOverTakenBack, SaysOnceWhoRang999) {
    World world;
    const auto words = a_call_with_999(world);
    const auto call = world.begin_call(words);
    world.hand_over(call);
    const auto& taker = world.call_taker();
    must(app::take_back_call(world.house(), taker.actor, taker.holder, call, words));

    world.hand_over(call);

    EXPECT_EQ(notes_of_999(world, call), 1u);
}

TEST(AHandOverTakenBack, SaysAnewWhatHasChangedOf999) {
    World world;
    auto words = a_call_with_999(world);
    const auto call = world.begin_call(words);
    world.hand_over(call);
    words.account.answers[Field::police_log] = "418 of today";
    const auto& taker = world.call_taker();
    must(app::take_back_call(world.house(), taker.actor, taker.holder, call, words));

    world.hand_over(call);

    EXPECT_EQ(notes_of_999(world, call), 2u);
}

TEST(ARegister, AskedForByAnotherFrontDoorIsRefusedOnTheLedger) {
    World world;
    app::Party party;
    party.name = "Ottilie Crane";
    party.front_door = world.plymouth.id;
    party.place = "Orchard Parade";
    party.tie = app::PlaceTie::lives;
    const auto id = must(app::keep_party(world.house(), world.manager().actor, party));
    party.id = id;
    const auto& other = world.hackney.manager.actor;
    const std::vector<std::function<Code()>> asked{
        [&] { return code_of(app::see_party(world.house(), other, id)); },
        [&] { return code_of(app::see_parties(world.house(), other, world.plymouth.id)); },
        [&] { return code_of(app::keep_party(world.house(), other, party)); },
    };
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const auto refusals = world.count("refused");
        EXPECT_EQ(asked[i](), Code::not_found) << i;
        EXPECT_EQ(world.count("refused"), refusals + 1) << i;
        EXPECT_EQ(world.last("refused").by, other.member.text());
    }
    EXPECT_EQ(code_of(app::see_party(world.house(), other, PartyId(ByteArray<16>{9}))), Code::not_found);
}

TEST(SomeoneShutOut, LeavesTheRotaAndTheGapIsToldOf) {
    World world;
    const auto told = world.report(world.a_worry());
    const Instant now = world.clock.now(), tomorrow = now + std::chrono::hours(24);
    world.set_rota(
        world.plymouth,
        {{world.manager().id(), parties::Seat::manager, now - std::chrono::hours(2), tomorrow},
         {world.plymouth.second_manager.id(), parties::Seat::manager, tomorrow, tomorrow + std::chrono::hours(24)},
         {world.custodian.id(), parties::Seat::custodian, now, tomorrow + std::chrono::hours(24)}},
        tomorrow + std::chrono::hours(24));
    ASSERT_EQ(world.concern(told.id).with, world.manager().id());
    world.notices.forget();

    must(app::shut_out(world.house(), world.administrator.actor, world.manager().id()));

    EXPECT_FALSE(world.concern(told.id).with.has_value()) << "nobody has it, and it says so";
    EXPECT_EQ(
        must(app::see_rota(world.house(), world.administrator.actor, world.plymouth.id, now, tomorrow)).shifts.size(),
        1u)
        << "the custodian's alone";
    EXPECT_FALSE(must(app::readiness(world.house(), world.plymouth.id)).rota);
    EXPECT_EQ(world.last("rota_gap").subject, world.plymouth.id.text());
    EXPECT_EQ(world.notices.count(world.administrator.email, app::Notice::rota_gap), 1u);
    EXPECT_EQ(world.notices.count(world.plymouth.second_manager.email, app::Notice::rota_gap), 1u);
    EXPECT_EQ(world.notices.count(world.manager().email, app::Notice::rota_gap), 0u);
    const auto next = world.report(world.a_worry());
    EXPECT_FALSE(world.concern(next.id).with.has_value()) << "it goes to nobody who has left";
}

TEST(SomeoneShutOut, WhoseHoursAreCoveredLeavesNoGapAndTheirWorriesPassOn) {
    World world;
    const auto told = world.report(world.a_worry());
    ASSERT_EQ(world.concern(told.id).with, world.manager().id());
    world.notices.forget();

    must(app::shut_out(world.house(), world.administrator.actor, world.manager().id()));

    EXPECT_EQ(world.concern(told.id).with, world.plymouth.second_manager.id());
    EXPECT_EQ(world.last("concern_handed_over").subject, told.id.text());
    EXPECT_EQ(world.count("rota_gap"), 0u);
    EXPECT_TRUE(must(app::readiness(world.house(), world.plymouth.id)).rota);
}

TEST(ACallerInTheirJob, IsAnOrdinarySealedFieldOfTheWorryAsOnAForm) {
    World world;
    auto words = world.words_of_a_call();
    words.contact = {};
    words.contact.name = "Prudence Hale";
    words.contact.post = "school nurse";
    words.contact.organisation = "Bretonside Primary";
    words.contact.source = concerns::Source::in_their_job;
    const auto call = world.begin_call(words);
    world.hand_over(call);
    auto telling = world.a_worry();
    telling.contact = words.contact;
    const auto online = world.report(telling);

    for (const auto id : {call, online.id}) {
        const auto source = world.read(world.manager(), id).source;
        EXPECT_NE(source.find("Prudence Hale"), std::string::npos) << source;
        EXPECT_NE(source.find("school nurse"), std::string::npos) << source;
        EXPECT_NE(source.find("Bretonside Primary"), std::string::npos) << source;
    }
    EXPECT_EQ(world.everything_on_disk().find("Prudence"), std::string::npos);
}

TEST(ACallerInTheirJob, WhoSaysTheySpeakForThemselvesAfterAllIsInTheVaultAlone) {
    World world;
    auto words = world.words_of_a_call();
    words.contact.source = concerns::Source::in_their_job;
    const auto call = world.begin_call(words);
    ASSERT_NE(world.sql_text("select count(*) from concerns where sealed_source is not null"), "0\n");
    words.contact.source = concerns::Source::community;
    const auto& taker = world.call_taker();

    must(app::save_call(world.house(), taker.actor, taker.holder, call, words));

    EXPECT_EQ(world.sql_text("select count(*) from concerns where sealed_source is not null"), "0\n");
    world.hand_over(call);
    EXPECT_EQ(world.read(world.manager(), call).source, "");
}

TEST(ALostEpochKey, DoesNotKeepLaterOnesFromBeingDestroyed) {
    World world;
    app::Clockwork clockwork(world.house());
    const auto named = [&](std::int64_t day) {
        for (const auto& file : std::filesystem::directory_iterator(world.epochs_folder()))
            if (file.path().filename().string().find(std::to_string(day)) != std::string::npos) return true;
        return false;
    };
    const auto today = [&] {
        return std::chrono::floor<std::chrono::days>(world.clock.now()).time_since_epoch().count();
    };
    const auto lost = world.report(world.a_worry());
    std::filesystem::remove_all(world.epochs_folder());
    std::filesystem::create_directory(world.epochs_folder());
    world.clock.move(std::chrono::hours(24));
    must(clockwork.tick());
    world.report(world.a_worry());
    const auto second = today();
    ASSERT_TRUE(named(second));

    for (int day = 0; day < 9; ++day) {
        world.clock.move(std::chrono::hours(24));
        must(clockwork.tick());
    }

    EXPECT_FALSE(named(second)) << "at most eight days old";
    EXPECT_FALSE(world.open_contact(world.manager(), lost.id).has_value());
}

// --- a look, and a look that is none
// ---------------------------------------------------------------------------------------

TEST(AQueueThatStandsOpen, IsOneLookUntilItShowsSomethingElseOrAnHourIsOver) {
    World world;
    const auto first = world.report(world.a_worry());
    const auto look = [&](const Staff& who, app::Looking looking) {
        const auto before = world.count("queue_seen");
        must(app::see_queue(world.house(), who.actor, looking));
        return world.count("queue_seen") - before;
    };
    const auto& m = world.manager();
    EXPECT_EQ(look(m, app::Looking::still), 1u) << "nothing was seen yet";
    EXPECT_EQ(look(m, app::Looking::still), 0u);
    EXPECT_EQ(look(m, app::Looking::anew), 1u) << "a person opened it";
    EXPECT_EQ(look(world.plymouth.second_manager, app::Looking::still), 1u) << "another person";

    const auto marks = [&](concerns::MarkedWords mark) {
        must(app::mark_words(world.house(), m.actor, first.id, {mark}));
    };
    marks({Field::worry, 0, 8});
    EXPECT_EQ(look(m, app::Looking::still), 1u) << "the same worries, other words";
    world.report(world.a_worry());
    EXPECT_EQ(look(m, app::Looking::still), 1u) << "one more worry";
    world.clock.move(std::chrono::minutes(59));
    EXPECT_EQ(look(m, app::Looking::still), 0u);
    world.clock.move(std::chrono::minutes(1));
    EXPECT_EQ(look(m, app::Looking::still), 1u) << "another hour";
}

TEST(AQueueThatStandsOpen, IsANewLookAtEachStepOfWhatIsToldOn) {
    using concerns::OnwardStep;
    using concerns::Whom;
    World world;
    const auto told = world.report(world.a_worry());
    auto form = world.a_decision(told.id);
    form.decision = {concerns::Outcome::act, {concerns::Action::another_area}};
    form.area = "Exampleshire";
    form.judged = app::JudgedHere::no_danger;
    must(world.decide(world.manager(), told.id, form));
    const auto looks = [&] {
        const auto before = world.count("queue_seen");
        must(app::see_queue(world.house(), world.manager().actor, app::Looking::still));
        must(app::see_queue(world.house(), world.manager().actor, app::Looking::still));
        return world.count("queue_seen") - before;
    };
    EXPECT_EQ(looks(), 1u);
    must(app::report_onward(
        world.house(), world.manager().actor, told.id,
        {Whom::another_area, OnwardStep::told, {"Duty desk", "01632 960777", ""}, world.clock.now()}));
    EXPECT_EQ(looks(), 1u) << "the same worry at the same revision, and it says another thing";
    const auto other = world.report(world.a_worry());
    must(world.decide(world.manager(), other.id, world.a_decision(other.id)));
    EXPECT_EQ(looks(), 1u);
    must(app::mark_works_with_children(world.house(), world.manager().actor, other.id, "The swimming coach."));
    EXPECT_EQ(looks(), 1u) << "a worry that stands there for this alone";
}

TEST(AQueueThatStandsOpen, IsRefusedOnTheLedgerLikeAnyOther) {
    World world;
    EXPECT_EQ(code_of(app::see_queue(world.house(), world.auditor.actor, app::Looking::still)), Code::forbidden);
    EXPECT_EQ(world.count("refused"), 1u);
}

// --- a hand-over whose answer was lost
// -------------------------------------------------------------------------------------

struct LostAnswer : World {
    ConcernId call = begin_call();
    ByteArray<32> form = [] {
        ByteArray<32> all;
        all.fill(7);
        return all;
    }();
    Result<app::HandedOver> hand(const Staff& who, const ByteArray<32>& of) {
        return app::hand_over_call(house(), who.actor, call, of);
    }
};

TEST(AHandOverSentAgain, IsToldTheSameCodeAndOtherFormsAreNot) {
    LostAnswer world;
    const auto first = must(world.hand(world.call_taker(), world.form));

    const auto again = must(world.hand(world.call_taker(), world.form));

    EXPECT_EQ(again.code, first.code);
    EXPECT_EQ(again.reference, first.reference);
    EXPECT_EQ(again.with_name, first.with_name);
    EXPECT_EQ(again.form_due_at, first.form_due_at);
    EXPECT_EQ(again.take_back_until, first.take_back_until);
    EXPECT_EQ(world.count("concern_handed_over"), 1u);
    EXPECT_EQ(world.last("hand_over_said_again").subject, world.call.text());
    EXPECT_EQ(must(app::come_back(world.house(), again.code)).front_door, world.plymouth.id);
    EXPECT_EQ(code_of(world.hand(world.call_taker(), ByteArray<32>{8})), Code::conflict);
    EXPECT_EQ(code_of(world.hand(world.call_taker(), {})), Code::conflict);
    EXPECT_EQ(code_of(world.hand(world.hackney.call_taker, world.form)), Code::not_found);
}

TEST(AHandOverSentAgain, IsNoAnswerForAnotherCall) {
    LostAnswer world;
    must(world.hand(world.call_taker(), world.form));
    const auto other = world.begin_call();
    must(app::hand_over_call(world.house(), world.call_taker().actor, other, ByteArray<32>{9}));
    EXPECT_EQ(code_of(app::hand_over_call(world.house(), world.call_taker().actor, other, world.form)), Code::conflict);
}

TEST(AHandOverSentAgain, IsStillTakenBackWithinTheTenSeconds) {
    LostAnswer world;
    const auto first = must(world.hand(world.call_taker(), world.form));
    must(world.hand(world.call_taker(), world.form));
    const auto& taker = world.call_taker();

    must(app::take_back_call(world.house(), taker.actor, taker.holder, world.call, world.words_of_a_call()));

    EXPECT_EQ(world.concern(world.call).stage, concerns::Stage::on_call);
    EXPECT_EQ(must(world.hand(taker, world.form)).code, first.code) << "handed over once more, with the code given out";
    EXPECT_EQ(world.count("concern_handed_over"), 2u);
}

TEST(AHandOverSentAgain, LeavesTheCodeNowhereThatOpensWithoutTheForm) {
    LostAnswer world;
    const auto code = must(world.hand(world.call_taker(), world.form)).code;
    const std::string disk = world.everything_on_disk();
    EXPECT_EQ(disk.find(code), std::string::npos);
    EXPECT_EQ(disk.find(std::string(world.form.begin(), world.form.end())), std::string::npos);
    world.clock.move(std::chrono::hours(14));
    app::Clockwork clockwork(world.house());
    must(clockwork.tick());
    EXPECT_EQ(world.sql_text("select count(*) from receipts"), "0\n");
}

// --- who tells about themselves
// ----------------------------------------------------------------------------------------

TEST(WhoTellsAboutThemselves, IsThePersonInTheRecordAndThatTheyToldIsInTheVaultAlone) {
    World world;
    concerns::Contact own;
    own.name = "Robin Ferrar";
    own.telephone = "01632 960444";
    own.when_safe = "before school";
    own.must_not_know = "his stepfather";
    own.source = concerns::Source::about_themselves;
    auto telling = world.a_worry();
    telling.contact = own;
    const auto online = world.report(telling);
    auto words = world.words_of_a_call();
    words.contact = own;
    const auto call = world.begin_call(words);
    world.hand_over(call);

    for (const auto id : {online.id, call}) {
        const auto reading = world.read(world.manager(), id);
        ASSERT_EQ(reading.account.people.size(), 1u);
        EXPECT_EQ(reading.account.people[0].name, "Robin Ferrar");
        EXPECT_EQ(reading.account.known(Field::safe_way), "01632 960444, before school. Must not know: his stepfather");
        EXPECT_EQ(reading.source, "");
        EXPECT_EQ(must(world.open_contact(world.manager(), id)).source, concerns::Source::about_themselves);
    }
    const auto earlier = world.read(world.manager(), online.id).earlier;
    ASSERT_EQ(earlier.size(), 1u) << "found by name, as any child is";
    EXPECT_EQ(earlier[0].because, "name");
}

// --- consents
// ----------------------------------------------------------------------------------------------------------

TEST(AConsentOnACall, ThatWasAskedAndWithheldIsKnownFromOneNotAsked) {
    World world;
    auto words = world.words_of_a_call();
    words.naming = {.person_refused = true};
    const auto call = world.begin_call(words);
    const auto& taker = world.call_taker();
    const auto page = must(app::read_call(world.house(), taker.actor, taker.holder, call));
    EXPECT_EQ(page.naming, words.naming);
    EXPECT_FALSE(page.naming.organisation_refused);
    world.hand_over(call);
    EXPECT_FALSE(world.read(world.manager(), call).naming.person);
}

// --- what a guardian is
// --------------------------------------------------------------------------------------------------

TEST(PlymouthsGuardians, AreWhatAnAdministratorDecidedAndNobodyIsOneBefore) {
    KITH_CLAUSE("PLY-012");
    World world;
    world.sql("delete from local_terms where term = 'guardian_definition'");
    app::Party party;
    party.name = "Ottilie Crane";
    party.front_door = world.plymouth.id;
    party.place = "Orchard Parade";
    party.tie = app::PlaceTie::lives;
    party.category = protocol::Category::guardian;
    const Day today(std::chrono::floor<std::chrono::days>(world.clock.now()));
    party.agreement = app::PartyAgreement{today, "Orchard Parade after school", {"Tells what she sees"}, today, {}};
    const auto refused = app::keep_party(world.house(), world.manager().actor, party);
    EXPECT_EQ(code_of(refused), Code::invalid);
    EXPECT_EQ(field_of(refused), "category");
    EXPECT_TRUE(must(app::readiness(world.house(), world.plymouth.id)).missing_terms.empty());

    must(app::set_local_term(world.house(), world.administrator.actor, world.plymouth.id, "guardian_definition",
                             "Somebody who looks out for the children of a street.",
                             {"E. Trew, head of service", today}));

    must(app::keep_party(world.house(), world.manager().actor, party));
    const auto meaning = world.questions(world.plymouth.id).meaning_of_guardian();
    EXPECT_EQ(meaning.value(), "Somebody who looks out for the children of a street.");
    EXPECT_EQ(meaning.locally_decided_by()->decider, "E. Trew, head of service");
    EXPECT_EQ(meaning.clauses(), Clauses{"PLY-012"}) << "the clause that leaves it undefined";
}

}  // namespace
}  // namespace kith::test
