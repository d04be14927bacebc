#include "app/record_call.hpp"

#include <algorithm>

#include "app/desk.hpp"
#include "app/intake.hpp"
#include "app/onward.hpp"
#include "app/vault/return_code.hpp"
#include "ledger/leaf.hpp"

namespace kith::app {
namespace {
using concerns::Concern;
using concerns::Stage;

Result<void> check(const CallWords& words) {
    const auto wrong = concerns::problems_on_call(words.account);
    if (!wrong.empty())
        return Failure(
            Error{Code::invalid, "a field does not hold what it can", concerns::spec_of(wrong.front().field).name});
    if (const auto field = concerns::first_field_too_long(words.contact))
        return Failure(Error{Code::invalid, "too long", *field});
    return {};
}

bool says_nothing(const CallWords& words) {
    const auto& account = words.account;
    return account.answers.empty() && account.people.empty() && account.adults.empty() &&
           words.danger == concerns::DangerMark::none && words.contact.is_anonymous();
}

struct Sealing {
    SealTo to;
    std::pair<Epoch, std::optional<Key>> epoch;
};
Result<Sealing> sealing_at(House& house, FrontDoorId front_door) {
    return Sealing{KITH_TRY(seal_to(house, front_door)), house.epoch_now()};
}

/// The page's own call: the same page always names the same one.
ConcernId call_of(Cryptography& crypto, const Actor& taker, const ByteArray<32>& once) {
    if (once == ByteArray<32>{}) return crypto.random_id<ConcernId>();
    Bytes named = to_bytes(BytesView(once));
    append_piece(named, taker.member.bytes());
    const Digest digest = crypto.derive("kith/once/call", named);
    ByteArray<ConcernId::size> id;
    std::copy_n(digest.begin(), id.size(), id.begin());
    return ConcernId(id);
}

/// Everything that a save writes besides the concern's own row.
Result<void> write_words(Visit& visit, const Concern& concern, const CallWords& words, const Holder& holder,
                         const Sealing& sealing) {
    auto& concerns = visit.tables.concerns();
    KITH_TRY(visit.tables.vault().drop_all(concern.id));
    KITH_TRY(concerns.drop_marks(concern.id));
    KITH_TRY(put_marks(visit, concern, words.account));
    KITH_TRY(concerns.change_naming(concern.id, words.naming.person ? 1 : 0, words.naming.organisation ? 1 : 0));
    for (const MemberId& member : KITH_TRY(members_named(visit, concern.front_door, words.must_not_see)))
        KITH_TRY(concerns.exclude(concern.id, member, visit.now));
    KITH_TRY(put_in_vault(visit, concern, words.contact, sealing.to, holder.pair.public_half, 0, sealing.epoch));
    return {};
}

protocol::Teller teller_of(const concerns::Contact& contact) {
    using protocol::Category;
    Category category = Category::ordinary;
    switch (contact.category) {
        case concerns::Category::ordinary:
            break;
        case concerns::Category::stakeholder:
            category = Category::stakeholder;
            break;
        case concerns::Category::guardian:
            category = Category::guardian;
            break;
        case concerns::Category::council_identified:
            category = Category::council_identified;
            break;
    }
    if (contact.source == concerns::Source::in_their_job) category = Category::in_their_job;
    return {category, contact.is_anonymous() ? protocol::Identity::withheld : protocol::Identity::given,
            contact.under_18 ? protocol::Age::under_18 : protocol::Age::adult};
}

/// What the words make of the concern itself. A mark that somebody else raised meanwhile stays.
void take_in(Concern& concern, const CallWords& words, const protocol::Questions& asked, const Sealing& sealing) {
    using concerns::DangerMark;
    const auto form =
        asked.written_form_due(protocol::Channel::telephone, teller_of(words.contact), concern.received_at)
            .value_or(std::nullopt);
    concern.subject = words.account.subject;
    if (concern.danger == DangerMark::none || concern.danger == DangerMark::by_call_taker)
        concern.danger = words.danger;
    concern.incomplete = concerns::is_incomplete(words.account);
    concern.form = form ? concerns::WrittenForm::awaited : concerns::WrittenForm::not_owed;
    concern.form_due_at = form;
    concern.way_in_missing = !sealing.to.duty || !sealing.epoch.second;
}

Result<concerns::Account> account_of(const RecordFile& file, const ConcernRow& row) {
    return concerns::decode(
        KITH_TRY(file.open(row.sealed_account.bytes, kConcernTable, row.concern.id.bytes(), "account")).expose());
}

/// Marked words stay marked where their field still says the same.
concerns::Account with_marks_of(concerns::Account account, const concerns::Account& earlier) {
    account.marked.clear();
    for (const auto& mark : earlier.marked)
        if (earlier.answer(mark.field) == account.answer(mark.field)) account.marked.push_back(mark);
    return account;
}

Result<void> save_now(Visit& visit, const Permit& permit, ConcernRow row, const CallWords& words, const Holder& holder,
                      const Sealing& sealing) {
    Concern& concern = row.concern;
    if (concern.stage != Stage::on_call) return fail(Code::conflict, "the call has been handed over");
    take_in(concern, words, KITH_TRY(visit.questions(concern.front_door)), sealing);
    ++concern.revision;
    KITH_TRY(visit.keep(concern));
    const auto file = KITH_TRY(visit.file_of(row));
    const auto account = with_marks_of(words.account, KITH_TRY(account_of(file, row)));
    const Sealed<concerns::Account> sealed{
        file.seal(concerns::encode(account), kConcernTable, concern.id.bytes(), "account")};
    KITH_TRY(visit.tables.concerns().change_account(concern.id, sealed, visit.now));
    KITH_TRY(write_words(visit, concern, words, holder, sealing));
    return visit.record(permit, {.act = "call_saved",
                                 .subject = concern.id.text(),
                                 .pack = concern.pack,
                                 .facts = {{"danger", std::string(name_of(concern.danger))}},
                                 .sealed_digests = {{"concerns/account", sealed.bytes}}});
}

/// Who rang 999, when, and the police's number, as a note that stands beside the worry for good.
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
    return visit.tables.concerns().add_note({concern.id, NoteKind::danger, visit.now, concern.taken_by, "rung_999",
                                             file.seal_text(said, "notes", concern.id.bytes(), "text")});
}

Result<HandedOver> hand_over_now(Visit& visit, const Permit& permit, ConcernRow row, const ReturnCode& code) {
    Concern& concern = row.concern;
    const auto with = KITH_TRY(receiver_of(visit, concern));
    concern = KITH_TRY(concerns::hand_over(concern, with, visit.now));
    KITH_TRY(visit.keep(concern));
    if (with)
        KITH_TRY(visit.tell(
            *with, concern.danger == concerns::DangerMark::none ? Notice::worry_waiting : Notice::danger_marked));
    const auto file = KITH_TRY(visit.file_of(row));
    const auto account = concerns::carried_to_its_form(KITH_TRY(account_of(file, row)));
    row.sealed_account = {file.seal(concerns::encode(account), kConcernTable, concern.id.bytes(), "account")};
    KITH_TRY(visit.tables.concerns().change_account(concern.id, row.sealed_account, row.last_typed_at));
    KITH_TRY(note_999(visit, file, account, concern));
    KITH_TRY(owe_if_works_with_children(visit, row, account, concern.taken_by));
    KITH_TRY(visit.tables.vault().drop_taker_wrap(concern.id));
    KITH_TRY(
        visit.tables.threads().add_code(code.finder(visit.house.crypto), code.seal(visit.house.crypto, concern.id)));
    const auto asked = KITH_TRY(visit.questions(concern.front_door));
    KITH_TRY(visit.record(permit, {.act = "concern_handed_over",
                                   .subject = concern.id.text(),
                                   .clauses = asked.who_receives().clauses(),
                                   .pack = concern.pack,
                                   .facts = {{"to", with ? with->text() : "nobody"}},
                                   .sealed_digests = {{"concerns/account", row.sealed_account.bytes}}}));
    return HandedOver{concern.reference,
                      code.text(),
                      with,
                      concern.form_due_at,
                      with ? KITH_TRY(name_of_member(visit, *with)) : "",
                      concern.reply_due_at,
                      visit.now + concerns::kTakeBackWithin};
}

Result<void> begin_now(Visit& visit, ConcernId id, Instant began_at, const CallWords& words, const Holder& holder,
                       const Sealing& sealing) {
    House& house = visit.house;
    const Permit permit = KITH_TRY(visit.ask(Act::record_call, {.front_door = visit.actor.front_door}));
    if (says_nothing(words)) return fail(Code::invalid, "nothing was said yet", "what_seen");
    const auto asked = KITH_TRY(visit.questions(visit.actor.front_door));
    const auto idle = asked.idle_call_handed_over_at(began_at);
    ConcernRow row;
    Concern& concern = row.concern;
    concern.id = id;
    concern.front_door = visit.actor.front_door;
    concern.channel = concerns::Channel::telephone;
    concern.pack = asked.pack().name + '@' + asked.pack().version;
    concern.stage = Stage::on_call;
    concern.taken_by = visit.actor.member;
    const bool lay_open = !idle.asks_a_person() && idle.value() <= visit.now;
    concern.received_at = lay_open ? visit.now : std::min(began_at, visit.now);
    concern.reply_due_at = asked.reply_due(concern.received_at).value_or(std::nullopt);
    take_in(concern, words, asked, sealing);
    row.last_typed_at = visit.now;
    auto [file, sealed_key] = house.identity.keys.new_file(id.bytes());
    row.sealed_record_key = std::move(sealed_key);
    row.sealed_account = {file.seal(concerns::encode(words.account), kConcernTable, id.bytes(), "account")};
    KITH_TRY(add_concern(visit, row));
    KITH_TRY(write_words(visit, concern, words, holder, sealing));
    return visit.record(permit, {.act = "call_began",
                                 .subject = id.text(),
                                 .clauses = asked.who_receives().clauses(),
                                 .pack = concern.pack,
                                 .facts = {{"danger", std::string(name_of(concern.danger))}},
                                 .sealed_digests = {{"concerns/account", row.sealed_account.bytes}}});
}
}  // namespace

