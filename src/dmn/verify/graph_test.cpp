// Tables together, and two versions of one.
#include <gtest/gtest.h>

#include "dmn/table/decide.hpp"
#include "dmn/verify/difference.hpp"
#include "dmn/verify/generate.hpp"
#include "dmn/verify/graph.hpp"
#include "dmn/verify/property.hpp"

namespace kith::dmn::verify {
namespace {

std::shared_ptr<const Model> loaded(const std::string& xml) {
    Loaded out = load({{"t.dmn", xml}});
    for (const Fault& fault : out.faults) ADD_FAILURE() << shown(fault);
    return out.model;
}

std::string rule(const std::vector<std::string>& in, const std::string& out) {
    std::string text = "<rule>";
    for (const std::string& cell : in) text += "<inputEntry><text>" + generated::escaped(cell) + "</text></inputEntry>";
    return text + "<outputEntry><text>" + out + "</text></outputEntry></rule>";
}

// Age decides a band, the band and consent decide the answer.
std::string two_tables(const std::string& bands, const std::string& answers, const std::string& more = "") {
    return R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="https://example.org/t" name="t">
<itemDefinition name="Age"><typeRef>number</typeRef><allowedValues><text>? = floor(?) and ? in [0..120]</text></allowedValues></itemDefinition>
<inputData name="Age" id="age"><variable name="Age" typeRef="Age"/></inputData>
<inputData name="Consent" id="consent"><variable name="Consent" typeRef="boolean"/></inputData>)" +
           more + R"(<decision name="Band" id="band"><variable name="Band" typeRef="string"/>
<informationRequirement><requiredInput href="#age"/></informationRequirement>
<decisionTable hitPolicy="UNIQUE"><input><inputExpression><text>Age</text></inputExpression></input><output name="band" typeRef="string"/>)" +
           bands + R"(</decisionTable></decision>
<decision name="Answer" id="answer"><variable name="Answer" typeRef="string"/>
<informationRequirement><requiredDecision href="#band"/></informationRequirement>
<informationRequirement><requiredInput href="#consent"/></informationRequirement>
<decisionTable hitPolicy="UNIQUE"><input><inputExpression><text>Band</text></inputExpression></input>
<input><inputExpression><text>Consent</text></inputExpression></input><output name="answer" typeRef="string"/>)" +
           answers + "</decisionTable></decision></definitions>";
}

const std::string kBands = rule({"< 13"}, "\"child\"") + rule({"[13..17]"}, "\"young\"") + rule({">= 18"}, "\"adult\"");

std::vector<std::string> messages(const ModelReport& report) {
    std::vector<std::string> out;
    for (const TableReport& table : report.tables)
        for (const Finding& one : table.findings) out.push_back(one.message);
    for (const Finding& one : report.findings) out.push_back(one.message);
    return out;
}

TEST(VerifierOfAModel, SaysWhichOutcomeTheNextTableDoesNotTake) {
    const auto model =
        loaded(two_tables(kBands, rule({"\"child\"", "-"}, "\"share\"") + rule({"\"adult\"", "true"}, "\"share\"") +
                                      rule({"\"adult\"", "false"}, "\"ask\"")));
    const auto found = messages(check(*model));
    EXPECT_TRUE(std::count(found.begin(), found.end(), "\"Band\" can give \"young\", which no rule here takes") == 1)
        << ::testing::PrintToString(found);
}

TEST(VerifierOfAModel, HoldsAResultToWhatTheOtherDecisionCanGive) {
    const auto model = loaded(
        two_tables(kBands, rule({"\"child\", \"young\"", "-"}, "\"share\"") + rule({"\"adult\"", "-"}, "\"ask\"")));
    const ModelReport report = check(*model);
    EXPECT_TRUE(report.complete());
    for (const TableReport& table : report.tables)
        for (const Finding& one : table.findings) EXPECT_NE(one.kind, FindingKind::gap) << one.message;
}

