// Another organisation's software: a school's sends a worry, a council's reads what waits. What it may, and what its
// token leaves behind.
#include "app/api_tokens.hpp"
#include "app/outline.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {
using app::Bearer;
using parties::Scope;
using parties::Scopes;

const Scopes kBoth{Scope::intake_write, Scope::queue_read};

class OtherSystems : public testing::Test {
  protected:
    SecretText token(Scopes scopes, FrontDoorId door) {
        return must(app::make_api_token(world.house(), world.administrator.actor,
                                        {"Office system", "Larkspur Primary School", door, scopes,
                                         world.clock.now() + std::chrono::days(30)}))
            .text;
    }
    Bearer bearer(Scopes scopes) { return bearer(scopes, world.plymouth.id); }
    Bearer bearer(Scopes scopes, FrontDoorId door) {
        return must(app::bearer_of(world.house(), token(scopes, door).expose()));
    }
    ApiTokenId only_token() {
        return must(app::see_api_tokens(world.house(), world.administrator.actor, world.plymouth.id)).at(0).id;
    }
    app::Telling telling(const Bearer& from, std::string_view key) {
        app::Telling out = world.a_worry();
        out.contact.name = "Wilma Tarrant";
        out.contact.telephone = "01632 960 210";
        out.contact.post = "Deputy head";
        out.once = from.token.once(world.crypto(), key);
        return out;
    }
    Result<app::Receipt> send(const Bearer& from, const app::Telling& what) {
        return app::report_by_token(world.house(), from, what);
    }
    ConcernId waiting(std::size_t at = 0) { return world.queue(world.manager()).waiting.at(at).id; }

    World world;
};

TEST_F(OtherSystems, WhatASchoolsSystemSendsIsWithTheManagerOnDutyInTheSameActAndIsDecidedLikeAnyOther) {
    KITH_CLAUSE("PLY-021");
    const auto school = bearer(kBoth);
    const auto entries = world.ledger().size();

    const auto receipt = must(send(school, telling(school, "one")));

    ASSERT_EQ(world.ledger().size(), entries + 1) << "one entry, so one transaction";
    const auto kept = world.concern(waiting());
    EXPECT_EQ(kept.reference, receipt.reference);
    EXPECT_EQ(kept.with, world.manager().id());
    EXPECT_EQ(world.notices.count(world.manager().email, app::Notice::worry_waiting), 1u);
    EXPECT_EQ(world.read(world.manager(), kept.id).source, "Wilma Tarrant, Deputy head, Larkspur Primary School");
    EXPECT_EQ(must(world.open_contact(world.manager(), kept.id)).telephone, "01632 960 210");
    EXPECT_TRUE(world.decide(world.manager(), kept.id, world.a_decision(kept.id)).has_value());
    EXPECT_EQ(world.concern(kept.id).stage, concerns::Stage::decided);
}

TEST_F(OtherSystems, TheReplyMayNameNeitherTheTellerNorTheirSchool) {
    KITH_CLAUSE("PLY-031");
    const auto school = bearer(kBoth);
    must(send(school, telling(school, "one")));
    auto form = world.a_decision(waiting());
    for (const std::string reply : {"Dear Wilma, thank you.", "Our thanks to Larkspur."}) {
        form.reply = reply;
        EXPECT_EQ(field_of(world.decide(world.manager(), waiting(), form)), "reply") << reply;
    }
}

TEST_F(OtherSystems, TheOrganisationIsTheTokensWhateverWasSent) {
    const auto school = bearer(kBoth);
    auto pretended = telling(school, "one");
    pretended.contact.organisation = "Another Surgery";
    pretended.contact.source = concerns::Source::community;
    pretended.front_door = world.hackney.id;

    must(send(school, pretended));

    EXPECT_EQ(world.read(world.manager(), waiting()).source, "Wilma Tarrant, Deputy head, Larkspur Primary School");
    EXPECT_TRUE(world.queue(world.hackney.manager).waiting.empty());
}

