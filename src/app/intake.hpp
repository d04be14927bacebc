// What a report from a browser and a call share: a new concern's row, its marks, its vault row, its receiver.
#pragma once
#include "app/house.hpp"

namespace kith::app {

/// Adds the concern under a new reference such as W-7K4QX: random, unlike a clause id, drawn again when it is taken.
Result<void> add_concern(Visit& visit, ConcernRow& row);

/// The roles' public halves from the key list in force. Custody comes from the last good list; without any list there
/// is nothing to seal to and the report cannot be taken.
struct SealTo {
    RolePublic custody;
    std::optional<RolePublic> duty;
};
Result<SealTo> seal_to(House& house, FrontDoorId front_door);

/// Seals and adds the vault row; true when the way in had to be left out.
Result<bool> put_in_vault(Visit& visit, const concerns::Concern& concern, const concerns::Contact& contact,
                          const SealTo& to, const std::optional<PublicKey>& taker, std::uint32_t number,
                          const std::pair<Epoch, std::optional<Key>>& epoch);

/// Blind marks of names, nicknames and the place (HAC-024, HAC-032), and of the words it is searched by (HAC-023).
Result<void> put_marks(Visit& visit, const concerns::Concern& concern, const concerns::Account& account);

/// Members of that front door whose name stands in `typed`.
Result<std::vector<MemberId>> members_named(Visit& visit, FrontDoorId front_door, std::string_view typed);

/// The first manager on duty who may see it.
Result<std::optional<MemberId>> receiver_of(Visit& visit, const concerns::Concern& concern);

constexpr std::string_view kConcernTable = "concerns";

}  // namespace kith::app
