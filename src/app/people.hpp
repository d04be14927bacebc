// People who work here: enrolled with a key pair of their own, admitted to the key list by a custodian, signed in with
// password and second factor, shut out.
#pragma once
#include "app/house.hpp"

namespace kith::app {

struct Newcomer {
    std::string name, email;
    FrontDoorId front_door;  ///< all zero for those of the whole partnership
    parties::Roles roles;
    SecretText password;
};

struct Enrolled {
    MemberId id;
    SecretText recovery_code;   ///< empty for a member without a pair; shown once
    SecretBytes code_secret;    ///< of the second factor
    std::optional<Holder> holder;
};

/// Fields at fault: name, email, password (at least 12 characters), roles. `conflict` when the address is taken.
Result<Enrolled> enrol(House& house, const Actor& actor, const Newcomer& newcomer);

struct Invitation {
    SecretText link_secret;  ///< goes into the address sent to the newcomer
    Instant expires_at{};
};
Result<Invitation> invite(House& house, const Actor& administrator, const Newcomer& who);
struct Invited {
    std::string name, email;
    parties::Roles roles;
};
Result<Invited> read_invitation(House& house, const SecretText& link_secret);
/// Enrols, and uses the invitation up. Custodians get a generated pass phrase instead of `password`.
Result<Enrolled> accept_invitation(House& house, const SecretText& link_secret, const SecretText& password);

/// Puts the member's public key on a new list signed by this custodian and seals to them the role halves that their
/// roles call for (reporters-vault, Keys 2).
Result<void> admit(House& house, const Actor& custodian, const Holder& holder, MemberId newcomer);
/// Who has a pair and stands on no list yet.
Result<std::vector<MemberId>> awaiting_admission(House& house);
/// Shut out at once: no sign-in, sealed halves deleted.
Result<void> shut_out(House& house, const Actor& administrator, MemberId member);

struct SignedIn {
    Actor actor;
    std::string name;
    std::optional<Holder> holder;
};
/// One answer, one cost and one message for an unknown address, a wrong password, a wrong or used code, and a member
/// who was shut out.
Result<SignedIn> sign_in(House& house, std::string_view email, const SecretText& password, std::string_view code);

struct MemberView {
    MemberId id;
    std::string name, email;
    parties::Roles roles;
    bool shut_out = false, holds_pair = false, admitted = false;
};
Result<std::vector<MemberView>> see_members(House& house, const Actor& actor);

Digest email_mark(House& house, std::string_view email);

}  // namespace kith::app