TEST_F(OtherSystems, OneKeySentTwiceMakesOneConcernAndTheSameAnswer) {
    const auto school = bearer(kBoth);
    const auto first = must(send(school, telling(school, "one")));
    const auto entries = world.ledger().size();

    const auto second = must(send(school, telling(school, "one")));

    EXPECT_EQ(world.concerns_kept(), 1u);
    EXPECT_EQ(world.ledger().size(), entries);
    EXPECT_EQ(second.code, first.code);
    EXPECT_EQ(second.reference, first.reference);
    must(send(school, telling(school, "two")));
    EXPECT_EQ(world.concerns_kept(), 2u) << "two tellings are two, though their words are the same";
}

TEST_F(OtherSystems, OneKeyForTwoWorriesIsRefusedSoThatNeitherIsLost) {
    const auto school = bearer(kBoth);
    must(send(school, telling(school, "one")));
    const auto differ = [&](auto change) {
        auto other = telling(school, "one");
        change(other);
        const auto refused = send(school, other);
        EXPECT_EQ(code_of(refused), Code::conflict);
        EXPECT_EQ(field_of(refused), "idempotency_key");
    };
    differ([](app::Telling& t) { t.account.answers[Field::worry] = "Something else."; });
    differ([](app::Telling& t) { t.contact.telephone = "01632 960 211"; });
    differ([](app::Telling& t) { t.contact.post = "Head"; });
    differ([](app::Telling& t) { t.danger = concerns::DangerMark::by_reporter; });
    differ([](app::Telling& t) { t.must_not_see = "Somebody"; });
    differ([](app::Telling& t) { t.naming.organisation = true; });
    EXPECT_EQ(world.concerns_kept(), 1u);

    const auto other_school = bearer(kBoth);
    must(send(other_school, telling(other_school, "one")));
    EXPECT_EQ(world.concerns_kept(), 2u) << "another system's key is another key";
}

TEST_F(OtherSystems, TheLedgersLineOfAWorryDoesNotTellWhichSystemSentIt) {
    world.report(world.a_worry());
    auto by_hand = world.last("concern_received");
    const auto school = bearer(kBoth);

    must(send(school, telling(school, "one")));

    const auto by_system = world.last("concern_received");
    EXPECT_EQ(by_system.by, by_hand.by);
    EXPECT_EQ(by_system.facts.size(), by_hand.facts.size());
    for (std::size_t i = 0; i < by_hand.facts.size(); ++i) EXPECT_EQ(by_system.facts[i].name, by_hand.facts[i].name);
    EXPECT_EQ(by_system.clauses, by_hand.clauses);
    const std::string id = school.actor.token.text();
    for (const auto& leaf : world.ledger_about(waiting(1))) EXPECT_NE(leaf.by, id);
}

TEST_F(OtherSystems, ATokenIsNowhereButWithWhomItWasShownTo) {
    const std::string text = token(kBoth, world.plymouth.id).expose();
    const auto school = must(app::bearer_of(world.house(), text));
    must(send(school, telling(school, "qzIdempotencyMarker")));
    must(app::see_outline(world.house(), school.actor));

    const std::string disk = world.everything_on_disk();
    const Bytes raw = from_crockford(text.substr(5)).value();
    ASSERT_NE(disk.find("outline_seen"), std::string::npos);
    for (const std::string& word :
         {text, text.substr(5), to_hex(raw), to_text(raw), to_base64(raw).substr(0, 40),
          std::string("qzIdempotencyMarker"), std::string("Larkspur"), std::string("Office system")})
        EXPECT_EQ(disk.find(word), std::string::npos) << word.substr(0, 4);
}

