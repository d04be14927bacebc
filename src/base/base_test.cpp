#include <gtest/gtest.h>

#include <random>
#include <sstream>
#include <type_traits>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/london.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"

namespace kith {
namespace {

Result<int> half(int n) {
    if (n % 2 != 0) return fail(Code::invalid, "odd", "n");
    return n / 2;
}
Result<int> quarter(int n) {
    const int h = KITH_TRY(half(n));
    return half(h);
}

TEST(Result, TryPassesTheErrorOn) {
    EXPECT_EQ(*quarter(8), 2);
    EXPECT_EQ(quarter(6).error().field, "n");
}

template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };

TEST(Secret, CannotBePrinted) {
    static_assert(Printable<std::string>);
    static_assert(!Printable<SecretText>);
    static_assert(!Printable<Sealed<std::string>>);
    static_assert(!std::is_convertible_v<SecretText, std::string>);
    EXPECT_EQ(SecretText("x").expose(), "x");
}

TEST(Bytes, EveryTextFormReadsBackWhatItWrote) {
    std::mt19937 random(7);
    for (std::size_t size = 0; size < 70; ++size) {
        Bytes bytes(size);
        for (Byte& b : bytes) b = static_cast<Byte>(random());
        EXPECT_EQ(from_hex(to_hex(bytes)), bytes);
        EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
        EXPECT_EQ(from_crockford(to_crockford(bytes)), bytes);
    }
}

TEST(Bytes, Base64TakesOnlyTheCanonicalForm) {
    EXPECT_TRUE(from_base64("QQ=="));
    EXPECT_FALSE(from_base64("QR=="));
    EXPECT_FALSE(from_base64("QQ="));
    EXPECT_FALSE(from_base64("QQ==QQ=="));
    EXPECT_FALSE(from_base64("Q Q="));
}

TEST(Bytes, CrockfordForgivesWhatPeopleMistype) {
    EXPECT_EQ(from_crockford("0O1I-lL 0"), from_crockford("0011110"));
    EXPECT_FALSE(from_crockford("U000"));
}

TEST(Bytes, AReaderStopsAtTheFirstMissingPiece) {
    Bytes bytes;
    append_piece(bytes, as_bytes("ab"));
    bytes.pop_back();
    ByteReader reader(bytes);
    EXPECT_EQ(reader.text(), "");
    EXPECT_FALSE(reader.ok());
}

TEST(Id, ReadsBackAndRefusesTheRest) {
    const Id<struct ThingTag> id(ByteArray<16>{1, 2, 3});
    EXPECT_EQ(*Id<struct ThingTag>::parse(id.text()), id);
    EXPECT_EQ(Id<struct ThingTag>::parse("nonsense!").error().code, Code::not_found);
}

TEST(Text, RefusesWhatIsNotUtf8) {
    EXPECT_TRUE(text::is_clean_utf8("Zoë\tand\nJosé – 中文 😀"));
    for (const char* bad : {"\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff", "\xe2\x82", "a\x01"})
        EXPECT_FALSE(text::is_clean_utf8(bad));
    EXPECT_FALSE(text::is_clean_utf8(std::string_view("a\0b", 3)));
}

TEST(Text, ShortensAtAWordAndNeverInsideACharacter) {
    EXPECT_EQ(text::shorten("short", 10), "short");
    EXPECT_EQ(text::shorten("one two three four", 10), "one two…");
    EXPECT_EQ(text::shorten("ëëëëëë", 3), "ëëë…");
    EXPECT_EQ(text::tidy("  a\r\nb\rc \n"), "a\nb\nc");
}

using namespace std::chrono_literals;

TEST(London, KnowsSummerTimeAndTheHourThatIsSkipped) {
    const Day winter = 2026y / 1 / 5;
    const Day summer = 2026y / 7 / 6;
    EXPECT_EQ(london::instant_of({winter, 9h}), std::chrono::sys_days(winter) + 9h);
    EXPECT_EQ(london::instant_of({summer, 9h}), std::chrono::sys_days(summer) + 8h);
    const Day spring = 2026y / 3 / 29;
    EXPECT_EQ(london::instant_of({spring, 90min}), std::chrono::sys_days(spring) + 1h);
    EXPECT_EQ(london::to_day_and_clock(std::chrono::sys_days(2026y / 11 / 21) + 13h + 41min),
              "Saturday 21 November 2026, 13:41");
    EXPECT_EQ(to_rfc3339(std::chrono::sys_days(2026y / 11 / 21) + 250ms), "2026-11-21T00:00:00.250Z");
}

TEST(London, AWallTimeComesBackWhenNoClockChangesOnThatDay) {
    for (int day = 0; day < 800; ++day) {
        const Day d(std::chrono::sys_days(2026y / 1 / 1) + std::chrono::days(day));
        const london::WallTime wall{d, 12h + 34min};
        EXPECT_EQ(london::wall_time(london::instant_of(wall)), wall);
    }
}

}  // namespace
}  // namespace kith
