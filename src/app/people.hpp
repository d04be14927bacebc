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
    SecretText recovery_code;  ///< empty for a member without a pair; shown once
    SecretText pass_phrase;    ///< of a custodian who came by an invitation; shown once
    SecretBytes code_secret;   ///< of the second factor
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
/// Invitations that still answer; `finder` names one and opens nothing.
struct OpenInvitation {
    std::string finder, name, email;
    parties::Roles roles;
    Instant expires_at{};
};
Result<std::vector<OpenInvitation>> see_invitations(House& house, const Actor& administrator);
/// From then on its address answers nobody. Taking one back that is gone succeeds.
Result<void> take_invitation_back(House& house, const Actor& administrator, std::string_view finder);
Result<Invited> read_invitation(House& house, const SecretText& link_secret);
/// A second factor on offer. It counts once a code made with it has been checked; until then it lies nowhere but in the
/// form, sealed, as `kept`.
struct SecondFactor {
    SecretBytes secret;
    SecretText uri;  ///< what the QR code holds
    SecretText key;  ///< the same, to type
    std::string kept;
};
/// The one that `kept` holds, else a new one. `table` and `row` bind it to whom it is offered.
SecondFactor offer_second_factor(House& house, std::string_view account, std::string_view table, BytesView row,
                                 std::string_view kept);
Result<SecondFactor> offer_to_invited(House& house, const SecretText& link_secret, std::string_view kept);

struct Acceptance {
    SecretText password;  ///< of a custodian: unread, a pass phrase is made instead
    std::string kept_factor, code;
};
/// Enrols, and uses the invitation up. Fields at fault: password, one_time_code.
Result<Enrolled> accept_invitation(House& house, const SecretText& link_secret, const Acceptance& acceptance);

/// Puts the member's public key on a new list signed by this custodian and seals to them the role halves that their
/// roles call for (reporters-vault, Keys 2).
Result<void> admit(House& house, const Actor& custodian, const Holder& holder, MemberId newcomer);
/// Who has a pair and stands on no list yet.
Result<std::vector<MemberId>> awaiting_admission(House& house);
/// Shut out at once: no sign-in, sealed halves deleted. `conflict` for oneself: another administrator does that.
Result<void> shut_out(House& house, const Actor& administrator, MemberId member);

struct SignedIn {
    Actor actor;
    std::string name;
    std::optional<Holder> holder;
};
/// One answer, one cost and one message for an unknown address, a wrong password, a wrong or used code, and a member
/// who was shut out.
Result<SignedIn> sign_in(House& house, std::string_view email, const SecretText& password, std::string_view code);

/// `invalid` with field "password" when it is shorter than twelve characters.
Result<void> check_password(const SecretText& password);

struct MemberView {
    MemberId id;
    FrontDoorId front_door;
    std::string name, email;
    parties::Roles roles;
    bool shut_out = false, holds_pair = false, admitted = false, deputy = false;
};
Result<std::vector<MemberView>> see_members(House& house, const Actor& actor);

Digest email_mark(House& house, std::string_view email);

}  // namespace kith::app
