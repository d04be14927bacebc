// What waits at a front door, in outline, for other software: a wallboard, a council's case system. Where and how
// urgent, and nothing of what was told: no name, no word, no member of staff. Whoever may stand before a wallboard is
// unknown, so a worry that anyone must not see, or has stepped back from, is not in it nor counted.
#pragma once
#include "app/house.hpp"

namespace kith::app {

struct OutlineLine {
    enum class Stand { on_call, waiting, more_asked, decided, form_awaited };
    std::string reference;
    concerns::Subject subject = concerns::Subject::child;
    concerns::Channel channel = concerns::Channel::online;
    Stand stand = Stand::waiting;
    bool in_danger = false, incomplete = false, late = false, unattended = false;
    Instant received_at{};
    std::optional<Instant> reply_due_at;
};
std::string_view name_of(OutlineLine::Stand stand);

struct Outline {
    std::vector<OutlineLine> lines;                       ///< in the order of the desk's own queue
    std::size_t answered_in_time = 0, answered_late = 0;  ///< today
    Instant as_of{};
};
Result<Outline> see_outline(House& house, const Actor& bearer);

}  // namespace kith::app
