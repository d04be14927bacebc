// Role keys: custody, one a partnership, and duty, one a front door. Each generation's private half is sealed to those
// who hold it, a duty key's to custody as well, and the half of the generation before to this one. So whoever holds any
// generation opens what was sealed to it and to those before, and no row is sealed again when somebody leaves.
#pragma once
#include "app/house.hpp"

namespace kith::app {

/// A role's pair of that generation, as this holder can have it: held itself, or through the chain from a later one.
Result<KeyPair> role_pair(Visit& visit, RoleKeyKind kind, FrontDoorId front_door, std::uint32_t generation,
                          const Holder& holder);
/// A duty key's pair, opened with custody's.
Result<KeyPair> duty_pair_by_custody(Visit& visit, const RoleKeyRow& duty, const Holder& holder);
/// A role's private half, sealed to one more holder.
Result<void> hand_on(Visit& visit, const KeyPair& role, const RoleKeyRow& key, MemberId to,
                     const PublicKey& public_key);

/// The next list after the newest good one, changed by `change`, signed and added; answers its number. `known` is
/// `house.known_list()`, asked before the transaction.
Result<std::uint32_t> add_key_list(Visit& visit, const Holder& signer, const KnownList& known,
                                   const std::function<void(KeyList&)>& change);
Result<KeyList> list_in_force(Visit& visit, const KnownList& known);

/// A custodian, having looked, signs the last good list anew: after a restore, after a list that was refused, and where
/// a file outside the store was lost. Its number is above every one that was seen.
Result<void> sign_list_anew(House& house, const Actor& custodian, const Holder& holder);

/// Whether a new generation opens what was sealed to those before. One that somebody may know is cut off.
enum class Chain { continued, cut_off };
/// A new pair for that front door, its private half sealed to custody and to each admitted manager; its public half is
/// for the next key list. `list` is the list as it will stand.
Result<RolePublic> new_duty_key(Visit& visit, const Holder& holder, const KeyList& list, FrontDoorId front_door,
                                Chain chain);

/// A duty key for that front door, or a new one: its private half sealed to custody and to each admitted manager.
Result<void> add_duty_key(House& house, const Actor& custodian, const Holder& holder, FrontDoorId front_door);

}  // namespace kith::app
