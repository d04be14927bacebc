#include <gtest/gtest.h>

#include <random>

#include "base/london.hpp"
#include "core/clocks/due.hpp"
#include "core/clocks/opening_hours.hpp"
#include "core/clocks/time_left.hpp"

namespace kith::clocks {
namespace {

using namespace std::chrono_literals;
using std::chrono::minutes;

Day day(int y, unsigned m, unsigned d) { return Day(std::chrono::year(y), std::chrono::month(m), std::chrono::day(d)); }
Instant at(int y, unsigned m, unsigned d, int hour = 0, int minute = 0) {
    return london::instant_of({day(y, m, d), minutes(hour * 60 + minute)});
}
Instant utc(int y, unsigned m, unsigned d, int hour, int minute) {
    return std::chrono::sys_days(day(y, m, d)) + std::chrono::hours(hour) + minutes(minute);
}

/// Christmas 2026: Boxing Day is a Saturday, so the Monday stands for it.
Calendar winter() {
    return *Calendar::create({{day(2026, 12, 28), "Boxing Day"},
                              {day(2026, 12, 25), "Christmas Day"},
                              {day(2027, 1, 1), "New Year's Day"},
                              {day(2026, 1, 1), "New Year's Day"}});
}
Spans spans(std::initializer_list<std::string_view> texts) {
    Spans all;
    for (const auto text : texts) all.push_back(*parse_span(text));
    return all;
}
OpeningHours weekdays(std::string_view span) {
    std::array<Spans, 7> week;
    for (std::size_t i = 0; i < 5; ++i) week[i] = spans({span});
    return *OpeningHours::create(week, {});
}
OpeningHours every_day(std::string_view span) {
    std::array<Spans, 7> week;
    week.fill(spans({span}));
    return *OpeningHours::create(week, spans({span}));
}

TEST(Calendar, WorkingDaysAreMondayToFridayLessBankHolidays) {
    const Calendar calendar = winter();
    EXPECT_TRUE(calendar.is_working_day(day(2026, 12, 24)));
    EXPECT_FALSE(calendar.is_working_day(day(2026, 12, 25)));
    EXPECT_FALSE(calendar.is_working_day(day(2026, 12, 26)));
    EXPECT_FALSE(calendar.is_working_day(day(2026, 12, 28)));
    EXPECT_EQ(calendar.title_of(day(2026, 12, 28)), "Boxing Day");
    EXPECT_EQ(calendar.title_of(day(2026, 12, 26)), "");
}

TEST(Calendar, RefusesADayGivenTwiceAnImpossibleDayAndAnEmptyTitle) {
    EXPECT_FALSE(Calendar::create({{day(2026, 1, 1), "a"}, {day(2026, 1, 1), "b"}}));
    EXPECT_FALSE(Calendar::create({{day(2026, 2, 30), "a"}}));
    EXPECT_FALSE(Calendar::create({{day(2026, 1, 1), ""}}));
}

TEST(WorkingDays, TheDayOfTheTriggerIsDayZeroAndHolidaysAreSkipped) {
    const Calendar calendar = winter();
    EXPECT_EQ(*plus_working_days(calendar, day(2026, 12, 24), 0), day(2026, 12, 24));
    EXPECT_EQ(*plus_working_days(calendar, day(2026, 12, 24), 1), day(2026, 12, 29));
    EXPECT_EQ(*plus_working_days(calendar, day(2026, 11, 21), 1), day(2026, 11, 23));  // a Saturday
    EXPECT_EQ(*plus_working_days(calendar, at(2026, 12, 24, 23, 59), 1), at(2026, 12, 30));
}

TEST(WorkingDays, BeyondTheYearsItCoversTheCalendarDoesNotGuess) {
    const Calendar calendar = winter();
    EXPECT_EQ(plus_working_days(calendar, day(2027, 12, 31), 1).error().code, Code::unavailable);
    EXPECT_EQ(plus_working_days(calendar, day(2025, 12, 31), 0).error().code, Code::unavailable);
    EXPECT_EQ(plus_working_days(Calendar{}, day(2026, 12, 31), 1).error().code, Code::unavailable);
    EXPECT_EQ(plus_working_days(calendar, day(2026, 6, 1), -1).error().code, Code::invalid);
}

TEST(Elapsed, AnHourIsSixtyMinutesThroughBothClockChanges) {
    // Autumn 2026: 1:30 summer time, and sixty minutes later the wall shows 1:30 again.
    const Instant autumn = utc(2026, 10, 25, 0, 30);
    EXPECT_EQ(london::to_clock(autumn), "1:30");
    EXPECT_EQ(london::to_clock(plus_elapsed(autumn, 1h)), "1:30");
    // Spring 2026: 0:30, and sixty minutes later the wall shows 2:30.
    const Instant spring = at(2026, 3, 29, 0, 30);
    EXPECT_EQ(london::to_clock(plus_elapsed(spring, 1h)), "2:30");
    EXPECT_EQ(plus_elapsed(at(2026, 10, 24, 9), 48h), at(2026, 10, 26, 8));
    EXPECT_EQ(plus_elapsed(at(2026, 3, 28, 9), 48h), at(2026, 3, 30, 10));
}

TEST(OpeningHours, SpansHoldTheirBeginningAndNotTheirEnd) {
    const auto hours = weekdays("08:30-17:00");
    const Calendar calendar = winter();
    EXPECT_FALSE(hours.is_open(calendar, at(2026, 11, 23, 8, 29)));
    EXPECT_TRUE(hours.is_open(calendar, at(2026, 11, 23, 8, 30)));
    EXPECT_TRUE(hours.is_open(calendar, at(2026, 11, 23, 16, 59)));
    EXPECT_FALSE(hours.is_open(calendar, at(2026, 11, 23, 17, 0)));
    EXPECT_TRUE(weekdays("00:00-24:00").is_open(calendar, at(2026, 11, 23, 23, 59)));
}

TEST(OpeningHours, NightsWeekendsAndBankHolidaysWaitForTheNextOpening) {
    const auto hours = weekdays("08:30-17:00");
    const Calendar calendar = winter();
    EXPECT_EQ(hours.next_opening(calendar, at(2026, 11, 23, 3)), at(2026, 11, 23, 8, 30));
    EXPECT_EQ(hours.next_opening(calendar, at(2026, 11, 23, 9)), at(2026, 11, 23, 9));
    EXPECT_EQ(hours.next_opening(calendar, at(2026, 11, 20, 17)), at(2026, 11, 23, 8, 30));
    EXPECT_EQ(hours.next_opening(calendar, at(2026, 12, 24, 17)), at(2026, 12, 29, 8, 30));
    EXPECT_EQ(OpeningHours{}.next_opening(calendar, at(2026, 11, 23, 3)), std::nullopt);
}

TEST(OpeningHours, BankHolidaysHaveHoursOfTheirOwn) {
    std::array<Spans, 7> week;
    week.fill(spans({"08:00-20:00"}));
    const auto hours = *OpeningHours::create(week, spans({"09:00-17:00"}));
    EXPECT_FALSE(hours.is_open(winter(), at(2026, 12, 25, 8, 30)));
    EXPECT_TRUE(hours.is_open(winter(), at(2026, 12, 25, 9)));
    EXPECT_EQ(hours.next_opening(winter(), at(2026, 12, 25, 17)), at(2026, 12, 26, 8));
}

TEST(OpeningHours, AnHourThatSpringSkipsDoesNotHappen) {
    const auto hours = every_day("01:00-02:00");
    EXPECT_EQ(hours.next_opening(Calendar{}, at(2026, 3, 29, 0, 30)), at(2026, 3, 30, 1));
    EXPECT_EQ(every_day("01:30-03:00").next_opening(Calendar{}, at(2026, 3, 29, 0, 30)), utc(2026, 3, 29, 1, 0));
}

TEST(OpeningHours, AnHourThatAutumnRepeatsHappensTwice) {
    const auto hours = every_day("01:15-01:30");
    const Calendar none;
    EXPECT_TRUE(hours.is_open(none, utc(2026, 10, 25, 0, 20)));
    EXPECT_FALSE(hours.is_open(none, utc(2026, 10, 25, 0, 40)));
    EXPECT_EQ(hours.next_opening(none, utc(2026, 10, 25, 0, 40)), utc(2026, 10, 25, 1, 15));
    EXPECT_TRUE(hours.is_open(none, utc(2026, 10, 25, 1, 20)));
}

TEST(OpeningHours, NextOpeningAgreesWithLookingAtEveryMinute) {
    std::mt19937 random(20261121);
    const auto pick = [&](int least, int most) { return std::uniform_int_distribution<int>(least, most)(random); };
    for (int round = 0; round < 60; ++round) {
        std::array<Spans, 7> week;
        for (auto& spans_of_day : week)
            for (int from = pick(0, 6) * 15; pick(0, 2) > 0 && from < 300; from += pick(2, 10) * 15)
                spans_of_day.push_back({minutes(from), minutes(from + 15)});
        const auto hours = OpeningHours::create(week, {});
        ASSERT_TRUE(hours);
        const Instant change = round % 2 == 0 ? at(2026, 10, 24, 22) : at(2026, 3, 28, 22);
        const Instant from = change + minutes(pick(0, 600));
        std::optional<Instant> expected;
        for (Instant t = from; t < from + 8 * 24h && !expected; t += 1min)
            if (hours->is_open(Calendar{}, t)) expected = t;
        const auto found = hours->next_opening(Calendar{}, from);
        ASSERT_EQ(found, expected) << "round " << round;
    }
}

TEST(OpeningHours, RefuseSpansThatOverlapOrEndBeforeTheyBegin) {
    std::array<Spans, 7> week;
    week[0] = spans({"13:00-17:00", "08:00-13:01"});
    EXPECT_FALSE(OpeningHours::create(week, {}));
    week[0] = spans({"13:00-17:00", "08:00-13:00"});
    EXPECT_TRUE(OpeningHours::create(week, {}));
    week[0] = {{minutes(60), minutes(60)}};
    EXPECT_FALSE(OpeningHours::create(week, {}));
}

TEST(Span, IsReadStrictlyAndWrittenBack) {
    EXPECT_EQ(to_text(*parse_span("08:05-24:00")), "08:05-24:00");
    for (const char* bad : {"", "8:00-17:00", "08:00-24:01", "08:60-17:00", "17:00-08:00", "08:00-08:00", "08:00 17:00",
                            "08:00-17:00 ", "+8:00-17:00", "08:00-25:00"})
        EXPECT_FALSE(parse_span(bad)) << bad;
}

TEST(OpeningHours, AreSaidAsPeopleSayThem) {
    std::array<Spans, 7> week;
    for (std::size_t i = 0; i < 5; ++i) week[i] = spans({"08:00-20:00"});
    week[5] = week[6] = spans({"09:00-17:00"});
    EXPECT_EQ(OpeningHours::create(week, spans({"09:00-17:00"}))->in_words(),
              "Monday to Friday 8:00 to 20:00; Saturday, Sunday and bank holidays 9:00 to 17:00");
    EXPECT_EQ(weekdays("08:30-17:00").in_words(),
              "Monday to Friday 8:30 to 17:00; Saturday, Sunday and bank holidays closed");
    EXPECT_EQ(OpeningHours::always().in_words(), "at all times");
    EXPECT_EQ(OpeningHours{}.in_words(), "never");
}

TEST(TimeLeft, IsSaidAsPeopleSayIt) {
    const Instant now = at(2026, 11, 21, 12);
    const auto words = [&](Duration left) { return time_left(now, now + left, 15min).words; };
    EXPECT_EQ(words(11min + 59s), "11 min left");
    EXPECT_EQ(words(2h + 5min), "2 h 5 min left");
    EXPECT_EQ(words(2h), "2 h left");
    EXPECT_EQ(words(27h + 5min), "1 day 3 h left");
    EXPECT_EQ(words(48h), "2 days left");
    EXPECT_EQ(words(59s), "less than a minute left");
    EXPECT_EQ(words(0s), "late by less than a minute");
    EXPECT_EQ(words(-7min), "late by 7 min");
}

TEST(TimeLeft, TurnsSoonAtTheThresholdAndLateAtTheDueTimeItself) {
    const Instant due = at(2026, 11, 21, 12);
    EXPECT_EQ(time_left(due - 15min - 1ms, due, 15min).mood, Mood::calm);
    EXPECT_EQ(time_left(due - 15min, due, 15min).mood, Mood::soon);
    EXPECT_EQ(time_left(due - 1ms, due, 15min).mood, Mood::soon);
    EXPECT_EQ(time_left(due, due, 15min).mood, Mood::late);
}

}  // namespace
}  // namespace kith::clocks
