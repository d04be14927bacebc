// What other software sends and is answered.
#include "api/api_ground.hpp"
#include "app/outline.hpp"

namespace kith::test {
namespace {
using parties::Scope;

const parties::Scopes kBoth{Scope::intake_write, Scope::queue_read};

TEST_F(Api, AWorryIsTakenAndAnsweredWithReferenceAndReturnCode) {
    const auto answer = send(token({Scope::intake_write}), "one", std::string(kWorry));

    ASSERT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(answer.type, "application/json");
    const auto waiting = world.queue(world.manager()).waiting;
    ASSERT_EQ(waiting.size(), 1u);
    EXPECT_EQ(text(answer, "reference"), waiting[0].reference);
    EXPECT_EQ(text(answer, "return_code").size(), 24u);
    EXPECT_EQ(text(answer, "reply_due_at"), to_rfc3339(*waiting[0].concern.reply_due_at));
    EXPECT_TRUE(json(answer).find("somebody_is_reading")->is_true());
}

TEST_F(Api, EveryFieldArrivesWhereItBelongs) {
    const std::string body = R"({
        "subject": "group", "danger": "rung_999",
        "account": {"what_seen": "Two \u201chand over\u201d bags.\r\n", "where_seen": "dont_know", "worry": "Older ones.",
                    "how_known": "child_said", "anyone_forced": "yes", "group_name": "The steps"},
        "people": [{"name": "Jay", "nickname": "J", "age": "13", "looks": "red cap", "part": "forced"}],
        "adults": [{"name": "Marl", "looks": "a grey van"}],
        "reporter": {"name": "Wilma Tarrant", "post": "Deputy head", "telephone": "01632 960 210",
                     "email": "wilma.tarrant@example.test", "reach": "ring", "when_safe": "after four",
                     "may_leave_message": true, "must_not_know": "the office"},
        "naming": {"person": false, "organisation": true},
        "must_not_see": "Nobody there"})";

    ASSERT_EQ(send(token({Scope::intake_write}), "one", body).status, 201);

    const auto id = world.queue(world.manager()).waiting.at(0).id;
    const auto reading = world.read(world.manager(), id);
    EXPECT_EQ(reading.account.subject, Subject::group);
    EXPECT_EQ(reading.account.answers, (std::map<Field, std::string>{{Field::what_seen, "Two “hand over” bags."},
                                                                     {Field::where_seen, "dont_know"},
                                                                     {Field::worry, "Older ones."},
                                                                     {Field::how_known, "child_said"},
                                                                     {Field::anyone_forced, "yes"},
                                                                     {Field::group_name, "The steps"},
                                                                     {Field::must_not_see, "Nobody there"}}));
    EXPECT_EQ(reading.account.people,
              (std::vector<concerns::ToldPerson>{{"Jay", "J", "13", "red cap", concerns::Part::forced}}));
    EXPECT_EQ(reading.account.adults, (std::vector<concerns::ToldAdult>{{"Marl", "a grey van"}}));
    EXPECT_EQ(reading.naming, (concerns::NamingConsent{false, true}));
    EXPECT_EQ(reading.concern.danger, concerns::DangerMark::by_reporter);
    EXPECT_TRUE(reading.concern.incomplete);
    const auto contact = must(world.open_contact(world.manager(), id));
    EXPECT_EQ(contact.email, "wilma.tarrant@example.test");
    EXPECT_EQ(contact.reach, concerns::Reach::ring);
    EXPECT_EQ(contact.when_safe, "after four");
    EXPECT_TRUE(contact.may_leave_message);
    EXPECT_EQ(contact.must_not_know, "the office");
}

TEST_F(Api, ListsOfAPlaceAreTakenOptionByOption) {
    const std::string body = R"({"subject": "place", "danger": "unsure",
        "account": {"what_seen": "Dealing.", "place_name": "The arches", "worry": "Young ones wait there.",
                    "times_of_day": ["evening", "night"], "weekdays": ["friday"], "design_features": []},
        "reporter": {"name": "W", "post": "Warden"}})";
    ASSERT_EQ(send(token({Scope::intake_write}), "one", body).status, 201);
    const auto account = world.read(world.manager(), world.queue(world.manager()).waiting.at(0).id).account;
    EXPECT_EQ(account.answer(Field::times_of_day), "evening night");
    EXPECT_EQ(account.answer(Field::weekdays), "friday");
    EXPECT_FALSE(account.answers.contains(Field::design_features));
}

