#include "dmn/value/zone.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "dmn/value/calendar.hpp"

namespace kith::dmn {
namespace {
constexpr std::size_t kMostBytes = 256 * 1024;

std::int64_t big_endian(std::string_view bytes, std::size_t at, std::size_t width) {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < width; ++i) out = (out << 8) | static_cast<unsigned char>(bytes[at + i]);
    if (width == 4) return static_cast<std::int32_t>(static_cast<std::uint32_t>(out));
    return static_cast<std::int64_t>(out);
}

struct Head {
    std::size_t utc, standard, leap, times, types, letters;
    static constexpr std::size_t kSize = 44;
    static std::optional<Head> read(std::string_view bytes, std::size_t at) {
        if (bytes.size() < at + kSize || bytes.substr(at, 4) != "TZif") return std::nullopt;
        const auto count = [&](std::size_t i) {
            return static_cast<std::size_t>(big_endian(bytes, at + 20 + 4 * i, 4));
        };
        Head out{count(0), count(1), count(2), count(3), count(4), count(5)};
        for (const std::size_t n : {out.utc, out.standard, out.leap, out.times, out.types, out.letters})
            if (n > kMostBytes) return std::nullopt;
        return out;
    }
    std::size_t body(std::size_t width) const {
        return times * (width + 1) + types * 6 + letters + leap * (width + 4) + standard + utc;
    }
};

// A reader of POSIX TZ text such as GMT0BST,M3.5.0/1,M10.5.0.
struct Rule {
    std::string_view text;
    std::size_t at = 0;
    bool good = true;
    char peek() const { return at < text.size() ? text[at] : '\0'; }
    bool skip(char c) {
        if (peek() != c) return false;
        ++at;
        return true;
    }
    int digits() {
        if (peek() < '0' || peek() > '9') good = false;
        int out = 0;
        while (peek() >= '0' && peek() <= '9' && out < 100'000) out = out * 10 + (text[at++] - '0');
        return out;
    }
    void name() {
        if (skip('<')) {
            while (peek() != '>' && peek() != '\0') ++at;
            if (!skip('>')) good = false;
            return;
        }
        const std::size_t from = at;
        while ((peek() >= 'A' && peek() <= 'Z') || (peek() >= 'a' && peek() <= 'z')) ++at;
        if (at == from) good = false;
    }
    std::int64_t time() {
        const bool minus = skip('-');
        if (!minus) skip('+');
        std::int64_t out = digits() * 3600;
        if (skip(':')) out += digits() * 60;
        if (skip(':')) out += digits();
        return minus ? -out : out;
    }
    ZoneDay day() {
        ZoneDay out;
        if (skip('M')) {
            out.month = digits();
            if (!skip('.')) good = false;
            out.week = digits();
            if (!skip('.')) good = false;
            out.weekday = digits();
            if (out.month < 1 || out.month > 12 || out.week < 1 || out.week > 5 || out.weekday > 6) good = false;
        } else {
            out.form = skip('J') ? ZoneDay::Form::julian : ZoneDay::Form::zero_based;
            out.day = digits();
            if (out.day > 366) good = false;
        }
        if (skip('/')) out.second = time();
        return out;
    }
};

std::int64_t day_in(const ZoneDay& rule, std::int64_t year) {
    const std::int64_t january = days_of({year, 1, 1});
    if (rule.form == ZoneDay::Form::zero_based) return january + rule.day;
    if (rule.form == ZoneDay::Form::julian)
        return january + rule.day - 1 + (rule.day >= 60 && days_in_month(year, 2) == 29 ? 1 : 0);
    const std::int64_t first = days_of({year, rule.month, 1});
    const int sunday_based = weekday(first) % 7;
    std::int64_t day = (rule.weekday - sunday_based + 7) % 7 + (rule.week - 1) * 7;
    if (day >= days_in_month(year, rule.month)) day -= 7;
    return first + day;
}
}  // namespace

std::unique_ptr<Zone> Zone::read(std::string name, std::string_view bytes) {
    const auto small = Head::read(bytes, 0);
    if (!small || bytes[4] < '2') return nullptr;
    const std::size_t second = Head::kSize + small->body(4);
    const auto head = Head::read(bytes, second);
    if (!head || head->types == 0) return nullptr;
    const std::size_t body = second + Head::kSize;
    if (body + head->body(8) > bytes.size()) return nullptr;
    const std::size_t indexes = body + head->times * 8;
    const std::size_t types = indexes + head->times;
    auto zone = std::make_unique<Zone>();
    zone->name_ = std::move(name);
    const auto offset = [&](std::size_t type) {
        return static_cast<std::int32_t>(big_endian(bytes, types + std::min(type, head->types - 1) * 6, 4));
    };
    zone->first_offset_ = offset(0);
    for (std::size_t i = 0; i < head->times; ++i) {
        zone->at_.push_back(big_endian(bytes, body + i * 8, 8));
        zone->offsets_.push_back(offset(static_cast<unsigned char>(bytes[indexes + i])));
    }
    if (!std::is_sorted(zone->at_.begin(), zone->at_.end())) return nullptr;
    std::string_view footer = bytes.substr(body + head->body(8));
    if (footer.size() > 2 && footer.front() == '\n') {
        footer.remove_prefix(1);
        if (!zone->read_footer(footer.substr(0, footer.find('\n')))) return nullptr;
    }
    return zone;
}

bool Zone::read_footer(std::string_view text) {
    if (text.empty()) return true;
    Rule rule{text};
    rule.name();
    standard_ = summer_ = -rule.time();
    if (rule.at < text.size()) {
        rule.name();
        summer_ = rule.peek() == ',' ? standard_ + 3600 : -rule.time();
        if (!rule.skip(',')) return false;
        begins_ = rule.day();
        if (!rule.skip(',')) return false;
        ends_ = rule.day();
        has_summer_ = true;
    }
    has_footer_ = rule.good && rule.at == text.size();
    return has_footer_;
}

std::int64_t Zone::by_footer(std::int64_t utc_seconds) const {
    if (!has_summer_) return standard_;
    const std::int64_t year = civil(floor_div(utc_seconds + standard_, kDay)).year;
    const std::int64_t from = day_in(begins_, year) * kDay + begins_.second - standard_;
    const std::int64_t to = day_in(ends_, year) * kDay + ends_.second - summer_;
    const bool in_summer =
        from < to ? utc_seconds >= from && utc_seconds < to : utc_seconds >= from || utc_seconds < to;
    return in_summer ? summer_ : standard_;
}

std::int64_t Zone::offset_at(std::int64_t utc_seconds) const {
    const auto next = std::upper_bound(at_.begin(), at_.end(), utc_seconds);
    if (next == at_.end() && has_footer_) return by_footer(utc_seconds);
    if (next == at_.begin()) return first_offset_;
    return offsets_[static_cast<std::size_t>(next - at_.begin()) - 1];
}

std::int64_t Zone::offset_of_local(std::int64_t local_seconds) const {
    // The offsets a day before and a day after are the only candidates; the earlier one wins where both or neither fit.
    const std::int64_t before = offset_at(local_seconds - kDay);
    const std::int64_t after = offset_at(local_seconds + kDay);
    if (offset_at(local_seconds - before) == before) return before;
    if (offset_at(local_seconds - after) == after) return after;
    return before;
}

const Zone* Zones::find(std::string_view name) const {
    if (name.empty() || name.size() > 64 || name.front() == '/' || name.find("..") != std::string_view::npos)
        return nullptr;
    for (const char c : name)
        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '_' ||
              c == '-' || c == '+'))
            return nullptr;
    const std::lock_guard<std::mutex> held(lock_);
    const auto known = known_.find(std::string(name));
    if (known != known_.end()) return known->second.get();
    std::unique_ptr<Zone> zone;
    std::ifstream file(folder_ + "/" + std::string(name), std::ios::binary);
    if (file) {
        std::string bytes(kMostBytes, '\0');
        file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
        zone = Zone::read(std::string(name), bytes);
    }
    if (!zone && known_.size() > 4096) return nullptr;  // names that do not exist must not fill the memory
    return known_.emplace(name, std::move(zone)).first->second.get();
}

}  // namespace kith::dmn
