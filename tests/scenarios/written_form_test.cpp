// The written form that follows a call: found by code, filled from the call, kept, refused while a part is missing.
#include "app/written_form.hpp"
#include "app/clockwork.hpp"
#include "app/come_back.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {
using concerns::WrittenForm;

/// A call by a stakeholder, handed over, and the code that was read out.
struct FormOwed {
    World world;
    ConcernId call;
    std::string code;
    explicit FormOwed(const std::function<void(app::CallWords&)>& change = {}) {
        auto words = world.words_of_a_call();
        if (change) change(words);
        call = world.begin_call(words);
        code = world.hand_over(call).code;
    }
    Result<app::FormInHand> answer(Field field, std::string value) {
        return app::change_form(world.house(), code, [&](app::Draft& draft) { draft.account.answers[field] = value; });
    }
};

TEST(TheWrittenForm, IsFilledFromTheCallAndIsOneWithIt) {
    KITH_CLAUSE("PLY-024");
    FormOwed owed([](app::CallWords& words) {
        words.account.people = {{"Kit", "Kitten", "9", "a red coat", concerns::Part::unknown}};
        words.account.answers[Field::rung_999_by] = "us";
        words.account.answers[Field::police_log] = "LOG 7781";
        words.account.answers[Field::must_not_see] = "Somebody Atthedesk";
    });

    const auto form = must(app::read_form(owed.world.house(), owed.code));

    const auto said = owed.world.read(owed.world.manager(), owed.call).account;
    EXPECT_EQ(form.draft.account.known(Field::what_seen), said.known(Field::what_seen));
    EXPECT_EQ(form.draft.account.known(Field::where_seen), said.known(Field::where_seen));
    EXPECT_EQ(form.draft.account.people, said.people);
    EXPECT_EQ(form.call_at, owed.world.concern(owed.call).received_at);
    EXPECT_EQ(form.due_at, at("2026-06-11 10:00"));
    EXPECT_FALSE(form.has_begun);
    for (const Field field : {Field::rung_999_by, Field::police_log, Field::must_not_see})
        EXPECT_EQ(form.draft.account.answer(field), "") << "what the desk wrote is not the reporter's";
    EXPECT_EQ(owed.world.last("form_opened").subject, owed.call.text());
    EXPECT_EQ(owed.world.last("form_opened").by, "reporter");
}

TEST(TheWrittenForm, LeadsToNothingOfWhoTold) {
    KITH_CLAUSE("PLY-024");
    FormOwed owed;
    const auto form = must(app::read_form(owed.world.house(), owed.code));
    EXPECT_EQ(form.draft.contact, concerns::Contact{});
    EXPECT_EQ(form.draft.must_not_see, "");
    EXPECT_FALSE(form.draft.naming.person || form.draft.naming.organisation);
    const std::string all = to_text(concerns::encode(form.draft.account));
    const auto person = owed.world.a_person();
    for (const auto& secret : {person.name, person.telephone, person.email, person.agreement, person.must_not_know})
        EXPECT_EQ(all.find(secret), std::string::npos) << secret;
}

TEST(TheWrittenForm, CannotBeSentWithANeededPartBlankAndNothingIsLostThen) {
    KITH_CLAUSE("PLY-024");
    FormOwed owed([](app::CallWords& words) { words.account.answers.erase(Field::worry); });
    must(owed.answer(Field::when_seen, "Three evenings running."));

    EXPECT_EQ(field_of(app::send_form(owed.world.house(), owed.code)), "worry");

    const auto kept = must(app::read_form(owed.world.house(), owed.code));
    EXPECT_TRUE(kept.has_begun);
    EXPECT_EQ(kept.draft.account.known(Field::when_seen), "Three evenings running.");
    const auto asked = owed.world.questions(owed.world.plymouth.id);
    std::vector<std::string_view> missing;
    for (const auto& trouble : app::form_troubles(asked, kept.draft.account))
        missing.push_back(concerns::spec_of(trouble.field).name);
    EXPECT_EQ(missing, (std::vector<std::string_view>{"worry", "how_known"})) << "all at once, in the form's order";
    EXPECT_EQ(owed.world.concern(owed.call).form, WrittenForm::awaited);
    EXPECT_EQ(owed.world.count("form_received"), 0u);

    must(owed.answer(Field::worry, std::string(concerns::kDontKnow)));
    EXPECT_EQ(field_of(app::send_form(owed.world.house(), owed.code)), "how_known") << "the form alone needs it";
    must(owed.answer(Field::how_known, "saw"));
    must(app::send_form(owed.world.house(), owed.code));
    EXPECT_EQ(owed.world.concern(owed.call).form, WrittenForm::received);
}