TEST(VerifierOfAModel, NamesAGapThatAnotherDecisionCanReach) {
    const auto model = loaded(
        two_tables(kBands, rule({"\"child\", \"young\"", "-"}, "\"share\"") + rule({"\"adult\"", "true"}, "\"ask\"")));
    const ModelReport report = check(*model);
    std::size_t gaps = 0;
    for (const TableReport& table : report.tables)
        for (const Finding& one : table.findings) {
            if (one.kind != FindingKind::gap) continue;
            ++gaps;
            EXPECT_FALSE(one.if_together);
            ASSERT_EQ(one.region.front().size(), 2U);
            EXPECT_EQ(one.region.front()[0].test, "\"adult\"");
            EXPECT_EQ(one.region.front()[1].test, "false");
            EXPECT_EQ(one.example->answer, "no rule");
        }
    EXPECT_EQ(gaps, 1U);
}

TEST(VerifierOfAModel, SaysWhatNothingAsksFor) {
    const auto model = loaded(two_tables(
        kBands, rule({"-", "-"}, "\"ask\""),
        R"(<inputData name="Shoe size" id="shoe"><variable name="Shoe size" typeRef="number"/></inputData>)"));
    const auto found = messages(check(*model));
    EXPECT_TRUE(std::count(found.begin(), found.end(), "nothing asks for \"Shoe size\"") == 1);
    EXPECT_TRUE(
        std::count(found.begin(), found.end(), "input \"Consent\" decides nothing: every cell takes every value") == 1);
}

// A property table beside the two.
std::string with_properties(const std::string& model, const std::string& rows) {
    const std::string table =
        R"(<decision name="Promises" id="promises"><variable name="Promises"/>
<informationRequirement><requiredInput href="#age"/></informationRequirement>
<informationRequirement><requiredInput href="#consent"/></informationRequirement>
<informationRequirement><requiredDecision href="#answer"/></informationRequirement>
<decisionTable hitPolicy="COLLECT"><input><inputExpression><text>Age</text></inputExpression></input>
<input><inputExpression><text>Consent</text></inputExpression></input>
<input><inputExpression><text>Answer</text></inputExpression></input><output name="promise" typeRef="string"/>)";
    return model.substr(0, model.rfind("</definitions>")) + table + rows + "</decisionTable></decision></definitions>";
}

TEST(VerifierOfAModel, ProvesAPropertyOverAllItsTablesOrSaysWhichFactsRefuteIt) {
    const std::string answers = rule({"\"child\", \"young\"", "-"}, "\"share\"") +
                                rule({"\"adult\"", "true"}, "\"share\"") + rule({"\"adult\"", "false"}, "\"ask\"");
    const auto model = loaded(with_properties(
        two_tables(kBands, answers),
        rule({"< 18", "-", "\"ask\""}, "\"never\"") + rule({"-", "false", "\"share\""}, "\"never\"") +
            rule({"< 18", "-", "\"share\""}, "\"always\"") + rule({"> 17", "-", "\"ask\""}, "\"always\"")));
    const auto found = prove(*model, *model->find("Promises"));
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found[0].proof, Proof::proved) << found[0].why_not;
    EXPECT_EQ(found[1].proof, Proof::refuted);
    EXPECT_EQ(found[1].counter->answer, "Answer = \"share\"");
    EXPECT_EQ(found[2].proof, Proof::proved) << found[2].why_not;
    EXPECT_EQ(found[3].proof, Proof::refuted);
    EXPECT_EQ(found[3].counter->answer, "Answer = \"share\"");
}

TEST(VerifierOfAModel, DoesNotCallAPropertyProvedWhenItsBudgetEnds) {
    const auto model = loaded(with_properties(two_tables(kBands, rule({"-", "-"}, "\"ask\"")),
                                              rule({"< 18", "-", "\"share\""}, "\"never\"")));
    Options options;
    options.work = 3;
    for (const Property& one : prove(*model, *model->find("Promises"), options)) EXPECT_EQ(one.proof, Proof::open);
}

