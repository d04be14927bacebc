#include "core/clocks/time_left.hpp"

namespace kith::clocks {
namespace {

std::string in_words(std::chrono::minutes span) {
    const auto total = span.count();
    if (total < 1) return "less than a minute";
    const auto days = total / (24 * 60), hours = total / 60 % 24, rest = total % 60;
    std::string words;
    const auto add = [&](const std::string& piece) { words += (words.empty() ? "" : " ") + piece; };
    if (days > 0) add(std::to_string(days) + (days == 1 ? " day" : " days"));
    if (hours > 0) add(std::to_string(hours) + " h");
    if (days == 0 && rest > 0) add(std::to_string(rest) + " min");
    return words;
}

}  // namespace

TimeLeft time_left(Instant now, Instant due, std::chrono::minutes soon) {
    using std::chrono::floor, std::chrono::minutes;
    if (now >= due) return {Mood::late, "late by " + in_words(floor<minutes>(now - due))};
    return {due - now <= soon ? Mood::soon : Mood::calm, in_words(floor<minutes>(due - now)) + " left"};
}

}  // namespace kith::clocks
