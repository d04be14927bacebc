#include "app/report_worry.hpp"

#include "app/intake.hpp"
#include "app/onward.hpp"
#include "app/vault/return_code.hpp"
#include "base/text.hpp"

namespace kith::app {
namespace {
using concerns::Concern;

// A receipt waits under the form's own key for as long as somebody might press the button again.
constexpr auto kReceiptKept = std::chrono::hours(24 * 7);

struct Once {
    Digest finder;
    Key key;
};
Once once_of(Cryptography& crypto, const ByteArray<32>& key) {
    return {crypto.derive("kith/once/finder", key), Key(crypto.derive("kith/once/key", key))};
}

Bytes encode(const Receipt& receipt) {
    Bytes out;
    append_piece(out, as_bytes(receipt.code));
    const auto instant = [&](const std::optional<Instant>& at) {
        append_u64(out, at ? static_cast<std::uint64_t>(to_millis(*at)) : 0);
    };
    instant(receipt.reply_due_at);
    instant(receipt.form_due_at);
    append_u32(out, receipt.staffed ? 1 : 0);
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
    if (!in.at_end()) return fail(Code::betrayed, "a receipt that does not decode");
    return receipt;
}

Result<void> check(const Telling& telling) {
    const auto wrong = concerns::problems(telling.account);
    if (!wrong.empty())
        return Failure(Error{Code::invalid, "the account cannot be sent", concerns::spec_of(wrong.front().field).name});
    if (const auto field = concerns::first_field_too_long(telling.contact))
        return Failure(Error{Code::invalid, "too long", *field});
    for (const auto* line : {&telling.contact.name, &telling.contact.organisation, &telling.contact.telephone,
                             &telling.contact.email, &telling.contact.when_safe, &telling.contact.must_not_know,
                             &telling.contact.agreement, &telling.must_not_see})
        if (!text::is_clean_utf8(*line)) return fail(Code::invalid, "not text", "contact");
    return {};
}

protocol::Teller teller_of(const Telling& telling) {
    using protocol::Category;
    Category category = Category::ordinary;
    if (telling.contact.source == concerns::Source::in_their_job)
        category = Category::in_their_job;
    else if (telling.contact.category == concerns::Category::stakeholder)
        category = Category::stakeholder;
    else if (telling.contact.category == concerns::Category::guardian)
        category = Category::guardian;
    else if (telling.contact.category == concerns::Category::council_identified)
        category = Category::council_identified;
    return {category, telling.contact.is_anonymous() ? protocol::Identity::withheld : protocol::Identity::given,
            telling.under_18 ? protocol::Age::under_18 : protocol::Age::adult};
}

// The first telling's receipt; `not_found` when there was none.
Result<Receipt> find_receipt(House& house, Tables& tables, const Once& once) {
    const Bytes sealed = KITH_TRY(tables.drafts().find_receipt(once.finder));
    return decode_receipt(
        KITH_TRY(house.crypto.open(once.key, sealed, bound_to("receipts", once.finder, "receipt"))).expose());
}

}  // namespace

Result<Receipt> earlier_receipt(House& house, const ByteArray<32>& once) {
    const Once keys = once_of(house.crypto, once);
    return house.store.reading([&](Tables& tables) { return find_receipt(house, tables, keys); });
}

Result<Receipt> report_worry(House& house, const Telling& telling) {
    KITH_TRY(check(telling));
    const Once once = once_of(house.crypto, telling.once);
    const SealTo to = KITH_TRY(seal_to(house, telling.front_door));
    const auto epoch = house.epoch_now();
    const ReturnCode code = ReturnCode::create(house.crypto);
    const Actor anyone = Actor::anyone();

    return visiting(house, anyone, [&](Visit& visit) -> Result<Receipt> {
        const auto bound = bound_to("receipts", once.finder, "receipt");
        auto earlier = find_receipt(house, visit.tables, once);
        if (earlier || earlier.error().code != Code::not_found) return earlier;

        const Permit permit = KITH_TRY(visit.ask(Act::report, {}));
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
        row.sealed_account = {
            file.seal(concerns::encode(telling.account), kConcernTable, concern.id.bytes(), "account")};
        if (telling.contact.source == concerns::Source::in_their_job)
            row.sealed_source = file.seal_text(telling.contact.name + "\n" + telling.contact.organisation,
                                               kConcernTable, concern.id.bytes(), "source");
        row.last_typed_at = visit.now;
        KITH_TRY(add_concern(visit, row));
        for (const MemberId& member : KITH_TRY(members_named(visit, door.id, telling.must_not_see)))
            KITH_TRY(visit.tables.concerns().exclude(concern.id, member, visit.now));

        // PLY-021: with the manager on duty in the same transaction; with nobody on duty it is taken all the same.
        const auto with = KITH_TRY(receiver_of(visit, concern));
        KITH_TRY(visit.keep(concern = KITH_TRY(concerns::hand_over(concern, with, visit.now))));
        if (with)
            KITH_TRY(visit.tell(
                *with, concern.danger == concerns::DangerMark::none ? Notice::worry_waiting : Notice::danger_marked));
        KITH_TRY(put_in_vault(visit, concern, telling.contact, to, std::nullopt, 0, epoch));
        KITH_TRY(put_marks(visit, concern, telling.account));
        KITH_TRY(owe_if_works_with_children(visit, row, telling.account, std::nullopt));
        KITH_TRY(visit.tables.threads().add_code(code.finder(house.crypto), code.seal(house.crypto, concern.id)));

        Receipt receipt{
            code.text(), concern.reply_due_at,
            asked.written_form_due(protocol::Channel::online, teller_of(telling), visit.now).value_or(std::nullopt),
            true};
        receipt.staffed = asked.is_staffed(visit.now).value_or({true, std::nullopt}).staffed;
        KITH_TRY(visit.tables.drafts().put_receipt(once.finder, house.crypto.seal(once.key, encode(receipt), bound),
                                                   visit.now + kReceiptKept));
        KITH_TRY(visit.record(permit, {.act = "concern_received",
                                       .subject = concern.id.text(),
                                       .clauses = asked.who_receives().clauses(),
                                       .pack = concern.pack,
                                       .facts = {{"subject", std::string(name_of(concern.subject))},
                                                 {"danger", std::string(name_of(concern.danger))},
                                                 {"handed_to", with ? with->text() : "nobody"},
                                                 {"way_in", concern.way_in_missing ? "missing" : "open"},
                                                 {"name_person", telling.naming.person ? "yes" : "no"},
                                                 {"name_organisation", telling.naming.organisation ? "yes" : "no"}},
                                       .sealed_digests = {{"concerns/account", row.sealed_account.bytes}}}));
        return receipt;
    });
}

}  // namespace kith::app