TEST(TheWrittenForm, IsReadByStaffBesideTheCallAndEndsTheDuty) {
    KITH_CLAUSE("PLY-024", "PLY-025");
    FormOwed owed;
    World& world = owed.world;
    must(owed.answer(Field::how_known, "saw"));
    must(owed.answer(Field::where_seen, "Orchard Parade, by the bakery"));
    world.notices.forget();
    world.clock.move(std::chrono::hours(47));

    must(app::send_form(world.house(), owed.code));

    const auto reading = world.read(world.manager(), owed.call);
    ASSERT_TRUE(reading.form.has_value());
    EXPECT_EQ(reading.account.known(Field::where_seen), "Orchard Parade, by the launderette")
        << "the call's words stay";
    EXPECT_EQ(reading.form->account.known(Field::where_seen), "Orchard Parade, by the bakery");
    EXPECT_EQ(reading.form->received_at, world.clock.now());
    EXPECT_EQ(reading.form->way, app::FormWay::by_code);
    EXPECT_TRUE(reading.form->in_time);
    const auto entry = world.last("form_received");
    EXPECT_EQ(entry.clauses, (Clauses{"PLY-024", "PLY-025"}));
    EXPECT_EQ(World::fact(entry, "in_time"), "yes");
    EXPECT_EQ(entry.by, "reporter");
    const auto thread = must(app::come_back(world.house(), owed.code));
    EXPECT_FALSE(thread.form_owed);
    EXPECT_TRUE(thread.form_came);
    ASSERT_EQ(world.queue(world.manager()).forms_came.size(), 1u) << "for a day it stands there to be read";
    EXPECT_EQ(world.queue(world.manager()).forms_came[0].form_came_at, world.clock.now());
    world.clock.move(std::chrono::hours(24) + Duration(1));
    EXPECT_TRUE(world.queue(world.manager()).forms_came.empty());
    EXPECT_EQ(code_of(app::send_form(world.house(), owed.code)), Code::conflict) << "once";
    EXPECT_EQ(code_of(app::read_form(world.house(), owed.code)), Code::conflict);
}

TEST(TheWrittenForm, OnTheInstantItIsDueIsInTimeAndAfterItIsLateAndTakenAllTheSame) {
    KITH_CLAUSE("PLY-025");
    for (const bool late : {false, true}) {
        FormOwed owed;
        must(owed.answer(Field::how_known, "saw"));
        owed.world.clock.move_to(at("2026-06-11 10:00") + Duration(late ? 1 : 0));
        EXPECT_EQ(concerns::form_is_overdue(owed.world.concern(owed.call), owed.world.clock.now()), late);
        must(app::send_form(owed.world.house(), owed.code));
        EXPECT_EQ(owed.world.read(owed.world.manager(), owed.call).form->in_time, !late);
        EXPECT_EQ(World::fact(owed.world.last("form_received"), "in_time"), late ? "no" : "yes");
    }
}

