// What is not known in a table: cells that name null, rules that are undecided together, types that narrow others; the
// evaluator, the compiled table and the verifier say the same.
#include <gtest/gtest.h>

#include "dmn/session.hpp"
#include "dmn/table/compiled.hpp"
#include "dmn/table/decide.hpp"
#include "dmn/value/text.hpp"
#include "dmn/verify/check.hpp"

namespace kith::dmn {
namespace {
std::string rule(const std::string& in, const std::string& out) {
    return "<rule><inputEntry><text>" + in + "</text></inputEntry><outputEntry><text>" + out +
           "</text></outputEntry></rule>";
}

// One column over `x` of the type `tX`.
std::shared_ptr<const Model> one_column(const std::string& types, const std::string& attributes,
                                        const std::string& output, const std::string& rules) {
    const Loaded out = load(
        {{"t.dmn", R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="urn:t" name="t">)" +
                       types + R"(<inputData id="i" name="x"><variable name="x" typeRef="tX"/></inputData>
<decision id="d" name="d"><variable name="d"/><informationRequirement><requiredInput href="#i"/></informationRequirement>
<decisionTable )" + attributes +
                       R"(><input><inputExpression><text>x</text></inputExpression></input>)" + output + rules +
                       "</decisionTable></decision></definitions>"}});
    for (const Fault& fault : out.faults) ADD_FAILURE() << shown(fault);
    return out.model;
}

std::string type(const std::string& base, const std::string& allowed, const std::string& name = "tX") {
    return "<itemDefinition name=\"" + name + "\"><typeRef>" + base + "</typeRef><allowedValues><text>" + allowed +
           "</text></allowedValues></itemDefinition>";
}

std::string answer(const std::shared_ptr<const Model>& model, const std::string& literal) {
    Session session(model);
    EXPECT_TRUE(session.give("x", *session.read(literal)));
    const Outcome out = session.decide("d");
    return out.determined ? literal_of(out.value) : "undetermined";
}

const std::string kOutput = "<output name=\"d\"/>";

TEST(ATable, WithCellsThatNameNullIsCompiledAndAnswersAsInterpreted) {
    const std::vector<std::pair<std::string, std::vector<std::string>>> columns = {
        {type("string", "\"a\", \"b\", null"), {"null", "\"a\"", "\"b\""}},
        {type("boolean", "true, false, null"), {"null", "true", "false"}},
        {type("number", "[0..9], null"), {"null", "0", "5", "9"}},
    };
    for (const auto& [types, values] : columns)
        for (const std::string& cell : {std::string("!= null"), std::string("= null"), std::string("not(!= null)"),
                                        "!= null, " + values.back(), "not(null, " + values[1] + ")"}) {
            const auto model = one_column(types, "hitPolicy=\"FIRST\"", kOutput, rule(cell, "1") + rule("-", "2"));
            ASSERT_TRUE(model);
            const Table& table = *model->tables().front();
            ASSERT_TRUE(table.compiled != nullptr) << cell;
            Arena arena;
            Evaluator e(arena, model->zones(), Mode::strict, {});
            Session session(model);
            for (const std::string& literal : values) {
                const Value value = *session.read(literal);
                const auto fast = decide_compiled(e, table, std::span(&value, 1), nullptr);
                ASSERT_TRUE(fast.has_value()) << cell << " on " << literal;
                EXPECT_EQ(literal_of(*fast), literal_of(interpret(e, table, std::span(&value, 1), nullptr)))
                    << cell << " on " << literal;
            }
        }
}

