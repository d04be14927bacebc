#include "web/pages/say.hpp"

#include "base/london.hpp"
#include "base/text.hpp"

namespace kith::web {

std::string say(std::string_view group, std::string_view name) {
    const auto found = find_word(std::string(group) + '.' + std::string(name));
    return std::string(found.empty() ? name : found);
}

std::string so_many_files(std::string_view number) {
    return std::string(number) + ' ' + std::string(word(number == "1" ? "files.one" : "files.many"));
}

std::string time_of_day(Instant at, Instant now) {
    return london::day_of(at) == london::day_of(now) ? london::to_clock(at) : london::to_short(at);
}

std::optional<std::chrono::minutes> clock_in(std::string_view typed) {
    const auto mark = typed.find_first_of(":.");
    if (mark == typed.npos) return std::nullopt;
    const std::string_view hours = typed.substr(0, mark), minutes = typed.substr(mark + 1);
    if (hours.empty() || hours.size() > 2 || minutes.size() != 2 || !text::is_digits(hours) ||
        !text::is_digits(minutes))
        return std::nullopt;
    const int hour = std::stoi(std::string(hours)), minute = std::stoi(std::string(minutes));
    if (hour > 23 || minute > 59) return std::nullopt;
    return std::chrono::minutes(hour * 60 + minute);
}

Result<Instant> next_at(std::string_view typed, Instant now) {
    const auto refused = [] { return fail(Code::invalid, "no time to come", "decide_anyway"); };
    const auto time = clock_in(typed);
    if (!time) return refused();
    const Day today = london::day_of(now);
    const Day tomorrow = Day(std::chrono::sys_days(today) + std::chrono::days(1));
    for (const Day day : {today, tomorrow}) {
        const Instant at = london::instant_of({day, *time});
        if (at > now && at <= now + std::chrono::hours(12)) return at;
    }
    return refused();
}

std::optional<Instant> last_at(std::string_view typed, Instant now) {
    const std::string tidy = text::tidy(typed);
    if (tidy.empty()) return now;
    const auto time = clock_in(tidy);
    if (!time) return std::nullopt;
    const Day today = london::day_of(now);
    const Instant at = london::instant_of({today, *time});
    return at <= now ? at : london::instant_of({Day(std::chrono::sys_days(today) - std::chrono::days(1)), *time});
}

std::string cited(std::string_view area, const std::vector<std::string>& clauses) {
    std::string out(area);
    std::string_view before;
    for (std::size_t i = 0; i < clauses.size(); ++i) {
        const std::string_view id = clauses[i];
        const auto dash = id.find('-');
        const std::string_view family = id.substr(0, dash == id.npos ? 0 : dash + 1);
        out += i == 0 ? ", " : i + 1 == clauses.size() ? " and " : ", ";
        out += i > 0 && family == before && !family.empty() ? id.substr(family.size()) : id;
        before = family;
    }
    return out;
}

}  // namespace kith::web
