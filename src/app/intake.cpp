#include "app/intake.hpp"

#include <algorithm>

#include "app/search.hpp"
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
    const auto verified = KITH_TRY(house.key_list());
    SealTo to{verified->list.custody, std::nullopt};
    if (const auto duty = verified->list.duty.find(front_door); duty != verified->list.duty.end())
        to.duty = duty->second;
    return to;
}

Result<bool> put_in_vault(Visit& visit, const concerns::Concern& concern, const concerns::Contact& contact,
                          const SealTo& to, const std::optional<PublicKey>& taker, std::uint32_t number,
                          const std::pair<Epoch, std::optional<Key>>& epoch) {
    Cryptography& crypto = visit.house.crypto;
    const VaultPlace place = visit.vault_place(concern);
    auto sealed = seal_reporter(crypto, place, number, contact, to.custody, to.duty, taker);
    const VaultRow row = under_epoch(crypto, place, std::move(sealed), epoch.first, epoch.second);
    KITH_TRY(visit.tables.vault().add(row));
    return row.wrap_duty.empty();
}

Result<void> put_marks(Visit& visit, const concerns::Concern& concern, const concerns::Account& account) {
    const auto put = [&](std::string_view kind, std::string_view typed) -> Result<void> {
        for (const std::string& key : match::name_keys(typed)) {
            Bytes marked;
            append_piece(marked, as_bytes(kind));
            append_piece(marked, as_bytes(key));
            KITH_TRY(visit.tables.concerns().mark(concern.id, kind,
                                                  visit.house.crypto.mark(visit.house.identity.marks, marked)));
        }
        return {};
    };
    KITH_TRY(put("name", account.known(Field::names)));
    KITH_TRY(put("nickname", account.known(Field::nicknames)));
    for (const auto& person : account.people) {
        KITH_TRY(put("name", person.name));
        KITH_TRY(put("nickname", person.nickname));
    }
    KITH_TRY(put("place", account.known(Field::place_name)));
    KITH_TRY(put("address", account.known(Field::address)));
    return put_search_marks(visit, concern, account);
}

Result<std::vector<MemberId>> members_named(Visit& visit, FrontDoorId front_door, std::string_view typed) {
    std::vector<MemberId> out;
    const std::string said = ' ' + match::name_key(typed) + ' ';
    if (said == "  ") return out;
    for (const MemberRow& row : KITH_TRY(visit.tables.members().all())) {
        if (row.front_door != front_door) continue;
        const SecretText name =
            KITH_TRY(visit.house.identity.papers.open_text(row.sealed_name, "members", row.id.bytes(), "name"));
        if (said.find(' ' + match::name_key(name.expose()) + ' ') != said.npos) out.push_back(row.id);
    }
    return out;
}

Result<std::optional<MemberId>> receiver_of(Visit& visit, const concerns::Concern& concern) {
    const auto shifts = KITH_TRY(visit.tables.members().rota(concern.front_door, visit.now, visit.now + Duration(1)));
    const auto excluded = KITH_TRY(visit.tables.concerns().excluded(concern.id));
    return parties::receiver(shifts, visit.now, excluded);
}

}  // namespace kith::app
