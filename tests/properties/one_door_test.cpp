// Promise: there is one door. Every use case asks the gate; a no looks like absence and is on the ledger; every answer
// has its entry.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "app/come_back.hpp"
#include "app/copies.hpp"
#include "app/draft_files.hpp"
#include "properties/doors_to_a_worry.hpp"

namespace kith::test {
namespace {
Staff nobody() { return {}; }

/// A worry with a file that has its copy, so that a refusal is the gate's and not for want of what was asked for.
ConcernId worry_with_a_file(World& world) {
    const auto key = app::DraftKey::create(world.crypto());
    const auto told = world.a_worry();
    app::Draft draft;
    draft.front_door = told.front_door;
    draft.account = told.account;
    draft.emergency = app::Emergency::none;
    must(app::begin_draft(world.house(), key, draft));
    const auto file = must(app::IncomingFile::begin(world.house(), key, "photo.jpg"));
    must(file->write(as_bytes("\xFF\xD8\xFF\xE1 a photo")));
    must(file->keep());
    must(app::send_draft(world.house(), key));
    app::Copies copies(world.house());
    while (must(copies.make_one())) continue;
    return must(ConcernId::parse(world.last("concern_received").subject.value()));
}

TEST(OneDoor, WithoutAPermitEveryUseCaseLooksLikeAbsenceAndTheRefusalIsOnTheLedger) {
    World world;
    const ConcernId told = worry_with_a_file(world);
    must(app::see_page(world.house(), world.manager().actor, told, file_of(world, told), 1));
    must(app::step_back(world.house(), world.plymouth.second_manager.actor, told));
    const auto before = world.concern(told);
    for (const Staff& asker : {nobody(), world.hackney.manager, world.hackney.call_taker, world.auditor,
                               world.administrator, world.plymouth.second_manager})
        for (const Door& door : doors_to_a_worry()) {
            const auto entries = world.ledger().size();
            const auto answer = door.open(world, asker, told);
            ASSERT_FALSE(answer.has_value()) << door.name << " by " << asker.name;
            EXPECT_EQ(answer.error().code, Code::not_found) << door.name << " by " << asker.name;
            const auto ledger = world.ledger();
            ASSERT_EQ(ledger.size(), entries + 1) << door.name << " by " << asker.name;
            EXPECT_EQ(ledger.back().act, "refused");
            EXPECT_EQ(ledger.back().by, asker.actor.name());
            EXPECT_EQ(ledger.back().subject, told.text());
        }
    EXPECT_EQ(world.concern(told), before) << "and nothing has changed";
}

TEST(OneDoor, ARefusalCannotBeToldFromAWorryThatIsNotThere) {
    World world;
    const ConcernId told = worry_with_a_file(world);
    must(app::step_back(world.house(), world.plymouth.second_manager.actor, told));
    const auto absent = world.crypto().random_id<ConcernId>();
    for (const Staff& asker : {world.hackney.manager, world.plymouth.second_manager})
        for (const Door& door : doors_to_a_worry()) {
            const auto refused = door.open(world, asker, told), missing = door.open(world, asker, absent);
            ASSERT_FALSE(refused.has_value() || missing.has_value()) << door.name;
            EXPECT_EQ(refused.error().code, missing.error().code) << door.name << " by " << asker.name;
            EXPECT_EQ(refused.error().field, missing.error().field) << door.name << " by " << asker.name;
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

/// Days in which anybody tries anything. Half of what is tried is what the rules may forbid: by who stepped back, or
/// about what is answered; else chance would hardly ever come to it.
class RandomDays {
  public:
    explicit RandomDays(unsigned seed) : random_(seed) {}

    void step() {
        world.clock.move(std::chrono::minutes(pick(9)));
        if (told_.size() < 6 || pick(6) == 0) tell();
        const auto kind = pick(4);
        const Try now = kind == 0 ? something_ordinary() : kind == 1 ? anything() : something_forbidden();
        const auto before = world.concern(now.id);
        const auto entries = world.ledger().size();
        count(now, before);
        const auto answer = now.door->open(world, *now.who, now.id);
        SCOPED_TRACE(now.door->name + " by " + now.who->name);
        if (answer) {
            expect_allowed(now, before);
            EXPECT_EQ(world.ledger().size(), entries + 1);
            EXPECT_EQ(world.ledger().back().by, now.who->id().text());
            note(now, before);
        } else {
            EXPECT_EQ(world.concern(now.id), before) << "what was refused changed nothing";
            EXPECT_LE(world.ledger().size(), entries + 1);
            if (opens_who_told(now) && before.answered_at) {
                EXPECT_EQ(world.ledger().back().act, "refused") << "by the gate, and not for want of a key alone";
            }
        }
    }

    World world;
    std::map<std::string, int> tried;

  private:
    struct Try {
        ConcernId id;
        const Staff* who;
        const Door* door;
    };

    std::size_t pick(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
    template <class T>
    const T& one_of(const std::vector<T>& all) {
        return all[pick(all.size())];
    }
    const Door& door_called(std::string_view name) const {
        return *std::ranges::find(doors_to_a_worry(), name, &Door::name);
    }
    void tell() {
        auto telling = pick(2) == 0 ? world.a_worry() : world.a_worry_in_hackney();
        telling.contact = world.a_person();
        told_.push_back(world.report(telling).id);
    }
    Try anything() { return {one_of(told_), one_of(staff_), &one_of(doors_to_a_worry())}; }
    Try something_ordinary() {
        const ConcernId id = one_of(told_);
        const DoorStaff& here = staff_of(id);
        return pick(3) == 0 ? Try{id, &here.second_manager, &door_called("step_back")}
                            : Try{id, &here.manager, &door_called("decide")};
    }
    const DoorStaff& staff_of(ConcernId id) {
        return world.concern(id).front_door == world.plymouth.id ? world.plymouth : world.hackney;
    }
    Try something_forbidden() {
        const auto kind = pick(3);
        const std::vector<std::string> of_managers{"decide", "ask_for_more", "ring_back", "open_contact"};
        if (kind == 0) {
            const ConcernId id = one_of(told_);
            return {id, &staff_of(id).call_taker, &door_called(one_of(of_managers))};
        }
        if (kind == 1 && !stepped_back_.empty()) {
            const auto& [id, who] = one_of(stepped_back_);
            return {id, who, &one_of(doors_to_a_worry())};
        }
        if (answered_.empty()) return anything();
        const ConcernId id = one_of(answered_);
        const DoorStaff& here = staff_of(id);
        const std::vector<std::string> doors{"open_contact", "open_to_answer", "see_original"};
        return {id, pick(2) == 0 ? &here.manager : &here.second_manager, &door_called(one_of(doors))};
    }
    bool has_stepped_back(const Try& now) const {
        return std::ranges::find(stepped_back_, std::pair(now.id, now.who)) != stepped_back_.end();
    }
    void count(const Try& now, const concerns::Concern& before) {
        if (has_stepped_back(now)) ++tried["by one who stepped back"];
        if (now.who->actor.front_door != before.front_door) ++tried["from elsewhere"];
        if (for_managers(now) && !now.who->actor.roles.has(parties::Role::manager)) ++tried["without the role"];
        if (opens_who_told(now) && before.answered_at) ++tried["after the way in closed"];
    }
    static bool for_managers(const Try& now) {
        return now.door->name == "decide" || now.door->name == "ask_for_more" || now.door->name == "ring_back" ||
               opens_who_told(now);
    }
    static bool opens_who_told(const Try& now) {
        return now.door->name == "open_contact" || now.door->name == "open_to_answer" ||
               now.door->name == "see_original";
    }
    void expect_allowed(const Try& now, const concerns::Concern& before) {
        const std::set<std::string> custodians{"ask_opening", "open_in_emergency", "record_source"};
        if (!custodians.contains(now.door->name) || !now.who->actor.roles.has(parties::Role::custodian)) {
            EXPECT_EQ(now.who->actor.front_door, before.front_door) << "of another front door";
        }
        EXPECT_FALSE(has_stepped_back(now)) << "has stepped back";
        if (for_managers(now)) {
            EXPECT_TRUE(now.who->actor.roles.has(parties::Role::manager));
        }
        if (opens_who_told(now)) {
            EXPECT_FALSE(before.answered_at.has_value()) << "the way in is closed";
        }
    }
    void note(const Try& now, const concerns::Concern& before) {
        if (now.door->name == "step_back") stepped_back_.emplace_back(now.id, now.who);
        if (!before.answered_at && world.concern(now.id).answered_at) answered_.push_back(now.id);
    }

    std::mt19937 random_;
    const std::vector<const Staff*> staff_{
        &world.plymouth.manager, &world.plymouth.second_manager, &world.plymouth.call_taker,
        &world.hackney.manager,  &world.hackney.second_manager,  &world.hackney.call_taker,
        &world.custodian,        &world.administrator,           &world.auditor};
    std::vector<ConcernId> told_, answered_;
    std::vector<std::pair<ConcernId, const Staff*>> stepped_back_;
};

TEST(OneDoor, OverRandomDaysNobodyGetsAnAnswerTheRulesForbid) {
    std::map<std::string, int> tried;
    for (unsigned seed = 1; seed <= 3; ++seed) {
        SCOPED_TRACE(seed);
        RandomDays days(seed);
        for (int step = 0; step < 80; ++step) days.step();
        for (const auto& [what, times] : days.tried) tried[what] += times;
        EXPECT_TRUE(days.world.verify().intact());
    }
    for (const auto* what :
         {"by one who stepped back", "from elsewhere", "without the role", "after the way in closed"})
        EXPECT_GT(tried[what], 5) << "never came to it: " << what;
}

}  // namespace
}  // namespace kith::test
