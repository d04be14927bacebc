#include "cli/demo_world.hpp"

#include <algorithm>

#include "app/found.hpp"
#include "base/london.hpp"
#include "base/text.hpp"
#include "protocol/local_terms.hpp"

namespace kith::cli {
namespace {
using concerns::Account;
using concerns::Field;
using concerns::Subject;
using parties::Role;
using Words = std::vector<std::string>;

const Words kChildren{"Jay",   "Maddison", "Kofi",     "Ellie-Mae", "Tomasz",
                      "Aisha", "Reuben",   "Precious", "Callum",    "Noor"};
const Words kNicknames{"Peaches", "Smudge", "Lil T", "Bones", "Dizzy", "Foxy"};
const Words kPlaces{
    "Steps behind the shops, Hoad Lane", "Underpass at Quarry Road",           "Larch Terrace stairwell",
    "The old bandstand, Mill Park",      "Back of the chicken shop, Westmead", "Bus shelter by the retail park"};
const Words kStreets{"12 Larch Terrace", "3 Hoad Lane", "Flat 4, Westmead House", "27 Quarry Road", "41 Mill Street"};
const Words kSeenChild{
    "There is a boy who comes to the door asking for food. His coat is thin and he says nobody is up yet.",
    "I heard shouting and something break. The little one was on the stairs in pyjamas for an hour.",
    "She came in with a bruise on her arm and said she fell, but she would not look at me.",
    "The eldest has not been at school for two weeks and takes the younger ones everywhere.",
    "A child was left in the car outside the betting shop for most of the afternoon."};
const Words kSeenGroup{
    "Five or six Year 9s meet after school. One girl always stands at the edge and hands over money on Fridays.",
    "Lads on mopeds hand small bags to the younger ones, who run off with them.",
    "A group films one boy while two others make him do things he does not want to.",
    "They get into an older man's van in twos and come back with new trainers."};
const Words kSeenPlace{
    "Older men offer vapes to girls in uniform, most days after school.",
    "The lights have been broken since summer and young people are there until late, some very drunk.",
    "Cars stop, a window opens, one of the young ones gets in. It is never the same car."};
const Words kWorries{"I think nobody is looking after them.", "Someone older is using them.",
                     "I am afraid it will get worse before anyone notices.",
                     "It has been going on for weeks and now it is every day.",
                     "They look frightened when he comes near."};
const Words kWhen{"Most Fridays, after 15:30", "Since last weekend", "Yesterday evening, about eight",
                  "Every school day this month", "Twice this week"};
const Words kReporters{"Ann Example", "Imran Sample", "Dot Invented", "Femi Placeholder", "Greta Nobody"};
const Words kShops{"Corner Shop, Hoad Lane", "Westmead Youth Club", "Mill Park Café", ""};
const Words kReasons{
    "Meets the threshold for an assessment; the earlier worries point the same way.",
    "One observation, nothing known before, the school has no concern. Advice given by letter to the youth team.",
    "Risk from an adult outside the family; strategy discussion called for this afternoon.",
    "A worker is already involved and was told today."};

std::string mail_name(std::string name) {
    std::ranges::replace(name, ' ', '.');
    return text::ascii_lower(name);
}
}  // namespace

Result<DemoWorld::Worker> DemoWorld::hire(const std::string& name, const std::string& role, FrontDoorId door,
                                          parties::Roles roles) {
    const std::string email = mail_name(name) + "@demo.example";
    const std::string password = "demonstration-" + text::ascii_lower(name.substr(0, name.find(' ')));
    app::Actor founder;
    founder.kind = app::Actor::Kind::member;
    founder.roles = {Role::administrator};
    const auto enrolled = KITH_TRY(app::enrol(house_, founder, {name, email, door, roles, SecretText(password)}));
    people_.push_back({name, role, email, password, enrolled.code_secret});
    return Worker{{app::Actor::Kind::member, enrolled.id, door, roles}, enrolled.holder.value_or(app::Holder{})};
}

Result<std::vector<ShownPerson>> DemoWorld::found() {
    clock_.set(clock_.present() - std::chrono::hours(24 * 6));
    const Worker administrator = KITH_TRY(hire("Pat Lindqvist", "Administrator", {}, {Role::administrator}));
    const Worker custodian = KITH_TRY(hire("Wren Achterberg", "Custodian", {}, {Role::custodian}));
    KITH_TRY(app::found_custody(house_, custodian.holder));
    const Worker second = KITH_TRY(hire("Idris Calloway", "Custodian", {}, {Role::custodian}));
    KITH_TRY(app::admit(house_, custodian.actor, custodian.holder, second.actor.member));
    KITH_TRY(app::countersign(house_, second.actor, second.holder));
    KITH_TRY(hire("Maud Okonjo", "Auditor", {}, {Role::auditor}));
    const std::vector<MemberId> custodians{custodian.actor.member, second.actor.member};
    desks_.push_back(
        KITH_TRY(open_desk(administrator, custodian, "plymouth", "plymouth-community",
                           {"Jo Marsh", "Amir Shah", "Bethan Rees"}, {"Sam Oduya", "Lena Fisk"}, custodians)));
    desks_.push_back(KITH_TRY(open_desk(administrator, custodian, "hackney", "hackney-community",
                                        {"Dilys Varga", "Tunde Marlow"}, {"Rosa Penhale"}, custodians)));
    return people_;
}

Result<DemoWorld::Desk> DemoWorld::open_desk(const Worker& administrator, const Worker& custodian,
                                             std::string_view slug, std::string_view pack, const Words& managers,
                                             const Words& takers, const std::vector<MemberId>& custodians) {
    Desk desk;
    desk.id = KITH_TRY(app::add_front_door(house_, administrator.actor, slug, pack));
    const Day today = london::day_of(clock_.now());
    const auto shelved = KITH_TRY(house_.shelf.in_force(pack, today));
    const auto terms = protocol::demonstration_terms(*shelved.pack, today);
    for (const auto& [key, term] : terms.all())
        KITH_TRY(app::set_local_term(house_, administrator.actor, desk.id, protocol::name_of(key), term.text,
                                     term.decision));
    KITH_TRY(app::set_local_term(house_, administrator.actor, desk.id, "designated_officer_contact", "01632 960203",
                                 {"Demonstration", today}));
    KITH_TRY(app::add_duty_key(house_, custodian.actor, custodian.holder, desk.id));
    const std::string area = shelved.pack->area;
    for (const auto& name : managers)
        desk.managers.push_back(KITH_TRY(hire(name, "Manager, " + area, desk.id, {Role::manager})));
    for (const auto& name : takers)
        desk.takers.push_back(KITH_TRY(hire(name, "Duty desk, " + area, desk.id, {Role::duty_worker})));
    for (const auto* workers : {&desk.managers, &desk.takers})
        for (const Worker& worker : *workers)
            KITH_TRY(app::admit(house_, custodian.actor, custodian.holder, worker.actor.member));
    KITH_TRY(put_rota(desk.managers.front(), desk, custodians));
    KITH_TRY(app::open_front_door(house_, administrator.actor, desk.id));
    return desk;
}

Result<void> DemoWorld::put_rota(const Worker& manager, const Desk& desk, const std::vector<MemberId>& custodians) {
    const Instant from = clock_.now();
    const Instant until = from + std::chrono::hours(24 * 28);
    const Day first = london::day_of(from);
    std::vector<parties::Shift> shifts;
    // Three shifts a day on the wall clock: a shift over a clock change is an hour longer or shorter, never a gap.
    for (int slot = 0;; ++slot) {
        const auto at = [&](int n) {
            const Day day(std::chrono::sys_days(first) + std::chrono::days(n / 3));
            return london::instant_of({day, std::chrono::hours(8 * (n % 3))});
        };
        if (at(slot) >= until) break;
        if (at(slot + 1) <= from) continue;
        shifts.push_back({desk.managers[static_cast<std::size_t>(slot) % desk.managers.size()].actor.member,
                          parties::Seat::manager, at(slot), at(slot + 1)});
        shifts.push_back({custodians[static_cast<std::size_t>(slot / 3) % custodians.size()], parties::Seat::custodian,
                          at(slot), at(slot + 1)});
    }
    return app::set_rota(house_, manager.actor, desk.id, from, until, shifts);
}

concerns::Contact DemoWorld::invent_contact() {
    concerns::Contact contact;
    if (roll(4) == 0) return contact;
    contact.name = one_of(kReporters);
    contact.organisation = one_of(kShops);
    contact.telephone = "01632 960" + std::to_string(100 + roll(900)).substr(0, 3);
    contact.reach = roll(2) == 0 ? concerns::Reach::ring : concerns::Reach::text;
    contact.when_safe = "After 18:00";
    contact.category = roll(2) == 0 ? concerns::Category::stakeholder : concerns::Category::ordinary;
    return contact;
}

DemoWorld::Invented DemoWorld::invent() {
    Invented out;
    Account& account = out.account;
    account.subject = static_cast<Subject>(roll(4));
    auto& answers = account.answers;
    const bool group = account.subject == Subject::group, place = account.subject == Subject::place;
    answers[Field::what_seen] = one_of(place ? kSeenPlace : group ? kSeenGroup : kSeenChild);
    answers[Field::worry] = one_of(kWorries);
    answers[Field::when_seen] = one_of(kWhen);
    answers[Field::how_known] = roll(3) == 0 ? "told" : "saw";
    if (place) {
        answers[Field::place_name] = one_of(kPlaces);
        answers[Field::design_features] = roll(2) == 0 ? "lighting seclusion" : "unmonitored";
        answers[Field::times_of_day] = roll(2) == 0 ? "after_school evening" : "night";
        answers[Field::weekdays] = roll(2) == 0 ? "friday saturday" : "monday wednesday friday";
        answers[Field::term_or_holiday] = roll(3) == 0 ? "both" : "term";
    } else {
        answers[Field::where_seen] = one_of(group ? kPlaces : kStreets);
    }
    if (group || place) {
        answers[Field::anyone_forced] = roll(2) == 0 ? "yes" : "dont_know";
        answers[Field::adults_involved] = roll(2) == 0 ? "yes" : "no";
        if (answers[Field::adults_involved] == "yes") account.adults.push_back({"", "Man in his thirties, grey van"});
        const std::size_t members = roll(3);
        for (std::size_t i = 0; i < members; ++i)
            account.people.push_back({"", i == 0 ? one_of(kNicknames) : "", std::to_string(12 + roll(5)), "",
                                      i == 0 ? concerns::Part::forced : concerns::Part::unknown});
        if (group) answers[Field::group_name] = "Young people at " + one_of(kPlaces);
    } else if (roll(3) != 0) {
        account.people.push_back({one_of(kChildren), "", std::to_string(3 + roll(13)), "", concerns::Part::unknown});
        answers[Field::address] = answers[Field::where_seen];
    }
    out.contact = invent_contact();
    return out;
}

Result<ConcernId> DemoWorld::tell(Desk& desk, const Invented& told, Instant at, concerns::DangerMark danger) {
    clock_.set(at);
    app::Telling telling;
    telling.front_door = desk.id;
    telling.account = told.account;
    telling.contact = told.contact;
    telling.danger = danger;
    house_.crypto.random(telling.once);
    KITH_TRY(app::report_worry(house_, telling));
    const auto open =
        KITH_TRY(house_.store.reading([&](app::Tables& tables) { return tables.concerns().open_at(desk.id); }));
    for (const auto& row : open)
        if (row.concern.received_at == at) return row.concern.id;
    return fail(Code::not_found, "the invented worry is not in the queue");
}

Result<ConcernId> DemoWorld::call(Desk& desk, const Invented& told, Instant at, bool hand_over) {
    clock_.set(at);
    const Worker& taker = one_of(desk.takers);
    const app::CallWords words{told.account, told.contact, {}, concerns::DangerMark::none, {}};
    const ConcernId id = KITH_TRY(app::begin_call(house_, taker.actor, taker.holder, at, words));
    clock_.set(at + std::chrono::minutes(1));
    KITH_TRY(app::save_call(house_, taker.actor, taker.holder, id, words));
    if (hand_over) KITH_TRY(app::hand_over_call(house_, taker.actor, id));
    return id;
}

Result<void> DemoWorld::settle(Desk& desk, ConcernId id, Instant at) {
    clock_.set(at);
    const Worker& manager = desk.managers.front();
    const auto row = KITH_TRY(house_.store.reading([&](app::Tables& tables) { return tables.concerns().find(id); }));
    app::DecisionForm form;
    form.decision.outcome = roll(3) == 0 ? concerns::Outcome::no_action : concerns::Outcome::act;
    if (form.decision.outcome == concerns::Outcome::act)
        form.decision.actions = {roll(2) == 0 ? concerns::Action::assessment : concerns::Action::early_help};
    form.reasons = one_of(kReasons);
    form.seen_revision = row.concern.revision;
    form.earlier_read = true;
    const app::Actor machine = app::Actor::machine();
    form.reply = KITH_TRY(house_.store.reading([&](app::Tables& tables) -> Result<std::string> {
        app::Visit visit(house_, tables, machine, at);
        const auto words = KITH_TRY(visit.questions(desk.id)).reply_words();
        return words.asks_a_person() ? std::string() : words.value().received + " " + words.value().cannot_say_more;
    }));
    form.late_reason = "Two worries came at once; the child was seen first.";
    return app::decide(house_, manager.actor, manager.holder, id, form);
}

Result<void> DemoWorld::invent_worries(std::size_t count) {
    const Instant now = clock_.present();
    for (std::size_t i = 0; i < count; ++i) {
        Desk& desk = desks_[roll(4) == 0 ? 1 : 0];
        const Invented told = invent();
        // Most lie in the past days and are answered; the last ones wait now, in every state of the queue.
        const bool waits = i + 10 >= count;
        const auto ago = waits ? std::chrono::minutes(4 + roll(80)) : std::chrono::minutes(90 + roll(5 * 24 * 60));
        const Instant at = now - ago - std::chrono::milliseconds(i);
        const bool by_telephone = roll(3) == 0;
        const auto danger = waits && roll(5) == 0 ? concerns::DangerMark::by_reporter : concerns::DangerMark::none;
        const ConcernId id =
            by_telephone ? KITH_TRY(call(desk, told, at, true)) : KITH_TRY(tell(desk, told, at, danger));
        if (!waits)
            KITH_TRY(settle(desk, id, at + std::chrono::minutes(6 + roll(70))));
        else if (i % 5 == 0 && danger == concerns::DangerMark::none) {
            const Worker& manager = desk.managers.front();
            clock_.set(std::min(at + std::chrono::minutes(3), now));
            static_cast<void>(app::ask_for_more(house_, manager.actor, manager.holder, id,
                                                "Where is the child now, if you know?",
                                                now + std::chrono::minutes(20)));
        }
    }
    KITH_TRY(call(desks_.front(), invent(), now - std::chrono::minutes(3), false));
    clock_.set(now);
    return {};
}

}  // namespace kith::cli
