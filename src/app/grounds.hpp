// What is written down about one opening, sealed as one under the worry's own key.
#pragma once
#include "app/contact.hpp"

namespace kith::app {

struct Grounds {
    std::string reason;
    Demand demand{};
    std::string intermediary{};
    std::string review{};  ///< of one that a single person made in an emergency
};
Sealed<std::string> seal_grounds(const RecordFile& file, OpeningId id, const Grounds& grounds);
Result<Grounds> open_grounds(const RecordFile& file, const OpeningRow& row);

/// The reference of a worry that is opened in an emergency (find_by_reference).
Result<ConcernRow> by_reference(Visit& visit, std::string_view reference);
/// The clauses that keep who told from others.
protocol::Clauses naming_clauses(Visit& visit, FrontDoorId front_door);
/// Neither who asked nor who decided the worry can be the second person, nor whoever must not see it or was shut out.
Result<Facts> facts_of_opening(Visit& visit, const OpeningRow& opening, const ConcernRow& row);

}  // namespace kith::app
