// Promise: there is one door. Every use case asks the gate; a no looks like absence and is on the ledger; every answer
// has its entry.
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "app/come_back.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {
using app::Actor;

/// One use case, asked about one worry.
struct Door {
    std::string name;
    std::function<Result<void>(World&, const Staff&, ConcernId)> open;
    Code refused = Code::not_found;
};

template <class T>
Result<void> dropped(Result<T> result) {
    if (!result) return Failure(result.error());
    return {};
}

/// Every use case that somebody who works here may ask about a worry.
const std::vector<Door>& doors_to_a_worry() {
    static const std::vector<Door> doors{
        {"read_concern",
         [](World& w, const Staff& s, ConcernId id) { return dropped(app::read_concern(w.house(), s.actor, id)); }},
        {"mark_danger",
         [](World& w, const Staff& s, ConcernId id) {
             return app::mark_danger(w.house(), s.actor, id, concerns::DangerMark::by_manager, "why");
         }},
        {"mark_words",
         [](World& w, const Staff& s, ConcernId id) { return app::mark_words(w.house(), s.actor, id, {}); }},
        {"step_back", [](World& w, const Staff& s, ConcernId id) { return app::step_back(w.house(), s.actor, id); }},
        {"decide", [](World& w, const Staff& s, ConcernId id) { return w.decide(s, id, w.a_decision(id)); }},
        {"ask_for_more",
         [](World& w, const Staff& s, ConcernId id) {
             return app::ask_for_more(w.house(), s.actor, s.holder, id, "When?", w.clock.now() + std::chrono::hours(1));
         }},
        {"ring_back",
         [](World& w, const Staff& s, ConcernId id) { return app::ring_back(w.house(), s.actor, id, {}); }},
        {"type_in_form",
         [](World& w, const Staff& s, ConcernId id) {
             return app::type_in_form(w.house(), s.actor, id, {w.a_worry().account, w.clock.now()});
         }},
        {"answer_in_writing",
         [](World& w, const Staff& s, ConcernId id) {
             return app::answer_in_writing(w.house(), s.actor, s.holder, id, "Thank you.", "late");
         }},
        {"note_motive",
         [](World& w, const Staff& s, ConcernId id) { return app::note_motive(w.house(), s.actor, id, "a", "b"); }},
        {"mark_works_with_children",
         [](World& w, const Staff& s, ConcernId id) {
             return app::mark_works_with_children(w.house(), s.actor, id, "A coach.");
         }},
        {"report_onward",
         [](World& w, const Staff& s, ConcernId id) {
             return app::report_onward(w.house(), s.actor, id,
                                       {concerns::Whom::designated_officer,
                                        concerns::OnwardStep::told,
                                        {"Her", "by telephone", ""},
                                        w.clock.now()});
         }},
        {"end_onward",
         [](World& w, const Staff& s, ConcernId id) {
             return app::end_onward(w.house(), s.actor, id, concerns::Whom::another_area, "why");
         }},
        {"write_notice",
         [](World& w, const Staff& s, ConcernId id) {
             return dropped(app::write_notice(w.house(), s.actor, s.holder, id,
                                              {app::ContactGoes::left_out, "", "Them", "by hand", ""}));
         }},
        {"open_contact", [](World& w, const Staff& s, ConcernId id) { return dropped(w.open_contact(s, id)); }},
        {"ask_opening",
         [](World& w, const Staff& s, ConcernId id) {
             return dropped(app::ask_opening(w.house(), s.actor, w.concern(id).reference,
                                             app::OpeningPurpose::protect_the_child, "why"));
         }},
        {"read_call", [](World& w, const Staff& s,
                         ConcernId id) { return dropped(app::read_call(w.house(), s.actor, s.holder, id)); }},
        {"hand_over_call",
         [](World& w, const Staff& s, ConcernId id) { return dropped(app::hand_over_call(w.house(), s.actor, id)); }},
    };
    return doors;
}

Staff nobody() { return {}; }

