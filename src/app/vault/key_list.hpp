// The key list: every public key of a partnership in one numbered list that holds the digest of the list before it and
// is signed by a custodian. List 0 is self-signed and founds the chain; a second custodian countersigns it before a
// front door opens. A list that does not verify, or that is older than the highest number known outside the database,
// is not used: the last good one is.
//
//   kith-key-list/1
//   number: 3
//   previous: <sha-256 of list 2, hex>
//   signer: <member id> <ed25519 public key, hex>
//   key: custody - 1 <x25519 public key, hex>
//   key: duty <front door id> 1 <hex>
//   key: holder <member id> 1 <hex>
//   signer-key: <member id> <ed25519 hex>            custodians, who may sign the next list
//   deputy: <member id>                              holds custody's half as well, for an emergency alone
//
// Numbers only rise. One is left out where a list of that number was signed and lost: after a restore.
#pragma once
#include <map>
#include <set>
#include <vector>

#include "app/vault/holder.hpp"
#include "app/vault/reporter.hpp"

namespace kith::app {

struct KeyList {
    std::uint32_t number = 0;
    Digest previous{};
    MemberId signer;
    PublicKey signer_key{};
    RolePublic custody;
    std::map<FrontDoorId, RolePublic> duty;
    std::map<MemberId, PublicKey> holders;
    std::map<MemberId, PublicKey> signers;
    std::set<MemberId> deputies{};
    friend bool operator==(const KeyList&, const KeyList&) = default;
};

std::string encode(const KeyList& list);
Result<KeyList> decode_key_list(std::string_view text);

/// Signs `list` as its signer.
KeyListRow signed_row(Cryptography& crypto, const KeyList& list, const SigningPair& signer);

/// The newest list of a chain that verifies from list 0 on; every later list is signed by a signer of the one before.
/// `betrayed` when list 0 itself does not verify, or the newest good list is older than `at_least`.
struct VerifiedList {
    KeyList list;
    KeyListRow row;              ///< the last in the store that verifies: what the next list follows
    bool countersigned = false;  ///< list 0, by a second custodian
    std::uint32_t refused = 0;   ///< newer lists that were not used
};
Result<VerifiedList> newest_good(Cryptography& crypto, const std::vector<KeyListRow>& chain, std::uint32_t at_least);

/// What lies outside the store of the newest list.
struct KnownList {
    std::uint32_t number = 0;
    std::optional<KeyListRow> row;
};
/// The same, against what is known outside. Where a list in the store was damaged and the very one lies outside, whole,
/// that is the last good one; a store that holds no list of that number was rolled back, and is `betrayed`.
Result<VerifiedList> newest_good(Cryptography& crypto, const std::vector<KeyListRow>& chain, const KnownList& known);

/// A single list without its chain: well formed, and signed by one whom it names as a signer itself. Whoever kept it
/// vouches for the rest.
Result<KeyList> standing_alone(Cryptography& crypto, const KeyListRow& row);

/// SHA-256 of list 0 in groups of four hex letters, as printed on each custodian's sheet.
std::string fingerprint(Cryptography& crypto, const KeyListRow& list0);

}  // namespace kith::app
