// Those who receive help never learn who told, nor from which organisation, unless the person who told agreed.
#include "app/come_back.hpp"
#include "app/drafts.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {
using protocol::NamingConsent;
using protocol::Permission;

/// Everything about a worry that staff see and could copy on, in one string.
std::string all_words(const app::Reading& reading, const app::QueueLine& line) {
    std::string out = line.heading + '\n' + line.words + '\n' + reading.source + '\n' + reading.suggested_reply;
    for (const auto& [field, answer] : reading.account.answers) out += '\n' + answer;
    for (const auto& note : reading.notes) out += '\n' + note.text;
    for (const auto& message : reading.messages) out += '\n' + message.text;
    return out;
}

void expect_nothing_of_the_reporter(World& world, const DoorStaff& door, const Clauses& clauses) {
    auto telling = world.a_worry();
    telling.front_door = door.id;
    telling.contact = world.a_person();
    const auto told = world.report(telling);

    const auto words = all_words(world.read(door.manager, told.id), world.queue(door.manager).waiting.at(0));
    for (const auto part :
         {"Winifred", "Ashdown", "960123", "winifred@example.test", "Harbour", "Boxing", "Clement", "AG-2025-77"})
        EXPECT_EQ(words.find(part), std::string::npos) << part;
    auto form = world.a_decision(told.id);
    form.reply = "Dear Ms ASHDOWN, thank you for ringing.";
    EXPECT_EQ(field_of(world.decide(door.manager, told.id, form)), "reply");
    form.reply = "We will ring 01632 960 123 tonight.";
    EXPECT_EQ(field_of(world.decide(door.manager, told.id, form)), "reply");
    EXPECT_EQ(world.concern(told.id).stage, concerns::Stage::waiting);
    must(world.decide(door.manager, told.id, world.a_decision(told.id)));
    for (const auto& leaf : world.ledger()) EXPECT_EQ(must(ledger::encode(leaf)).find("shdown"), std::string::npos);
    const auto may = world.questions(door.id).may_be_named(NamingConsent::unset, NamingConsent::unset);
    EXPECT_EQ(may.value().person, Permission::no);
    EXPECT_EQ(may.clauses(), clauses);
}

TEST(WhoTold, IsNotNamedToAnyoneInPlymouth) {
    KITH_CLAUSE("PLY-030");
    World world;
    expect_nothing_of_the_reporter(world, world.plymouth, {"PLY-030", "PLY-031", "PLY-032"});
}

TEST(WhoTold, IsNotNamedToAnyoneInHackney) {
    KITH_CLAUSE("HAC-035");
    World world;
    expect_nothing_of_the_reporter(world, world.hackney, {"HAC-035", "HAC-036", "HAC-037"});
}

TEST(WhoTold, TheirOrganisationIsNotNamedAndWordsThatShowItAreMasked) {
    KITH_CLAUSE("PLY-031", "HAC-036");
    World world;
    for (const DoorStaff* door : {&world.plymouth, &world.hackney}) {
        auto telling = world.a_worry();
        telling.front_door = door->id;
        telling.contact = world.a_person();
        telling.account.answers[Field::worry] = "At our boxing club he flinched when I raised the pads.";
        const auto told = world.report(telling);
        ASSERT_NE(world.queue(door->manager).waiting.at(0).words.find("our boxing club"), std::string::npos);

        must(app::mark_words(world.house(), door->call_taker.actor, told.id, {{Field::worry, 3, 18}}));

        const auto line = world.queue(door->manager).waiting.at(0);
        EXPECT_EQ(line.words.find("boxing"), std::string::npos) << line.words;
        EXPECT_NE(line.words.find("flinched"), std::string::npos);
        const auto account = world.read(door->manager, told.id).account;
        EXPECT_EQ(concerns::masked(account, Field::worry).find("boxing"), std::string::npos);
        EXPECT_EQ(account.known(Field::worry), telling.account.known(Field::worry)) << "the original stays";
        auto form = world.a_decision(told.id);
        form.reply = "Please thank the harbour club.";
        EXPECT_EQ(field_of(world.decide(door->manager, told.id, form)), "reply");
        const auto may = world.questions(door->id).may_be_named(NamingConsent::unset, NamingConsent::withdrawn);
        EXPECT_EQ(may.value().organisation, Permission::no);
        EXPECT_EQ(World::fact(world.last("words_marked"), "marks"), "1");
    }
}

