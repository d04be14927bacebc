#include "app/record_call.hpp"

#include "app/intake.hpp"
#include "app/vault/return_code.hpp"

namespace kith::app {
namespace {
using concerns::Concern;
using concerns::Stage;

Result<void> check(const CallWords& words) {
    const auto wrong = concerns::problems_so_far(words.account);
    if (!wrong.empty())
        return Failure(Error{Code::invalid, "a field does not hold what it can", concerns::spec_of(wrong.front().field).name});
    if (const auto field = concerns::first_field_too_long(words.contact))
        return Failure(Error{Code::invalid, "too long", *field});
    return {};
}

/// Everything that a save writes besides the concern's own row.
Result<bool> write_words(Visit& visit, const Concern& concern, const CallWords& words, const Holder& holder,
                         const SealTo& to, const std::pair<Epoch, std::optional<Key>>& epoch) {
    KITH_TRY(visit.tables.vault().drop_all(concern.id));
    KITH_TRY(put_marks(visit, concern, words.account));
    for (const MemberId& member : KITH_TRY(members_named(visit, concern.front_door, words.must_not_see)))
        KITH_TRY(visit.tables.concerns().exclude(concern.id, member, visit.now));
    return put_in_vault(visit, concern, words.contact, to, holder.pair.public_half, 0, epoch);
}

protocol::Teller teller_of(const concerns::Contact& contact) {
    using protocol::Category;
    Category category = Category::ordinary;
    switch (contact.category) {
        case concerns::Category::ordinary: break;
        case concerns::Category::stakeholder: category = Category::stakeholder; break;
        case concerns::Category::guardian: category = Category::guardian; break;
        case concerns::Category::council_identified: category = Category::council_identified; break;
    }
    if (contact.source == concerns::Source::in_their_job) category = Category::in_their_job;
    return {category, contact.is_anonymous() ? protocol::Identity::withheld : protocol::Identity::given, protocol::Age::adult};
}

Result<HandedOver> hand_over_now(Visit& visit, const Permit& permit, ConcernRow row, const ReturnCode& code) {
    Concern& concern = row.concern;
    const auto with = KITH_TRY(receiver_of(visit, concern));
    concern = KITH_TRY(concerns::hand_over(concern, with, visit.now));
    KITH_TRY(visit.keep(concern));
    if (with) KITH_TRY(visit.tell(*with, concern.danger == concerns::DangerMark::none ? Notice::worry_waiting : Notice::danger_marked));
    KITH_TRY(visit.tables.vault().drop_taker_wrap(concern.id));
    KITH_TRY(visit.tables.threads().add_code(code.finder(visit.house.crypto), code.seal(visit.house.crypto, concern.id)));
    const auto asked = KITH_TRY(visit.questions(concern.front_door));
    KITH_TRY(visit.record(permit, {.act = "concern_handed_over",
                                   .subject = concern.id.text(),
                                   .clauses = asked.who_receives().clauses(),
                                   .pack = concern.pack,
                                   .facts = {{"to", with ? with->text() : "nobody"}},
                                   .sealed_digests = {{"concerns/account", row.sealed_account.bytes}}}));
    return HandedOver{concern.reference, code.text(), with, concern.form_due_at};
}
}  // namespace

Result<ConcernId> begin_call(House& house, const Actor& taker, const Holder& holder, Instant began_at, const CallWords& words) {
    KITH_TRY(check(words));
    const SealTo to = KITH_TRY(seal_to(house, taker.front_door));
    const auto epoch = house.epoch_now();
    const ConcernId id = house.crypto.random_id<ConcernId>();

    return visiting(house, taker, [&](Visit& visit) -> Result<ConcernId> {
        const Permit permit = KITH_TRY(visit.ask(Act::record_call, {.front_door = taker.front_door}));
        const auto asked = KITH_TRY(visit.questions(taker.front_door));
        ConcernRow row;
        Concern& concern = row.concern;
        concern.id = id;
        concern.front_door = taker.front_door;
        concern.subject = words.account.subject;
        concern.channel = concerns::Channel::telephone;
        concern.pack = asked.pack().name + '@' + asked.pack().version;
        concern.stage = Stage::on_call;
        concern.danger = words.danger;
        concern.incomplete = concerns::is_incomplete(words.account);
        concern.taken_by = taker.member;
        concern.received_at = std::min(began_at, visit.now);
        concern.reply_due_at = asked.reply_due(concern.received_at).value_or(std::nullopt);
        concern.way_in_missing = !to.duty || !epoch.second;
        row.naming_person = words.naming.person ? 1 : 0;
        row.naming_organisation = words.naming.organisation ? 1 : 0;
        row.last_typed_at = visit.now;
        auto [file, sealed_key] = house.identity.keys.new_file(id.bytes());
        row.sealed_record_key = std::move(sealed_key);
        row.sealed_account = {file.seal(concerns::encode(words.account), kConcernTable, id.bytes(), "account")};
        KITH_TRY(add_concern(visit, row));
        KITH_TRY(write_words(visit, concern, words, holder, to, epoch));
        KITH_TRY(visit.record(permit, {.act = "call_began",
                                       .subject = id.text(),
                                       .clauses = asked.who_receives().clauses(),
                                       .pack = concern.pack,
                                       .facts = {{"danger", std::string(name_of(concern.danger))}},
                                       .sealed_digests = {{"concerns/account", row.sealed_account.bytes}}}));
        return id;
    });
}

Result<void> save_call(House& house, const Actor& taker, const Holder& holder, ConcernId id, const CallWords& words) {
    KITH_TRY(check(words));
    const SealTo to = KITH_TRY(seal_to(house, taker.front_door));
    const auto epoch = house.epoch_now();
    return visiting(house, taker, [&](Visit& visit) -> Result<void> {
        ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::record_call, KITH_TRY(visit.facts_of(row)), id.text()));
        Concern& concern = row.concern;
        if (concern.stage != Stage::on_call) return fail(Code::conflict, "the call has been handed over");
        const auto asked = KITH_TRY(visit.questions(concern.front_door));
        const auto form = asked.written_form_due(protocol::Channel::telephone, teller_of(words.contact), concern.received_at)
                              .value_or(std::nullopt);
        concern.subject = words.account.subject;
        concern.danger = words.danger;
        concern.incomplete = concerns::is_incomplete(words.account);
        concern.form = form ? concerns::WrittenForm::awaited : concerns::WrittenForm::not_owed;
        concern.form_due_at = form;
        concern.way_in_missing = !to.duty || !epoch.second;
        ++concern.revision;
        KITH_TRY(visit.keep(concern));
        const auto file = KITH_TRY(visit.file_of(row));
        const Sealed<concerns::Account> account{file.seal(concerns::encode(words.account), kConcernTable, id.bytes(), "account")};
        KITH_TRY(visit.tables.concerns().change_account(id, account, visit.now));
        KITH_TRY(write_words(visit, concern, words, holder, to, epoch));
        return visit.record(permit, {.act = "call_saved",
                                     .subject = id.text(),
                                     .pack = concern.pack,
                                     .facts = {{"danger", std::string(name_of(concern.danger))}},
                                     .sealed_digests = {{"concerns/account", account.bytes}}});
    });
}

