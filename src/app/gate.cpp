#include "app/gate.hpp"

#include <algorithm>
#include <array>

namespace kith::app {
namespace {
using parties::Role;
using parties::Roles;

constexpr std::array<std::string_view, 43> kNames{"report",
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
                                                  "see_file",
                                                  "quarantine_file",
                                                  "open_original",
                                                  "hand_over",
                                                  "tell_onward",
                                                  "ask_opening",
                                                  "second_opening",
                                                  "open_afterwards",
                                                  "open_in_emergency",
                                                  "review_opening",
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
                                                  "see_outline",
                                                  "see_tokens",
                                                  "keep_tokens",
                                                  "keep_away",
                                                  "record_source",
                                                  "note_motive",
                                                  "confirm_clock",
                                                  "change_own_account"};

bool is_member_with(const Actor& actor, Roles roles) {
    return actor.kind == Actor::Kind::member && actor.roles.has_any(roles);
}

/// PLY-015, HAC-014: only the own front door opens it. HAC-019: only its own roles.
bool works_at(const Actor& actor, const Facts& facts, Roles roles) {
    return is_member_with(actor, roles) && facts.front_door && actor.front_door == *facts.front_door && !facts.excluded;
}

/// Another system, at its own front door, for what its token was made for, while the token holds.
bool is_token_for(const Actor& actor, const Facts& facts, parties::Scope scope) {
    return actor.kind == Actor::Kind::token && actor.scopes.has(scope) && facts.token_in_force && facts.front_door &&
           actor.front_door == *facts.front_door;
}

bool is_second(const Actor& actor, const Facts& facts) {
    const bool here = facts.front_door && actor.front_door == *facts.front_door;
    return (is_member_with(actor, {Role::custodian}) || (here && is_member_with(actor, {Role::manager}))) &&
           !facts.excluded && std::ranges::find(facts.parties_to_it, actor.member) == facts.parties_to_it.end();
}

/// Administrators keep the whole register of parties; a manager that of their own front door.
bool keeps_this_register(const Actor& actor, const Facts& facts) {
    return is_member_with(actor, {Role::manager}) && facts.front_door && actor.front_door == *facts.front_door;
}

bool allowed(const Actor& actor, Act act, const Facts& facts) {
    if (facts.shut_out) return false;
    const bool machine = actor.kind == Actor::Kind::machine;
    switch (act) {
        case Act::report:
            return actor.kind != Actor::Kind::token || is_token_for(actor, facts, parties::Scope::intake_write);
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
        case Act::keep_away:
        case Act::step_back:
        case Act::see_file:
        case Act::quarantine_file:
        case Act::tell_onward:
        case Act::search:
        case Act::note_motive:
            return works_at(actor, facts, {Role::duty_worker, Role::manager});
        // An original says more of who told than the worry does: as the contact, but never on a call.
        case Act::open_original:
            return works_at(actor, facts, {Role::manager}) && facts.way_in_open && !facts.on_call;
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
        // Whoever may know who told may say that two worries have one source (reporters-vault, Rules).
        case Act::record_source:
            return (works_at(actor, facts, {Role::manager}) && facts.way_in_open) ||
                   (is_member_with(actor, {Role::custodian}) && !facts.excluded);
        case Act::ask_opening:
            return is_member_with(actor, {Role::custodian}) && !facts.excluded;
        case Act::second_opening:
            return is_second(actor, facts);
        case Act::open_afterwards:
            return is_member_with(actor, {Role::custodian}) && !facts.excluded && facts.second_agreed;
        case Act::open_in_emergency:
            return (is_member_with(actor, {Role::custodian}) && !facts.excluded) ||
                   (works_at(actor, facts, {Role::manager}) && facts.emergency_deputy);
        case Act::review_opening:
            return is_member_with(actor, {Role::custodian}) && is_second(actor, facts);
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
        case Act::confirm_clock:
            return is_member_with(actor, {Role::administrator});
        case Act::see_settings:
            return is_member_with(actor, {Role::administrator, Role::manager, Role::custodian});
        case Act::see_parties:
            return is_member_with(actor, {Role::administrator, Role::custodian}) || keeps_this_register(actor, facts);
        case Act::keep_parties:
            return is_member_with(actor, {Role::administrator}) || keeps_this_register(actor, facts);
        case Act::see_outline:
            return is_token_for(actor, facts, parties::Scope::queue_read);
        case Act::see_tokens:
        case Act::keep_tokens:
            return is_member_with(actor, {Role::administrator});
        case Act::change_own_account:
            return actor.kind == Actor::Kind::member;
    }
    throw Bug("an act that the gate does not know");
}

bool is_about_a_worry(Act act) {
    return (act > Act::report && act <= Act::see_openings && act != Act::see_queue) || act == Act::keep_away ||
           act == Act::record_source || act == Act::note_motive;
}

/// What another front door's register holds is not told to who keeps one.
bool is_in_another_register(const Actor& actor, Act act) {
    return (act == Act::see_parties || act == Act::keep_parties) && is_member_with(actor, {Role::manager});
}

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
        case Kind::token:
            return token.text();
    }
    throw Bug("an actor without a name");
}

std::string_view name_of(Act act) { return kNames.at(static_cast<std::size_t>(act)); }

Result<Permit> Gate::ask(const Actor& actor, Act act, const Facts& facts) {
    if (allowed(actor, act, facts)) return Permit(act);
    if (is_about_a_worry(act) || is_in_another_register(actor, act))
        return fail(Code::not_found, "not there for this asker");
    return fail(Code::forbidden, "the gate refused");
}

}  // namespace kith::app
