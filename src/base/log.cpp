#include "base/log.hpp"

#include <unistd.h>

namespace kith::log {
namespace {
void line(std::string_view level, Words event, std::initializer_list<Fact> facts) {
    std::string out = "{\"level\":\"" + std::string(level) + "\",\"event\":\"" + std::string(event.text) + '"';
    for (const Fact& fact : facts) out += ",\"" + std::string(fact.name) + "\":" + fact.json;
    out += "}\n";
    // One write a line, so that lines of two threads do not mix. A log that cannot be written is no reason to stop.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, out.data(), out.size());
}
}  // namespace

void note(Words event, std::initializer_list<Fact> facts) { line("note", event, facts); }
void warn(Words event, std::initializer_list<Fact> facts) { line("warn", event, facts); }

}  // namespace kith::log
