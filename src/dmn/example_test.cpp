// The example of README.md, word for word.
#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <sstream>

// [example]
#include "dmn/session.hpp"
#include "dmn/value/text.hpp"

std::string answer(const std::string& xml) {
    using namespace kith;

    const dmn::Loaded loaded = dmn::load({{"library.dmn", xml}});
    if (!loaded.model) return dmn::shown(loaded.faults.front());  // file, line, rule, cell and a caret

    dmn::Session session(loaded.model);  // one a thread; the model is shared
    if (!session.give("age", dmn::Value::of(std::int64_t{17}))) return "no such fact";
    if (!session.give("kind", session.text("novel"))) return "no such fact";

    const dmn::Outcome outcome = session.decide("weeks");
    if (!outcome.determined) return "a person has to decide: " + std::string(outcome.why);
    const std::string weeks = dmn::literal_of(outcome.value);
    return weeks + " weeks\n" + dmn::sentences(session.explain(*loaded.model->find("weeks")));
}
// [/example]

namespace {
constexpr const char* kModel =
    R"x(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="urn:library" name="library">
<itemDefinition name="tAge"><typeRef>number</typeRef><allowedValues><text>[0..120], null</text></allowedValues></itemDefinition>
<inputData id="i1" name="age"><variable name="age" typeRef="tAge"/></inputData>
<inputData id="i2" name="kind"><variable name="kind" typeRef="string"/></inputData>
<decision id="d" name="weeks"><variable name="weeks" typeRef="number"/>
<informationRequirement><requiredInput href="#i1"/></informationRequirement>
<informationRequirement><requiredInput href="#i2"/></informationRequirement>
<decisionTable hitPolicy="FIRST"><input label="age"><inputExpression><text>age</text></inputExpression></input>
<input label="kind"><inputExpression><text>kind</text></inputExpression></input><output name="weeks"/>
<rule><description>by-law 4</description><inputEntry><text>&gt;= 18</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>4</text></outputEntry></rule>
<rule><inputEntry><text>-</text></inputEntry><inputEntry><text>"novel"</text></inputEntry><outputEntry><text>3</text></outputEntry></rule>
<rule><inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
</decisionTable></decision></definitions>)x";

std::string read(const std::string& path) {
    std::ifstream file(path);
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

TEST(Example, AnswersAndSaysWhy) {
    const std::string out = answer(kModel);
    EXPECT_EQ(out.substr(0, 8), "3 weeks\n");
    EXPECT_NE(out.find("rests on rule 2"), std::string::npos) << out;
    EXPECT_NE(
        out.find("rule 1 (by-law 4) asks that age is >= 18, seen was 17; with 18 it would have changed the answer"),
        std::string::npos)
        << out;
}

TEST(Example, IsTheOneOfTheReadme) {
    const std::string source = read(KITH_SOURCE_DIR "/src/dmn/example_test.cpp"),
                      readme = read(KITH_SOURCE_DIR "/src/dmn/README.md");
    const std::size_t from = source.find("// [example]\n") + 13, to = source.find("// [/example]");
    ASSERT_LT(from, to);
    EXPECT_NE(readme.find(source.substr(from, to - from)), std::string::npos);
}
}  // namespace
