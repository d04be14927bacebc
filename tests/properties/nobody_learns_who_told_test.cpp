// Promise: nobody learns who told. Not from any byte on disk, not by moving what is sealed, not alone afterwards.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "app/clockwork.hpp"
#include "app/come_back.hpp"
#include "app/copies.hpp"
#include "app/draft_files.hpp"
#include "app/parties.hpp"
#include "base/london.hpp"
#include "base/text.hpp"
#include "properties/planted_words.hpp"

namespace kith::test {
namespace {

TEST(NobodyLearnsWhoTold, NoByteOnDiskHoldsAWordOfThemOrOfWhatTheyTold) {
    World world;
    Markers markers;
    std::vector<TakenWorry> told;
    for (const Subject subject : {Subject::child, Subject::family, Subject::group, Subject::place}) {
        auto telling = world.a_worry(subject);
        telling.contact = marked_contact(markers);
        for (auto& [field, answer] : telling.account.answers) answer = markers.next();
        telling.account.people = {{markers.next(), markers.next(), markers.next(), markers.next()}};
        telling.account.adults = {{markers.next(), markers.next()}};
        telling.must_not_see = markers.next();
        told.push_back(world.report(telling));
    }
    auto in_their_job = world.a_worry();
    in_their_job.contact = marked_contact(markers);
    in_their_job.contact.source = concerns::Source::in_their_job;
    world.report(in_their_job);
    auto words = world.words_of_a_call();
    words.contact = marked_contact(markers);
    const auto call = world.begin_call(words);
    words.contact = marked_contact(markers);
    must(app::save_call(world.house(), world.call_taker().actor, world.call_taker().holder, call, words));
    world.hand_over(call);
    must(world.open_contact(world.manager(), call));
    must(app::add_to_report(world.house(), told[0].code, markers.next()));
    auto form = world.a_decision(told[0].id);
    form.reasons = markers.next();
    form.reply = markers.next();
    must(world.decide(world.manager(), told[0].id, form));
    world.read(world.manager(), told[0].id);
    must(app::come_back(world.house(), told[0].code));

    for (const auto& one : told) {
        markers.all.push_back(one.code);
        std::string letters = one.code;
        std::erase(letters, '-');
        markers.all.push_back(letters);
    }
    expect_nowhere(world, markers.all);
}

/// A draft with a file of each kind of trace: in its name, at its beginning, in its middle.
app::DraftKey draft_with_files(World& world, Markers& markers) {
    const auto key = app::DraftKey::create(world.crypto());
    app::Draft draft;
    const auto telling = world.a_worry();
    draft.front_door = telling.front_door;
    draft.account = telling.account;
    draft.emergency = app::Emergency::none;
    must(app::begin_draft(world.house(), key, draft));
    const std::string picture = "\xFF\xD8\xFF\xE1" + markers.next() + std::string(70'000, '\x01') + markers.next();
    for (const std::string& bytes : {picture, "typed: " + markers.next()}) {
        const auto file = must(app::IncomingFile::begin(world.house(), key, markers.next() + ".jpg"));
        must(file->write(as_bytes(bytes)));
        must(file->keep());
    }
    return key;
}

TEST(NobodyLearnsWhoTold, NoByteOnDiskHoldsAPictureItsNameOrWhatItHides) {
    World world;
    Markers markers;
    const auto key = draft_with_files(world, markers);
    draft_with_files(world, markers);
    must(app::send_draft(world.house(), key));
    const auto id = must(ConcernId::parse(world.last("concern_received").subject.value()));
    expect_nowhere(world, markers.all);
    app::Copies copies(world.house());
    while (must(copies.make_one())) continue;
    const auto files = world.read(world.manager(), id).files;
    ASSERT_EQ(files.size(), 2u);
    for (const auto& file : files) {
        must(app::see_file(world.house(), world.manager().actor, id, file.id));
        must(app::see_original(world.house(), world.manager().actor, world.manager().holder, id, file.id));
    }
    expect_nowhere(world, markers.all);
    must(app::quarantine(world.house(), world.manager().actor, id, files[0].id, markers.next()));
    expect_nowhere(world, markers.all);
}

/// Reporters-vault, What a thief learns: the master key and the database, without the epoch keys and anybody's own.
TEST(NobodyLearnsWhoTold, TheServersOwnKeysOpenNoOriginalOnceEpochKeysAreElsewhere) {
    World world;
    Markers markers;
    const auto key = draft_with_files(world, markers);
    must(app::send_draft(world.house(), key));
    const auto id = must(ConcernId::parse(world.last("concern_received").subject.value()));
    const auto row = must(world.house().store.reading([&](app::Tables& t) { return t.attachments().of(id); })).at(0);
    ASSERT_FALSE(row.sealed_waiting.empty()) << "it still waits for its copy";
    const auto concern = must(world.house().store.reading([&](app::Tables& t) { return t.concerns().find(id); }));
    const auto file = must(world.house().identity.keys.open_file(concern.sealed_record_key, id.bytes()));
    for (const auto field : {"waiting", "copy", "original"})
        for (const auto* sealed : {&row.sealed_waiting, &row.sealed_original})
            EXPECT_FALSE(file.open(*sealed, "attachments", row.id.bytes(), field));
    const app::Holder nobody{world.manager().id(), {}, {}};
    EXPECT_FALSE(app::see_original(world.house(), world.manager().actor, nobody, id, row.id));
}

/// Files added by code: nothing of them on disk, and the server's own keys open them no more than those of a report.
TEST(NobodyLearnsWhoTold, WhatIsAddedByCodeIsNoMoreReadableThanWhatCameWithTheReport) {
    World world;
    Markers markers;
    auto telling = world.a_worry();
    telling.contact = world.a_person();
    const auto told = world.report(telling);
    const auto code = must(app::ReturnCode::parse(told.code));
    const auto add = [&] {
        const std::string picture = "\xFF\xD8\xFF\xE1" + markers.next() + std::string(70'000, '\x01') + markers.next();
        const auto file = must(app::add_file(world.house(), told.code, markers.next() + ".jpg"));
        must(file->write(as_bytes(picture)));
        must(file->keep());
    };
    add();
    expect_nowhere(world, markers.all);
    must(app::send_added_files(world.house(), told.code));
    const auto rows = [&] {
        return must(world.house().store.reading([&](app::Tables& t) { return t.attachments().of(told.id); }));
    };
    const auto row = rows().at(0);
    ASSERT_FALSE(row.sealed_waiting.empty()) << "it still waits for its copy";
    const auto concern = must(world.house().store.reading([&](app::Tables& t) { return t.concerns().find(told.id); }));
    const auto record = must(world.house().identity.keys.open_file(concern.sealed_record_key, told.id.bytes()));
    for (const auto field : {"waiting", "copy", "original"})
        for (const auto* sealed : {&row.sealed_waiting, &row.sealed_original})
            EXPECT_FALSE(record.open(*sealed, "attachments", row.id.bytes(), field));
    // The code leads to files that wait to be sent, and no further.
    EXPECT_FALSE(world.crypto().open(Key(code.files_key(world.crypto())), row.sealed_original, {}));
    app::Copies copies(world.house());
    while (must(copies.make_one())) continue;
    must(app::see_original(world.house(), world.manager().actor, world.manager().holder, told.id, row.id));
    add();
    must(app::come_back(world.house(), told.code));
    expect_nowhere(world, markers.all);
}

TEST(NobodyLearnsWhoTold, TheSearchItselfFindsWhatIsThere) {
    World world;
    Markers markers;
    const std::string word = markers.next();
    ASSERT_EQ(world.everything_on_disk().find(word), std::string::npos);
    world.sql("create table left_open (word text); insert into left_open values ('" + word + "')");
    EXPECT_NE(world.everything_on_disk().find(word), std::string::npos);
}

TEST(NobodyLearnsWhoTold, PasswordsAndRecoveryCodesAreNotOnDiskEither) {
    World world;
    const std::string disk = world.everything_on_disk();
    for (const Staff* one : {&world.custodian, &world.plymouth.manager, &world.administrator}) {
        EXPECT_EQ(disk.find(one->password.expose()), std::string::npos);
        EXPECT_EQ(disk.find(one->email), std::string::npos);
        EXPECT_EQ(disk.find(one->name), std::string::npos);
        if (!one->recovery_code.expose().empty()) {
            EXPECT_EQ(disk.find(one->recovery_code.expose()), std::string::npos);
        }
    }
}

/// Two worries told by two people.
struct TwoWorries {
    World world;
    TakenWorry one, other;
    concerns::Contact other_person;
    TwoWorries() {
        auto telling = world.a_worry();
        telling.contact = world.a_person();
        one = world.report(telling);
        other_person = world.a_person();
        other_person.name = "Leopold Starling";
        telling = world.a_worry();
        telling.contact = other_person;
        other = world.report(telling);
    }
    void swap(const std::string& columns) {
        const auto hex = [](ConcernId id) { return "x'" + to_hex(id.bytes()) + "'"; };
        world.sql("create table kept as select * from vault_rows");
        for (const auto& [to, from] : {std::pair(one.id, other.id), std::pair(other.id, one.id)})
            for (const auto& column : text_of(columns))
                world.sql("update vault_rows set " + column + " = (select " + column +
                          " from kept where concern_id = " + hex(from) + ") where concern_id = " + hex(to));
        world.sql("drop table kept");
    }
    static std::vector<std::string> text_of(const std::string& columns) {
        std::vector<std::string> out(1);
        for (const char c : columns) {
            if (c == ' ')
                out.emplace_back();
            else
                out.back() += c;
        }
        return out;
    }
};

TEST(NobodyLearnsWhoTold, RowsAndWrapsMovedBetweenTwoWorriesOpenNothing) {
    for (const std::string columns :
         {"sealed_contact wrap_custody wrap_duty wrap_taker", "sealed_contact", "wrap_duty wrap_custody"}) {
        TwoWorries two;
        ASSERT_EQ(must(two.world.open_contact(two.world.manager(), two.one.id)).name, "Winifred Ashdown");
        two.swap(columns);
        EXPECT_EQ(code_of(two.world.open_contact(two.world.manager(), two.one.id)), Code::betrayed) << columns;
        EXPECT_EQ(code_of(two.world.open_contact(two.world.manager(), two.other.id)), Code::betrayed) << columns;
        EXPECT_EQ(two.world.count("contact_opened"), 1u);
        const auto opening =
            must(app::ask_opening(two.world.house(), two.world.custodian.actor, two.world.concern(two.one.id).reference,
                                  app::OpeningPurpose::protect_the_child, "The child may be harmed tonight."));
        must(app::second_opening(two.world.house(), two.world.second_custodian.actor, opening,
                                 app::OpeningState::agreed));
        EXPECT_EQ(code_of(app::open_afterwards(two.world.house(), two.world.custodian.actor, two.world.custodian.holder,
                                               opening)),
                  Code::betrayed);
    }
}

TEST(NobodyLearnsWhoTold, TheAnswerClosesTheWayIn) {
    TwoWorries two;
    World& world = two.world;
    must(world.decide(world.manager(), two.one.id, world.a_decision(two.one.id)));

    EXPECT_TRUE(world.vault_row(two.one.id).wrap_duty.empty());
    EXPECT_EQ(code_of(world.open_contact(world.manager(), two.one.id)), Code::not_found);
    EXPECT_EQ(code_of(world.open_contact(world.plymouth.second_manager, two.one.id)), Code::not_found);
    EXPECT_EQ(World::fact(world.last("refused"), "act"), "open_contact");
    EXPECT_FALSE(world.read(world.manager(), two.one.id).way_in_open);
    EXPECT_EQ(must(world.open_contact(world.manager(), two.other.id)), two.other_person) << "the other's stays open";
}

TEST(NobodyLearnsWhoTold, ADecisionWithoutAnAnswerLeavesTheWayInOpenAndTheAnswerOwed) {
    TwoWorries two;
    auto form = two.world.a_decision(two.one.id);
    form.reply.clear();
    must(two.world.decide(two.world.manager(), two.one.id, form));
    EXPECT_EQ(must(two.world.open_contact(two.world.manager(), two.one.id)), two.world.a_person());
    must(app::ring_back(two.world.house(), two.world.manager().actor, two.one.id, {app::Reached::reached, "", ""}));
    EXPECT_EQ(code_of(two.world.open_contact(two.world.manager(), two.one.id)), Code::not_found);
}

/// An answered worry, about which a custodian has asked.
struct Asked : TwoWorries {
    OpeningId id;
    Asked() {
        must(world.decide(world.manager(), one.id, world.a_decision(one.id)));
        id = must(app::ask_opening(world.house(), world.custodian.actor, world.concern(one.id).reference,
                                   app::OpeningPurpose::protect_the_reporter, "They may be in danger themselves."));
    }
    Result<void> second(const Staff& by) {
        return app::second_opening(world.house(), by.actor, id, app::OpeningState::agreed);
    }
    Result<concerns::Contact> open(const Staff& by) {
        return app::open_afterwards(world.house(), by.actor, by.holder, id);
    }
};

TEST(NobodyLearnsWhoTold, ACustodianAloneIsRefused) {
    Asked asked;
    EXPECT_EQ(code_of(asked.open(asked.world.custodian)), Code::not_found);
    EXPECT_EQ(World::fact(asked.world.last("refused"), "act"), "open_afterwards");
    EXPECT_EQ(asked.world.count("contact_opened"), 0u);
}

TEST(NobodyLearnsWhoTold, TheAskerAndTheDeciderCannotBeTheSecondPerson) {
    Asked asked;
    EXPECT_EQ(code_of(asked.second(asked.world.custodian)), Code::not_found) << "who asked";
    EXPECT_EQ(code_of(asked.second(asked.world.manager())), Code::not_found) << "who decided";
    EXPECT_EQ(code_of(asked.second(asked.world.administrator)), Code::not_found);
    EXPECT_EQ(code_of(asked.second(asked.world.call_taker())), Code::not_found);
    EXPECT_EQ(code_of(asked.open(asked.world.custodian)), Code::not_found);
    EXPECT_EQ(asked.world.count("opening_answered"), 0u);
}

TEST(NobodyLearnsWhoTold, WithASecondPersonTheAskerOpensItOnce) {
    Asked asked;
    must(asked.second(asked.world.plymouth.second_manager));
    EXPECT_EQ(code_of(asked.open(asked.world.second_custodian)), Code::not_found) << "another custodian did not ask";

    EXPECT_EQ(must(asked.open(asked.world.custodian)), asked.world.a_person());

    const auto entry = asked.world.last("contact_opened");
    EXPECT_EQ(World::fact(entry, "way"), "custody");
    EXPECT_EQ(World::fact(entry, "purpose"), "protect_the_reporter");
    EXPECT_EQ(entry.clauses, (Clauses{"PLY-030", "PLY-031", "PLY-032"}));
    EXPECT_EQ(code_of(asked.open(asked.world.custodian)), Code::not_found) << "once";
}

TEST(NobodyLearnsWhoTold, ARefusalBySecondPersonIsFinal) {
    Asked asked;
    must(app::second_opening(asked.world.house(), asked.world.second_custodian.actor, asked.id,
                             app::OpeningState::refused));
    EXPECT_EQ(code_of(asked.open(asked.world.custodian)), Code::not_found);
    EXPECT_EQ(code_of(asked.second(asked.world.plymouth.second_manager)), Code::conflict);
}

TEST(NobodyLearnsWhoTold, AManagerOfAnotherFrontDoorIsNoSecondPerson) {
    Asked asked;
    EXPECT_EQ(code_of(asked.second(asked.world.hackney.manager)), Code::not_found);
    EXPECT_TRUE(must(app::see_openings(asked.world.house(), asked.world.hackney.manager.actor)).empty())
        << "nor sees that it was asked";
    const auto seen = must(app::see_openings(asked.world.house(), asked.world.plymouth.second_manager.actor));
    ASSERT_EQ(seen.size(), 1u);
    EXPECT_TRUE(seen[0].may_second);
    EXPECT_FALSE(must(app::see_openings(asked.world.house(), asked.world.manager().actor)).at(0).may_second)
        << "who decided";
}

TEST(NobodyLearnsWhoTold, WhoeverIsShutOutOpensNothingMore) {
    TwoWorries two;
    must(app::shut_out(two.world.house(), two.world.administrator.actor, two.world.manager().id()));
    EXPECT_FALSE(two.world.open_contact(two.world.manager(), two.one.id).has_value()) << "their sealed half is gone";
    EXPECT_EQ(two.world.count("contact_opened"), 0u);
}

TEST(NobodyLearnsWhoTold, SigningInChangesNoByteOfAnyAccount) {
    World world;
    const std::string members = "select * from members order by member_row";
    const auto before = world.sql_text(members);
    ASSERT_GT(before.size(), 1000u);
    const auto sign_in = [&](const Staff& who, const std::string& password) {
        const auto code = world.house().codes.code_at(who.code_secret, world.clock.now());
        return app::sign_in(world.house(), who.email, SecretText(password), code.expose());
    };

    EXPECT_EQ(code_of(sign_in(world.manager(), "a wrong password")), Code::invalid);
    EXPECT_EQ(must(sign_in(world.manager(), world.manager().password.expose())).actor.member, world.manager().id());
    EXPECT_EQ(code_of(sign_in(world.manager(), world.manager().password.expose())), Code::invalid)
        << "a code serves once";
    EXPECT_EQ(code_of(app::sign_in(world.house(), "nobody@example.test", SecretText("whatever it is"), "123456")),
              Code::invalid);

    EXPECT_EQ(world.sql_text(members), before);
    EXPECT_EQ(world.count("signed_in"), 1u);
}

TEST(NobodyLearnsWhoTold, AReportChangesNothingButItsOwnRows) {
    World world;
    auto telling = world.a_worry();
    telling.contact = world.a_person();
    app::Party party;  // the same person, with the same agreement, in the register
    party.name = telling.contact.name;
    party.category = protocol::Category::guardian;
    party.front_door = world.plymouth.id;
    party.place = "Orchard Parade";
    party.tie = app::PlaceTie::lives;
    const Day today = london::day_of(world.clock.now());
    party.agreement = app::PartyAgreement{today, telling.contact.agreement, {"Tell the Council"}, today, {}};
    must(app::keep_party(world.house(), world.administrator.actor, party));
    const std::set<std::string> of_a_report{"concerns",        "concern_marks",     "record_keys",   "vault_rows",
                                            "return_codes",    "receipts",          "ledger_leaves", "ledger_nodes",
                                            "ledger_subjects", "ledger_checkpoints"};
    const auto contents = [&] {
        std::map<std::string, std::string> out;
        const std::string names =
            world.sql_text("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'");
        for (const auto name : text::split(names, '\n'))
            if (!name.empty()) out[std::string(name)] = world.sql_text("select * from " + std::string(name));
        return out;
    };
    const auto before = contents();
    ASSERT_GT(before.size(), 25u);

    world.report(telling);

    std::set<std::string> changed;
    for (const auto& [table, rows] : contents())
        if (rows != before.at(table)) changed.insert(table);
    EXPECT_EQ(changed, of_a_report);
}

TEST(NobodyLearnsWhoTold, AnonymousOrNamedTheRowsAreOfOneSize) {
    World world;
    const auto unnamed = world.report(world.a_worry());
    auto telling = world.a_worry();
    telling.contact = world.a_person();
    const auto named = world.report(telling);
    const auto one = world.vault_row(unnamed.id), other = world.vault_row(named.id);
    EXPECT_EQ(one.sealed_contact.size(), other.sealed_contact.size());
    EXPECT_EQ(one.wrap_duty.size(), other.wrap_duty.size());
    EXPECT_EQ(one.wrap_custody.size(), other.wrap_custody.size());
    EXPECT_EQ(one.wrap_taker.size(), other.wrap_taker.size());
}

TEST(NobodyLearnsWhoTold, WhenADaysKeyIsDestroyedItsWaysInAreGoneAndWhatWaitsIsRewrapped) {
    TwoWorries two;
    World& world = two.world;
    app::Clockwork clockwork(world.house());
    const auto key_files = [&] {
        std::vector<std::string> names;
        for (const auto& file : std::filesystem::directory_iterator(world.epochs_folder()))
            names.push_back(file.path().filename());
        std::ranges::sort(names);
        return names;
    };
    const auto first_day = key_files().front();
    const auto stolen = world.vault_row(two.one.id).wrap_duty;
    for (int day = 1; day <= 9; ++day) {
        world.clock.move(std::chrono::hours(24));
        must(clockwork.tick());
    }
    EXPECT_EQ(std::ranges::count(key_files(), first_day), 0) << "at most eight days old";
    EXPECT_NE(world.vault_row(two.one.id).wrap_duty, stolen);
    EXPECT_EQ(must(world.open_contact(world.manager(), two.one.id)), world.a_person()) << "still waiting, still open";
    const std::string disk = world.everything_on_disk();
    EXPECT_EQ(disk.find(to_text(stolen)), std::string::npos) << "the old wrap is in no page and no log";
}

TEST(NobodyLearnsWhoTold, WithTheClockInDoubtNothingIsDestroyed) {
    TwoWorries two;
    World& world = two.world;
    app::Clockwork clockwork(world.house());
    must(world.decide(world.manager(), two.other.id, [&] {
        auto form = world.a_decision(two.other.id);
        form.reply.clear();
        return form;
    }()));
    world.clock.set_wall(world.clock.now() + std::chrono::hours(24 * 20));
    const auto ticked = must(clockwork.tick());
    EXPECT_TRUE(world.house().alarms.has(app::Alarm::clock_in_doubt));
    EXPECT_EQ(ticked.epochs_ended, 0u);
    EXPECT_EQ(ticked.ways_closed, 0u);
    EXPECT_EQ(must(world.open_contact(world.manager(), two.one.id)), world.a_person());
    must(app::confirm_clock(world.house(), world.administrator.actor));
    EXPECT_EQ(must(clockwork.tick()).epochs_ended, 1u);
}

}  // namespace
}  // namespace kith::test
