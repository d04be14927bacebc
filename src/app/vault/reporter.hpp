// The reporters' vault: who told, sealed so that the server at rest cannot open it.
//
//   contact  = AEAD(I, padded contact)                      I is a random key of this one row
//   custody  = box(C, I + binding)                          opened by a custodian
//   duty     = AEAD(epoch key, box(D, I + binding))         opened by a manager while the epoch key lives
//   taker    = box(call taker, I + binding)                 while the call lasts
//
// The binding (partnership, front door, concern, role, generation, purpose) stands inside each wrap and in the
// associated data, so that a wrap moved to another row, or kept from an older key, is refused. INVARIANT: no function
// here takes the master key.
#pragma once
#include <optional>

#include "app/ports/tables.hpp"
#include "core/concerns/contact.hpp"

namespace kith::app {

/// A role's public half with its generation, as the key list has it.
struct RolePublic {
    PublicKey public_half{};
    std::uint32_t generation = 0;
    friend bool operator==(const RolePublic&, const RolePublic&) = default;
};

struct VaultPlace {
    PartnershipId partnership;
    FrontDoorId front_door;
    ConcernId concern;
};

/// Everything but the outer layer of the duty wrap, whose epoch is chosen inside the write transaction.
struct SealedReporter {
    VaultRow row;  ///< wrap_duty still without its outer layer
    bool has_duty = false;
    Key identity;  ///< I, for sealing what came with the report; nobody keeps it
};

/// `duty` absent: sealed to custody alone, and the concern is to be marked as without a way in.
SealedReporter seal_reporter(Cryptography& crypto, const VaultPlace& place, std::uint32_t number,
                             const concerns::Contact& contact, const RolePublic& custody,
                             const std::optional<RolePublic>& duty, const std::optional<PublicKey>& taker);
/// A row for files that come later: an I of their own, wrapped as that of a report is, and no contact.
SealedReporter seal_for_files(Cryptography& crypto, const VaultPlace& place, std::uint32_t number,
                              const RolePublic& custody, const std::optional<RolePublic>& duty);
/// Puts the outer layer on; without an epoch key the way in is left out.
VaultRow under_epoch(Cryptography& crypto, const VaultPlace& place, SealedReporter sealed, Epoch epoch,
                     const std::optional<Key>& epoch_key);

/// I itself: what came with the report lies under it too.
Result<Key> identity_by_duty(Cryptography& crypto, const VaultPlace& place, const VaultRow& row, const Key& epoch_key,
                             const KeyPair& duty);
Result<concerns::Contact> open_by_duty(Cryptography& crypto, const VaultPlace& place, const VaultRow& row,
                                       const Key& epoch_key, const KeyPair& duty);
Result<Key> identity_by_custody(Cryptography& crypto, const VaultPlace& place, const VaultRow& row,
                                const KeyPair& custody);
Result<concerns::Contact> open_by_custody(Cryptography& crypto, const VaultPlace& place, const VaultRow& row,
                                          const KeyPair& custody);
Result<concerns::Contact> open_by_taker(Cryptography& crypto, const VaultPlace& place, const VaultRow& row,
                                        const KeyPair& taker);

/// The outer layer taken off under one epoch and put on under another; needs no private half.
Result<Bytes> rewrap_duty(Cryptography& crypto, const VaultPlace& place, const VaultRow& row, const Key& old_key,
                          Epoch new_epoch, const Key& new_key);

/// The duty wrap anew, to another duty key, through custody's: after the duty key became known to somebody.
Result<Bytes> reseal_duty(Cryptography& crypto, const VaultPlace& place, const VaultRow& row, const KeyPair& custody,
                          const RolePublic& duty, Epoch epoch, const Key& epoch_key);

/// Every contact becomes this many bytes before it is sealed.
constexpr std::size_t kPaddedContact = 4096;

}  // namespace kith::app
