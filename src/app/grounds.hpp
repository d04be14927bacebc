// What is written down about one opening, sealed as one under the worry's own key.
#pragma once
#include "app/contact.hpp"

namespace kith::app {

struct Grounds {
    std::string reason;
    Demand demand{};
    std::string intermediary{};
    std::string review{};                    ///< of one that a single person made in an emergency
    std::optional<AttachmentId> original{};  ///< opened is this file as it came; else who told
};
Sealed<std::string> seal_grounds(const RecordFile& file, OpeningId id, const Grounds& grounds);
Result<Grounds> open_grounds(const RecordFile& file, const OpeningRow& row);

/// An opening with its worry, for the custodian who asked once the second person has agreed: the gate was asked.
struct AgreedOpening {
    OpeningRow opening;
    ConcernRow concern;
    Grounds grounds;
    Permit permit;
};
Result<AgreedOpening> agreed_opening(Visit& visit, OpeningId id);
/// It is used up, and on the ledger under `act`, before what it opens is shown.
Result<void> use_up(Visit& visit, AgreedOpening agreed, Words act);

/// The reference of a worry that is opened in an emergency (find_by_reference).
Result<ConcernRow> by_reference(Visit& visit, std::string_view reference);
/// The clauses that keep who told from others.
protocol::Clauses naming_clauses(Visit& visit, FrontDoorId front_door);
/// Neither who asked nor who decided the worry can be the second person, nor whoever must not see it or was shut out.
Result<Facts> facts_of_opening(Visit& visit, const OpeningRow& opening, const ConcernRow& row);

}  // namespace kith::app
