// Whether two worries have the same source: recorded by whoever may know, without saying who it is.
#pragma once
#include "app/house.hpp"
#include "core/concerns/sources.hpp"

namespace kith::app {

/// What somebody says who tells again. The code, as typed, is looked up and kept nowhere.
struct ToldBefore {
    bool yes = false;
    std::string code{};
};
/// Whether it is written as a code is; not whether it leads anywhere.
bool is_a_code(std::string_view typed);
/// Keeps it, sealed with the new worry alone: the earlier one is left as it is and no entry names it
/// (docs/decisions/0014). A code that leads nowhere, or to another front door, holds up nothing. The sealed bytes where
/// something new was said.
Result<std::optional<Bytes>> note_told_before(Visit& visit, const RecordFile& file, const concerns::Concern& concern,
                                              const ToldBefore& said);
/// What the teller said of it; nothing when they did not.
Result<std::optional<concerns::Sameness>> teller_said(Visit& visit, const RecordFile& file, ConcernId id);

/// By a manager while the way in of the first is open, or by a custodian. Both worries by their references, as people
/// say them; they are of one front door. `not_found` when the asker may not see either; `invalid` with field "other"
/// when it is the same worry. What is recorded lies sealed with the first alone; recorded again, the newest holds.
Result<void> record_source(House& house, const Actor& actor, std::string_view reference, std::string_view other,
                           concerns::Sameness is);

}  // namespace kith::app
