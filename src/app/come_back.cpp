#include "app/come_back.hpp"
#include "app/receiver.hpp"

#include "base/text.hpp"

namespace kith::app {
namespace {

Result<std::vector<Message>> messages(Visit& visit, const RecordFile& file, ConcernId id) {
    std::vector<Message> out;
    for (const MessageRow& row : KITH_TRY(visit.tables.threads().messages(id)))
        out.push_back({row.side, row.kind, row.at,
                       KITH_TRY(file.open_text(row.sealed_text, "messages", row.id.bytes(), "text")).expose()});
    return out;
}
}  // namespace

Result<ConcernId> concern_of(Visit& visit, const ReturnCode& code) {
    Cryptography& crypto = visit.house.crypto;
    const auto stored = visit.tables.threads().find_code(code.finder(crypto));
    if (stored) return code.open(crypto, *stored);
    const auto decoy = ReturnCode::create(crypto);
    static_cast<void>(code.open(crypto, decoy.seal(crypto, ConcernId())));
    return fail(Code::not_found, "no such code", "code");
}

Result<Thread> come_back(House& house, std::string_view typed) {
    const ReturnCode code = KITH_TRY(ReturnCode::parse(typed));
    const Actor reporter = Actor::reporter();
    return visiting(house, reporter, [&](Visit& visit) -> Result<Thread> {
        const ConcernId id = KITH_TRY(concern_of(visit, code));
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::return_by_code, {}, id.text()));
        const auto file = KITH_TRY(visit.file_of(row));
        Thread thread;
        thread.front_door = row.concern.front_door;
        thread.received_at = row.concern.received_at;
        thread.messages = KITH_TRY(messages(visit, file, id));
        for (const Message& message : thread.messages) thread.question_open = message.kind == MessageKind::question;
        thread.form_owed = row.concern.form == concerns::WrittenForm::awaited;
        thread.form_came = row.concern.form == concerns::WrittenForm::received;
        thread.form_due_at = row.concern.form_due_at;
        thread.files_not_sent = KITH_TRY(files_not_sent(visit, code));
        const auto asked = KITH_TRY(visit.questions(row.concern.front_door));
        KITH_TRY(visit.record(permit, {.act = "reporter_came_back",
                                       .subject = id.text(),
                                       .clauses = asked.reply_words().clauses(),
                                       .pack = row.concern.pack}));
        return thread;
    });
}

Result<void> add_to_report(House& house, std::string_view typed, std::string_view words) {
    const ReturnCode code = KITH_TRY(ReturnCode::parse(typed));
    const std::string text = text::tidy(words);
    if (text.empty()) return fail(Code::invalid, "nothing was written", "words");
    if (!text::is_clean_utf8(text)) return fail(Code::invalid, "not text", "words");
    if (text::length(text) > 4000) return fail(Code::invalid, "too long", "words");
    const Actor reporter = Actor::reporter();
    return visiting(house, reporter, [&](Visit& visit) -> Result<void> {
        const ConcernId id = KITH_TRY(concern_of(visit, code));
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::return_by_code, {}, id.text()));
        const auto file = KITH_TRY(visit.file_of(row));
        MessageRow message;
        message.id = house.crypto.random_id<MessageId>();
        message.concern = id;
        message.side = Side::reporter;
        message.kind = MessageKind::addition;
        message.at = visit.now;
        message.sealed_text = file.seal_text(text, "messages", message.id.bytes(), "text");
        KITH_TRY(visit.tables.threads().add_message(message));
        // What is added changes what a decision rests on: a decision made on the older reading is a conflict.
        concerns::Concern concern = row.concern;
        ++concern.revision;
        KITH_TRY(visit.keep(concern));
        KITH_TRY(tell_of_addition(visit, concern));
        return visit.record(permit, {.act = "reporter_added",
                                     .subject = id.text(),
                                     .pack = concern.pack,
                                     .sealed_digests = {{"messages/text", message.sealed_text.bytes}}});
    });
}

}  // namespace kith::app
