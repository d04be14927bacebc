#include "protocol/bank_holidays.hpp"

#include <boost/json.hpp>

#include "base/text.hpp"

namespace kith::protocol {
namespace {

namespace json = boost::json;

constexpr std::size_t kLargestFile = std::size_t{1} << 20;
constexpr std::size_t kLongestTitle = 200;
constexpr const char* kDivision = "england-and-wales";

/// YYYY-MM-DD of the calendar, or an impossible day.
Day read_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
    const auto number = [&](std::size_t at, std::size_t size) {
        int value = 0;
        for (const char c : text.substr(at, size)) value = c >= '0' && c <= '9' ? value * 10 + (c - '0') : -10000;
        return value;
    };
    const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
    if (year < 1 || month < 1 || day < 1) return {};
    return Day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
               std::chrono::day(static_cast<unsigned>(day)));
}

const json::value* member(const json::object& object, std::string_view key, json::kind kind) {
    const json::value* value = object.if_contains(key);
    return value && value->kind() == kind ? value : nullptr;
}

std::string_view text_of(const json::value* value) {
    return value ? std::string_view(value->get_string().data(), value->get_string().size()) : std::string_view{};
}

Result<clocks::BankHoliday> read_event(const json::value& value) {
    const json::object* event = value.if_object();
    if (!event || event->size() != 4) return fail(Code::invalid, "an event is not title, date, notes and bunting");
    const json::value* title = member(*event, "title", json::kind::string);
    const json::value* date = member(*event, "date", json::kind::string);
    const json::value* notes = member(*event, "notes", json::kind::string);
    if (!title || !date || !notes || !member(*event, "bunting", json::kind::bool_))
        return fail(Code::invalid, "an event is not title, date, notes and bunting");
    const std::string tidy = text::tidy(text_of(title));
    if (tidy.empty() || tidy.size() > kLongestTitle || !text::is_clean_utf8(tidy))
        return fail(Code::invalid, "an event's title is empty or too long");
    const Day day = read_day(text_of(date));
    if (!day.ok()) return fail(Code::invalid, "an event's date is not a day");
    return clocks::BankHoliday{day, tidy};
}

}  // namespace

Result<clocks::Calendar> read_bank_holidays(std::string_view text) {
    if (text.size() > kLargestFile) return fail(Code::too_large, "bank holiday file over one megabyte");
    json::error_code error;
    json::parse_options options;
    options.max_depth = 8;
    const json::value file = json::parse(json::string_view(text.data(), text.size()), error, {}, options);
    if (error || !file.is_object()) return fail(Code::invalid, "bank holiday file is not a json object");
    const json::value* division = member(file.get_object(), kDivision, json::kind::object);
    if (!division) return fail(Code::invalid, "bank holiday file lacks england-and-wales");
    const json::object& of = division->get_object();
    const json::value* events = member(of, "events", json::kind::array);
    if (of.size() != 2 || !events || text_of(member(of, "division", json::kind::string)) != kDivision)
        return fail(Code::invalid, "a division is not its name and its events");
    std::vector<clocks::BankHoliday> holidays;
    for (const json::value& event : events->get_array()) holidays.push_back(KITH_TRY(read_event(event)));
    if (holidays.empty()) return fail(Code::invalid, "bank holiday file has no events");
    return clocks::Calendar::create(std::move(holidays));
}

}  // namespace kith::protocol
