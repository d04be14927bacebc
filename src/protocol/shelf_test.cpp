#include "protocol/shelf.hpp"

#include <gmock/gmock.h>

#include "protocol/bank_holidays.hpp"
#include "protocol/shipped.hpp"

namespace kith::protocol {
namespace {

Day day(int y, unsigned m, unsigned d) { return Day(std::chrono::year(y), std::chrono::month(m), std::chrono::day(d)); }

/// Not a cryptographic one; it tells different bytes apart here.
PackDigest sum(BytesView bytes) {
    PackDigest digest{};
    for (std::size_t i = 0; i < bytes.size(); ++i) digest[i % 32] = static_cast<Byte>(digest[i % 32] * 31 + bytes[i]);
    return digest;
}

Pack version(std::string_view number, std::string_view in_force) {
    const PackFiles files = shipped_files("plymouth-community");
    std::string toml(files.pack_toml);
    toml.replace(toml.find("1.0.0"), 5, number);
    const auto at = toml.find("in_force = ") + 11;
    toml.replace(at, 10, in_force);
    return *load_pack({files.folder, toml, files.clauses_tsv});
}

TEST(PackShelf, OldVersionsStayAndAConcernFindsItsOwn) {
    PackShelf shelf(sum);
    const auto first = shelf.put(version("1.9.0", "2025-06-02"));
    const auto second = shelf.put(version("1.10.0", "2026-01-01"));
    ASSERT_TRUE(first && second);
    EXPECT_EQ(shelf.find(*first)->pack->version, "1.9.0");
    EXPECT_EQ(shelf.find(*second)->pack->version, "1.10.0");
    EXPECT_NE(shelf.find(*first)->digest, shelf.find(*second)->digest);
    EXPECT_EQ(shelf.in_force("plymouth-community", day(2025, 12, 31))->pack->version, "1.9.0");
    EXPECT_EQ(shelf.in_force("plymouth-community", day(2026, 1, 1))->pack->version, "1.10.0");
    EXPECT_EQ(shelf.in_force("plymouth-community", day(2025, 6, 1)).error().code, Code::not_found);
    EXPECT_EQ(shelf.in_force("elsewhere", day(2026, 1, 1)).error().code, Code::not_found);
    EXPECT_EQ(shelf.find({"plymouth-community", "9.9.9"}).error().code, Code::not_found);
}

TEST(PackShelf, OfTwoInForceOnOneDayTheHigherVersionHoldsByNumberNotByLetter) {
    PackShelf shelf(sum);
    ASSERT_TRUE(shelf.put(version("1.10.0", "2026-01-01")));
    ASSERT_TRUE(shelf.put(version("1.9.0", "2026-01-01")));
    EXPECT_EQ(shelf.in_force("plymouth-community", day(2026, 6, 1))->pack->version, "1.10.0");
}

TEST(PackShelf, AVersionNeverChanges) {
    PackShelf shelf(sum);
    ASSERT_TRUE(shelf.put(version("1.0.0", "2025-06-02")));
    EXPECT_TRUE(shelf.put(version("1.0.0", "2025-06-02")));
    EXPECT_EQ(shelf.put(version("1.0.0", "2025-06-03")).error().code, Code::conflict);
    EXPECT_EQ(shelf.versions().size(), 1u);
}

TEST(ShippedCalendar, KnowsFiveYearsOfBankHolidays) {
    const auto calendar = shipped_calendar();
    EXPECT_EQ(calendar.holidays().size(), 40u);
    EXPECT_EQ(calendar.title_of(day(2026, 12, 28)), "Boxing Day");
    EXPECT_EQ(calendar.title_of(day(2027, 3, 26)), "Good Friday");
    EXPECT_TRUE(calendar.covers(day(2024, 1, 1)) && calendar.covers(day(2028, 12, 31)));
    EXPECT_FALSE(calendar.covers(day(2029, 1, 1)));
    for (const auto& holiday : calendar.holidays()) EXPECT_FALSE(calendar.is_working_day(holiday.day));
}

std::string file(std::string_view event, std::string_view more = "") {
    return R"({"england-and-wales":{"division":"england-and-wales","events":[)" + std::string(event) + "]" +
           std::string(more) + "}}";
}
const std::string kEvent = R"({"title":"New Year’s Day","date":"2026-01-01","notes":"","bunting":true})";

TEST(BankHolidays, TheShapeOfTheFeedIsReadAndOtherNationsMayStandBeside) {
    EXPECT_TRUE(read_bank_holidays(file(kEvent)));
    const std::string three = file(kEvent);
    EXPECT_TRUE(read_bank_holidays(three.substr(0, three.size() - 1) + R"(,"scotland":{"anything":[]}})"));
}

TEST(BankHolidays, AnythingElseIsRefusedWhole) {
    const std::vector<std::string> bad{"",
                                       "[]",
                                       "{}",
                                       "{",
                                       file(""),
                                       file(kEvent + "," + kEvent),
                                       file(kEvent, R"(,"more":1)"),
                                       file("1"),
                                       file(R"({"title":"","date":"2026-01-01","notes":"","bunting":true})"),
                                       file(R"({"title":"x","date":"2026-02-30","notes":"","bunting":true})"),
                                       file(R"({"title":"x","date":"01/01/2026","notes":"","bunting":true})"),
                                       file(R"({"title":"x","date":"2026-1-01","notes":"","bunting":true})"),
                                       file(R"({"title":"x","date":"2026-01-01","notes":"","bunting":"true"})"),
                                       file(R"({"title":"x","date":"2026-01-01","notes":""})"),
                                       file(R"({"title":"x","date":"2026-01-01","notes":"","bunting":true,"more":1})"),
                                       R"({"england-and-wales":{"division":"scotland","events":[)" + kEvent + "]}}"};
    for (const auto& text : bad) EXPECT_FALSE(read_bank_holidays(text)) << text;
    EXPECT_EQ(read_bank_holidays(std::string(2 << 20, ' ')).error().code, Code::too_large);
}

}  // namespace
}  // namespace kith::protocol