TEST_F(OtherSystems, ARevokedTokenIsRefusedAtOnceAlsoByWhoeverWasThroughTheDoorAlready) {
    const std::string text = token(kBoth, world.plymouth.id).expose();
    const auto inside = must(app::bearer_of(world.house(), text));

    must(app::revoke_api_token(world.house(), world.administrator.actor, world.plymouth.id, only_token()));

    EXPECT_EQ(code_of(app::bearer_of(world.house(), text)), Code::not_found);
    EXPECT_EQ(code_of(send(inside, telling(inside, "one"))), Code::forbidden);
    EXPECT_EQ(code_of(app::see_outline(world.house(), inside.actor)), Code::forbidden);
    EXPECT_EQ(world.concerns_kept(), 0u);
    EXPECT_EQ(world.count("refused"), 2u);
    EXPECT_EQ(world.last("refused").by, inside.actor.token.text());
}

TEST_F(OtherSystems, ATokenEndsWhenItsTimeIsOver) {
    const std::string text = token(kBoth, world.plymouth.id).expose();
    const auto inside = must(app::bearer_of(world.house(), text));
    world.clock.move(std::chrono::days(30) - std::chrono::milliseconds(1));
    EXPECT_TRUE(app::bearer_of(world.house(), text).has_value());
    world.clock.move(std::chrono::milliseconds(1));
    EXPECT_EQ(code_of(app::bearer_of(world.house(), text)), Code::not_found);
    EXPECT_EQ(code_of(send(inside, telling(inside, "one"))), Code::forbidden);
}

TEST_F(OtherSystems, ATokenIsForItsScopesAlone) {
    const auto sender = bearer({Scope::intake_write}), reader = bearer({Scope::queue_read});
    EXPECT_TRUE(send(sender, telling(sender, "one")).has_value());
    EXPECT_TRUE(app::see_outline(world.house(), reader.actor).has_value());
    EXPECT_EQ(code_of(app::see_outline(world.house(), sender.actor)), Code::forbidden);
    EXPECT_EQ(code_of(send(reader, telling(reader, "two"))), Code::forbidden);
    EXPECT_EQ(code_of(app::see_queue(world.house(), reader.actor)), Code::forbidden);
    EXPECT_EQ(code_of(app::read_concern(world.house(), reader.actor, waiting())), Code::not_found);
    EXPECT_EQ(world.concerns_kept(), 1u);
}

TEST_F(OtherSystems, TheOutlineIsInTheOrderOfTheDeskAndOfItsOwnFrontDoor) {
    const auto wallboard = bearer({Scope::queue_read});
    std::vector<TakenWorry> told;
    for (int i = 0; i < 4; ++i) {
        auto worry = world.a_worry();
        if (i == 2) worry.danger = concerns::DangerMark::by_reporter;
        told.push_back(world.report(worry));
        world.clock.move(std::chrono::minutes(20));
    }
    world.report(world.a_worry_in_hackney());

    const auto outline = must(app::see_outline(world.house(), wallboard.actor));

    const auto queue = world.queue(world.manager());
    ASSERT_EQ(outline.lines.size(), queue.waiting.size());
    for (std::size_t i = 0; i < outline.lines.size(); ++i) {
        EXPECT_EQ(outline.lines[i].reference, queue.waiting[i].reference);
        EXPECT_EQ(outline.lines[i].late, concerns::is_late(queue.waiting[i].concern, world.clock.now()));
    }
    EXPECT_TRUE(outline.lines[0].in_danger);
    EXPECT_EQ(world.last("outline_seen").by, wallboard.actor.token.text());
}

