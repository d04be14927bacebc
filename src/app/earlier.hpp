// What came before: worries that may speak of the same child, place or address, and what is recorded of who told them.
// A suggestion, never a merge; and many worries are not many witnesses until somebody has recorded so.
#pragma once
#include "app/desk.hpp"
#include "core/concerns/sources.hpp"

namespace kith::app {

/// By name, nickname, place and address, and those the teller says are theirs. None that `actor` must not see.
Result<std::vector<EarlierWorry>> earlier_worries(Visit& visit, const Actor& actor, const ConcernRow& row,
                                                  const concerns::Account& account);
/// HAC-032: of worries about a place.
Result<std::optional<PlacePattern>> pattern_of(Visit& visit, const concerns::Account& account,
                                               const std::vector<EarlierWorry>& earlier);
/// What is recorded between this worry and `earlier`, each as it was said last; the teller's own word first.
Result<std::vector<concerns::SourceLink>> source_links(Visit& visit, const ConcernRow& row,
                                                       const std::vector<EarlierWorry>& earlier);

}  // namespace kith::app