TEST(OneDoor, WithoutAPermitEveryUseCaseLooksLikeAbsenceAndTheRefusalIsOnTheLedger) {
    World world;
    const auto told = world.report(world.a_worry());
    const auto before = world.concern(told.id);
    for (const Staff& asker :
         {nobody(), world.hackney.manager, world.hackney.call_taker, world.auditor, world.administrator})
        for (const Door& door : doors_to_a_worry()) {
            const auto entries = world.ledger().size();
            const auto answer = door.open(world, asker, told.id);
            ASSERT_FALSE(answer.has_value()) << door.name << " by " << asker.name;
            EXPECT_EQ(answer.error().code, Code::not_found) << door.name << " by " << asker.name;
            const auto ledger = world.ledger();
            ASSERT_EQ(ledger.size(), entries + 1) << door.name;
            EXPECT_EQ(ledger.back().act, "refused");
            EXPECT_EQ(ledger.back().by, asker.actor.name());
            EXPECT_EQ(ledger.back().subject, told.id.text());
        }
    EXPECT_EQ(world.concern(told.id), before) << "and nothing has changed";
}

TEST(OneDoor, ARefusalCannotBeToldFromAWorryThatIsNotThere) {
    World world;
    const auto told = world.report(world.a_worry());
    const auto absent = world.crypto().random_id<ConcernId>();
    for (const Door& door : doors_to_a_worry()) {
        if (door.name == "ask_opening" || door.name == "decide") continue;  // asked by reference, or read before
        const auto refused = door.open(world, world.hackney.manager, told.id),
                   missing = door.open(world, world.hackney.manager, absent);
        EXPECT_EQ(refused.error().code, missing.error().code) << door.name;
        EXPECT_EQ(refused.error().field, missing.error().field) << door.name;
    }
}

TEST(OneDoor, SettingsAreForThoseWhoKeepThem) {
    World world;
    const Staff& manager = world.manager();
    const protocol::LocalDecision decision{"Somebody", Day(std::chrono::floor<std::chrono::days>(world.clock.now()))};
    const std::vector<std::function<Result<void>()>> doors{
        [&] { return dropped(app::add_front_door(world.house(), manager.actor, "exeter", "plymouth-community")); },
        [&] {
            return app::set_local_term(world.house(), manager.actor, world.hackney.id, "contact_number", "01632 960301",
                                       decision);
        },
        [&] { return app::open_front_door(world.house(), manager.actor, world.plymouth.id); },
        [&] { return app::shut_out(world.house(), manager.actor, world.custodian.id()); },
        [&] {
            return dropped(
                app::invite(world.house(), manager.actor,
                            {"New Person", "new@example.test", world.plymouth.id, {parties::Role::manager}, {}}));
        },
        [&] { return app::admit(world.house(), world.administrator.actor, world.custodian.holder, manager.id()); },
        [&] {
            return app::add_duty_key(world.house(), world.administrator.actor, world.custodian.holder,
                                     world.plymouth.id);
        },
        [&] { return dropped(app::see_queue(world.house(), world.auditor.actor)); },
        [&] { return dropped(app::see_members(world.house(), world.auditor.actor)); },
        [&] {
            return app::set_rota(world.house(), world.auditor.actor, world.plymouth.id, world.clock.now(),
                                 world.clock.now(), {});
        },
    };
    for (std::size_t i = 0; i < doors.size(); ++i) {
        const auto refusals = world.count("refused");
        EXPECT_EQ(code_of(doors[i]()), Code::forbidden) << i;
        EXPECT_EQ(world.count("refused"), refusals + 1) << i;
    }
}

TEST(OneDoor, WhatIsKeyedToACustodianNeedsACustodiansKeys) {
    World world;
    const Staff& manager = world.manager();
    EXPECT_EQ(code_of(app::admit(world.house(), world.custodian.actor, manager.holder, manager.id())), Code::forbidden);
    EXPECT_FALSE(app::admit(world.house(), world.custodian.actor,
                            app::Holder{manager.id(), manager.holder.pair, world.crypto().new_signing_pair()},
                            manager.id())
                     .has_value())
        << "a signing pair of one's own does not open custody";
}

