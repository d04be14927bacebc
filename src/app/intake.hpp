// What a report from a browser and a call share: a new concern's row, its marks, its vault row, its receiver.
#pragma once
#include "app/house.hpp"

namespace kith::app {

/// Adds the concern under a new reference such as W-7K4QX: random, unlike a clause id, drawn again when it is taken.
Result<void> add_concern(Visit& visit, ConcernRow& row);

/// The roles' public halves from the key list in force. Where that cannot be used, custody alone, from the signed list
/// outside the store, else from the last one inside that verifies; with neither there is nothing to seal to and the
/// report cannot be taken.
struct SealTo {
    RolePublic custody;
    std::optional<RolePublic> duty;
};
Result<SealTo> seal_to(House& house, FrontDoorId front_door);

/// Seals and adds the vault row; yields I, under which goes what came with it.
Result<Key> put_in_vault(Visit& visit, const concerns::Concern& concern, const concerns::Contact& contact,
                         const SealTo& to, const std::optional<PublicKey>& taker, std::uint32_t number,
                         const std::pair<Epoch, std::optional<Key>>& epoch);

/// Of that front door, or of the whole partnership as custodians and auditors are: a worry there could be before them.
bool works_at(const MemberRow& member, FrontDoorId front_door);
/// Those who work at that front door and whom `typed` names: `surely` with every part of their name, in any order;
/// `perhaps` with a part of it.
struct Named {
    std::vector<MemberId> surely, perhaps;
};
Result<Named> members_named(Visit& visit, FrontDoorId front_door, std::string_view typed);
/// Keeps whoever is surely named from the worry (front-door 8), before anything is handed over.
Result<void> keep_away_named(Visit& visit, const concerns::Concern& concern, std::string_view typed);
/// And whoever is perhaps named, as long as another manager on duty may still receive it and a custodian is left.
Result<void> keep_away_perhaps_named(Visit& visit, const concerns::Concern& concern, std::string_view typed);

/// The first manager on duty who may see it.
Result<std::optional<MemberId>> receiver_of(Visit& visit, const concerns::Concern& concern);

/// Who tells, as the protocol asks for it.
protocol::Teller teller_of(const concerns::Contact& contact);
/// In their job: name, post and organisation, ordinary to the staff who work on it. Nothing for anyone else.
std::optional<Sealed<std::string>> sealed_source_of(const RecordFile& file, ConcernId id,
                                                    const concerns::Contact& contact);
/// Whoever tells about themselves is the person in the record, with a safe way to reach them; only that they told is in
/// the vault (reporters-vault, kinds of source).
concerns::Account with_teller(concerns::Account account, const concerns::Contact& contact);

Result<concerns::Account> account_of(const RecordFile& file, const ConcernRow& row);
/// Seals the account and keeps it; the sealed bytes, for the ledger.
Result<Sealed<concerns::Account>> keep_account(Visit& visit, const RecordFile& file, const ConcernRow& row,
                                               const concerns::Account& account, Instant last_typed_at);
/// A note about a concern, by whoever visits; the sealed text, for the ledger.
Result<Sealed<std::string>> add_note(Visit& visit, const RecordFile& file, ConcernId id, NoteKind kind,
                                     std::string_view word, std::string_view text);

constexpr std::string_view kConcernTable = "concerns";

}  // namespace kith::app
