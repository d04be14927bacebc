#include "match/name_key.hpp"

#include <gtest/gtest.h>

namespace kith::match {
namespace {

TEST(NameKey, SpellingsOfOneNameAreTheSame) {
    EXPECT_EQ(name_key("Zoë  O'Brien"), "zoe obrien");
    EXPECT_EQ(name_key("ZOE O’BRIEN"), name_key("zoë o'brien"));
    EXPECT_EQ(name_key("“Peaches”"), "peaches");
    EXPECT_EQ(name_key(" - "), "");
    EXPECT_NE(name_key("Peaches"), name_key("Peach"));
}

TEST(NameKey, AListIsReadAsPeopleTypeIt) {
    EXPECT_EQ(name_keys("Jay, \"Peaches\" and Kofi; jay\n"), (std::vector<std::string>{"jay", "peaches", "kofi"}));
}

}  // namespace
}  // namespace kith::match
