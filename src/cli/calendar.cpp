// kith calendar: the bank holidays that working days go by. A file in the data folder replaces those built in.
#include <fstream>
#include <iostream>
#include <sstream>

#include "cli/commands.hpp"
#include "protocol/bank_holidays.hpp"

namespace kith::cli {

int import_calendar(Machinery& machinery, const Places& places, const std::filesystem::path& from, std::ostream& out) {
    std::ifstream in(from, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) return say({Code::not_found, "there is no such file", {}}, "read the bank holidays");
    const auto calendar = protocol::read_bank_holidays(text.str());
    if (!calendar) return say(calendar.error(), "take these bank holidays; those in use stay");
    if (const auto kept = machinery.write_file(places.calendar(), text.str()); !kept)
        return say(kept.error(), "keep the bank holidays");
    const auto year = [](Day day) { return static_cast<int>(day.year()); };
    out << calendar->holidays().size() << " bank holidays, " << year(calendar->holidays().front().day) << " to "
        << year(calendar->holidays().back().day) << ". In use from the next start of kith serve.\n";
    return 0;
}

}  // namespace kith::cli