Result<ConcernId> begin_call(House& house, const Actor& taker, const Holder& holder, Instant began_at,
                             const CallWords& words) {
    KITH_TRY(check(words));
    const Sealing sealing = KITH_TRY(sealing_at(house, taker.front_door));
    const ConcernId id = call_of(house.crypto, taker, words.once);
    return visiting(house, taker, [&](Visit& visit) -> Result<ConcernId> {
        const auto there = visit.tables.concerns().find(id);
        if (there) {
            const Permit permit = KITH_TRY(visit.ask(Act::record_call, KITH_TRY(visit.facts_of(*there)), id.text()));
            KITH_TRY(save_now(visit, permit, *there, words, holder, sealing));
        } else {
            if (there.error().code != Code::not_found) return Failure(there.error());
            KITH_TRY(begin_now(visit, id, began_at, words, holder, sealing));
        }
        return id;
    });
}

Result<void> save_call(House& house, const Actor& taker, const Holder& holder, ConcernId id, const CallWords& words) {
    KITH_TRY(check(words));
    const Sealing sealing = KITH_TRY(sealing_at(house, taker.front_door));
    return visiting(house, taker, [&](Visit& visit) -> Result<void> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::record_call, KITH_TRY(visit.facts_of(row)), id.text()));
        return save_now(visit, permit, row, words, holder, sealing);
    });
}