TEST(TheWrittenForm, ClosesTheWayInOnceTheWorryIsAnsweredAndNotBefore) {
    KITH_CLAUSE("PLY-024");
    FormOwed first, answered;
    must(first.answer(Field::how_known, "saw"));
    must(app::send_form(first.world.house(), first.code));
    must(first.world.open_contact(first.world.manager(), first.call));
    EXPECT_FALSE(first.world.vault_row(first.call).wrap_duty.empty()) << "unanswered, it stays open";

    must(answered.world.decide(answered.world.manager(), answered.call, answered.world.a_decision(answered.call)));
    must(answered.world.open_contact(answered.world.manager(), answered.call));
    must(answered.answer(Field::how_known, "saw"));
    must(app::send_form(answered.world.house(), answered.code));
    EXPECT_EQ(code_of(answered.world.open_contact(answered.world.manager(), answered.call)), Code::not_found);
    EXPECT_TRUE(answered.world.vault_row(answered.call).wrap_duty.empty());
}

TEST(TheWrittenForm, WaitsUntilItIsDueWhereverTheCodeIsPutInAgain) {
    FormOwed owed;
    must(owed.answer(Field::when_seen, "Every Friday."));
    owed.world.clock.move(std::chrono::hours(47));
    app::Clockwork clockwork(owed.world.house());
    must(clockwork.tick());
    EXPECT_EQ(must(app::read_form(owed.world.house(), owed.code)).draft.account.known(Field::when_seen),
              "Every Friday.");
    EXPECT_EQ(owed.world.everything_on_disk().find("Every Friday."), std::string::npos);
}

TEST(TheWrittenForm, IsFoundByItsOwnCodeAlone) {
    KITH_CLAUSE("PLY-024");
    FormOwed owed;
    const auto online = owed.world.report(owed.world.a_worry());
    EXPECT_EQ(code_of(app::read_form(owed.world.house(), online.code)), Code::conflict)
        << "an online report is the form";
    EXPECT_EQ(code_of(app::read_form(owed.world.house(), "7K4Q-0XJ2-M9TD-W3HB-5RNE")), Code::not_found);
    EXPECT_EQ(code_of(app::send_form(owed.world.house(), online.code)), Code::conflict);
}

TEST(TheWrittenForm, OnPaperIsTypedInAsOfTheDayItCame) {
    KITH_CLAUSE("PLY-024", "PLY-025");
    FormOwed owed;
    World& world = owed.world;
    world.clock.move(std::chrono::hours(72));
    app::PaperForm paper{world.words_of_a_call().account, at("2026-06-11 09:30")};
    const auto type_in = [&](const Staff& who) {
        return app::type_in_form(world.house(), who.actor, owed.call, paper);
    };
    EXPECT_EQ(field_of(type_in(world.call_taker())), "how_known") << "paper needs the same parts";
    paper.account.answers[Field::how_known] = std::string(concerns::kDontKnow);
    for (const auto& when : {"2026-06-09 09:59", "2026-06-12 10:01"}) {
        paper.received_at = at(when);
        EXPECT_EQ(field_of(type_in(world.call_taker())), "received_on") << when;
    }
    EXPECT_EQ(code_of(type_in(world.hackney.manager)), Code::not_found);
    EXPECT_EQ(code_of(type_in(world.administrator)), Code::not_found);
    paper.received_at = at("2026-06-11 09:30");

    must(type_in(world.call_taker()));

    const auto form = world.read(world.manager(), owed.call).form;
    ASSERT_TRUE(form.has_value());
    EXPECT_TRUE(form->in_time) << "it lay in the post room, not with the reporter";
    EXPECT_EQ(form->typed_by, world.call_taker().name);
    EXPECT_EQ(form->way, app::FormWay::typed_in);
    EXPECT_EQ(World::fact(world.last("form_received"), "way"), "typed_in");
    EXPECT_EQ(code_of(type_in(world.call_taker())), Code::conflict);
}

TEST(TheWrittenForm, ADecisionMadeOnTheCallAloneIsToldThatTheFormCame) {
    FormOwed owed;
    const auto decision = owed.world.a_decision(owed.call);
    must(owed.answer(Field::how_known, "saw"));
    must(app::send_form(owed.world.house(), owed.code));
    EXPECT_EQ(code_of(owed.world.decide(owed.world.manager(), owed.call, decision)), Code::conflict);
}

