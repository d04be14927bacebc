// Record a call. A call is a worry from its first saved words: it is an ordinary concern, in the queue at once, its clock
// running from the moment the call began (front-door 3). While it lasts its call taker reads and corrects it; handing
// over takes that away and puts it with the manager on duty.
#pragma once
#include "app/house.hpp"

namespace kith::app {

struct CallPage {
    ConcernId id;
    std::string reference;
    Instant began_at{};
    concerns::Account account;
    concerns::Contact contact;
    concerns::NamingConsent naming;
    concerns::DangerMark danger = concerns::DangerMark::none;
    bool handed_over = false;
};

/// What the page holds now; everything may still be missing.
struct CallWords {
    concerns::Account account;
    concerns::Contact contact;
    concerns::NamingConsent naming;
    concerns::DangerMark danger = concerns::DangerMark::none;
    std::string must_not_see;
};

/// Begins a call with its first words. `once` makes a repeated first save the same call.
Result<ConcernId> begin_call(House& house, const Actor& taker, const Holder& holder, Instant began_at, const CallWords& words);
/// Replaces what was said so far. `conflict` after hand-over.
Result<void> save_call(House& house, const Actor& taker, const Holder& holder, ConcernId id, const CallWords& words);
/// The page as it was last saved, for the call taker, also after a crash of the browser.
Result<CallPage> read_call(House& house, const Actor& taker, const Holder& holder, ConcernId id);

struct HandedOver {
    std::string reference;
    std::string code;  ///< to be read out to the caller
    std::optional<MemberId> with;
    std::optional<Instant> form_due_at;
};
/// PLY-021: to the manager on duty in the same act.
Result<HandedOver> hand_over_call(House& house, const Actor& taker, ConcernId id);
/// Calls without a word for the pack's idle minutes go to the manager as they are. Returns how many.
Result<std::size_t> hand_over_idle_calls(House& house);

}  // namespace kith::app
