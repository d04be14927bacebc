// A reporter comes back by code: reads the reply, answers a question, adds to it. The code leads to the thread of one
// concern; nothing of what is done about it is there (PLY-035, HAC-040).
#pragma once
#include "app/desk.hpp"
#include "app/draft_files.hpp"
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
    std::size_t files_not_sent = 0;  ///< added, and waiting to be sent
};
/// `not_found` for a code that leads nowhere, in the same steps as one that leads somewhere.
Result<Thread> come_back(House& house, std::string_view code);
Result<void> add_to_report(House& house, std::string_view code, std::string_view words);

/// Files are added as in a report (draft_files.hpp): sealed while they come in, under a key that only the code yields,
/// shown back, taken away again, and with the worry once they are sent. What is not sent runs out like a draft.
struct AddedFiles {
    FrontDoorId front_door;
    std::vector<Original> files;
};
Result<std::size_t> files_not_sent(Visit& visit, const ReturnCode& code);
Result<AddedFiles> files_being_added(House& house, std::string_view code);
/// As `IncomingFile::begin`; `not_found` for a code that leads nowhere.
Result<std::unique_ptr<IncomingFile>> add_file(House& house, std::string_view code, std::string_view name);
Result<void> take_added_away(House& house, std::string_view code, FileId file);
/// `invalid` with "files" when none was added. They lie under a key of their own beside that of who told: to custody,
/// and to duty as long as the way in is open.
Result<std::size_t> send_added_files(House& house, std::string_view code);

/// The concern that a code leads to. A code that nobody holds is looked for, opened and refused like any other, so that
/// time tells nothing.
Result<ConcernId> concern_of(Visit& visit, const ReturnCode& code);

}  // namespace kith::app