Result<CallPage> read_call(House& house, const Actor& taker, const Holder& holder, ConcernId id) {
    return visiting(house, taker, [&](Visit& visit) -> Result<CallPage> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::record_call, KITH_TRY(visit.facts_of(row)), id.text()));
        const auto file = KITH_TRY(visit.file_of(row));
        CallPage page{id,
                      row.concern.reference,
                      row.concern.received_at,
                      {},
                      {},
                      {},
                      row.concern.danger,
                      row.concern.stage != Stage::on_call};
        page.account = KITH_TRY(account_of(file, row));
        if (const auto with = KITH_TRY(receiver_of(visit, row.concern)))
            page.with_name = KITH_TRY(name_of_member(visit, *with));
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

namespace {
/// Nobody has looked at it or touched it since: the newest leaf about it is its own hand-over.
Result<bool> is_untouched(Visit& visit, ConcernId id) {
    const auto leaves = KITH_TRY(visit.tables.ledger().about(id.text()));
    if (leaves.empty()) return false;
    return KITH_TRY(ledger::decode(KITH_TRY(visit.tables.ledger().leaf(leaves.back())))).act == "concern_handed_over";
}
}  // namespace

Result<void> take_back_call(House& house, const Actor& taker, const Holder& holder, ConcernId id,
                            const CallWords& words) {
    KITH_TRY(check(words));
    const Sealing sealing = KITH_TRY(sealing_at(house, taker.front_door));
    return visiting(house, taker, [&](Visit& visit) -> Result<void> {
        ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        Facts facts = KITH_TRY(visit.facts_of(row));
        facts.taken_by = row.concern.taken_by;
        const Permit permit = KITH_TRY(visit.ask(Act::record_call, facts, id.text()));
        if (!KITH_TRY(is_untouched(visit, id))) return fail(Code::conflict, "somebody has it before them");
        row.concern = KITH_TRY(concerns::take_back(row.concern, visit.now));
        KITH_TRY(visit.keep(row.concern));
        KITH_TRY(visit.record(permit, {.act = "call_taken_back", .subject = id.text(), .pack = row.concern.pack}));
        return save_now(visit, permit, row, words, holder, sealing);
    });
}

Result<std::string> receiver_now(House& house, const Actor& taker) {
    const Instant now = house.clock.now();
    return house.store.reading([&](Tables& tables) -> Result<std::string> {
        Visit visit(house, tables, taker, now);
        KITH_TRY(visit.ask(Act::see_queue, {.front_door = taker.front_door}));
        Concern nothing_yet;
        nothing_yet.front_door = taker.front_door;
        const auto with = KITH_TRY(receiver_of(visit, nothing_yet));
        return with ? KITH_TRY(name_of_member(visit, *with)) : std::string();
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
            return hand_over_now(visit, permit, row, code);
        });
        if (done) ++handed;
    }
    return handed;
}

}  // namespace kith::app
