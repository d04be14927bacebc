#include "app/report_worry.hpp"

#include <algorithm>

#include "app/api_tokens.hpp"
#include "app/attachments.hpp"
#include "app/blind_marks.hpp"
#include "app/intake.hpp"
#include "app/once.hpp"
#include "app/onward.hpp"
#include "app/receiver.hpp"
#include "app/vault/return_code.hpp"
#include "base/text.hpp"

namespace kith::app {
namespace {
using concerns::Concern;

// A receipt waits under the form's own key for as long as somebody might press the button again.
constexpr auto kReceiptKept = std::chrono::hours(24 * 7);

Bytes encode(const Receipt& receipt) {
    Bytes out;
    append_piece(out, as_bytes(receipt.code));
    const auto instant = [&](const std::optional<Instant>& at) {
        append_u64(out, at ? static_cast<std::uint64_t>(to_millis(*at)) : 0);
    };
    instant(receipt.reply_due_at);
    instant(receipt.form_due_at);
    append_u32(out, receipt.staffed ? 1 : 0);
    append_piece(out, as_bytes(receipt.reference));
    append_piece(out, receipt.told);
    return out;
}

Result<Receipt> decode_receipt(BytesView bytes) {
    ByteReader in(bytes);
    Receipt receipt;
    receipt.code = in.text();
    const auto instant = [&]() -> std::optional<Instant> {
        const auto ms = in.u64();
        return ms == 0 ? std::nullopt : std::optional(from_millis(static_cast<std::int64_t>(ms)));
    };
    receipt.reply_due_at = instant();
    receipt.form_due_at = instant();
    receipt.staffed = in.u32() == 1;
    if (in.at_end()) return receipt;  // as it was written before there were tokens
    receipt.reference = in.text();
    const BytesView told = in.piece();
    if (told.size() == receipt.told.size()) std::ranges::copy(told, receipt.told.begin());
    if (!in.at_end()) return fail(Code::betrayed, "a receipt that does not decode");
    return receipt;
}

Result<void> check(const Telling& telling) {
    const auto wrong = concerns::problems(telling.account);
    if (!wrong.empty())
        return Failure(Error{Code::invalid, "the account cannot be sent", concerns::spec_of(wrong.front().field).name});
    if (const auto field = concerns::first_field_too_long(telling.contact))
        return Failure(Error{Code::invalid, "too long", *field});
    for (const auto* line : {&telling.contact.name, &telling.contact.organisation, &telling.contact.post,
                             &telling.contact.telephone, &telling.contact.email, &telling.contact.when_safe,
                             &telling.contact.must_not_know, &telling.contact.agreement, &telling.must_not_see})
        if (!text::is_clean_utf8(*line)) return fail(Code::invalid, "not text", "contact");
    return {};
}

// The first telling's receipt; `not_found` when there was none.
Result<Receipt> find_receipt(House& house, Tables& tables, const Once& once) {
    return decode_receipt(KITH_TRY(find_answer(house, tables, once)).expose());
}

/// Everything the account of a report holds beside what its form asked.
concerns::Account whole_account(const Telling& telling) {
    auto account = with_teller(telling.account, telling.contact);
    if (const std::string words = text::tidy(telling.must_not_see); !words.empty())
        account.answers[concerns::Field::must_not_see] = words;
    return account;
}

}  // namespace

Result<Receipt> earlier_receipt(House& house, const ByteArray<32>& once) {
    const Once keys = once_of_report(house.crypto, once);
    return house.store.reading([&](Tables& tables) { return find_receipt(house, tables, keys); });
}

namespace {
Result<Receipt> take(House& house, const Actor& teller, const Telling& telling, const ByteArray<32>& told) {
    KITH_TRY(check(telling));
    const Once once = once_of_report(house.crypto, telling.once);
    const concerns::Account account = whole_account(telling);
    const SealTo to = KITH_TRY(seal_to(house, telling.front_door));
    const auto epoch = house.epoch_now();
    const ReturnCode code = ReturnCode::create(house.crypto);
    const auto marks = marks_of(house, account);

    return visiting(house, teller, [&](Visit& visit) -> Result<Receipt> {
        const Permit permit = KITH_TRY(visit.ask(Act::report, KITH_TRY(visit.facts_of_bearer())));
        auto earlier = find_receipt(house, visit.tables, once);
        if (earlier && earlier->told != told)
            return fail(Code::conflict, "this key stands for another worry", "idempotency_key");
        if (earlier || earlier.error().code != Code::not_found) return earlier;

        const FrontDoorRow door = KITH_TRY(visit.tables.registry().front_door(telling.front_door));
        if (!door.open) return fail(Code::unavailable, "the front door is not open");
        const protocol::Questions asked = KITH_TRY(visit.questions(door.id));

        ConcernRow row;
        Concern& concern = row.concern;
        concern.id = house.crypto.random_id<ConcernId>();
        concern.front_door = door.id;
        concern.subject = telling.account.subject;
        concern.channel = concerns::Channel::online;
        concern.pack = asked.pack().name + '@' + asked.pack().version;
        concern.danger = telling.danger;
        concern.incomplete = concerns::is_incomplete(telling.account);
        concern.received_at = visit.now;
        // PLY-023: within the hour from receipt, where the protocol has a clock.
        concern.reply_due_at = asked.reply_due(visit.now).value_or(std::nullopt);
        concern.way_in_missing = !to.duty || !epoch.second;
        row.naming_person = telling.naming.person ? 1 : 0;
        row.naming_organisation = telling.naming.organisation ? 1 : 0;

        auto [file, sealed_key] = house.identity.keys.new_file(concern.id.bytes());
        row.sealed_record_key = std::move(sealed_key);
        row.sealed_account = {file.seal(concerns::encode(account), kConcernTable, concern.id.bytes(), "account")};
        row.sealed_source = sealed_source_of(file, concern.id, telling.contact);
        row.last_typed_at = visit.now;
        KITH_TRY(add_concern(visit, row));
        KITH_TRY(keep_away_named(visit, concern, telling.must_not_see));
        KITH_TRY(keep_away_perhaps_named(visit, concern, telling.must_not_see));

        // PLY-021: with the manager on duty in the same transaction; with nobody on duty it is taken all the same.
        const auto with = KITH_TRY(receiver_of(visit, concern));
        KITH_TRY(visit.keep(concern = KITH_TRY(concerns::hand_over(concern, with, visit.now))));
        KITH_TRY(tell_of_receipt(visit, concern));
        const Key identity = KITH_TRY(put_in_vault(visit, concern, telling.contact, to, std::nullopt, 0, epoch));
        auto digests = KITH_TRY(put_attachments(visit, concern, file, telling.files, 0, identity, epoch));
        const std::size_t files = digests.size();
        digests.emplace(digests.begin(), "concerns/account", row.sealed_account.bytes);
        KITH_TRY(visit.tables.concerns().mark(concern.id, marks));
        if (const auto owed = KITH_TRY(owe_if_works_with_children(visit, row, account, std::nullopt)))
            digests.emplace_back("onward_steps/text", *owed);
        if (const auto told_before = KITH_TRY(note_told_before(visit, file, concern, telling.earlier)))
            digests.emplace_back("notes/text", *told_before);
        KITH_TRY(visit.tables.threads().add_code(code.finder(house.crypto), code.seal(house.crypto, concern.id)));

        Receipt receipt{code.text(), concern.reply_due_at,
                        asked.written_form_due(protocol::Channel::online, teller_of(telling.contact), visit.now)
                            .value_or(std::nullopt),
                        true};
        receipt.reference = concern.reference;
        receipt.told = told;
        receipt.staffed = asked.is_staffed(visit.now).value_or({true, std::nullopt}).staffed;
        KITH_TRY(keep_answer(house, visit.tables, once, encode(receipt), visit.now + kReceiptKept));
        KITH_TRY(
            visit.record_unnamed(permit, {.act = "concern_received",
                                          .subject = concern.id.text(),
                                          .clauses = asked.who_receives().clauses(),
                                          .pack = concern.pack,
                                          .facts = {{"subject", std::string(name_of(concern.subject))},
                                                    {"danger", std::string(name_of(concern.danger))},
                                                    {"handed_to", with ? with->text() : "nobody"},
                                                    {"way_in", concern.way_in_missing ? "missing" : "open"},
                                                    {"files", std::to_string(files)},
                                                    {"name_person", telling.naming.person ? "yes" : "no"},
                                                    {"name_organisation", telling.naming.organisation ? "yes" : "no"}},
                                          .sealed_digests = std::move(digests)}));
        return receipt;
    });
}

ByteArray<32> digest_of(Cryptography& crypto, const Telling& telling) {
    SecretBytes all;
    append_piece(all.expose(), concerns::encode(telling.account));
    append_piece(all.expose(), concerns::encode(telling.contact));
    append_piece(all.expose(), as_bytes(telling.contact.post));
    append_piece(all.expose(), as_bytes(telling.must_not_see));
    append_piece(all.expose(), as_bytes(name_of(telling.danger)));
    append_u32(all.expose(), (telling.naming.person ? 1U : 0U) | (telling.naming.organisation ? 2U : 0U));
    return crypto.derive("kith/api/told", all.expose());
}
}  // namespace

Result<Receipt> report_worry(House& house, const Telling& telling) { return take(house, Actor::anyone(), telling, {}); }

Result<Receipt> report_by_token(House& house, const Bearer& bearer, Telling telling) {
    telling.front_door = bearer.actor.front_door;
    telling.contact.source = concerns::Source::in_their_job;
    telling.contact.organisation = bearer.organisation;
    return take(house, bearer.actor, telling, digest_of(house.crypto, telling));
}

}  // namespace kith::app
