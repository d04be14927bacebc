#include "dmn/value/temporal.hpp"

#include <limits>

namespace kith::dmn {
namespace {
constexpr std::uint32_t kBillion = 1'000'000'000;
constexpr std::int64_t kMostOffset = 18 * 3600;

struct Reader {
    std::string_view text;
    std::size_t at = 0;
    char peek(std::size_t ahead = 0) const { return at + ahead < text.size() ? text[at + ahead] : '\0'; }
    bool done() const { return at == text.size(); }
    bool skip(char c) {
        if (peek() != c) return false;
        ++at;
        return true;
    }
    static bool digit(char c) { return c >= '0' && c <= '9'; }
    std::size_t digits_ahead() const {
        std::size_t n = 0;
        while (digit(peek(n))) ++n;
        return n;
    }
    std::optional<std::int64_t> number(std::size_t least, std::size_t most) {
        const std::size_t n = digits_ahead();
        if (n < least || n > most) return std::nullopt;
        std::int64_t out = 0;
        for (std::size_t i = 0; i < n; ++i) out = out * 10 + (text[at++] - '0');
        return out;
    }
    // The digits after a point as nanoseconds.
    std::optional<std::uint32_t> fraction() {
        const std::size_t n = digits_ahead();
        if (n == 0 || n > 9) return std::nullopt;
        std::uint32_t out = 0;
        for (std::size_t i = 0; i < 9; ++i)
            out = out * 10 + (i < n ? static_cast<std::uint32_t>(text[at + i] - '0') : 0);
        at += n;
        return out;
    }
};

std::optional<std::int64_t> read_date(Reader& in) {
    const bool minus = in.skip('-');
    const std::size_t width = in.digits_ahead();
    if (width > 4 && in.peek() == '0') return std::nullopt;
    const auto year = in.number(4, 9);
    if (!year || !in.skip('-')) return std::nullopt;
    const auto month = in.number(2, 2);
    if (!month || !in.skip('-')) return std::nullopt;
    const auto day = in.number(2, 2);
    if (!day) return std::nullopt;
    const CivilDate date{minus ? -*year : *year, static_cast<int>(*month), static_cast<int>(*day)};
    if (!exists(date)) return std::nullopt;
    return days_of(date);
}

std::optional<Clock> read_time(Reader& in, const Zones& zones) {
    const auto hour = in.number(2, 2);
    if (!hour || !in.skip(':')) return std::nullopt;
    const auto minute = in.number(2, 2);
    if (!minute || !in.skip(':')) return std::nullopt;
    const auto second = in.number(2, 2);
    if (!second || *hour > 24 || *minute > 59 || *second > 59) return std::nullopt;
    Clock out;
    if (in.skip('.')) {
        const auto nanos = in.fraction();
        if (!nanos) return std::nullopt;
        out.nanos = *nanos;
    }
    if (*hour == 24 && (*minute != 0 || *second != 0 || out.nanos != 0)) return std::nullopt;
    out.seconds = *hour * 3600 + *minute * 60 + *second;
    if (!parse_zone(in.text.substr(in.at), zones, out)) return std::nullopt;
    in.at = in.text.size();
    return out;
}

void write_padded(std::int64_t n, std::size_t width, std::string& out) {
    const std::string digits = std::to_string(n);
    if (digits.size() < width) out.append(width - digits.size(), '0');
    out += digits;
}

void write_fraction(std::uint32_t nanos, std::string& out) {
    if (nanos == 0) return;
    std::string digits = std::to_string(nanos);
    digits.insert(0, 9 - digits.size(), '0');
    while (digits.back() == '0') digits.pop_back();
    out += '.' + digits;
}

void write_offset(const Clock& clock, std::string& out) {
    if (clock.kind == ZoneKind::named) {
        out += '@' + clock.zone->name();
    } else if (clock.kind == ZoneKind::offset) {
        if (clock.offset == 0) {
            out += 'Z';
            return;
        }
        const std::int64_t size = clock.offset < 0 ? -clock.offset : clock.offset;
        out += clock.offset < 0 ? '-' : '+';
        write_padded(size / 3600, 2, out);
        out += ':';
        write_padded(size / 60 % 60, 2, out);
        if (size % 60 != 0) {
            out += ':';
            write_padded(size % 60, 2, out);
        }
    }
}

bool scaled_sum(std::int64_t& total, std::int64_t part, std::int64_t unit) {
    std::int64_t product = 0;
    return !__builtin_mul_overflow(part, unit, &product) && !__builtin_add_overflow(total, product, &total);
}
}  // namespace

std::optional<std::int64_t> parse_date(std::string_view text) {
    Reader in{text};
    const auto out = read_date(in);
    return in.done() ? out : std::nullopt;
}

std::optional<Clock> parse_time(std::string_view text, const Zones& zones) {
    Reader in{text};
    auto out = read_time(in, zones);
    if (out && out->seconds == kDay) out->seconds = 0;
    return out;
}

std::optional<Clock> parse_date_time(std::string_view text, const Zones& zones) {
    Reader in{text};
    const auto date = read_date(in);
    if (!date) return std::nullopt;
    if (in.done()) return midnight(*date);
    if (!in.skip('T')) return std::nullopt;
    auto out = read_time(in, zones);
    if (!out) return std::nullopt;
    out->seconds += *date * kDay;
    return in_calendar(out->seconds) ? out : std::nullopt;
}

bool parse_zone(std::string_view text, const Zones& zones, Clock& out) {
    if (text.empty()) return true;
    out.kind = ZoneKind::offset;
    if (text == "Z" || text == "z") return true;
    if (text.front() == '@') {
        out.kind = ZoneKind::named;
        out.zone = zones.find(text.substr(1));
        return out.zone != nullptr;
    }
    Reader in{text};
    const bool minus = in.peek() == '-';
    if (!in.skip('-') && !in.skip('+')) return false;
    const auto hours = in.number(2, 2);
    if (!hours || !in.skip(':')) return false;
    const auto minutes = in.number(2, 2);
    if (!minutes || *minutes > 59) return false;
    std::int64_t size = *hours * 3600 + *minutes * 60;
    if (in.skip(':')) {
        const auto seconds = in.number(2, 2);
        if (!seconds || *seconds > 59) return false;
        size += *seconds;
    }
    out.offset = minus ? -size : size;
    return in.done() && size <= kMostOffset;
}

std::optional<Value> parse_duration(std::string_view text) {
    Reader in{text};
    const bool minus = in.skip('-');
    if (!in.skip('P')) return std::nullopt;
    std::int64_t months = 0, seconds = 0;
    std::uint32_t nanos = 0;
    bool calendar = false, clock = false, in_time = false;
    std::string_view rest = "YMD";
    while (!in.done()) {
        if (!in_time && in.skip('T')) {
            in_time = true;
            rest = "HMS";
            if (in.done()) return std::nullopt;
            continue;
        }
        const auto part = in.number(1, 18);
        if (!part) return std::nullopt;
        const bool point = in_time && in.skip('.');
        if (point) {
            const auto read = in.peek() == 'S' ? std::optional(std::uint32_t{0}) : in.fraction();
            if (!read) return std::nullopt;
            nanos = *read;
        }
        const std::size_t unit = rest.find(in.peek());
        if (in.done() || unit == std::string_view::npos || (point && in.peek() != 'S')) return std::nullopt;
        const char letter = in.text[in.at++];
        rest.remove_prefix(unit + 1);
        bool fits = true;
        if (letter == 'Y')
            fits = scaled_sum(months, *part, 12);
        else if (letter == 'M' && !in_time)
            fits = scaled_sum(months, *part, 1);
        else
            fits = scaled_sum(seconds, *part, letter == 'D' ? kDay : letter == 'H' ? 3600 : letter == 'M' ? 60 : 1);
        if (!fits) return std::nullopt;
        ((letter == 'Y' || (letter == 'M' && !in_time)) ? calendar : clock) = true;
    }
    if (calendar == clock) return std::nullopt;  // neither, or a mixture
    if (calendar) return Value::months(minus ? -months : months);
    const Span span{seconds, nanos};
    return Value::of(minus ? negated(span) : span);
}

std::optional<Value> parse_temporal(std::string_view text, const Zones& zones) {
    if (const auto days = parse_date(text)) return Value::date(*days);
    if (text.find('P') < 2) return parse_duration(text);
    if (text.size() > 2 && text[2] == ':') {
        const auto time = parse_time(text, zones);
        return time ? std::optional(Value::clock(Kind::time, *time)) : std::nullopt;
    }
    const auto moment = parse_date_time(text, zones);
    return moment ? std::optional(Value::clock(Kind::date_time, *moment)) : std::nullopt;
}

void write_date(std::int64_t days, std::string& out) {
    const CivilDate date = civil(days);
    if (date.year < 0) out += '-';
    write_padded(date.year < 0 ? -date.year : date.year, 4, out);
    out += '-';
    write_padded(date.month, 2, out);
    out += '-';
    write_padded(date.day, 2, out);
}

void write_time(const Clock& time, std::string& out) {
    const std::int64_t second = floor_mod(time.seconds, kDay);
    write_padded(second / 3600, 2, out);
    out += ':';
    write_padded(second / 60 % 60, 2, out);
    out += ':';
    write_padded(second % 60, 2, out);
    write_fraction(time.nanos, out);
    write_offset(time, out);
}

void write_date_time(const Clock& moment, std::string& out) {
    write_date(floor_div(moment.seconds, kDay), out);
    out += 'T';
    write_time(moment, out);
}

void write_span(Span span, std::string& out) {
    if (span.seconds < 0) {
        out += '-';
        span = negated(span);
    }
    out += 'P';
    if (span.seconds / kDay != 0) out += std::to_string(span.seconds / kDay) + 'D';
    const std::int64_t rest = span.seconds % kDay;
    if (rest == 0 && span.nanos == 0) {
        if (span.seconds == 0) out += "T0S";
        return;
    }
    out += 'T';
    if (rest / 3600 != 0) out += std::to_string(rest / 3600) + 'H';
    if (rest / 60 % 60 != 0) out += std::to_string(rest / 60 % 60) + 'M';
    if (rest % 60 != 0 || span.nanos != 0) {
        out += std::to_string(rest % 60);
        write_fraction(span.nanos, out);
        out += 'S';
    }
}

void write_months(std::int64_t months, std::string& out) {
    if (months < 0) out += '-';
    const std::int64_t size = months < 0 ? -months : months;
    out += 'P';
    if (size / 12 != 0) out += std::to_string(size / 12) + 'Y';
    if (size % 12 != 0 || size == 0) out += std::to_string(size % 12) + 'M';
}

std::optional<std::int64_t> offset_of(const Clock& clock) {
    if (clock.kind == ZoneKind::none) return std::nullopt;
    return clock.kind == ZoneKind::offset ? clock.offset : clock.zone->offset_of_local(clock.seconds);
}

std::int64_t line_of(const Clock& clock) { return clock.seconds - offset_of(clock).value_or(0); }

Clock midnight(std::int64_t days) { return {days * kDay, 0, ZoneKind::none, 0, nullptr}; }

bool in_calendar(std::int64_t local_seconds) {
    const std::int64_t year = civil(floor_div(local_seconds, kDay)).year;
    return year >= -kMostYear && year <= kMostYear;
}

std::optional<Clock> later(const Clock& moment, Span span) {
    Clock out = moment;
    std::int64_t line = line_of(moment);
    const std::uint32_t nanos = moment.nanos + span.nanos;
    out.nanos = nanos % kBillion;
    if (__builtin_add_overflow(line, span.seconds, &line) || line > std::numeric_limits<std::int64_t>::max() / 4 ||
        line < std::numeric_limits<std::int64_t>::min() / 4)
        return std::nullopt;
    line += nanos / kBillion;
    const std::int64_t offset =
        moment.kind == ZoneKind::named ? moment.zone->offset_at(line) : offset_of(moment).value_or(0);
    out.seconds = line + offset;
    return in_calendar(out.seconds) ? std::optional(out) : std::nullopt;
}

Span negated(Span span) {
    if (span.nanos == 0) return {-span.seconds, 0};
    return {-span.seconds - 1, kBillion - span.nanos};
}

std::optional<Span> sum(Span x, Span y) {
    Span out;
    if (__builtin_add_overflow(x.seconds, y.seconds, &out.seconds)) return std::nullopt;
    out.nanos = x.nanos + y.nanos;
    if (out.nanos >= kBillion) {
        out.nanos -= kBillion;
        if (__builtin_add_overflow(out.seconds, 1, &out.seconds)) return std::nullopt;
    }
    return out;
}

std::optional<Decimal> seconds_of(Span span) {
    const auto fraction = divide(Decimal::of(span.nanos), Decimal::of(kBillion));
    return fraction ? add(Decimal::of(span.seconds), *fraction) : std::nullopt;
}

std::optional<Span> span_of(Decimal seconds) {
    const auto cut = seconds.rounded(9, Rounding::down);
    if (!cut) return std::nullopt;
    const auto whole_part = cut->rounded(0, Rounding::floor);
    const auto whole = whole_part ? whole_part->whole() : std::nullopt;
    if (!whole || *whole == std::numeric_limits<std::int64_t>::min()) return std::nullopt;
    const auto rest = subtract(*cut, *whole_part);
    const auto nanos = rest ? multiply(*rest, Decimal::of(kBillion)) : std::nullopt;
    if (!nanos) return std::nullopt;
    return Span{*whole, static_cast<std::uint32_t>(nanos->whole().value_or(0))};
}

}  // namespace kith::dmn