TEST(OneDoor, EveryAnswerHasItsEntry) {
    World world;
    const auto told = world.report(world.a_worry());
    const auto form = world.a_decision(told.id);
    const auto& m = world.manager();
    const auto file = must(app::add_file(world.house(), told.code, "note.txt"));
    must(file->write(as_bytes("words")));
    must(file->keep());
    const std::vector<std::pair<std::string, std::function<Result<void>()>>> answers{
        {"concern_read", [&] { return dropped(app::read_concern(world.house(), m.actor, told.id)); }},
        {"queue_seen", [&] { return dropped(app::see_queue(world.house(), m.actor)); }},
        {"contact_opened", [&] { return dropped(world.open_contact(m, told.id)); }},
        {"words_marked", [&] { return app::mark_words(world.house(), m.actor, told.id, {}); }},
        {"openings_seen", [&] { return dropped(app::see_openings(world.house(), m.actor)); }},
        {"members_seen", [&] { return dropped(app::see_members(world.house(), m.actor)); }},
        {"concern_decided", [&] { return world.decide(m, told.id, form); }},
        {"reporter_came_back", [&] { return dropped(app::come_back(world.house(), told.code)); }},
        {"reporter_added", [&] { return app::add_to_report(world.house(), told.code, "once more"); }},
        {"files_added", [&] { return dropped(app::send_added_files(world.house(), told.code)); }},
        {"opening_asked",
         [&] {
             return dropped(app::ask_opening(world.house(), world.custodian.actor, world.concern(told.id).reference,
                                             app::OpeningPurpose::protect_the_child, "why"));
         }},
        {"stepped_back", [&] { return app::step_back(world.house(), world.plymouth.second_manager.actor, told.id); }},
    };
    for (const auto& [act, ask] : answers) {
        const auto entries = world.ledger().size();
        must(ask());
        const auto ledger = world.ledger();
        ASSERT_EQ(ledger.size(), entries + 1) << act;
        EXPECT_EQ(ledger.back().act, act);
        EXPECT_EQ(ledger.back().at, world.clock.now());
    }
}

TEST(OneDoor, OverRandomDaysNobodyGetsAnAnswerTheRulesForbid) {
    for (unsigned seed = 1; seed <= 3; ++seed) {
        SCOPED_TRACE(seed);
        World world;
        std::mt19937 random(seed);
        const auto pick = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
        const std::vector<const Staff*> staff{
            &world.plymouth.manager, &world.plymouth.second_manager, &world.plymouth.call_taker,
            &world.hackney.manager,  &world.hackney.second_manager,  &world.hackney.call_taker,
            &world.custodian,        &world.administrator,           &world.auditor};
        std::vector<ConcernId> told;
        std::set<std::pair<ConcernId, MemberId>> stepped_back;
        for (int step = 0; step < 80; ++step) {
            world.clock.move(std::chrono::minutes(pick(9)));
            if (told.size() < 6 || pick(6) == 0) {
                auto telling = pick(2) == 0 ? world.a_worry() : world.a_worry_in_hackney();
                telling.contact = world.a_person();
                told.push_back(world.report(telling).id);
            }
            const ConcernId id = told[pick(told.size())];
            const Staff& who = *staff[pick(staff.size())];
            const Door& door = doors_to_a_worry()[pick(doors_to_a_worry().size())];
            const auto before = world.concern(id);
            const auto entries = world.ledger().size();

            const auto answer = door.open(world, who, id);

            SCOPED_TRACE(door.name + " by " + who.name);
            if (answer) {
                const bool custodian_asks = door.name == "ask_opening" && who.actor.roles.has(parties::Role::custodian);
                if (!custodian_asks) {
                    EXPECT_EQ(who.actor.front_door, before.front_door) << "of another front door";
                }
                EXPECT_FALSE(stepped_back.contains({id, who.id()})) << "has stepped back";
                if (door.name == "decide" || door.name == "ask_for_more" || door.name == "ring_back") {
                    EXPECT_TRUE(who.actor.roles.has(parties::Role::manager));
                }
                if (door.name == "open_contact") {
                    EXPECT_FALSE(before.answered_at.has_value());
                }
                EXPECT_EQ(world.ledger().size(), entries + 1);
                EXPECT_EQ(world.ledger().back().by, who.id().text());
                if (door.name == "step_back") stepped_back.insert({id, who.id()});
            } else {
                EXPECT_EQ(world.concern(id), before) << "what was refused changed nothing";
                EXPECT_LE(world.ledger().size(), entries + 1);
            }
        }
        EXPECT_TRUE(world.verify().intact());
    }
}

}  // namespace
}  // namespace kith::test
