#include "app/record_call.hpp"

#include <algorithm>

#include "app/blind_marks.hpp"
#include "app/desk.hpp"
#include "app/intake.hpp"
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

/// A consent as it is kept: 1 given; 2 asked and withheld, which is what 0, not asked, is as well.
unsigned kept(bool given, bool refused) { return given ? 1 : refused ? 2 : 0; }

/// PLY-032, HAC-037: who took a consent, and when, are the entry's own.
std::vector<std::pair<std::string, std::string>> facts_of(const Concern& concern, const CallWords& words) {
    return {{"danger", std::string(name_of(concern.danger))},
            {"name_person", words.naming.person ? "yes" : "no"},
            {"name_organisation", words.naming.organisation ? "yes" : "no"}};
}

/// Everything that a save writes besides the concern's own row.
Result<void> write_words(Visit& visit, const RecordFile& file, const Concern& concern, const CallWords& words,
                         const Holder& holder, const Sealing& sealing) {
    auto& concerns = visit.tables.concerns();
    KITH_TRY(visit.tables.vault().drop_all(concern.id));
    KITH_TRY(concerns.drop_marks(concern.id));
    KITH_TRY(concerns.mark(concern.id, marks_of(visit.house, with_teller(words.account, words.contact))));
    KITH_TRY(concerns.change_source(concern.id, sealed_source_of(file, concern.id, words.contact)));
    KITH_TRY(concerns.change_naming(concern.id, kept(words.naming.person, words.naming.person_refused),
                                    kept(words.naming.organisation, words.naming.organisation_refused)));
    KITH_TRY(keep_away_named(visit, concern, words.must_not_see));
    KITH_TRY(note_told_before(visit, file, concern, words.earlier));
    KITH_TRY(put_in_vault(visit, concern, words.contact, sealing.to, holder.pair.public_half, 0, sealing.epoch));
    return {};
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
    const auto account = with_marks_of(with_teller(words.account, words.contact), KITH_TRY(account_of(file, row)));
    const auto sealed = KITH_TRY(keep_account(visit, file, row, account, visit.now));
    KITH_TRY(write_words(visit, file, concern, words, holder, sealing));
    return visit.record(permit, {.act = "call_saved",
                                 .subject = concern.id.text(),
                                 .pack = concern.pack,
                                 .facts = facts_of(concern, words),
                                 .sealed_digests = {{"concerns/account", sealed.bytes}}});
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
    row.sealed_account = {
        file.seal(concerns::encode(with_teller(words.account, words.contact)), kConcernTable, id.bytes(), "account")};
    KITH_TRY(add_concern(visit, row));
    KITH_TRY(write_words(visit, file, concern, words, holder, sealing));
    return visit.record(permit, {.act = "call_began",
                                 .subject = id.text(),
                                 .clauses = asked.who_receives().clauses(),
                                 .pack = concern.pack,
                                 .facts = facts_of(concern, words),
                                 .sealed_digests = {{"concerns/account", row.sealed_account.bytes}}});
}
}  // namespace

ConcernId call_of_page(House& house, const Actor& taker, const ByteArray<32>& once) {
    if (once == ByteArray<32>{}) return house.crypto.random_id<ConcernId>();
    Bytes named = to_bytes(BytesView(once));
    append_piece(named, taker.member.bytes());
    const Digest digest = house.crypto.derive("kith/once/call", named);
    ByteArray<ConcernId::size> id;
    std::copy_n(digest.begin(), id.size(), id.begin());
    return ConcernId(id);
}

Result<ConcernId> begin_call(House& house, const Actor& taker, const Holder& holder, Instant began_at,
                             const CallWords& words) {
    KITH_TRY(check(words));
    const Sealing sealing = KITH_TRY(sealing_at(house, taker.front_door));
    const ConcernId id = call_of_page(house, taker, words.once);
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
        page.naming = {row.naming_person == 1, row.naming_organisation == 1, row.naming_person == 2,
                       row.naming_organisation == 2};
        page.told_before = KITH_TRY(teller_said(visit, file, id)).has_value();
        const VaultRow vault = KITH_TRY(visit.tables.vault().newest(id));
        if (!vault.wrap_taker.empty())
            page.contact = KITH_TRY(open_by_taker(house.crypto, visit.vault_place(row.concern), vault, holder.pair));
        KITH_TRY(visit.record(permit, {.act = "call_read", .subject = id.text(), .pack = row.concern.pack}));
        return page;
    });
}

namespace {
/// Nobody has looked at it or touched it since: the newest leaf about it is its own hand-over, or that its call taker
/// was told the same once more.
Result<bool> is_untouched(Visit& visit, ConcernId id) {
    const auto leaves = KITH_TRY(visit.tables.ledger().about(id.text()));
    for (auto at = leaves.rbegin(); at != leaves.rend(); ++at) {
        const std::string act = KITH_TRY(ledger::decode(KITH_TRY(visit.tables.ledger().leaf(*at)))).act;
        if (act != "hand_over_said_again") return act == "concern_handed_over";
    }
    return false;
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

}  // namespace kith::app