TEST_F(Api, TheSameSentTwiceUnderOneKeyIsOneConcernAndOneAnswer) {
    const auto with = token({Scope::intake_write});
    const auto first = send(with, "one", std::string(kWorry));
    const auto again = send(with, "\"one\"", std::string(kWorry));
    EXPECT_TRUE(first == again) << again.body;
    EXPECT_EQ(world.concerns_kept(), 1u);

    std::string other(kWorry);
    other.replace(other.find("gate"), 4, "park");
    const auto refused = send(with, "one", other);
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(world.concerns_kept(), 1u);
}

TEST_F(Api, TheQueueHasNoNameAndNoWordOfWhatWasTold) {
    auto worry = world.a_worry();
    worry.account.answers[Field::what_seen] = "Qzmarker came late";
    worry.account.people = {{"Jayqz", "", "", "", {}}};
    worry.contact = world.a_person();
    const auto told = world.report(worry);

    const auto answer = get("/api/v1/queue", token({Scope::queue_read}));

    ASSERT_EQ(answer.status, 200) << answer.body;
    for (const std::string& word : {std::string("Qzmarker"), std::string("Jayqz"), worry.contact.name,
                                    world.manager().name, told.id.text(), world.manager().id().text()})
        EXPECT_EQ(answer.body.find(word), std::string::npos) << word;
    ASSERT_EQ(json(answer).find("lines")->items().size(), 1u);
    const web::Json line = json(answer).find("lines")->items()[0];
    EXPECT_EQ(line.find("reference")->text(), reference_of(told.id));
    EXPECT_EQ(line.find("stands")->text(), "waiting");
    EXPECT_FALSE(line.find("late")->is_true());
}

TEST_F(Api, OneLineIsTheLineOfTheQueue) {
    const auto told = world.report(world.a_worry());
    const auto with = token({Scope::queue_read});
    const auto line = get("/api/v1/queue/" + reference_of(told.id), with);
    ASSERT_EQ(line.status, 200);
    EXPECT_EQ(json(line), json(get("/api/v1/queue", with)).find("lines")->items().at(0));
}

TEST_F(Api, WhatIsNotThereAndWhatIsNotForTheTokenAreTheSameBytes) {
    const auto elsewhere = world.report(world.a_worry_in_hackney());
    auto hidden = world.a_worry();
    hidden.must_not_see = world.plymouth.second_manager.name;
    const auto kept_from_one = world.report(hidden);
    const auto answered = world.report(world.a_worry());
    must(world.decide(world.manager(), answered.id, world.a_decision(answered.id)));
    const auto with = token(kBoth);

    const auto absent = get("/api/v1/queue/W-ZZZZZ", with);

    EXPECT_EQ(absent.status, 404);
    for (const auto id : {elsewhere.id, kept_from_one.id, answered.id})
        EXPECT_TRUE(get("/api/v1/queue/" + reference_of(id), with) == absent);
    EXPECT_TRUE(get("/api/v1/queue/" + elsewhere.id.text(), with) == absent);
    EXPECT_TRUE(get("/api/v1/nothing", with) == absent);
    EXPECT_EQ(get("/api/v1/queue/" + reference_of(elsewhere.id), token(kBoth, world.hackney.id)).status, 200);
}

TEST_F(Api, EveryLookIsOnTheLedgerByTheToken) {
    const auto with = token({Scope::queue_read});
    for (const std::string path : {"/api/v1/queue", "/api/v1/queue/W-ZZZZZ"}) {
        const auto entries = world.ledger().size();
        get(path, with);
        ASSERT_EQ(world.ledger().size(), entries + 1) << path;
        EXPECT_EQ(world.ledger().back().act, "outline_seen");
    }
}

TEST_F(Api, TheDescriptionIsThereForAnyone) {
    const auto answer = ask({.path = "/api/v1/openapi.json"});
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.type, "application/json");
    EXPECT_EQ(text(answer, "openapi"), "3.1.0");
}

}  // namespace
}  // namespace kith::test