TEST(VerifierOfTwoVersions, SaysExactlyWhereTheyDiffer) {
    const std::string answers = rule({"-", "-"}, "\"ask\"");
    const auto before = loaded(two_tables(kBands, answers));
    const auto after = loaded(two_tables(
        rule({"< 12"}, "\"child\"") + rule({"[12..17]"}, "\"young\"") + rule({">= 18"}, "\"adult\""), answers));
    const Difference found = difference(*before, *before->tables()[0], *after, *after->tables()[0]);
    EXPECT_TRUE(found.proved) << found.why_not;
    ASSERT_EQ(found.changes.size(), 1U);
    const Change& change = found.changes.front();
    EXPECT_EQ(change.before, "\"child\"");
    EXPECT_EQ(change.after, "\"young\"");
    ASSERT_EQ(change.rows.size(), 1U);
    EXPECT_EQ(change.rows.front().front().test, "12");
    EXPECT_EQ(change.rules_before, std::vector<std::uint32_t>{1});
    EXPECT_EQ(change.rules_after, std::vector<std::uint32_t>{2});
    EXPECT_EQ(change.old_example->answer, "\"child\"");
    EXPECT_EQ(change.new_example->answer, "\"young\"");
}

// The text of a row's condition, read as a cell and put to the value.
bool holds(const std::string& test, const Value& value, Evaluator& evaluator) {
    NameSet names;
    Faults faults;
    ParseWorld world{evaluator.arena(), evaluator.zones(), [](std::string_view) { return nullptr; }, names, {}};
    const Node* cell =
        Parser(world, evaluator.arena().keep(std::string_view(test)), nullptr, faults).unary_tests(&types::any);
    EXPECT_TRUE(cell != nullptr && faults.empty()) << test;
    return cell != nullptr && match(evaluator, *cell, value, nullptr) == Match::yes;
}

bool holds(const Row& row, const Space& space, const Point& point, Evaluator& evaluator) {
    for (const Condition& condition : row)
        for (std::size_t d = 0; d < point.size(); ++d)
            if (space.dimensions[d].label == condition.input &&
                !holds(condition.test, space.dimensions[d].atoms[point[d]].witness, evaluator))
                return false;
    return true;
}

TEST(VerifierOfTwoVersions, AgreesWithBothEvaluatorsOnEveryRowAndNowhereElse) {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        generated::Random random(seed);
        generated::TableText old_text = generated::small(random), new_text = old_text;
        const std::size_t r = generated::below(random, new_text.rules.size());
        const std::size_t c = generated::below(random, new_text.inputs.size());
        if (generated::below(random, 3) == 0)
            new_text.rules.erase(new_text.rules.begin() + static_cast<std::ptrdiff_t>(r));
        else
            new_text.rules[r].cells[c] = generated::cell(random, new_text.inputs[c]);
        const auto before = loaded(generated::model(old_text)), after = loaded(generated::model(new_text));
        const Table &x = *before->tables()[0], &y = *after->tables()[0];
        const Difference found = difference(*before, x, *after, y);
        EXPECT_TRUE(found.proved) << found.why_not;
        Constants constants(before->zones());
        const Space space = make_space({&x, &y}, constants);
        const Replay old_replay(*before, x, space), new_replay(*after, y, space);
        Arena arena;
        Evaluator evaluator(arena, before->zones(), Mode::strict, {});
        Point point(space.dimensions.size(), 0);
        for (bool more = true; more;) {
            const Value a = old_replay.run(evaluator, point), b = new_replay.run(evaluator, point);
            const bool same = a.is_undetermined() || b.is_undetermined() ? a.is_undetermined() && b.is_undetermined()
                                                                         : equal(a, b) == Truth::yes;
            std::size_t rows = 0;
            for (const Change& change : found.changes)
                for (const Row& row : change.rows)
                    if (holds(row, space, point, evaluator)) ++rows;
            EXPECT_EQ(rows, same ? 0U : 1U);
            more = false;
            for (std::size_t d = 0; d < point.size() && !more; ++d) {
                more = ++point[d] < space.dimensions[d].atoms.size();
                if (!more) point[d] = 0;
            }
        }
        ASSERT_FALSE(HasFailure()) << "seed " << seed << "\n"
                                   << generated::model(old_text) << "\n"
                                   << generated::model(new_text);
    }
}

}  // namespace
}  // namespace kith::dmn::verify
