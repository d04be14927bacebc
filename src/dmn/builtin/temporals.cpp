// Functions that make dates, times and durations, and those that ask a date where it stands in its year.
#include "dmn/builtin/arguments.hpp"
#include "dmn/value/temporal.hpp"

namespace kith::dmn {
namespace {
constexpr const char* kNoSuch = "there is no such date or time";

template <class T>
Value made(Evaluator& e, const std::optional<T>& value, Kind kind) {
    if (!value) return e.doubt(kNoSuch);
    if constexpr (std::is_same_v<T, Clock>)
        return Value::clock(kind, *value);
    else
        return Value::date(*value);
}

Value date(Evaluator& e, const Arguments& a) {
    if (a.size() == 3) {
        const auto year = whole_at(a, 0), month = whole_at(a, 1), day = whole_at(a, 2);
        if (!year || !month || !day) return e.doubt(kWrongArgument);
        if (*month < 1 || *month > 12 || *day < 1 || *day > 31) return e.doubt(kNoSuch);
        const CivilDate found{*year, static_cast<int>(*month), static_cast<int>(*day)};
        return exists(found) ? Value::date(days_of(found)) : e.doubt(kNoSuch);
    }
    if (const auto text = text_at(a, 0)) return made(e, parse_date(*text), Kind::date);
    const Value day = taken(a, 0, Kind::date), moment = taken(a, 0, Kind::date_time);
    if (!day.is_null()) return day;
    if (!moment.is_null()) return Value::date(floor_div(moment.clock().seconds, kDay));
    return e.doubt(kWrongArgument);
}

std::optional<Clock> clock_of(Evaluator& e, const Arguments& a, std::size_t from) {
    const auto hour = whole_at(a, from), minute = whole_at(a, from + 1);
    const auto second = number_at(a, from + 2);
    if (!hour || !minute || !second || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59) return std::nullopt;
    const auto span = span_of(*second);
    if (!span || span->seconds < 0 || span->seconds > 59) return std::nullopt;
    Clock out{*hour * 3600 + *minute * 60 + span->seconds, span->nanos, ZoneKind::none, 0, nullptr};
    if (a.has(from + 3) && !a.at(from + 3).is_null()) {
        const Value where = a.at(from + 3);
        if (where.is(Kind::days_duration)) {
            out.kind = ZoneKind::offset;
            out.offset = where.span().seconds;
            if (out.offset > 18 * 3600 || out.offset < -18 * 3600) return std::nullopt;
        } else if (!where.is(Kind::string) || !parse_zone("@" + std::string(where.string()), e.zones(), out)) {
            return std::nullopt;
        }
    }
    return out;
}

Value time(Evaluator& e, const Arguments& a) {
    if (a.size() >= 3) return made(e, clock_of(e, a, 0), Kind::time);
    if (const auto text = text_at(a, 0)) return made(e, parse_time(*text, e.zones()), Kind::time);
    const Value time = taken(a, 0, Kind::time), day = taken(a, 0, Kind::date), moment = taken(a, 0, Kind::date_time);
    if (!time.is_null()) return time;
    if (!day.is_null()) return Value::clock(Kind::time, Clock{0, 0, ZoneKind::offset, 0, nullptr});
    if (moment.is_null()) return e.doubt(kWrongArgument);
    Clock out = moment.clock();
    out.seconds = floor_mod(out.seconds, kDay);
    return Value::clock(Kind::time, out);
}

Value date_and_time(Evaluator& e, const Arguments& a) {
    if (a.size() >= 6) {
        const Value day = date(e, Arguments{a.values.first(3), ~0ULL});
        if (day.is_null()) return day;
        auto clock = clock_of(e, a, 3);
        if (!clock) return e.doubt(kNoSuch);
        clock->seconds += day.days() * kDay;
        return Value::clock(Kind::date_time, *clock);
    }
    if (a.size() == 1) {
        if (const auto text = text_at(a, 0)) return made(e, parse_date_time(*text, e.zones()), Kind::date_time);
        const Value moment = taken(a, 0, Kind::date_time), day = taken(a, 0, Kind::date);
        if (!moment.is_null()) return moment;
        if (!day.is_null()) return Value::clock(Kind::date_time, midnight(day.days()));
        return e.doubt(kWrongArgument);
    }
    const Value day = taken(a, 0, Kind::date), moment = taken(a, 0, Kind::date_time), time = taken(a, 1, Kind::time);
    if (!moment.is_null() && a.at(1).is(Kind::string)) {  // the same instant, elsewhere
        Clock out = moment.clock();
        const std::int64_t line = line_of(out);
        if (out.kind == ZoneKind::none || !parse_zone("@" + std::string(a.at(1).string()), e.zones(), out))
            return e.doubt(kNoSuch);
        out.seconds = line + out.zone->offset_at(line);
        return Value::clock(Kind::date_time, out);
    }
    if ((day.is_null() && moment.is_null()) || time.is_null()) return e.doubt(kWrongArgument);
    Clock out = time.clock();
    out.seconds += (day.is_null() ? floor_div(moment.clock().seconds, kDay) : day.days()) * kDay;
    return Value::clock(Kind::date_time, out);
}

Value duration(Evaluator& e, const Arguments& a) {
    if (const auto text = text_at(a, 0)) {
        const auto out = parse_duration(*text);
        return out ? *out : e.doubt("this is no duration");
    }
    const Value days = taken(a, 0, Kind::days_duration), months = taken(a, 0, Kind::months_duration);
    if (!days.is_null()) return days;
    return months.is_null() ? e.doubt(kWrongArgument) : months;
}

Value years_and_months(Evaluator& e, const Arguments& a) {
    const auto point = [&](std::size_t i) -> std::optional<std::pair<CivilDate, std::int64_t>> {
        const Value day = taken(a, i, Kind::date), moment = taken(a, i, Kind::date_time);
        if (!day.is_null()) return std::pair(civil(day.days()), std::int64_t{0});
        if (moment.is_null()) return std::nullopt;
        const std::int64_t local = moment.clock().seconds;
        return std::pair(civil(floor_div(local, kDay)), floor_mod(local, kDay));
    };
    const auto from = point(0), to = point(1);
    if (!from || !to) return e.doubt(kWrongArgument);
    std::int64_t months = (to->first.year - from->first.year) * 12 + (to->first.month - from->first.month);
    const auto rest = [](const auto& p) { return std::pair(p.first.day, p.second); };
    if (months > 0 && rest(*to) < rest(*from)) --months;
    if (months < 0 && rest(*to) > rest(*from)) ++months;
    return Value::months(months);
}

template <class Use>
Value of_day(Evaluator& e, const Arguments& a, Use use) {
    const Value day = taken(a, 0, Kind::date), moment = taken(a, 0, Kind::date_time);
    if (!day.is_null()) return use(day.days());
    if (!moment.is_null()) return use(floor_div(moment.clock().seconds, kDay));
    return e.doubt(kWrongArgument);
}

Value day_of_year_of(Evaluator& e, const Arguments& a) {
    return of_day(e, a, [](std::int64_t day) { return Value::of(std::int64_t{day_of_year(day)}); });
}
Value week_of_year_of(Evaluator& e, const Arguments& a) {
    return of_day(e, a, [](std::int64_t day) { return Value::of(std::int64_t{week_of_year(day)}); });
}
constexpr std::string_view kDays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
constexpr std::string_view kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
Value day_of_week_of(Evaluator& e, const Arguments& a) {
    return of_day(e, a, [](std::int64_t day) { return Value::of(kDays[weekday(day) - 1]); });
}
Value month_of_year_of(Evaluator& e, const Arguments& a) {
    return of_day(e, a, [](std::int64_t day) { return Value::of(kMonths[civil(day).month - 1]); });
}

std::optional<Clock> now_of(Evaluator& e) {
    if (!e.now) return std::nullopt;
    Clock out{0, e.now->nanos, ZoneKind::named, 0, e.zones().find(e.now->zone)};
    if (out.zone == nullptr) return std::nullopt;
    out.seconds = e.now->utc_seconds + out.zone->offset_at(e.now->utc_seconds);
    return out;
}
Value now(Evaluator& e, const Arguments&) {
    const auto out = now_of(e);
    return out ? Value::clock(Kind::date_time, *out) : e.doubt("the caller gave no moment for now() and today()");
}
Value today(Evaluator& e, const Arguments&) {
    const auto out = now_of(e);
    return out ? Value::date(floor_div(out->seconds, kDay))
               : e.doubt("the caller gave no moment for now() and today()");
}

constexpr Builtin kAll[] = {
    {"date", "from|year,month,day", &types::date, date},
    {"time", "from|hour,minute,second,offset?", &types::time, time},
    {"date and time",
     "from|date,time|date,timezone|year,month,day,hour,minute,second,offset?|year,month,day,hour,minute,second,"
     "timezone",
     &types::date_time, date_and_time},
    {"duration", "from", &types::any, duration},
    {"years and months duration", "from,to", &types::months_duration, years_and_months},
    {"day of year", "date", &types::number, day_of_year_of},
    {"day of week", "date", &types::string, day_of_week_of},
    {"month of year", "date", &types::string, month_of_year_of},
    {"week of year", "date", &types::number, week_of_year_of},
    {"now", "", &types::date_time, now},
    {"today", "", &types::date, today},
};
}  // namespace

std::span<const Builtin> temporal_builtins() { return kAll; }

}  // namespace kith::dmn