TEST(WhoTold, MayAgreeToBeNamedAndIsOtherwiseNot) {
    KITH_CLAUSE("PLY-032");
    World world;
    EXPECT_EQ(world.a_worry().naming, (concerns::NamingConsent{false, false})) << "nothing is agreed unless said";
    const auto silent = world.report(world.a_worry());
    EXPECT_EQ(world.read(world.manager(), silent.id).naming, (concerns::NamingConsent{false, false}));
    EXPECT_EQ(World::fact(world.last("concern_received"), "name_person"), "no");

    auto telling = world.a_worry();
    telling.contact = world.a_person();
    telling.naming = {true, true};
    const auto agreed = world.report(telling);

    EXPECT_EQ(world.read(world.manager(), agreed.id).naming, (concerns::NamingConsent{true, true}));
    const auto entry = world.last("concern_received");
    EXPECT_EQ(World::fact(entry, "name_person"), "yes") << "who took it and when: the entry's own";
    EXPECT_EQ(World::fact(entry, "name_organisation"), "yes");
    EXPECT_EQ(entry.at, world.clock.now());
    const auto questions = world.questions(world.plymouth.id);
    for (const auto consent : {NamingConsent::unset, NamingConsent::refused, NamingConsent::withdrawn})
        EXPECT_EQ(questions.may_be_named(consent, consent).value().person, Permission::no);
    EXPECT_EQ(questions.may_be_named(NamingConsent::given, NamingConsent::unset).value().person, Permission::yes);
}

TEST(WhoTold, TheirNameAndTheirOrganisationsAreTwoConsents) {
    KITH_CLAUSE("HAC-037");
    World world;
    auto telling = world.a_worry_in_hackney();
    telling.contact = world.a_person();
    telling.naming = {true, false};

    const auto told = world.report(telling);

    EXPECT_EQ(world.read(world.hackney.manager, told.id).naming, (concerns::NamingConsent{true, false}));
    EXPECT_EQ(World::fact(world.last("concern_received"), "name_person"), "yes");
    EXPECT_EQ(World::fact(world.last("concern_received"), "name_organisation"), "no");
    const auto may = world.questions(world.hackney.id).may_be_named(NamingConsent::given, NamingConsent::unset);
    EXPECT_EQ(may.value().person, Permission::yes);
    EXPECT_EQ(may.value().organisation, Permission::no);
}

TEST(WhoTold, WhatACallerAgreesToLaterInTheCallIsKept) {
    KITH_CLAUSE("PLY-032");
    World world;
    auto words = world.words_of_a_call();
    const auto call = world.begin_call(words);
    words.naming = {true, false};

    EXPECT_EQ(World::fact(world.last("call_began"), "name_person"), "no");
    world.clock.move(std::chrono::minutes(2));

    must(app::save_call(world.house(), world.call_taker().actor, world.call_taker().holder, call, words));

    EXPECT_EQ(world.read(world.manager(), call).naming, (concerns::NamingConsent{true, false}));
    const auto taken = world.last("call_saved");
    EXPECT_EQ(World::fact(taken, "name_person"), "yes");
    EXPECT_EQ(World::fact(taken, "name_organisation"), "no");
    EXPECT_EQ(taken.by, world.call_taker().id().text()) << "who took the consent";
    EXPECT_EQ(taken.at, world.clock.now()) << "and when";
    words.naming = {false, false};
    must(app::save_call(world.house(), world.call_taker().actor, world.call_taker().holder, call, words));
    EXPECT_EQ(world.read(world.manager(), call).naming, (concerns::NamingConsent{false, false})) << "and taken back";
}

struct Named {
    World world;
    TakenWorry tell(const DoorStaff& door, concerns::NamingConsent naming, std::string worry = "He flinches.") {
        auto telling = world.a_worry();
        telling.front_door = door.id;
        telling.contact = world.a_person();
        telling.naming = naming;
        telling.account.answers[Field::worry] = std::move(worry);
        return world.report(telling);
    }
    Result<void> answer(const DoorStaff& door, const TakenWorry& told, std::string reply) {
        auto form = world.a_decision(told.id);
        form.reply = std::move(reply);
        return world.decide(door.manager, told.id, form);
    }
    Result<void> hand_on(const DoorStaff& door, const TakenWorry& told) {
        auto form = world.a_decision(told.id);
        form.decision = {concerns::Outcome::act, {concerns::Action::another_area}};
        form.area = "Exampleshire";
        form.judged = app::JudgedHere::no_danger;
        form.reply.clear();
        return world.decide(door.manager, told.id, form);
    }
    Result<app::AreaNotice> write(const DoorStaff& door, const TakenWorry& told, std::string words = "") {
        return app::write_notice(world.house(), door.manager.actor, door.manager.holder, told.id,
                                 {app::ContactGoes::left_out, "", "Duty desk", "secure mail", std::move(words)});
    }
};
const std::string kNamesThem = "Dear Winifred, thank you.", kNamesTheClub = "Please thank the boxing club.",
                  kRings = "We will ring 01632 960123.";

TEST(WhoTold, IsNamedElsewhereOnlyByConsent) {
    KITH_CLAUSE("PLY-032");
    Named named;
    const DoorStaff& door = named.world.plymouth;
    for (const concerns::NamingConsent withheld :
         {concerns::NamingConsent{}, concerns::NamingConsent{false, false, true, true}}) {
        const auto told = named.tell(door, withheld);
        must(named.hand_on(door, told));
        for (const auto& words : {kNamesThem, kNamesTheClub, kRings})
            EXPECT_EQ(field_of(named.write(door, told, words)), "notice_words") << words;
    }
    const auto agreed = named.tell(door, {true, true});
    must(named.hand_on(door, agreed));
    EXPECT_EQ(field_of(named.write(door, agreed, kRings)), "notice_words") << "agreed to be named, not to be rung";
    EXPECT_EQ(must(named.write(door, agreed, kNamesThem + " " + kNamesTheClub)).words,
              kNamesThem + " " + kNamesTheClub);
}

