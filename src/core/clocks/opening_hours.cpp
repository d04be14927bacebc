#include "core/clocks/opening_hours.hpp"

#include <algorithm>

#include "base/london.hpp"
#include "base/text.hpp"

namespace kith::clocks {
namespace {

using std::chrono::minutes;

constexpr minutes kDay{24 * 60};
constexpr int kDaysSearched = 100;
constexpr std::array<const char*, 7> kWeekdays{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                               "Friday", "Saturday", "Sunday"};

std::optional<minutes> read_time(std::string_view text) {
    if (text.size() != 5 || text[2] != ':' || !text::is_digits(text.substr(0, 2)) || !text::is_digits(text.substr(3)))
        return std::nullopt;
    const int hours = (text[0] - '0') * 10 + (text[1] - '0');
    const int rest = (text[3] - '0') * 10 + (text[4] - '0');
    if (rest > 59) return std::nullopt;
    const minutes time(hours * 60 + rest);
    return time <= kDay ? std::optional(time) : std::nullopt;
}

std::string two_digits(long n) { return (n < 10 ? "0" : "") + std::to_string(n); }

bool is_sound(const Span& span) { return span.from >= minutes(0) && span.from < span.to && span.to <= kDay; }

Result<Spans> ordered(Spans spans) {
    if (!std::ranges::all_of(spans, is_sound)) return fail(Code::invalid, "a time span ends before it begins", "hours");
    std::ranges::sort(spans, {}, &Span::from);
    for (std::size_t i = 1; i < spans.size(); ++i)
        if (spans[i].from < spans[i - 1].to) return fail(Code::invalid, "opening hours overlap", "hours");
    return spans;
}

/// A wall time happens once, twice in autumn's repeated hour, or is replaced by the jump in spring.
std::array<Instant, 2> happenings(Day day, minutes time) {
    const Instant first = london::instant_of({day, time});
    const Instant again = first + std::chrono::hours(1);
    const bool twice = london::wall_time(again) == london::wall_time(first);
    return {first, twice ? again : first};
}

std::string spans_in_words(const Spans& spans) {
    if (spans.empty()) return "closed";
    std::string words;
    for (const Span& span : spans) {
        if (!words.empty()) words += " and ";
        const auto clock = [](minutes t) { return std::to_string(t.count() / 60) + ":" + two_digits(t.count() % 60); };
        words += clock(span.from) + " to " + clock(span.to);
    }
    return words;
}

std::string joined(const std::vector<std::string>& names) {
    std::string words;
    for (std::size_t i = 0; i < names.size(); ++i)
        words += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    return words;
}

}  // namespace

Result<Span> parse_span(std::string_view text) {
    if (text.size() != 11 || text[5] != '-') return fail(Code::invalid, "a time span reads like 08:30-17:00", "hours");
    const auto from = read_time(text.substr(0, 5));
    const auto to = read_time(text.substr(6));
    if (!from || !to) return fail(Code::invalid, "a time span reads like 08:30-17:00", "hours");
    if (*from >= *to) return fail(Code::invalid, "a time span ends before it begins", "hours");
    return Span{*from, *to};
}

std::string to_text(const Span& span) {
    const auto clock = [](minutes t) { return two_digits(t.count() / 60) + ":" + two_digits(t.count() % 60); };
    return clock(span.from) + "-" + clock(span.to);
}

Result<OpeningHours> OpeningHours::create(std::array<Spans, 7> week, Spans bank_holidays) {
    OpeningHours hours;
    for (std::size_t i = 0; i < week.size(); ++i) hours.week_[i] = KITH_TRY(ordered(std::move(week[i])));
    hours.bank_holidays_ = KITH_TRY(ordered(std::move(bank_holidays)));
    return hours;
}

OpeningHours OpeningHours::always() {
    OpeningHours hours;
    hours.week_.fill({Span{minutes(0), kDay}});
    hours.bank_holidays_ = {Span{minutes(0), kDay}};
    return hours;
}

const Spans& OpeningHours::on(const Calendar& calendar, Day day) const {
    if (calendar.is_bank_holiday(day)) return bank_holidays_;
    return week_[london::weekday_of(day).iso_encoding() - 1];
}

bool OpeningHours::is_open(const Calendar& calendar, Instant at) const {
    const auto wall = london::wall_time(at);
    return std::ranges::any_of(on(calendar, wall.day),
                               [&](const Span& span) { return span.from <= wall.time && wall.time < span.to; });
}

std::optional<Instant> OpeningHours::next_opening(const Calendar& calendar, Instant at) const {
    if (is_open(calendar, at)) return at;
    auto day = std::chrono::sys_days(london::day_of(at));
    for (int i = 0; i < kDaysSearched; ++i, day += std::chrono::days(1)) {
        std::optional<Instant> earliest;
        for (const Span& span : on(calendar, Day(day)))
            for (const Instant begins : happenings(Day(day), span.from))
                if (begins >= at && is_open(calendar, begins) && (!earliest || begins < *earliest)) earliest = begins;
        if (earliest) return earliest;
    }
    return std::nullopt;
}

std::string OpeningHours::in_words() const {
    if (*this == OpeningHours{}) return "never";
    if (*this == always()) return "at all times";
    std::string words;
    std::array<bool, 8> told{};
    const auto spans_of = [&](std::size_t i) -> const Spans& { return i < 7 ? week_[i] : bank_holidays_; };
    for (std::size_t i = 0; i < 8; ++i) {
        if (told[i]) continue;
        std::vector<std::string> names;
        for (std::size_t k = i; k < 8; ++k) {
            if (told[k] || spans_of(k) != spans_of(i)) continue;
            std::size_t last = k;
            while (last + 1 < 7 && !told[last + 1] && spans_of(last + 1) == spans_of(i)) ++last;
            const std::string from = k < 7 ? kWeekdays[k] : "bank holidays";
            if (k < 7 && last > k + 1) {
                names.push_back(from + " to " + kWeekdays[last]);
                std::fill(told.begin() + static_cast<long>(k), told.begin() + static_cast<long>(last) + 1, true);
            } else {
                names.push_back(from);
                told[k] = true;
            }
        }
        words += (words.empty() ? "" : "; ") + joined(names) + " " + spans_in_words(spans_of(i));
    }
    return words;
}

}  // namespace kith::clocks
