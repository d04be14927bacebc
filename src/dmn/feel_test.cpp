// FEEL by itself: an expression and the literal of its value, in the two modes.
#include <gtest/gtest.h>

#include "dmn/evaluate/evaluator.hpp"
#include "dmn/feel/parser.hpp"
#include "dmn/value/text.hpp"

namespace kith::dmn {
namespace {
struct Feel {
    Arena arena;
    Zones zones;
    NameSet names;
    Faults faults;
    std::string in(Mode mode, const std::string& text) {
        ParseWorld world{arena, zones, [](std::string_view) { return nullptr; }, names, {}};
        const Node* node = Parser(world, arena.keep(std::string_view(text)), nullptr, faults).expression();
        if (node == nullptr) return "unreadable";
        Evaluator evaluator(arena, zones, mode, {});
        try {
            const Value value = evaluator.evaluate(*node, nullptr);
            return value.is_undetermined() ? "undetermined" : literal_of(value);
        } catch (const LimitReached& reached) {
            return std::string("limit: ") + reached.limit;
        }
    }
};
std::string lenient(const std::string& text) { return Feel().in(Mode::lenient, text); }
std::string strict(const std::string& text) { return Feel().in(Mode::strict, text); }

TEST(Feel, CalculatesInDecimals) {
    EXPECT_EQ(lenient("0.1 + 0.2"), "0.3");
    EXPECT_EQ(lenient("1 / 3"), "0.3333333333333333333333333333333333");
    EXPECT_EQ(lenient("-3 ** 2"), "9");
    EXPECT_EQ(lenient("10 / 0"), "null");
    EXPECT_EQ(lenient("1.0 = 1.00"), "true");
    EXPECT_EQ(lenient("modulo(-12, 5)"), "3");
    EXPECT_EQ(lenient("decimal(2.5, 0)"), "2");
    EXPECT_EQ(lenient("1e6144 * 10"), "null");
}

TEST(Feel, KnowsThreeTruthValues) {
    EXPECT_EQ(lenient("true or null"), "true");
    EXPECT_EQ(lenient("null and false"), "false");
    EXPECT_EQ(lenient("null and true"), "null");
    EXPECT_EQ(strict("null and true"), "undetermined");
    EXPECT_EQ(strict("1/0 = 1 and false"), "false");
    EXPECT_EQ(strict("false and 1/0 = 1"), "false");
}

TEST(Feel, TakesTheLongestNameInScope) {
    EXPECT_EQ(lenient("{a: 5, b: 3, a-b: 7, c: a-b}.c"), "7");
    EXPECT_EQ(lenient("{a: 5, b: 3, c: a-b}.c"), "2");
    EXPECT_EQ(lenient("{full name: \"Ada\", c: full   name + \"!\"}.c"), "\"Ada!\"");
}

TEST(Feel, ReadsRangesAndFiltersApart) {
    EXPECT_EQ(lenient("5 in [1..10["), "true");
    EXPECT_EQ(lenient("10 in [1..10["), "false");
    EXPECT_EQ(lenient("{xs: [1, 10], r: 10 in [1..xs[2]]}.r"), "true");
    EXPECT_EQ(lenient("3 in (< 5, > 10)"), "true");
    EXPECT_EQ(lenient("7 in (< 5, > 10)"), "false");
    EXPECT_EQ(lenient("[{a: 1, b: 2}, {a: 3, b: 4}][a > 1].b"), "[4]");
}

TEST(Feel, CountsDaysAcrossTheEndOfTheZoneDatabase) {
    EXPECT_EQ(lenient("date and time(\"2050-07-01T12:00:00@Europe/London\").time offset"), "@\"PT1H\"");
    EXPECT_EQ(lenient("date(\"2024-02-29\") + duration(\"P1Y\")"), "@\"2025-02-28\"");
    EXPECT_EQ(lenient("@\"2021-01-01T24:00:00\""), "@\"2021-01-02T00:00:00\"");
    EXPECT_EQ(lenient("day of week(date(\"2026-11-21\"))"), "\"Saturday\"");
}

TEST(Feel, ReadsPatternsAsXPathDoes) {
    EXPECT_EQ(lenient(R"x(matches("abracadabra", "bra"))x"), "true");
    EXPECT_EQ(lenient(R"x(matches("a\n", "a$"))x"), "false");
    EXPECT_EQ(lenient(R"x(matches("e", "[a-z-[aeiou]]"))x"), "false");
    EXPECT_EQ(lenient(R"x(matches("b", "[a-z-[aeiou]]"))x"), "true");
    EXPECT_EQ(lenient(R"x(matches("ab", "a(?=b)"))x"), "null");
    EXPECT_EQ(lenient(R"x(replace("abracadabra", "a(.)", "a$1$1"))x"), "\"abbraccaddabbra\"");
    EXPECT_EQ(lenient(R"x(matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", "^(a|aa|a+)+$"))x"), "null");
}

TEST(Feel, StrictNeverTakesTheUnknownForAnAnswer) {
    EXPECT_EQ(lenient("if null then 1 else 2"), "2");
    EXPECT_EQ(strict("if null then 1 else 2"), "undetermined");
    EXPECT_EQ(strict("every x in [] satisfies x > 1"), "undetermined");
    EXPECT_EQ(strict("{xs: [], r: count(xs) > 0 and every x in xs satisfies x > 1}.r"), "false");
    EXPECT_EQ(strict("not(null)"), "undetermined");
    EXPECT_EQ(strict("\"17\" < 18"), "undetermined");
    EXPECT_EQ(strict("{role: [null][1], r: role != \"police\"}.r"), "undetermined");
    EXPECT_EQ(strict("{role: [null][1], r: role = null}.r"), "true");
}

TEST(Feel, TakesAChainOfFiveHundredTermsAndRefusesOneOfAHundredThousand) {
    const auto chain = [](std::size_t terms) {
        std::string out = "0";
        for (std::size_t i = 0; i < terms; ++i) out += "+1";
        return out;
    };
    EXPECT_EQ(strict(chain(500)), "500");
    EXPECT_EQ(strict(chain(100'000)), "unreadable");
}

TEST(Feel, EndsWhereALimitIs) {
    EXPECT_EQ(lenient("for i in 1..1000000000000 return i"), "limit: list length");
    EXPECT_EQ(lenient(std::string(1000, '(') + "1" + std::string(1000, ')')), "unreadable");
    EXPECT_EQ(lenient("{f: function(n) f(n), g: f(1)}.g"), "null");
}
}  // namespace
}  // namespace kith::dmn
