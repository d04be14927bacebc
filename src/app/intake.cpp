#include "app/intake.hpp"

#include <algorithm>

#include "app/search.hpp"
#include "base/text.hpp"
#include "match/name_key.hpp"

namespace kith::app {

using concerns::Field;

Result<void> add_concern(Visit& visit, ConcernRow& row) {
    visit.queue_changed(row.concern.front_door);
    constexpr int kDraws = 8;
    for (int draw = 1;; ++draw) {
        ByteArray<4> bytes;
        visit.house.crypto.random(bytes);
        row.concern.reference = "W-" + to_crockford(bytes).substr(0, 5);
        const auto added = visit.tables.concerns().add(row);
        if (added || added.error().code != Code::conflict || draw == kDraws) return added;
    }
}

Result<SealTo> seal_to(House& house, FrontDoorId front_door) {
    const auto verified = house.key_list();
    if (!verified) return SealTo{KITH_TRY(house.custody_without_a_list()), std::nullopt};
    const KeyList& list = (*verified)->list;
    SealTo to{list.custody, std::nullopt};
    if (const auto duty = list.duty.find(front_door); duty != list.duty.end()) to.duty = duty->second;
    return to;
}

Result<Key> put_in_vault(Visit& visit, const concerns::Concern& concern, const concerns::Contact& contact,
                         const SealTo& to, const std::optional<PublicKey>& taker, std::uint32_t number,
                         const std::pair<Epoch, std::optional<Key>>& epoch) {
    Cryptography& crypto = visit.house.crypto;
    const VaultPlace place = visit.vault_place(concern);
    auto sealed = seal_reporter(crypto, place, number, contact, to.custody, to.duty, taker);
    Key identity = sealed.identity;
    KITH_TRY(visit.tables.vault().add(under_epoch(crypto, place, std::move(sealed), epoch.first, epoch.second)));
    return identity;
}

bool works_at(const MemberRow& member, FrontDoorId front_door) {
    return member.front_door == front_door || member.front_door == FrontDoorId{};
}

Result<Named> members_named(Visit& visit, FrontDoorId front_door, std::string_view typed) {
    constexpr std::size_t kShortestPart = 3;
    Named out;
    const std::string said = ' ' + match::name_key(typed) + ' ';
    if (said == "  ") return out;
    for (const MemberRow& row : KITH_TRY(visit.tables.members().all())) {
        if (!works_at(row, front_door) || row.shut_out) continue;
        const SecretText name =
            KITH_TRY(visit.house.identity.papers.open_text(row.sealed_name, "members", row.id.bytes(), "name"));
        const std::string key = match::name_key(name.expose());
        std::size_t parts = 0, found = 0, telling = 0;
        for (const std::string_view part : text::split(key, ' ')) {
            const bool there = said.find(' ' + std::string(part) + ' ') != said.npos;
            ++parts;
            found += there ? 1 : 0;
            telling += there && part.size() >= kShortestPart ? 1 : 0;
        }
        if (found == parts)
            out.surely.push_back(row.id);
        else if (telling > 0)
            out.perhaps.push_back(row.id);
    }
    return out;
}

Result<void> keep_away_named(Visit& visit, const concerns::Concern& concern, std::string_view typed) {
    for (const MemberId& member : KITH_TRY(members_named(visit, concern.front_door, typed)).surely)
        KITH_TRY(visit.tables.concerns().exclude(concern.id, member, visit.now));
    return {};
}

Result<void> keep_away_perhaps_named(Visit& visit, const concerns::Concern& concern, std::string_view typed) {
    const auto perhaps = KITH_TRY(members_named(visit, concern.front_door, typed)).perhaps;
    if (perhaps.empty()) return {};
    const auto shifts = KITH_TRY(visit.tables.members().rota(concern.front_door, visit.now, visit.now + Duration(1)));
    auto excluded = KITH_TRY(visit.tables.concerns().excluded(concern.id));
    excluded.insert(excluded.end(), perhaps.begin(), perhaps.end());
    // A first name alone leaves no worry with nobody, and nobody's name with no custodian.
    const bool is_received = parties::receiver(shifts, visit.now, excluded).has_value();
    std::vector<MemberId> custodians;
    for (const MemberRow& row : KITH_TRY(visit.tables.members().all()))
        if (row.roles.has(parties::Role::custodian) && !row.shut_out) custodians.push_back(row.id);
    const auto is_excluded = [&](MemberId one) { return std::ranges::find(excluded, one) != excluded.end(); };
    const bool has_custodian = !std::ranges::all_of(custodians, is_excluded);
    for (const MemberId& member : perhaps) {
        const bool is_custodian = std::ranges::find(custodians, member) != custodians.end();
        if (is_custodian ? has_custodian : is_received)
            KITH_TRY(visit.tables.concerns().exclude(concern.id, member, visit.now));
    }
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

std::optional<Sealed<std::string>> sealed_source_of(const RecordFile& file, ConcernId id,
                                                    const concerns::Contact& contact) {
    if (contact.source != concerns::Source::in_their_job) return std::nullopt;
    std::string said;
    for (const auto* part : {&contact.name, &contact.post, &contact.organisation})
        if (!part->empty()) said += (said.empty() ? "" : ", ") + *part;
    if (said.empty()) return std::nullopt;
    return file.seal_text(said, kConcernTable, id.bytes(), "source");
}

concerns::Account with_teller(concerns::Account account, const concerns::Contact& contact) {
    if (contact.source != concerns::Source::about_themselves) return account;
    const std::string name = match::name_key(contact.name);
    const bool is_there = std::ranges::any_of(
        account.people, [&](const concerns::ToldPerson& person) { return match::name_key(person.name) == name; });
    if (!name.empty() && !is_there && match::name_key(account.known(Field::names)) != name)
        account.people.insert(account.people.begin(), {contact.name, {}, {}, {}, concerns::Part::unknown});
    if (!account.answer(Field::safe_way).empty()) return account;
    std::string way;
    for (const auto* part : {&contact.telephone, &contact.email, &contact.when_safe})
        if (!part->empty()) way += (way.empty() ? "" : ", ") + *part;
    if (!contact.must_not_know.empty()) way += (way.empty() ? "" : ". ") + ("Must not know: " + contact.must_not_know);
    if (!way.empty()) account.answers[Field::safe_way] = way;
    return account;
}

Result<concerns::Account> account_of(const RecordFile& file, const ConcernRow& row) {
    return concerns::decode(
        KITH_TRY(file.open(row.sealed_account.bytes, kConcernTable, row.concern.id.bytes(), "account")).expose());
}

Result<Sealed<concerns::Account>> keep_account(Visit& visit, const RecordFile& file, const ConcernRow& row,
                                               const concerns::Account& account, Instant last_typed_at) {
    const ConcernId id = row.concern.id;
    Sealed<concerns::Account> sealed{file.seal(concerns::encode(account), kConcernTable, id.bytes(), "account")};
    KITH_TRY(visit.tables.concerns().change_account(id, sealed, last_typed_at));
    return sealed;
}

Result<Sealed<std::string>> add_note(Visit& visit, const RecordFile& file, ConcernId id, NoteKind kind,
                                     std::string_view word, std::string_view text) {
    const auto by = visit.actor.kind == Actor::Kind::member ? std::optional(visit.actor.member) : std::nullopt;
    const NoteRow note{id, kind, visit.now, by, std::string(word), file.seal_text(text, "notes", id.bytes(), "text")};
    KITH_TRY(visit.tables.concerns().add_note(note));
    return note.sealed_text;
}

Result<std::optional<MemberId>> receiver_of(Visit& visit, const concerns::Concern& concern) {
    const auto shifts = KITH_TRY(visit.tables.members().rota(concern.front_door, visit.now, visit.now + Duration(1)));
    const auto excluded = KITH_TRY(visit.tables.concerns().excluded(concern.id));
    return parties::receiver(shifts, visit.now, excluded);
}

}  // namespace kith::app
