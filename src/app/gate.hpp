// The gate: one question, asked once, at the door of every use case. It is a pure function of who asks, what they want
// to do and the facts of the matter, read in the same transaction. A yes is a Permit; without one nothing can be
// recorded, and what is not recorded is not answered. A no about a concern looks like absence.
#pragma once
#include <vector>

#include "core/concerns/concern.hpp"
#include "core/parties/member.hpp"
#include "core/parties/scope.hpp"

namespace kith::app {

struct Actor {
    enum class Kind { anyone, reporter, member, machine, token };
    Kind kind = Kind::anyone;
    MemberId member;
    FrontDoorId front_door;
    parties::Roles roles;
    ApiTokenId token{};
    parties::Scopes scopes{};

    static Actor anyone() { return {}; }
    /// Whoever holds the return code of the concern in question.
    static Actor reporter() { return {Kind::reporter, {}, {}, {}}; }
    /// The server itself: clocks that run out.
    static Actor machine() { return {Kind::machine, {}, {}, {}}; }
    /// Another organisation's software, by its token.
    static Actor bearer(ApiTokenId token, FrontDoorId front_door, parties::Scopes scopes) {
        return {Kind::token, {}, front_door, {}, token, scopes};
    }
    /// As the ledger names it.
    std::string name() const;
};

enum class Act {
    report,
    return_by_code,
    record_call,
    see_queue,
    read_concern,
    mark_danger,
    mark_words,
    ask_for_more,
    decide,
    answer,
    open_contact,
    step_back,
    see_file,
    quarantine_file,
    open_original,
    hand_over,
    tell_onward,
    ask_opening,
    second_opening,
    open_afterwards,
    open_in_emergency,
    review_opening,
    see_openings,
    see_ledger,
    see_figures,
    search,
    set_rota,
    invite,
    admit_holder,
    shut_out,
    set_local_term,
    open_front_door,
    see_settings,
    see_parties,
    keep_parties,
    see_outline,
    see_tokens,
    keep_tokens,
    keep_away,
    record_source,
    note_motive,
    confirm_clock,
    change_own_account,
};
std::string_view name_of(Act act);

/// What the answer may rest on besides who asks. Only what the act needs is filled in.
struct Facts {
    std::optional<FrontDoorId> front_door{};  ///< of the concern or the desk in question
    bool shut_out = false;                    ///< the asker works here no more, as this transaction sees it
    bool excluded = false;                    ///< the asker must not see this concern, or has stepped back
    bool way_in_open = false;
    std::optional<MemberId> taken_by{};  ///< of a call still on: its call taker
    bool on_call = false;
    std::vector<MemberId> parties_to_it{};  ///< of an opening: asker and decider, who cannot be the second person
    bool second_agreed = false;
    bool token_in_force = false;    ///< of a bearer: not revoked and not expired, as this transaction sees it
    bool emergency_deputy = false;  ///< the rota names the asker as the custodian to reach now
};

class Permit {
  public:
    Act act() const { return act_; }

  private:
    friend class Gate;
    explicit Permit(Act act) : act_(act) {}
    Act act_;
};

class Gate {
  public:
    /// `not_found` for what concerns a worry, `forbidden` for all else.
    static Result<Permit> ask(const Actor& actor, Act act, const Facts& facts);
};

}  // namespace kith::app
