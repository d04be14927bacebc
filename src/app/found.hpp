// Founding a partnership: the server's own keys, the first people, custody, duty keys, front doors. `kith init` and
// `kith demo` do it once; each step is on the ledger.
#pragma once
#include "app/people.hpp"
#include "app/role_keys.hpp"

namespace kith::app {

/// Makes the server's own keys under the master key. `conflict` when they are there.
Result<void> found_server(Store& store, Cryptography& crypto, const Key& master);
/// Unlocks them. `betrayed` when the master key is another one.
Result<ServerIdentity> load_identity(Store& store, Cryptography& crypto, const Key& master);

/// The first administrator or custodian, made by whoever holds the machine.
Result<Enrolled> enrol_founder(House& house, const Newcomer& founder);
/// The custody key, sealed to the first custodian, and list 0, self-signed by them.
Result<void> found_custody(House& house, const Holder& first_custodian);
/// The second custodian has compared the fingerprint on their sheet with list 0.
Result<void> countersign(House& house, const Actor& custodian, const Holder& holder);

/// Closed. `slug` is its word in addresses; `invalid` or `conflict` with field "slug" or "pack".
Result<FrontDoorId> add_front_door(House& house, const Actor& administrator, std::string_view slug,
                                   std::string_view pack);
Result<void> set_local_term(House& house, const Actor& administrator, FrontDoorId front_door, std::string_view key,
                            std::string_view text, const protocol::LocalDecision& decision);
/// Replaces the shifts that overlap [from, until); later ones stay. `invalid` with field "rota" when the span has a gap
/// or a member on it holds no admitted pair.
Result<void> set_rota(House& house, const Actor& actor, FrontDoorId front_door, Instant from, Instant until,
                      const std::vector<parties::Shift>& shifts);

struct RotaView {
    std::vector<parties::Shift> shifts;  ///< that overlap the span
    std::vector<MemberView> choosable;   ///< admitted, not shut out, fit for one of the seats of this front door
    std::vector<MemberView> named;       ///< everyone on a shift or choosable
};
/// Who may take a seat: a manager of that front door, or a custodian or any manager for the custodian's seat.
bool may_sit(const MemberView& member, parties::Seat seat, FrontDoorId front_door);
Result<RotaView> see_rota(House& house, const Actor& actor, FrontDoorId front_door, Instant from, Instant until);

/// List 0, which every custodian compares with the sheet they were given.
struct CustodyView {
    std::string fingerprint;
    bool countersigned = false;
    MemberId first_custodian;
    std::uint32_t list_number = 0;
    bool usable = true;  ///< the newest list verifies and is not older than the number outside the store
};
/// `not_found` before custody is founded.
Result<CustodyView> see_custody(House& house);

/// What still keeps a front door from opening; a later loss alarms and never closes it.
struct Readiness {
    bool custody = false, two_custodians = false, countersigned = false, duty_key = false, rota = false;
    std::vector<protocol::TermKey> missing_terms;
    bool complete() const {
        return custody && two_custodians && countersigned && duty_key && rota && missing_terms.empty();
    }
};
Result<Readiness> readiness(House& house, FrontDoorId front_door);
struct SettingsView {
    Readiness readiness;
    std::vector<LocalTermRow> terms;
};
Result<SettingsView> see_settings(House& house, const Actor& actor, FrontDoorId front_door);
Result<void> open_front_door(House& house, const Actor& administrator, FrontDoorId front_door);

}  // namespace kith::app
