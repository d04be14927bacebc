// Small things that staff pages say alike.
#pragma once
#include <optional>

#include "base/instant.hpp"
#include "web/words.hpp"

namespace kith::web {

/// The word `<group>.<name>`, or the name itself where there is none.
std::string say(std::string_view group, std::string_view name);
/// "1 picture or document", "3 pictures or documents".
std::string so_many_files(std::string_view number);
/// "13:41" on the day of `now`, else "Sat 21 Nov, 13:41".
std::string time_of_day(Instant at, Instant now);
/// The next instant after `now`, within twelve hours, at which a clock in London shows `typed` ("14:30", "9.05").
/// `invalid` with field "decide_anyway" for what is no time or has passed.
Result<Instant> next_at(std::string_view typed, Instant now);
/// The last instant up to `now`, within a day, at which a clock in London showed `typed`; `now` where nothing was
/// typed. Nothing for what is no time.
std::optional<Instant> last_at(std::string_view typed, Instant now);
/// Minutes of the day that "14:30" or "9.05" says.
std::optional<std::chrono::minutes> clock_in(std::string_view typed);
/// "Plymouth, PLY-022 and 023" out of the clauses' ids.
std::string cited(std::string_view area, const std::vector<std::string>& clauses);

}  // namespace kith::web
