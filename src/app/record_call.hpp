// Record a call. A call is a worry from its first saved words: it is an ordinary concern, in the queue at once, its
// clock running from the moment the call began (front-door 3). While it lasts its call taker reads and corrects it;
// handing over takes that away and puts it with the manager on duty.
#pragma once
#include "app/house.hpp"
#include "app/same_source.hpp"

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
    bool told_before = false;  ///< the caller said so; with which code is kept nowhere
    std::string with_name{};   ///< of the manager on duty, to whom it would go now; empty: nobody
};

/// What the page holds now; everything may still be missing.
struct CallWords {
    concerns::Account account;
    concerns::Contact contact;
    concerns::NamingConsent naming;
    concerns::DangerMark danger = concerns::DangerMark::none;
    std::string must_not_see;
    ToldBefore earlier = {};
    ByteArray<32> once{};  ///< of the page: a first save sent twice makes one call; all zero: makes its own
};

/// The call that this page began or would begin.
ConcernId call_of_page(House& house, const Actor& taker, const ByteArray<32>& once);
/// Begins a call with its first words, or saves into the call that `words.once` began. The clock runs from `began_at`,
/// the moment the page was opened; a page that lay open longer than an idle call may began nothing, and its clock runs
/// from now. `invalid` with field "what_seen" when nothing was said yet.
Result<ConcernId> begin_call(House& house, const Actor& taker, const Holder& holder, Instant began_at,
                             const CallWords& words);
/// Replaces what was said so far. `conflict` after hand-over.
Result<void> save_call(House& house, const Actor& taker, const Holder& holder, ConcernId id, const CallWords& words);
/// The page as it was last saved, for the call taker, also after a crash of the browser.
Result<CallPage> read_call(House& house, const Actor& taker, const Holder& holder, ConcernId id);

struct HandedOver {
    std::string reference;
    std::string code;  ///< to be read out to the caller
    std::optional<MemberId> with;
    std::optional<Instant> form_due_at;
    std::string with_name{};
    std::optional<Instant> reply_due_at{};
    Instant take_back_until{};
};
/// PLY-021: to the manager on duty in the same act. `form` is the page's own: the same form sent again, when its answer
/// was lost on the way, is told the same, with the same code. `conflict` for another form once it is handed over.
Result<HandedOver> hand_over_call(House& house, const Actor& taker, ConcernId id, const ByteArray<32>& form = {});
/// Undoes it for ten seconds, with the words the page still holds: the wrap that let the taker read who told went at
/// hand-over and is made anew. `conflict` after that, and once anybody has opened, marked or decided it, which the
/// ledger tells. A code already read out goes on leading to the same thread.
Result<void> take_back_call(House& house, const Actor& taker, const Holder& holder, ConcernId id,
                            const CallWords& words);
/// To whom a call would go now, by name; empty: nobody is on duty.
Result<std::string> receiver_now(House& house, const Actor& taker);
/// Calls without a word for the pack's idle minutes go to the manager as they are. Returns how many.
Result<std::size_t> hand_over_idle_calls(House& house);

}  // namespace kith::app
