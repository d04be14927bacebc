// The bank holiday file of GOV.UK: {"england-and-wales": {"division", "events": [{"title", "date", "notes",
// "bunting"}]}}.
#pragma once
#include "core/clocks/calendar.hpp"

namespace kith::protocol {

/// Strict: every key of that shape and no other (other divisions may stand beside), dates as YYYY-MM-DD, no day twice.
/// At most one megabyte. `invalid` otherwise; half a calendar is never used.
Result<clocks::Calendar> read_bank_holidays(std::string_view json);

}  // namespace kith::protocol