TEST(ATable, IsUndeterminedWhereUndecidedRulesCouldClashThoughEachGivesTheDefault) {
    const std::string output = "<output name=\"d\"><defaultOutputEntry><text>1</text></defaultOutputEntry></output>";
    const std::string rules = rule("&lt; 5", "1") + rule("&gt; 3", "1");
    const auto unique = one_column(type("number", "[0..9], null"), "hitPolicy=\"UNIQUE\"", output, rules);
    EXPECT_EQ(answer(unique, "1"), "1");
    EXPECT_EQ(answer(unique, "4"), "undetermined");
    EXPECT_EQ(answer(unique, "null"), "undetermined");
    const auto first = one_column(type("number", "[0..9], null"), "hitPolicy=\"FIRST\"", output, rules);
    EXPECT_EQ(answer(first, "null"), "1");
    const auto sum =
        one_column(type("number", "[0..9], null"), "hitPolicy=\"COLLECT\" aggregation=\"SUM\"", output, rules);
    EXPECT_EQ(answer(sum, "null"), "undetermined");
    for (const auto& model : {unique, sum, first}) {
        const auto report = verify::check(*model, *model->tables().front());
        const bool open = std::any_of(report.findings.begin(), report.findings.end(), [](const verify::Finding& one) {
            return one.kind == verify::FindingKind::undetermined;
        });
        EXPECT_EQ(open, model != first);
    }
}

TEST(ATable, OverAListIsProvedWhereItsCellsAskWhatItContains) {
    const std::string types =
        type("string", "\"a\", \"b\"", "tItem") +
        "<itemDefinition name=\"tX\" isCollection=\"true\"><typeRef>tItem</typeRef></itemDefinition>";
    const std::string known =
        rule("? != null and list contains(?, \"a\")", "1") + rule("? != null and not(list contains(?, \"a\"))", "2");
    for (const std::string& rules :
         {rule("list contains(?, \"a\")", "1") + rule("not(list contains(?, \"a\"))", "2"), known,
          known + rule("null", "3"),
          rule("list contains(?, \"a\"), null", "1") + rule("not(list contains(?, \"a\"), null)", "2")}) {
        const auto model = one_column(types, "hitPolicy=\"UNIQUE\"", kOutput, rules);
        ASSERT_TRUE(model);
        const auto report = verify::check(*model, *model->tables().front());
        EXPECT_TRUE(report.complete()) << rules << (report.not_analysed.empty() ? "" : report.not_analysed.front());
        for (const verify::Finding& one : report.findings)
            EXPECT_TRUE(one.kind == verify::FindingKind::never_fires) << one.message;
    }
    const auto holed = one_column(types, "hitPolicy=\"UNIQUE\"", kOutput, rule("list contains(?, \"a\")", "1"));
    const auto report = verify::check(*holed, *holed->tables().front());
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_EQ(report.findings.front().kind, verify::FindingKind::gap);
    EXPECT_EQ(answer(holed, "[\"b\"]"), "null");
    EXPECT_EQ(answer(holed, "[\"b\", \"a\"]"), "1");
}

TEST(AType, ThatNarrowsAnotherAllowsNoMoreThanThatOneDoes) {
    const std::string types = type("number", "[0..120], null", "tAge") + type("tAge", "&gt;= 18, null");
    const auto model = one_column(types, "hitPolicy=\"FIRST\"", kOutput, rule("null", "0") + rule("-", "1"));
    EXPECT_EQ(answer(model, "18"), "1");
    EXPECT_EQ(answer(model, "17"), "undetermined");
    EXPECT_EQ(answer(model, "121"), "undetermined");
    EXPECT_EQ(answer(model, "null"), "0");
    const std::string known = type("number", "[0..120]", "tAge") + type("tAge", "&gt;= 18, null");
    const auto never = one_column(known, "hitPolicy=\"FIRST\"", kOutput, rule("null", "0") + rule("-", "1"));
    EXPECT_EQ(answer(never, "null"), "undetermined");
    const auto report = verify::check(*never, *never->tables().front());
    const bool idle = std::any_of(report.findings.begin(), report.findings.end(), [](const verify::Finding& one) {
        return one.kind == verify::FindingKind::never_fires && one.rules == std::vector<std::uint32_t>{1};
    });
    EXPECT_TRUE(idle);
}
}  // namespace
}  // namespace kith::dmn
