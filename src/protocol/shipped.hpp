// What is built into the program: the packs and the bank holidays.
#pragma once
#include "core/clocks/calendar.hpp"
#include "protocol/load.hpp"

namespace kith::protocol {

/// The folder names of the packs built in, sorted.
std::vector<std::string> shipped_packs();
/// Its files, or empty ones for a name that is not built in. They live as long as the program.
PackFiles shipped_files(std::string_view folder);
/// The pack, or `not_found`.
Result<Pack> shipped_pack(std::string_view folder);
/// Bank holidays of England and Wales as built in (public sector information under the Open Government Licence v3.0).
clocks::Calendar shipped_calendar();

}  // namespace kith::protocol
