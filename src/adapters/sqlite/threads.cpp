#include "adapters/sqlite/threads.hpp"

#include "adapters/sqlite/access.hpp"
#include "adapters/sqlite/words.hpp"

namespace kith::sqlite {
namespace {

using app::MessageRow;

struct StoredMessage {
    MessageId id;
    ConcernId concern;
    std::string side, kind;
    Instant at;
    Sealed<std::string> sealed_text;
};

Result<MessageRow> to_row(StoredMessage stored) {
    Decoded decoded;
    MessageRow row{stored.id,
                   stored.concern,
                   decoded.word(app::side_named(stored.side)),
                   decoded.word(app::message_kind_named(stored.kind)),
                   stored.at,
                   std::move(stored.sealed_text)};
    return decoded.checked(std::move(row));
}

}  // namespace

Result<void> SqliteThreads::add_code(const app::Digest& finder, const Sealed<ConcernId>& sealed_concern) {
    return change(database_, "add_return_code", finder, sealed_concern);
}

Result<Sealed<ConcernId>> SqliteThreads::find_code(const app::Digest& finder) {
    return find_one<Sealed<ConcernId>>(database_, "return_code_by_finder", finder);
}

Result<void> SqliteThreads::add_message(const MessageRow& message) {
    return change(database_, "add_message", message.id, message.concern, name_of(message.side), name_of(message.kind),
                  message.at, message.sealed_text);
}

Result<std::vector<MessageRow>> SqliteThreads::messages(ConcernId concern) {
    return find_all<StoredMessage>(database_, "messages_of_concern", to_row, concern);
}

Result<std::vector<app::AddedTo>> SqliteThreads::added_after_answer(FrontDoorId front_door, Instant since) {
    const auto as_it_is = [](app::AddedTo row) -> Result<app::AddedTo> { return row; };
    return find_all<app::AddedTo>(database_, "added_after_answer", as_it_is, front_door, since);
}

}  // namespace kith::sqlite