Result<CallPage> read_call(House& house, const Actor& taker, const Holder& holder, ConcernId id) {
    return visiting(house, taker, [&](Visit& visit) -> Result<CallPage> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::record_call, KITH_TRY(visit.facts_of(row)), id.text()));
        const auto file = KITH_TRY(visit.file_of(row));
        CallPage page{id, row.concern.reference, row.concern.received_at, {}, {}, {}, row.concern.danger, row.concern.stage != Stage::on_call};
        page.account = KITH_TRY(concerns::decode(
            KITH_TRY(file.open(row.sealed_account.bytes, kConcernTable, id.bytes(), "account")).expose()));
        page.naming = {row.naming_person == 1, row.naming_organisation == 1};
        const VaultRow vault = KITH_TRY(visit.tables.vault().newest(id));
        if (!vault.wrap_taker.empty())
            page.contact = KITH_TRY(open_by_taker(house.crypto, visit.vault_place(row.concern), vault, holder.pair));
        KITH_TRY(visit.record(permit, {.act = "call_read", .subject = id.text(), .pack = row.concern.pack}));
        return page;
    });
}

Result<HandedOver> hand_over_call(House& house, const Actor& taker, ConcernId id) {
    const ReturnCode code = ReturnCode::create(house.crypto);
    return visiting(house, taker, [&](Visit& visit) -> Result<HandedOver> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::hand_over, KITH_TRY(visit.facts_of(row)), id.text()));
        if (row.concern.stage != Stage::on_call) return fail(Code::conflict, "the call has been handed over");
        return hand_over_now(visit, permit, row, code);
    });
}

Result<std::size_t> hand_over_idle_calls(House& house) {
    const Actor machine = Actor::machine();
    const Instant now = house.clock.now();
    const auto candidates = KITH_TRY(house.store.reading([&](Tables& tables) { return tables.concerns().idle_calls(now); }));
    std::size_t handed = 0;
    for (const ConcernRow& found : candidates) {
        const ReturnCode code = ReturnCode::create(house.crypto);
        const auto done = visiting(house, machine, [&](Visit& visit) -> Result<HandedOver> {
            const ConcernRow row = KITH_TRY(visit.tables.concerns().find(found.concern.id));
            const auto asked = KITH_TRY(visit.questions(row.concern.front_door));
            const auto due = asked.idle_call_handed_over_at(row.last_typed_at);
            if (row.concern.stage != Stage::on_call || due.asks_a_person() || due.value() > visit.now)
                return fail(Code::conflict, "not idle");
            const Permit permit = KITH_TRY(visit.ask(Act::hand_over, KITH_TRY(visit.facts_of(row)), row.concern.id.text()));
            return hand_over_now(visit, permit, row, code);
        });
        if (done) ++handed;
    }
    return handed;
}

}  // namespace kith::app