TEST(WhoTold, WhoAgreedForThemselvesDidNotAgreeForTheirOrganisation) {
    KITH_CLAUSE("HAC-037");
    Named named;
    const DoorStaff& door = named.world.hackney;
    const auto person = named.tell(door, {true, false}), organisation = named.tell(door, {false, true});
    for (const auto& told : {person, organisation}) must(named.hand_on(door, told));
    EXPECT_EQ(field_of(named.write(door, person, kNamesTheClub)), "notice_words");
    EXPECT_EQ(must(named.write(door, person, kNamesThem)).words, kNamesThem);
    EXPECT_EQ(field_of(named.write(door, organisation, kNamesThem)), "notice_words");
    EXPECT_EQ(must(named.write(door, organisation, kNamesTheClub)).words, kNamesTheClub);
}

/// A code is typed on a telephone that others in the house pick up: what comes back by it names nobody.
TEST(WhoTold, IsNotNamedByWhatComesBackToThemWhateverTheyAgreedTo) {
    Named named;
    for (const DoorStaff* door : {&named.world.plymouth, &named.world.hackney})
        for (const auto& words : {kNamesThem, kNamesTheClub, kRings}) {
            const auto told = named.tell(*door, {true, true});
            EXPECT_EQ(field_of(named.answer(*door, told, words)), "reply") << words;
            EXPECT_EQ(field_of(app::ask_for_more(named.world.house(), door->manager.actor, door->manager.holder,
                                                 told.id, words, named.world.clock.now() + std::chrono::hours(24))),
                      "question")
                << words;
            auto form = named.world.a_decision(told.id);
            form.reply.clear();
            must(named.world.decide(door->manager, told.id, form));
            EXPECT_EQ(field_of(app::answer_in_writing(named.world.house(), door->manager.actor, door->manager.holder,
                                                      told.id, words, "")),
                      "reply")
                << words;
        }
}

TEST(WhoTold, AnOrganisationInTheAccountIsWarnedOfAndMarkedBeforeItGoesElsewhere) {
    KITH_CLAUSE("PLY-031", "HAC-036");
    const std::string worry = "He came to Harbour Boxing Club bruised.", masked = "He came to […] bruised.";
    const concerns::MarkedWords mark{Field::worry, 11, 30, {}};
    Named named;
    for (const DoorStaff* door : {&named.world.plymouth, &named.world.hackney}) {
        const auto told = named.tell(*door, {}, worry);
        const auto account = named.world.read(door->manager, told.id).account;
        const auto warned = app::words_that_tell(account, named.world.a_person());
        ASSERT_EQ(warned.size(), 1u) << "the teller is asked before it is sent";
        EXPECT_EQ(warned[0].why, app::TellingWords::Why::own_organisation);
        EXPECT_EQ(warned[0].at, mark);

        EXPECT_EQ(field_of(named.hand_on(*door, told)), "account") << "and the manager must mark it";
        EXPECT_EQ(named.world.concern(told.id).stage, concerns::Stage::waiting);
        must(app::mark_words(named.world.house(), door->manager.actor, told.id, {mark}));
        must(named.hand_on(*door, told));
        must(app::mark_words(named.world.house(), door->manager.actor, told.id, {}));
        EXPECT_EQ(field_of(named.write(*door, told)), "account");
        must(app::mark_words(named.world.house(), door->manager.actor, told.id, {mark}));
        const auto notice = must(named.write(*door, told));
        EXPECT_EQ(concerns::masked(notice.account, Field::worry), masked);

        const auto agreed = named.tell(*door, {false, true}, worry);
        must(named.hand_on(*door, agreed));
        EXPECT_EQ(concerns::masked(must(named.write(*door, agreed)).account, Field::worry), worry);
    }
}

TEST(WhoTold, TheirNameNumberAndAddressInTheAccountAreMarkedBeforeItGoesElsewhere) {
    KITH_CLAUSE("PLY-030", "HAC-035");
    Named named;
    for (const DoorStaff* door : {&named.world.plymouth, &named.world.hackney})
        for (const auto* worry : {"I am Winifred Ashdown.", "Ring 01632-960 123.", "Write to Winifred@example.test"})
            EXPECT_EQ(field_of(named.hand_on(*door, named.tell(*door, {false, true}, worry))), "account") << worry;
}

TEST(WhoTold, ComesBackByCodeAndNothingThereNamesThem) {
    World world;
    auto telling = world.a_worry();
    telling.contact = world.a_person();
    const auto told = world.report(telling);
    must(world.decide(world.manager(), told.id, world.a_decision(told.id)));

    const auto thread = must(app::come_back(world.house(), told.code));

    ASSERT_EQ(thread.messages.size(), 1u);
    EXPECT_EQ(thread.messages[0].text.find("Ashdown"), std::string::npos);
    EXPECT_EQ(world.last("reporter_came_back").by, "reporter");
}

}  // namespace
}  // namespace kith::test
