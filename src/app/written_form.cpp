#include "app/written_form.hpp"

#include <algorithm>

#include "app/blind_marks.hpp"
#include "app/come_back.hpp"
#include "app/intake.hpp"
#include "app/onward.hpp"
#include "app/receiver.hpp"
#include "app/vault/return_code.hpp"
#include "core/concerns/marks.hpp"

namespace kith::app {
namespace {
using concerns::Account;
using concerns::Field;

constexpr std::string_view kFormTable = "written_forms";

Result<Account> account_of(Visit& visit, const ConcernRow& row) {
    const auto file = KITH_TRY(visit.file_of(row));
    return concerns::decode(
        KITH_TRY(file.open(row.sealed_account.bytes, kConcernTable, row.concern.id.bytes(), "account")).expose());
}

struct Owed {
    ConcernRow row;
    Permit permit;
    DraftKey key;
};
/// The worry that the code leads to, as one whose form is awaited.
Result<Owed> owed_by(Visit& visit, const ReturnCode& code) {
    const ConcernId id = KITH_TRY(concern_of(visit, code));
    ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
    const Permit permit = KITH_TRY(visit.ask(Act::return_by_code, {}, id.text()));
    if (row.concern.form != concerns::WrittenForm::awaited) return fail(Code::conflict, "no written form is awaited");
    return Owed{std::move(row), permit, DraftKey::of(code.form_key(visit.house.crypto))};
}

Result<FormInHand> in_hand(Visit& visit, const Owed& owed) {
    FormInHand form;
    form.call_at = owed.row.concern.received_at;
    form.due_at = owed.row.concern.form_due_at;
    const auto kept = visit.tables.drafts().find(owed.key.finder(visit.house.crypto), visit.now);
    if (!kept && kept.error().code != Code::not_found) return Failure(kept.error());
    form.has_begun = kept.has_value();
    if (kept) {
        form.draft = KITH_TRY(owed.key.open(visit.house.crypto, *kept));
    } else {
        form.draft.front_door = owed.row.concern.front_door;
        form.draft.account = form_of_call(KITH_TRY(account_of(visit, owed.row)));
    }
    return form;
}

Result<void> check(const protocol::Questions& asked, const Account& account) {
    const auto wrong = form_troubles(asked, account);
    if (wrong.empty()) return {};
    return Failure(Error{Code::invalid, "the form cannot be sent", concerns::spec_of(wrong.front().field).name});
}

protocol::Clauses clauses_of(const protocol::Questions& asked, Instant call_at) {
    return asked.written_form_due(protocol::Channel::telephone, {}, call_at).clauses();
}

/// What every form that comes does, by whatever way.
Result<void> receive(Visit& visit, const Permit& permit, const ConcernRow& row, const WrittenFormRow& form,
                     const Account& account) {
    concerns::Concern concern = KITH_TRY(concerns::receive_form(row.concern));
    KITH_TRY(visit.tables.written_forms().add(form));
    concern.incomplete = concern.incomplete && concerns::is_incomplete(account);
    KITH_TRY(visit.keep(concern));
    // The duty has ended, and with it what kept the way in open after the answer (reporters-vault, Rules).
    if (concern.answered_at) KITH_TRY(visit.tables.vault().close_way_in(concern.id));
    KITH_TRY(visit.tables.concerns().mark(concern.id, marks_of(visit.house, account)));
    std::vector<std::pair<std::string, Bytes>> digests{{"written_forms/account", form.sealed_account.bytes}};
    if (const auto owed = KITH_TRY(owe_if_works_with_children(visit, row, account, form.typed_by)))
        digests.emplace_back("onward_steps/text", *owed);
    KITH_TRY(tell_of_addition(visit, concern));
    const bool in_time = !concern.form_due_at || form.received_at <= *concern.form_due_at;
    return visit.record(
        permit,
        {.act = "form_received",
         .subject = concern.id.text(),
         .clauses = clauses_of(KITH_TRY(visit.questions(concern.front_door)), concern.received_at),
         .pack = concern.pack,
         .facts = {{"way", form.way == FormWay::by_code ? "by_code" : "typed_in"}, {"in_time", in_time ? "yes" : "no"}},
         .sealed_digests = std::move(digests)});
}

Result<Sealed<Account>> seal(Visit& visit, const ConcernRow& row, const Account& account) {
    const auto file = KITH_TRY(visit.file_of(row));
    return Sealed<Account>{file.seal(concerns::encode(account), kFormTable, row.concern.id.bytes(), "account")};
}
}  // namespace

std::vector<Field> form_parts(const protocol::Questions& asked, concerns::Subject subject) {
    std::vector<Field> out;
    const auto parts = asked.required_parts_of_written_form(subject);
    if (parts.asks_a_person()) return concerns::needed(subject);
    for (const auto& part : parts.value())
        if (const auto field = concerns::field_named(part.id)) out.push_back(*field);
    return out;
}

std::vector<concerns::Problem> form_troubles(const protocol::Questions& asked, const Account& account) {
    auto out = concerns::problems(account);
    for (const Field field : form_parts(asked, account.subject)) {
        const bool told = !account.answer(field).empty() || (field == Field::names && !account.people.empty());
        const concerns::Problem missing{field, concerns::Problem::Kind::empty};
        if (!told && std::ranges::find(out, missing) == out.end()) out.push_back(missing);
    }
    std::ranges::stable_sort(out, {}, [](const auto& problem) {
        return std::ranges::find(concerns::field_specs(), problem.field, &concerns::FieldSpec::field);
    });
    return out;
}

Account form_of_call(const Account& account) {
    Account out = account;
    const auto form = concerns::form_of(account.subject);
    std::erase_if(out.answers, [&](const auto& answer) { return !concerns::belongs(answer.first, form); });
    std::erase_if(out.marked, [&](const auto& mark) { return !out.answers.contains(mark.field); });
    return out;
}

Result<FormInHand> read_form(House& house, std::string_view typed) {
    const ReturnCode code = KITH_TRY(ReturnCode::parse(typed));
    const Actor reporter = Actor::reporter();
    return visiting(house, reporter, [&](Visit& visit) -> Result<FormInHand> {
        const Owed owed = KITH_TRY(owed_by(visit, code));
        FormInHand form = KITH_TRY(in_hand(visit, owed));
        const auto asked = KITH_TRY(visit.questions(owed.row.concern.front_door));
        KITH_TRY(visit.record(owed.permit, {.act = "form_opened",
                                            .subject = owed.row.concern.id.text(),
                                            .clauses = clauses_of(asked, owed.row.concern.received_at),
                                            .pack = owed.row.concern.pack}));
        return form;
    });
}

Result<FormInHand> change_form(House& house, std::string_view typed, const std::function<void(Draft&)>& change) {
    const ReturnCode code = KITH_TRY(ReturnCode::parse(typed));
    const Actor reporter = Actor::reporter();
    return visiting(house, reporter, [&](Visit& visit) -> Result<FormInHand> {
        const Owed owed = KITH_TRY(owed_by(visit, code));
        FormInHand form = KITH_TRY(in_hand(visit, owed));
        change(form.draft);
        form.has_begun = true;
        const auto asked = KITH_TRY(visit.questions(owed.row.concern.front_door));
        // Whoever sends it late finds what was typed before it was due.
        const Instant from = std::max(visit.now, form.due_at.value_or(visit.now));
        const Instant until = asked.draft_expires_at(from).value_or(from + std::chrono::hours(24));
        KITH_TRY(
            visit.tables.drafts().put(owed.key.finder(house.crypto), owed.key.seal(house.crypto, form.draft), until));
        KITH_TRY(visit.record(owed.permit, {.act = "form_kept",
                                            .subject = owed.row.concern.id.text(),
                                            .clauses = clauses_of(asked, owed.row.concern.received_at),
                                            .pack = owed.row.concern.pack}));
        return form;
    });
}

Result<void> send_form(House& house, std::string_view typed) {
    const ReturnCode code = KITH_TRY(ReturnCode::parse(typed));
    const Actor reporter = Actor::reporter();
    return visiting(house, reporter, [&](Visit& visit) -> Result<void> {
        const Owed owed = KITH_TRY(owed_by(visit, code));
        Account account = KITH_TRY(in_hand(visit, owed)).draft.account;
        KITH_TRY(check(KITH_TRY(visit.questions(owed.row.concern.front_door)), account));
        account.marked = concerns::with_those_of(account, KITH_TRY(account_of(visit, owed.row)));
        KITH_TRY(visit.tables.drafts().drop(owed.key.finder(house.crypto)));
        return receive(
            visit, owed.permit, owed.row,
            {owed.row.concern.id, FormWay::by_code, visit.now, std::nullopt, KITH_TRY(seal(visit, owed.row, account))},
            account);
    });
}

Result<void> type_in_form(House& house, const Actor& actor, ConcernId id, const PaperForm& form) {
    return visiting(house, actor, [&](Visit& visit) -> Result<void> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::read_concern, KITH_TRY(visit.facts_of(row)), id.text()));
        if (row.concern.stage == concerns::Stage::on_call) return fail(Code::conflict, "the caller is still talking");
        Account account = form.account;
        account.subject = row.concern.subject;
        account.marked = concerns::with_those_of(account, KITH_TRY(account_of(visit, row)));
        KITH_TRY(check(KITH_TRY(visit.questions(row.concern.front_door)), account));
        if (form.received_at < row.concern.received_at || form.received_at > visit.now)
            return fail(Code::invalid, "a form comes after its call and before now", "received_on");
        return receive(visit, permit, row,
                       {id, FormWay::typed_in, form.received_at, actor.member, KITH_TRY(seal(visit, row, account))},
                       account);
    });
}

Result<std::optional<ReceivedForm>> received_form(Visit& visit, const ConcernRow& row) {
    const auto found = visit.tables.written_forms().find(row.concern.id);
    if (!found && found.error().code == Code::not_found) return std::optional<ReceivedForm>();
    if (!found) return Failure(found.error());
    const auto file = KITH_TRY(visit.file_of(row));
    ReceivedForm out;
    out.way = found->way;
    out.received_at = found->received_at;
    out.in_time = !row.concern.form_due_at || found->received_at <= *row.concern.form_due_at;
    if (found->typed_by) out.typed_by = KITH_TRY(name_of_member(visit, *found->typed_by));
    out.account = KITH_TRY(concerns::decode(
        KITH_TRY(file.open(found->sealed_account.bytes, kFormTable, row.concern.id.bytes(), "account")).expose()));
    return std::optional(std::move(out));
}

Result<Bytes> keep_form_account(Visit& visit, const ConcernRow& row, const Account& account) {
    const auto sealed = KITH_TRY(seal(visit, row, account));
    KITH_TRY(visit.tables.written_forms().change_account(row.concern.id, sealed));
    return sealed.bytes;
}

}  // namespace kith::app
