// Facts from JSON: each becomes what its fact's type says, and a fault says where it is.
#include "dmn/cases/json.hpp"

#include <gtest/gtest.h>

#include "dmn/value/json.hpp"
#include "dmn/value/text.hpp"

namespace kith::dmn::cases {
namespace {
std::shared_ptr<const Model> model() {
    Loaded out = load({{"t.dmn",
                        R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="urn:t" name="t">
<itemDefinition name="tStay"><itemComponent name="from"><typeRef>date</typeRef></itemComponent>
<itemComponent name="for"><typeRef>days and time duration</typeRef></itemComponent></itemDefinition>
<itemDefinition name="tTags" isCollection="true"><typeRef>string</typeRef></itemDefinition>
<inputData id="a" name="stay"><variable name="stay" typeRef="tStay"/></inputData>
<inputData id="b" name="tags"><variable name="tags" typeRef="tTags"/></inputData>
<inputData id="c" name="age"><variable name="age" typeRef="number"/></inputData>
<inputData id="e" name="note"><variable name="note" typeRef="string"/></inputData>
<decision id="d" name="d"><variable name="d"/><literalExpression><text>1</text></literalExpression></decision></definitions>)"}});
    for (const Fault& fault : out.faults) ADD_FAILURE() << shown(fault);
    return out.model;
}

// The facts as literals, or the fault.
std::string facts(const std::string& text) {
    const auto known = model();
    Literals literals(*known);
    Faults faults;
    const auto read = read_json(*known, *known->find("d"), "in", text, literals, faults);
    if (!read) return shown(faults.at(0)).substr(0, shown(faults.at(0)).find('\n'));
    std::string out;
    for (const Given& one : *read) out += one.target.element->name + "=" + literal_of(one.value) + ";";
    return out;
}

TEST(FactsFromJson, AreReadAsTheirTypesSay) {
    EXPECT_EQ(facts(R"({"age": 12.50, "note": "2026-01-02", "tags": ["a", null]})"),
              "age=12.5;note=\"2026-01-02\";tags=[\"a\", null];");
    EXPECT_EQ(facts(R"( {"stay": {"from": "2026-01-02", "for": "P1DT2H"}} )"),
              "stay={from: @\"2026-01-02\", for: @\"P1DT2H\"};");
    EXPECT_EQ(facts(R"({"stay.from": "2026-01-02", "age": null, "note": "\ud83d\ude00\n\u00e9\/"})"),
              "stay=@\"2026-01-02\";age=null;note=\"\xf0\x9f\x98\x80\\n\xc3\xa9/\";");
    EXPECT_EQ(facts("{}"), "");
}

TEST(FactsFromJson, ThatAreNoneAreToldWithTheirPlace) {
    EXPECT_EQ(facts("{\"age\":\n \"12\"}"), "in:2:2: `age` is a number, and this is not");
    EXPECT_EQ(facts(R"({"aje": 1})"), "in:1:2: there is no fact `aje`");
    EXPECT_EQ(facts(R"({"age": 1, "age": 2})"), "in:1:12: `age` is said twice");
    EXPECT_EQ(facts(R"({"stay": {"from": "2026-02-30", "for": "P1D"}})"), "in:1:19: this is not a date");
    EXPECT_EQ(facts(R"({"age": 1} x)"), "in:1:12: nothing may follow the object");
    EXPECT_EQ(facts(R"({"note": "\ud83d"})"), "in:1:17: half of a character stands alone");
    for (const char* number : {"01", "+1", ".5", "1.", "nan", "1e", "0x1", "--1", "1e999999999"})
        EXPECT_EQ(facts(std::string("{\"age\": ") + number + "}"),
                  "in:1:9: this is no value of JSON, or a number out of range")
            << number;
    EXPECT_EQ(facts("[1]"), "in:1:1: `{` is expected here");
    EXPECT_EQ(facts(""), "in:1:1: `{` is expected here");
    EXPECT_NE(facts("{\"tags\": " + std::string(5000, '[')).find("nested too deeply"), std::string::npos);
}

TEST(Json, OfAValueIsOneThatAScriptReads) {
    const auto known = model();
    Session session(known);
    EXPECT_EQ(json_of(*session.read(R"x({a b: [1.50, "x\"y", null], c: true, d: @"2026-03-29", e: [1..5)})x")),
              R"x({"a b":[1.5,"x\"y",null],"c":true,"d":"2026-03-29","e":"[1..5)"})x");
    EXPECT_EQ(json_text("a\n\x01\\"), "\"a\\u000a\\u0001\\\\\"");
}
}  // namespace
}  // namespace kith::dmn::cases