TEST_F(OtherSystems, WhatSomebodyMustNotSeeIsNotOnAWallboardNorCounted) {
    const auto wallboard = bearer({Scope::queue_read});
    const auto seen = world.report(world.a_worry());
    auto hidden = world.a_worry();
    hidden.must_not_see = world.plymouth.second_manager.name;
    const auto kept_from_one = world.report(hidden);
    hidden = world.a_worry();
    hidden.must_not_see = "my uncle, he sits at your front desk";
    const auto kept_from_somebody = world.report(hidden);
    const auto outline = [&] { return must(app::see_outline(world.house(), wallboard.actor)); };
    ASSERT_EQ(outline().lines.size(), 1u);
    EXPECT_EQ(outline().lines[0].reference, world.concern(seen.id).reference);
    for (const Staff* one : {&world.plymouth.manager, &world.plymouth.call_taker})
        must(app::keep_away(world.house(), one->actor, kept_from_somebody.id, std::nullopt));
    EXPECT_EQ(outline().lines.size(), 1u) << "who is not known here may still stand before the screen";

    for (const auto id : {seen.id, kept_from_one.id, kept_from_somebody.id})
        must(world.decide(world.manager(), id, world.a_decision(id)));
    EXPECT_EQ(outline().answered_in_time, 1u);

    must(app::step_back(world.house(), world.plymouth.call_taker.actor, seen.id));
    EXPECT_EQ(outline().answered_in_time, 0u);
}

TEST_F(OtherSystems, OnlyAnAdministratorMakesSeesAndRevokesAndEachIsOnTheLedger) {
    const auto make = [&](const Staff& who) {
        return app::make_api_token(world.house(), who.actor,
                                   {"Office system", "Larkspur Primary School", world.plymouth.id, kBoth,
                                    world.clock.now() + std::chrono::days(1)});
    };
    for (const Staff* who :
         std::initializer_list<const Staff*>{&world.manager(), &world.custodian, &world.auditor, &world.call_taker()}) {
        EXPECT_EQ(code_of(make(*who)), Code::forbidden);
        EXPECT_EQ(code_of(app::see_api_tokens(world.house(), who->actor, world.plymouth.id)), Code::forbidden);
        EXPECT_EQ(code_of(app::revoke_api_token(world.house(), who->actor, world.plymouth.id, {})), Code::forbidden);
    }
    const auto made = must(make(world.administrator));
    EXPECT_EQ(world.last("token_made").by, world.administrator.id().text());
    EXPECT_EQ(world.last("token_made").subject, made.id.text());
    EXPECT_EQ(code_of(app::revoke_api_token(world.house(), world.administrator.actor, world.hackney.id, made.id)),
              Code::not_found);
    must(app::revoke_api_token(world.house(), world.administrator.actor, world.plymouth.id, made.id));
    EXPECT_EQ(world.last("token_revoked").subject, made.id.text());
    EXPECT_TRUE(must(app::see_api_tokens(world.house(), world.administrator.actor, world.hackney.id)).empty());
    EXPECT_TRUE(world.verify().intact());
}

TEST_F(OtherSystems, ATokenNeedsASystemAnOrganisationAPurposeAndAnEnd) {
    const auto make = [&](auto change) {
        app::NewApiToken wanted{"Office system", "Larkspur Primary School", world.plymouth.id, kBoth,
                                world.clock.now() + std::chrono::days(30)};
        change(wanted);
        return app::make_api_token(world.house(), world.administrator.actor, wanted);
    };
    EXPECT_EQ(field_of(make([](auto& w) { w.name = "  "; })), "name");
    EXPECT_EQ(field_of(make([](auto& w) { w.organisation = "Two\nlines"; })), "organisation");
    EXPECT_EQ(field_of(make([](auto& w) { w.organisation = std::string(201, 'x'); })), "organisation");
    EXPECT_EQ(field_of(make([](auto& w) { w.scopes = {}; })), "scopes");
    EXPECT_EQ(field_of(make([&](auto& w) { w.expires_at = world.clock.now(); })), "expires_on");
    EXPECT_EQ(field_of(make([&](auto& w) { w.expires_at = world.clock.now() + std::chrono::days(367); })),
              "expires_on");
    EXPECT_EQ(world.count("token_made"), 0u);
}

}  // namespace
}  // namespace kith::test
