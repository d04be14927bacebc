#include "app/gate.hpp"

#include <algorithm>
#include <array>

namespace kith::app {
namespace {
using parties::Role;
using parties::Roles;

constexpr std::array<std::string_view, 31> kNames{"report",
                                                  "return_by_code",
                                                  "record_call",
                                                  "see_queue",
                                                  "read_concern",
                                                  "mark_danger",
                                                  "mark_words",
                                                  "ask_for_more",
                                                  "decide",
                                                  "answer",
                                                  "open_contact",
                                                  "step_back",
                                                  "hand_over",
                                                  "tell_onward",
                                                  "ask_opening",
                                                  "second_opening",
                                                  "open_afterwards",
                                                  "see_openings",
                                                  "see_ledger",
                                                  "see_figures",
                                                  "search",
                                                  "set_rota",
                                                  "invite",
                                                  "admit_holder",
                                                  "shut_out",
                                                  "set_local_term",
                                                  "open_front_door",
                                                  "see_settings",
                                                  "see_parties",
                                                  "keep_parties",
                                                  "change_own_account"};

bool is_member_with(const Actor& actor, Roles roles) {
    return actor.kind == Actor::Kind::member && actor.roles.has_any(roles);
}

/// PLY-015, HAC-014: only the own front door opens it. HAC-019: only its own roles.
bool works_at(const Actor& actor, const Facts& facts, Roles roles) {
    return is_member_with(actor, roles) && facts.front_door && actor.front_door == *facts.front_door && !facts.excluded;
}

bool is_second(const Actor& actor, const Facts& facts) {
    const bool here = facts.front_door && actor.front_door == *facts.front_door;
    return (is_member_with(actor, {Role::custodian}) || (here && is_member_with(actor, {Role::manager}))) &&
           !facts.excluded && std::ranges::find(facts.parties_to_it, actor.member) == facts.parties_to_it.end();
}

bool allowed(const Actor& actor, Act act, const Facts& facts) {
    const bool machine = actor.kind == Actor::Kind::machine;
    switch (act) {
        case Act::report:
            return true;
        case Act::return_by_code:
            return actor.kind == Actor::Kind::reporter;
        // PLY-021: the call taker records and hands over; the decision is not theirs (PLY-022).
        case Act::record_call:
            return works_at(actor, facts, {Role::duty_worker, Role::manager}) &&
                   (!facts.taken_by || *facts.taken_by == actor.member);
        case Act::hand_over:
            return machine || (works_at(actor, facts, {Role::duty_worker, Role::manager}) &&
                               (!facts.taken_by || *facts.taken_by == actor.member || actor.roles.has(Role::manager)));
        case Act::see_queue:
            return works_at(actor, facts, {Role::duty_worker, Role::manager});
        case Act::read_concern:
        case Act::mark_danger:
        case Act::mark_words:
        case Act::step_back:
        case Act::tell_onward:
        case Act::search:
            return works_at(actor, facts, {Role::duty_worker, Role::manager});
        // PLY-022: the manager decides what action is needed.
        case Act::ask_for_more:
        case Act::decide:
            return works_at(actor, facts, {Role::manager}) && !facts.on_call;
        case Act::answer:
            return works_at(actor, facts, {Role::manager});
        case Act::open_contact:
            return (works_at(actor, facts, {Role::manager}) && facts.way_in_open) ||
                   (facts.on_call && facts.taken_by == actor.member &&
                    works_at(actor, facts, {Role::duty_worker, Role::manager}));
        case Act::ask_opening:
            return is_member_with(actor, {Role::custodian}) && !facts.excluded;
        case Act::second_opening:
            return is_second(actor, facts);
        case Act::open_afterwards:
            return is_member_with(actor, {Role::custodian}) && !facts.excluded &&
                   (facts.second_agreed || facts.emergency_deputy);
        case Act::see_openings:
            return is_member_with(actor, {Role::custodian, Role::manager, Role::auditor});
        // Of one worry: auditors alone, who never see the worry itself.
        case Act::see_ledger:
            return facts.front_door ? is_member_with(actor, {Role::auditor}) && !facts.excluded
                                    : is_member_with(actor, {Role::auditor, Role::custodian, Role::administrator});
        case Act::see_figures:
            return is_member_with(actor, {Role::auditor, Role::manager, Role::duty_worker});
        case Act::set_rota:
            return is_member_with(actor, {Role::administrator}) || works_at(actor, facts, {Role::manager});
        case Act::admit_holder:
            return is_member_with(actor, {Role::custodian});
        case Act::invite:
        case Act::shut_out:
        case Act::set_local_term:
        case Act::open_front_door:
            return is_member_with(actor, {Role::administrator});
        case Act::see_settings:
        case Act::see_parties:
            return is_member_with(actor, {Role::administrator, Role::manager, Role::custodian});
        case Act::keep_parties:
            return is_member_with(actor, {Role::administrator, Role::manager});
        case Act::change_own_account:
            return actor.kind == Actor::Kind::member;
    }
    throw Bug("an act that the gate does not know");
}

bool is_about_a_worry(Act act) { return act > Act::report && act <= Act::see_openings && act != Act::see_queue; }

}  // namespace

std::string Actor::name() const {
    switch (kind) {
        case Kind::anyone:
            return "anyone";
        case Kind::reporter:
            return "reporter";
        case Kind::machine:
            return "system";
        case Kind::member:
            return member.text();
    }
    throw Bug("an actor without a name");
}

std::string_view name_of(Act act) { return kNames.at(static_cast<std::size_t>(act)); }

Result<Permit> Gate::ask(const Actor& actor, Act act, const Facts& facts) {
    if (allowed(actor, act, facts)) return Permit(act);
    if (is_about_a_worry(act)) return fail(Code::not_found, "not there for this asker");
    return fail(Code::forbidden, "the gate refused");
}

}  // namespace kith::app
