// A reporter comes back by code: reads the reply, answers a question, adds to it. The code leads to the thread of one
// concern; nothing of what is done about it is there (PLY-035, HAC-040).
#pragma once
#include "app/desk.hpp"
#include "app/vault/return_code.hpp"

namespace kith::app {

struct Thread {
    FrontDoorId front_door;
    Instant received_at{};
    std::vector<Message> messages;
    bool question_open = false;  ///< the last word from the front door is a question
    bool form_owed = false;
    bool form_came = false;
    std::optional<Instant> form_due_at;
};
/// `not_found` for a code that leads nowhere, in the same steps as one that leads somewhere.
Result<Thread> come_back(House& house, std::string_view code);
Result<void> add_to_report(House& house, std::string_view code, std::string_view words);

/// The concern that a code leads to. A code that nobody holds is looked for, opened and refused like any other, so that
/// time tells nothing.
Result<ConcernId> concern_of(Visit& visit, const ReturnCode& code);

}  // namespace kith::app
