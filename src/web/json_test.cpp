#include "web/json.hpp"

#include <gtest/gtest.h>

namespace kith::web {
namespace {

constexpr std::size_t kRoom = 100'000;

std::string field_of(std::string_view text) {
    const auto read = parse_json(text, kRoom);
    return read ? "taken" : std::string(read.error().field);
}
std::string again(std::string_view text) {
    const auto read = parse_json(text, kRoom);
    return read ? to_text(*read) : "refused: " + std::string(read.error().what);
}
std::string nested(std::size_t deep) { return std::string(deep, '[') + std::string(deep, ']'); }

TEST(Json, IsReadAndWrittenBackAsItWas) {
    EXPECT_EQ(again(R"( { "a" : [ 1 , -2.50e3 , true , false , null , "x" , { } , [ ] ] } )"),
              R"({"a":[1,-2.50e3,true,false,null,"x",{},[]]})");
    EXPECT_EQ(again(R"("é \u00e9 \ud83d\ude00 \"\\\/\n\u0001")"), "\"é é 😀 \\\"\\\\/\\u000a\\u0001\"");
    EXPECT_EQ(again("18446744073709551615"), "18446744073709551615");
    EXPECT_EQ(again("0.1234567890123456789012345678901234567890"), "0.1234567890123456789012345678901234567890");
}

TEST(Json, FindsMembersByName) {
    const Json read = parse_json(R"({"one":"1","two":true})", kRoom).value();
    ASSERT_NE(read.find("one"), nullptr);
    EXPECT_EQ(read.find("one")->text(), "1");
    EXPECT_TRUE(read.find("two")->is_true());
    EXPECT_EQ(read.find("three"), nullptr);
}

TEST(Json, RefusesWhatIsNoJson) {
    for (const std::string_view text : {"",
                                        " ",
                                        "{",
                                        "}",
                                        "[1,]",
                                        "{\"a\":1,}",
                                        "{a:1}",
                                        "{'a':1}",
                                        "01",
                                        "+1",
                                        ".5",
                                        "1.",
                                        "NaN",
                                        "Infinity",
                                        "tru",
                                        "\"\\x\"",
                                        "\"a\nb\"",
                                        "[1] 2",
                                        "{} {}",
                                        "// no\n{}",
                                        "/* no */{}",
                                        "\xEF\xBB\xBF{}",
                                        "[\"a\" \"b\"]",
                                        "\"\\ud800\"",
                                        "\"\\udc00\\ud800\"",
                                        "\"\\u12\""})
        EXPECT_EQ(field_of(text), "json_syntax") << text;
}

TEST(Json, RefusesTextThatIsNoUtf8) {
    for (const std::string_view text :
         {"\"\xC3\x28\"", "\"\xC0\xAF\"", "\"\xED\xA0\x80\"", "\"\xF4\x90\x80\x80\"", "\"\xE2\x82\"", "{\"\xFF\":1}"})
        EXPECT_EQ(field_of(text), "json_syntax") << text;
    EXPECT_EQ(field_of("\"\xE2\x82\xAC\""), "taken");
}

TEST(Json, RefusesANumberThatNoDoubleHolds) {
    EXPECT_EQ(field_of("1e999"), "json_number");
    EXPECT_EQ(field_of("[-1e400]"), "json_number");
    EXPECT_EQ(field_of("1e308"), "taken");
    EXPECT_EQ(field_of("1e-999"), "taken") << "which is nought";
}

TEST(Json, RefusesANameThatStandsTwiceInOneObject) {
    EXPECT_EQ(field_of(R"({"a":1,"a":1})"), "json_twice");
    EXPECT_EQ(field_of(R"({"x":{"a":1,"b":2,"\u0061":3}})"), "json_twice") << "however it is written";
    EXPECT_EQ(field_of(R"({"a":{"a":1},"b":{"a":1}})"), "taken");
}

TEST(Json, RefusesAnObjectOfVeryManyNames) {
    const auto with = [](int names) {
        std::string out = "{";
        for (int i = 0; i < names; ++i) out += (i == 0 ? "\"n" : ",\"n") + std::to_string(i) + "\":1";
        return out + '}';
    };
    EXPECT_EQ(field_of(with(200)), "taken");
    EXPECT_EQ(field_of(with(201)), "json_names");
}

TEST(Json, RefusesWhatIsTooDeepAndTakesWhatIsJustDeepEnough) {
    EXPECT_EQ(field_of(nested(kMostJsonDepth)), "taken");
    EXPECT_EQ(field_of(nested(kMostJsonDepth + 1)), "json_deep");
    EXPECT_EQ(field_of(std::string(kRoom, '[')), "json_deep");
}

TEST(Json, RefusesMoreThanThereIsRoomFor) {
    EXPECT_EQ(parse_json("[1,2]", 4).error().code, Code::too_large);
    EXPECT_TRUE(parse_json("[1,2]", 5).has_value());
}

}  // namespace
}  // namespace kith::web
