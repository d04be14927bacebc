// A call goes to the manager on duty: by its call taker, or by itself when nothing more is said.
#include "app/desk.hpp"
#include "app/intake.hpp"
#include "app/once.hpp"
#include "app/onward.hpp"
#include "app/receiver.hpp"
#include "app/record_call.hpp"
#include "app/vault/return_code.hpp"

namespace kith::app {
namespace {
using concerns::Concern;
using concerns::Stage;

// As long as a call taker reads their call at the latest (front-door 3).
constexpr auto kAnswerKept = std::chrono::hours(12);

/// Who rang 999, when, and the police's number, as a note that stands beside the worry for good. What stands there
/// already is not said twice.
Result<void> note_999(Visit& visit, const RecordFile& file, const concerns::Account& account, const Concern& concern) {
    using concerns::Field;
    std::string said;
    const auto add = [&](std::string_view before, Field field) {
        if (!account.known(field).empty())
            said += (said.empty() ? "" : ". ") + std::string(before) + std::string(account.known(field));
    };
    const auto by = account.known(Field::rung_999_by);
    if (!by.empty())
        said = by == "caller" ? "999 rung by the caller" : by == "us" ? "999 rung by the call taker" : "999 not rung";
    add("When: ", Field::rung_999_at);
    add("Police log ", Field::police_log);
    if (said.empty()) return {};
    std::string earlier;
    for (const NoteRow& note : KITH_TRY(visit.tables.concerns().notes(concern.id)))
        if (note.kind == NoteKind::danger && note.word == "rung_999")
            earlier = KITH_TRY(file.open_text(note.sealed_text, "notes", concern.id.bytes(), "text")).expose();
    if (said == earlier) return {};
    return visit.tables.concerns().add_note({concern.id, NoteKind::danger, visit.now, concern.taken_by, "rung_999",
                                             file.seal_text(said, "notes", concern.id.bytes(), "text")});
}

Result<HandedOver> said_of(Visit& visit, const Concern& concern, const ReturnCode& code) {
    return HandedOver{concern.reference,
                      code.text(),
                      concern.with,
                      concern.form_due_at,
                      concern.with ? KITH_TRY(name_of_member(visit, *concern.with)) : "",
                      concern.reply_due_at,
                      concern.handed_over_at.value_or(visit.now) + concerns::kTakeBackWithin};
}

enum class CodeIs { fresh, given_out };

Result<HandedOver> hand_over_now(Visit& visit, const Permit& permit, ConcernRow row, const ReturnCode& code,
                                 CodeIs is) {
    Concern& concern = row.concern;
    const auto file = KITH_TRY(visit.file_of(row));
    const auto account = concerns::carried_to_its_form(KITH_TRY(account_of(file, row)));
    KITH_TRY(keep_away_perhaps_named(visit, concern, account.known(concerns::Field::must_not_see)));
    const auto with = KITH_TRY(receiver_of(visit, concern));
    concern = KITH_TRY(concerns::hand_over(concern, with, visit.now));
    KITH_TRY(visit.keep(concern));
    KITH_TRY(tell_of_receipt(visit, concern));
    const auto sealed = KITH_TRY(keep_account(visit, file, row, account, row.last_typed_at));
    KITH_TRY(note_999(visit, file, account, concern));
    std::vector<std::pair<std::string, Bytes>> digests{{"concerns/account", sealed.bytes}};
    if (const auto owed = KITH_TRY(owe_if_works_with_children(visit, row, account, concern.taken_by)))
        digests.emplace_back("onward_steps/text", *owed);
    KITH_TRY(visit.tables.vault().drop_taker_wrap(concern.id));
    if (is == CodeIs::fresh)
        KITH_TRY(visit.tables.threads().add_code(code.finder(visit.house.crypto),
                                                 code.seal(visit.house.crypto, concern.id)));
    const auto asked = KITH_TRY(visit.questions(concern.front_door));
    KITH_TRY(visit.record(permit, {.act = "concern_handed_over",
                                   .subject = concern.id.text(),
                                   .clauses = asked.who_receives().clauses(),
                                   .pack = concern.pack,
                                   .facts = {{"to", with ? with->text() : "nobody"}},
                                   .sealed_digests = std::move(digests)}));
    return said_of(visit, concern, code);
}

/// The code that this form was answered with; nothing when its answer is not kept.
Result<std::optional<ReturnCode>> code_said(Visit& visit, const Once& form, ConcernId id) {
    const auto answer = find_answer(visit.house, visit.tables, form);
    if (!answer && answer.error().code == Code::not_found) return std::optional<ReturnCode>();
    if (!answer) return Failure(answer.error());
    ByteReader in(answer->expose());
    const auto call = in.piece();
    const SecretText code(in.text());
    if (!in.at_end() || to_bytes(call) != to_bytes(BytesView(id.bytes()))) return std::optional<ReturnCode>();
    return std::optional(KITH_TRY(ReturnCode::parse(code.expose())));
}

Result<void> keep_code(Visit& visit, const Once& form, ConcernId id, const ReturnCode& code) {
    Bytes answer;
    append_piece(answer, id.bytes());
    append_piece(answer, as_bytes(code.text()));
    return keep_answer(visit.house, visit.tables, form, answer, visit.now + kAnswerKept);
}
}  // namespace

Result<HandedOver> hand_over_call(House& house, const Actor& taker, ConcernId id, const ByteArray<32>& form) {
    const ReturnCode fresh = ReturnCode::create(house.crypto);
    const bool is_known = form != ByteArray<32>{};
    const Once once = once_of_hand_over(house.crypto, form);
    return visiting(house, taker, [&](Visit& visit) -> Result<HandedOver> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::hand_over, KITH_TRY(visit.facts_of(row)), id.text()));
        const auto earlier = is_known ? KITH_TRY(code_said(visit, once, id)) : std::nullopt;
        if (row.concern.stage == Stage::on_call) {
            // A form whose hand-over was undone hands over once more; its code leads to this thread already.
            if (earlier) return hand_over_now(visit, permit, row, *earlier, CodeIs::given_out);
            if (is_known) KITH_TRY(keep_code(visit, once, id, fresh));
            return hand_over_now(visit, permit, row, fresh, CodeIs::fresh);
        }
        if (!earlier) return fail(Code::conflict, "the call has been handed over");
        KITH_TRY(visit.record(permit, {.act = "hand_over_said_again", .subject = id.text(), .pack = row.concern.pack}));
        return said_of(visit, row.concern, *earlier);
    });
}

Result<std::size_t> hand_over_idle_calls(House& house) {
    const Actor machine = Actor::machine();
    const Instant now = house.clock.now();
    const auto candidates =
        KITH_TRY(house.store.reading([&](Tables& tables) { return tables.concerns().idle_calls(now); }));
    std::size_t handed = 0;
    for (const ConcernRow& found : candidates) {
        const ReturnCode code = ReturnCode::create(house.crypto);
        const auto done = visiting(house, machine, [&](Visit& visit) -> Result<HandedOver> {
            const ConcernRow row = KITH_TRY(visit.tables.concerns().find(found.concern.id));
            const auto asked = KITH_TRY(visit.questions(row.concern.front_door));
            const auto due = asked.idle_call_handed_over_at(row.last_typed_at);
            if (row.concern.stage != Stage::on_call || due.asks_a_person() || due.value() > visit.now)
                return fail(Code::conflict, "not idle");
            const Permit permit =
                KITH_TRY(visit.ask(Act::hand_over, KITH_TRY(visit.facts_of(row)), row.concern.id.text()));
            return hand_over_now(visit, permit, row, code, CodeIs::fresh);
        });
        if (done) ++handed;
    }
    return handed;
}

}  // namespace kith::app
