// Opening who told in an emergency: by one custodian, or by the deputy whom the rota names for this hour, alone. It is
// on the ledger before the name is shown, and waits from then on for another custodian to review it.
#pragma once
#include "app/contact.hpp"

namespace kith::app {

/// Fields at fault: purpose (only to protect somebody), reason, reference.
Result<concerns::Contact> open_in_emergency(House& house, const Actor& one, const Holder& holder,
                                            std::string_view reference, OpeningPurpose purpose,
                                            std::string_view reason);

enum class Verdict { right, wrong };
/// By a custodian who neither opened it nor decided the worry. `conflict` when it was reviewed. Field: review.
Result<void> review_opening(House& house, const Actor& reviewer, OpeningId id, Verdict verdict,
                            std::string_view review);

/// A custodian, or a deputy: who may be offered the emergency at all.
bool holds_custody(House& house, const Actor& actor);
/// Seals custody's half to a manager, for hours in which the rota names them. `conflict` when they have it.
Result<void> name_deputy(House& house, const Actor& custodian, const Holder& holder, MemberId manager);

}  // namespace kith::app