TEST(TheWrittenForm, ItsWordsAreMarkedWithTheCalls) {
    FormOwed owed;
    World& world = owed.world;
    must(owed.answer(Field::how_known, "saw"));
    must(owed.answer(Field::when_seen, "When I closed my stall."));
    must(app::send_form(world.house(), owed.code));
    must(app::mark_each(world.house(), world.manager().actor, owed.call, Field::when_seen, "my stall"));
    const auto form = world.read(world.manager(), owed.call).form;
    EXPECT_EQ(concerns::masked(form->account, Field::when_seen), "When I closed […].");
    const auto refused =
        must(app::mark_each(world.house(), world.manager().actor, owed.call, Field::when_seen, "nowhere")).refused;
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->code, Code::invalid);
}

TEST(TheWrittenForm, SaysAgainWhatIsMarkedInItsCallAndThatIsMarkedToo) {
    KITH_CLAUSE("PLY-031");
    const auto mark = [](FormOwed& owed) {
        const auto& desk = owed.world.manager();
        const auto done =
            must(app::mark_each(owed.world.house(), desk.actor, owed.call, Field::where_seen, "my stall"));
        ASSERT_FALSE(done.refused);
        must(app::put_instead(owed.world.house(), desk.actor, owed.call, done.account.marked.at(0), "close by"));
    };
    const auto said_here = [](app::CallWords& words) { words.account.answers[Field::where_seen] = "Behind my stall"; };
    const std::string more = "Behind My Stall, and in the alley.",
                      when = "When my stall closed. They call it my stalls.";
    const auto expect_marked = [&](FormOwed& owed) {
        const auto form = owed.world.read(owed.world.manager(), owed.call).form;
        ASSERT_TRUE(form);
        EXPECT_EQ(concerns::masked(form->account, Field::where_seen), "Behind close by, and in the alley.");
        EXPECT_EQ(concerns::masked(form->account, Field::when_seen), "When close by closed. They call it my stalls.");
    };
    {
        FormOwed owed(said_here);
        must(owed.answer(Field::how_known, "saw"));
        mark(owed);  // after the form was begun, and whatever becomes of the marks that it began with
        must(owed.answer(Field::where_seen, more));
        must(owed.answer(Field::when_seen, when));
        must(app::change_form(owed.world.house(), owed.code, [](app::Draft& draft) { draft.account.marked.clear(); }));
        must(app::send_form(owed.world.house(), owed.code));
        expect_marked(owed);
    }
    FormOwed owed(said_here);
    mark(owed);
    app::PaperForm paper{owed.world.words_of_a_call().account, owed.world.clock.now()};
    paper.account.answers[Field::how_known] = "saw";
    paper.account.answers[Field::where_seen] = more;
    paper.account.answers[Field::when_seen] = when;
    must(app::type_in_form(owed.world.house(), owed.world.call_taker().actor, owed.call, paper));
    expect_marked(owed);
}

TEST(TheWrittenForm, KeepsItsMarkWhereTheCallsAtTheSamePlaceIsTakenAway) {
    FormOwed owed([](app::CallWords& words) { words.account.answers[Field::where_seen] = "my stall"; });
    World& world = owed.world;
    must(owed.answer(Field::how_known, "saw"));
    must(owed.answer(Field::where_seen, "my house"));
    must(app::send_form(world.house(), owed.code));
    for (const auto* words : {"my stall", "my house"})
        must(app::mark_each(world.house(), world.manager().actor, owed.call, Field::where_seen, words));
    must(app::unmark(world.house(), world.manager().actor, owed.call, {Field::where_seen, 0, 8}));
    const auto reading = world.read(world.manager(), owed.call);
    EXPECT_TRUE(reading.account.marked.empty());
    EXPECT_EQ(reading.form->account.marked.size(), 1u) << "over other words, seen by nobody when it was asked";
}

}  // namespace
}  // namespace kith::test
