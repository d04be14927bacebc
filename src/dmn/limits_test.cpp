// Files made to harm are refused, in bounded time, with a fault that says where.
#include <gtest/gtest.h>

#include "dmn/model/model.hpp"

namespace kith::dmn {
namespace {
std::string model(const std::string& inside, const std::string& head = "") {
    return "<?xml version=\"1.0\"?>" + head +
           "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" namespace=\"urn:t\" name=\"t\">" +
           inside + "</definitions>";
}
std::string decision(const std::string& text) {
    return "<decision id=\"a\" name=\"A\"><variable name=\"A\"/><literalExpression><text>" + text +
           "</text></literalExpression></decision>";
}
std::string first_fault(std::vector<SourceFile> files) {
    const Loaded loaded = load(std::move(files));
    EXPECT_TRUE(loaded.model == nullptr);
    return loaded.faults.empty() ? "none" : shown(loaded.faults.front());
}

TEST(Limits, AnExpandingEntityIsRefused) {
    const std::string bomb = "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>";
    EXPECT_NE(first_fault({{"t.dmn", model("", bomb)}}).find("a document type is not allowed here"), std::string::npos);
}

TEST(Limits, DeepElementsAreRefused) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<context>";
    EXPECT_NE(first_fault({{"t.dmn", model(deep)}}).find("nested too deeply"), std::string::npos);
}

TEST(Limits, AFaultShowsItsPlaceAndACaret) {
    EXPECT_EQ(first_fault({{"t.dmn", model("\n" + decision("1 + \n  police"))}}),
              "t.dmn:3:3: decision \"A\": `police` is not a name in scope; a text stands in quotes\n      police\n     "
              " ^^^^^^\n");
}

TEST(Limits, ACircleOfDecisionsIsRefused) {
    const auto one = [](const std::string& name, const std::string& other) {
        return "<decision id=\"" + name + "\" name=\"" + name + "\"><variable name=\"" + name +
               "\"/><informationRequirement><requiredDecision href=\"#" + other +
               "\"/></informationRequirement><literalExpression><text>1</text></literalExpression></decision>";
    };
    EXPECT_NE(first_fault({{"t.dmn", model(one("a", "b") + one("b", "a"))}}).find("requires itself"),
              std::string::npos);
}

TEST(Limits, ATypeMadeOfItselfIsRefused) {
    EXPECT_NE(first_fault(
                  {{"t.dmn", model("<itemDefinition name=\"t\"><itemComponent "
                                   "name=\"x\"><typeRef>t</typeRef></itemComponent></itemDefinition>"
                                   "<inputData id=\"i\" name=\"i\"><variable name=\"i\" typeRef=\"t\"/></inputData>")}})
                  .find("made of itself"),
              std::string::npos);
}

TEST(Limits, AThousandFaultsAreNotAThousandCopiesOfTheText) {
    std::string many = "1";
    for (int i = 0; i < 20'000; ++i) many += ", nobody" + std::to_string(i);
    const Loaded loaded = load({{"t.dmn", model(decision("[" + many + "]"))}});
    EXPECT_TRUE(loaded.model == nullptr);
    EXPECT_LE(loaded.faults.size(), 200U);
    for (const Fault& fault : loaded.faults) EXPECT_LE(fault.text.size(), 400U);
}

TEST(Limits, AnElementOfALaterVersionIsRefused) {
    EXPECT_NE(first_fault({{"t.dmn", model("<decision id=\"a\" name=\"A\"><conditional/></decision>")}})
                  .find("came with DMN 1.4"),
              std::string::npos);
}

TEST(Limits, PriorityWithoutOutputValuesIsRefused) {
    EXPECT_NE(first_fault({{"t.dmn", model("<decision id=\"a\" name=\"A\"><decisionTable "
                                           "hitPolicy=\"PRIORITY\"><output/></decisionTable></decision>")}})
                  .find("output values"),
              std::string::npos);
}
}  // namespace
}  // namespace kith::dmn
