// Files of cases: what is read is what is printed, a fault says where it is, and a case holds when the decision answers
// as it says, and only then.
#include <gtest/gtest.h>

#include <random>

#include "dmn/cases/run.hpp"
#include "dmn/explain/answer.hpp"
#include "dmn/generate/tables.hpp"
#include "dmn/verify/graph.hpp"

namespace kith::dmn::cases {
namespace {
constexpr const char* kHead =
    R"x(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="urn:library" name="library">
<itemDefinition name="tAge"><typeRef>number</typeRef><allowedValues><text>[0..120], null</text></allowedValues></itemDefinition>
<itemDefinition name="tReader"><itemComponent name="card no."><typeRef>string</typeRef></itemComponent>
<itemComponent name="since"><typeRef>date</typeRef></itemComponent></itemDefinition>
<inputData id="i1" name="reader's age"><variable name="reader's age" typeRef="tAge"/></inputData>
<inputData id="i2" name="kind"><variable name="kind" typeRef="string"/></inputData>
<inputData id="i3" name="reader"><variable name="reader" typeRef="tReader"/></inputData>)x";

std::string requires_all() {
    return R"(<informationRequirement><requiredInput href="#i1"/></informationRequirement>
<informationRequirement><requiredInput href="#i2"/></informationRequirement>
<informationRequirement><requiredInput href="#i3"/></informationRequirement>)";
}

std::string column(const std::string& text) {
    return "<input label=\"" + text + "\"><inputExpression><text>" + text + "</text></inputExpression></input>";
}

std::string rule(const std::vector<std::string>& in, const std::vector<std::string>& out) {
    std::string text = "<rule>";
    for (const std::string& cell : in) text += "<inputEntry><text>" + cell + "</text></inputEntry>";
    for (const std::string& cell : out) text += "<outputEntry><text>" + cell + "</text></outputEntry>";
    return text + "</rule>";
}

std::string decision(const std::string& name, const std::string& policy, const std::string& body) {
    return "<decision id=\"" + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\"/>" + requires_all() +
           "<decisionTable hitPolicy=\"" + policy + "\">" + body + "</decisionTable></decision>";
}

std::shared_ptr<const Model> library() {
    const std::string weeks = column("reader's age") + column("kind") +
                              "<output name=\"weeks\" typeRef=\"number\"/><output name=\"fee\" typeRef=\"number\"/>" +
                              rule({"&gt;= 18", "\"novel\""}, {"4", "1.50"}) +
                              rule({"&lt; 18", "\"novel\""}, {"3", "0"}) + rule({"-", "\"map\""}, {"1", "0"});
    const std::string shelves = column("kind") + column("reader.since") + "<output typeRef=\"string\"/>" +
                                rule({"\"novel\"", "-"}, {"\"red\""}) +
                                rule({"-", "&lt; @\"2020-01-01\""}, {"\"blue\""}) +
                                rule({"\"novel\"", "-"}, {"\"red\""});
    const std::string both = column("kind") +
                             "<output name=\"a\" typeRef=\"string\"/><output name=\"b\" typeRef=\"number\"/>" +
                             rule({"\"novel\""}, {"\"x\"", "1"}) + rule({"\"novel\""}, {"\"y\"", "2"});
    Loaded out = load(
        {{"library.dmn", kHead + decision("loan", "UNIQUE", weeks) + decision("shelf", "COLLECT", shelves) +
                             decision("queue", "RULE ORDER", shelves) + decision("pairs", "COLLECT", both) +
                             decision("agreed", "ANY",
                                      column("kind") + "<output name=\"a\" typeRef=\"string\"/>" +
                                          rule({"\"novel\""}, {"\"x\""}) + rule({"\"novel\", \"map\""}, {"\"x\""})) +
                             "</definitions>"}});
    for (const Fault& fault : out.faults) ADD_FAILURE() << shown(fault);
    return out.model;
}

Ran ran(const std::string& text) {
    const Read file = read("library.cases", text);
    Ran out;
    out.faults = file.faults;
    if (file.file) out = run(*file.file, library());
    return out;
}

// What came of the one case, under the decision.
std::string outcome(const std::string& decision, const std::string& one) {
    const Ran out = ran("model library.dmn\ndecision " + decision + "\n" + one + "\n");
    if (!out.faults.empty()) return shown(out.faults.front());
    return out.results.front().held ? "held" : out.results.front().why_not;
}

std::string fault_of(const std::string& line) {
    const Ran out = ran("model library.dmn\ndecision loan\n" + line);
    return out.faults.empty() ? "" : shown(out.faults.front());
}

TEST(Cases, HoldWhereTheDecisionAnswersAsTheySay) {
    EXPECT_EQ(outcome("loan", "a: reader's age = 20, kind = \"novel\" -> weeks = 4, fee = 1.5"), "held");
    EXPECT_EQ(outcome("loan", "a: reader's age = 20, kind = \"novel\" -> fee = 1.50 [rules 1]"), "held");
    EXPECT_EQ(outcome("loan", "a: reader's age = 20, kind = \"novel\" -> weeks = 3"), "`weeks` differs");
    EXPECT_EQ(outcome("loan", "a: reader's age = 20, kind = \"novel\" -> weeks = 4 [rules 1, 3]"),
              "it rests on rule 1");
    EXPECT_EQ(outcome("loan", "a: kind = \"map\" -> weeks = 1 [rules 3]"), "held");
    EXPECT_EQ(outcome("loan", "a: kind = \"atlas\" -> no rule"), "held");
    EXPECT_EQ(outcome("loan", "a: kind = \"atlas\" -> weeks = 1"), "no rule matches");
    EXPECT_EQ(outcome("loan", "a: kind = \"map\" -> no rule"), "a rule matches, or there is a default");
    EXPECT_EQ(outcome("loan", "a: kind = \"map\" -> loan = {weeks: 1, fee: 0}"), "held");
    EXPECT_EQ(outcome("agreed", "a: kind = \"novel\" -> a = \"x\" [rules 1, 2]"), "held");
    EXPECT_EQ(outcome("agreed", "a: kind = \"novel\" -> a = \"x\" [rules 1]"), "it rests on rules 1, 2");
}

TEST(Cases, SayWhichFactIsToBlameWhereNothingCanBeDetermined) {
    EXPECT_EQ(outcome("loan", "a: reader's age = null, kind = \"novel\" -> undetermined"), "held");
    EXPECT_EQ(outcome("loan", "a: reader's age = null, kind = \"novel\" -> undetermined [because reader's age]"),
              "held");
    EXPECT_EQ(outcome("loan", "a: kind = \"novel\" -> undetermined because reader's age"), "held");
    EXPECT_EQ(outcome("loan", "a: reader's age = 3 -> undetermined [because kind]"), "held");
    EXPECT_EQ(outcome("loan", "a: reader's age = 3, kind = \"novel\" -> undetermined"), "the answer is determined");
    EXPECT_NE(outcome("loan", "a: reader's age = 3 -> undetermined [because reader's age]").find("another reason"),
              std::string::npos);
    EXPECT_NE(outcome("loan", "a: reader's age = 3 -> weeks = 3").find("undetermined"), std::string::npos);
}

TEST(Cases, OfRulesThatAreCollectedKeepTheirOrderOnlyWhereItCounts) {
    const std::string facts = "a: kind = \"novel\", reader.since = @\"2019-05-01\" -> ";
    EXPECT_EQ(outcome("shelf", facts + "shelf = [\"blue\", \"red\", \"red\"] [rules 1, 2, 3]"), "held");
    EXPECT_EQ(outcome("shelf", facts + "shelf = [\"blue\", \"blue\", \"red\"]"), "the list differs");
    EXPECT_EQ(outcome("queue", facts + "queue = [\"blue\", \"red\", \"red\"]"), "the list differs");
    EXPECT_EQ(outcome("queue", facts + "queue = [\"red\", \"blue\", \"red\"]"), "held");
    EXPECT_EQ(outcome("queue", facts + "queue = [\"red\", \"blue\"]"), "`queue` differs");
    EXPECT_EQ(outcome("pairs", "a: kind = \"novel\" -> b = [2, 1], a = [\"y\", \"x\"]"), "held");
    EXPECT_EQ(outcome("pairs", "a: kind = \"novel\" -> b = [2, 1], a = [\"x\", \"y\"]"), "the list differs");
    EXPECT_EQ(outcome("pairs", "a: kind = \"novel\" -> b = [2, 1]"), "held");
}

TEST(Cases, TakeWhatIsGivenUntilTheNextGivenOrDecision) {
    const Ran out =
        ran("# loans\nmodel library.dmn\r\n\ndecision loan\ngiven kind = \"novel\", reader's age = 3\n"
            "young: -> weeks = 3 # by-law 4\nold: reader's age = 30 -> weeks = 4\n"
            "given\nnothing: -> undetermined\ndecision shelf\nnone: -> undetermined [because kind]\n"
            "given kind = \"map\"\nsome: reader = {`card no.`: \"7\", since: @\"2019-01-01\"} -> shelf = [\"blue\"]\n");
    ASSERT_TRUE(out.faults.empty()) << shown(out.faults.front());
    ASSERT_EQ(out.results.size(), 5U);
    for (const Result& one : out.results) EXPECT_TRUE(one.held) << one.id << ": " << one.why_not << one.explanation;
    EXPECT_EQ(out.results.front().position.line, 6U);
}

TEST(Cases, AreAskedByTheLongestNameOrInBackquotes) {
    EXPECT_EQ(
        outcome("shelf",
                "a: kind = \"map\", reader.card no. = \"7\", reader.since = @\"2019-01-01\" -> shelf = [\"blue\"]"),
        "held");
    EXPECT_EQ(outcome("shelf",
                      "a: `kind` = \"map\", reader.`card no.` = \"7\", `reader`.since = date(\"2019-01-01\") -> "
                      "`shelf` = [\"blue\"]"),
              "held");
}

TEST(Cases, SayLineAndColumnOfAFault) {
    const auto starts = [](const std::string& line, const std::string& message, std::size_t column) {
        EXPECT_EQ(fault_of(line).substr(0, fault_of(line).find('\n')),
                  "library.cases:3:" + std::to_string(column) + ": " + message);
    };
    starts("a: kindd = \"map\" -> weeks = 1", "there is no fact `kindd`", 4);
    starts("a: kind = map -> weeks = 1", "this is no literal; a text stands in double quotes", 11);
    starts("a: kind = \"map -> weeks = 1", "a text begins here and has no end", 11);
    starts("a: kind = 4 -> weeks = 1", "`kind` is a string, and this is a number", 11);
    starts("a: kind = 1 + 1 -> weeks = 1", "this is no literal; a text stands in double quotes", 11);
    starts("a: kind = \"map\" -> days = 1", "\"loan\" has no output `days`", 20);
    starts("a: kind = \"map\" -> weeks = \"1\"", "`weeks` is a number, and this is not", 28);
    starts("a: kind = \"map\" -> weeks = 1 [rules 9]", "there are only 3 rules", 30);
    starts("a: kind = \"map\", kind = \"map\" -> weeks = 1", "`kind` is said twice", 18);
    starts("a: kind \"map\" -> weeks = 1", "`=` is expected behind a name", 8);
    starts("a: kind = \"map\" weeks = 1", "`,` or `->` is missing before this", 23);
    starts("a: kind = -> weeks = 1", "a literal is expected here", 11);
    starts("a: kind = [\"map\" -> weeks = 1", "what is opened here is not closed", 11);
    starts("a: kind = @\"2026-02-30\" -> weeks = 1", "this is no date, time, date and time or duration", 11);
    starts("weeks = 1", "a line begins with `model`, `decision`, `given`, or the name of a case and `:`", 1);
    starts("a: kind = \"map\" -> ", "what is expected stands behind `->`", 20);
    starts("a: kind = \"map\" -> undetermined [because nothing]", "there is no fact `nothing`", 42);
    starts("decision lown", "the model has no decision \"lown\"", 10);
    starts("\xc3\xa9\xff: -> no rule", "this is no UTF-8", 2);
    EXPECT_NE(fault_of("a: kind = map -> weeks = 1").find("\n              ^^^\n"), std::string::npos)
        << fault_of("a: kind = map -> weeks = 1");
}

TEST(Cases, AreRefusedWhereAnIdComesTwiceOrNoDecisionIsNamed) {
    EXPECT_EQ(shown(ran("model library.dmn\ndecision loan\na: -> no rule\n a: -> no rule").faults.at(0)).substr(0, 57),
              "library.cases:4:2: there is a case `a` before this one\n  ");
    EXPECT_EQ(ran("model library.dmn\na: -> no rule\n").faults.at(0).message,
              "a line `decision NAME` has to stand before this");
}

TEST(Cases, AreReadToTheEndSoThatEveryFaultIsTold) {
    const Read found = read("x.cases", "a\nmodel\n\nb: x -> y = 1\n");
    EXPECT_FALSE(found.file);
    EXPECT_EQ(found.faults.size(), 3U);
}

TEST(Cases, HaveNamesThatArePrintedSoThatTheyAreReadAgain) {
    for (const char* name :
         {"a", "a \"b\" `c`", "`a#b`", "\"a#b\"", "`:a`", "\":\"", "`a\\\"#`", "a\\b", "[1], \"#\""}) {
        const Read once = read("x.cases", std::string("decision ") + name);
        ASSERT_TRUE(once.file) << name;
        const Read again = read("x.cases", plain(once.file->lines.front()));
        ASSERT_TRUE(again.file) << plain(once.file->lines.front());
        EXPECT_EQ(again.file->lines.front().name, once.file->lines.front().name);
    }
    EXPECT_EQ(read("x.cases", "decision \"a\\\\b\"").faults.at(0).message,
              "a name with a backslash stands in backquotes");
}

TEST(Cases, ArePrintedAsTheyWereRead) {
    const std::string text =
        "\xef\xbb\xbf# head\r\nmodel   \"a # b.dmn\"\n\tdecision x\n given  a=1 ,`b, c` = [1,2] #x\n\n"
        "i d:a=\"#\\\"\"->undetermined[ because  a ]\nj:->y=1[ rule 2,1 ]\nk: -> no rule";
    const Read once = read("x.cases", text);
    ASSERT_TRUE(once.file) << shown(once.faults.front());
    EXPECT_EQ(printed(*once.file), text);
    std::string plainly;
    for (const Line& line : once.file->lines) plainly += plain(line) + "\n";
    EXPECT_EQ(plainly,
              "# head\nmodel \"a # b.dmn\"\ndecision x\ngiven a = 1, `b, c` = [1,2]  #x\n\n"
              "i d: a = \"#\\\"\" -> undetermined [because a]\nj: -> y = 1 [rules 1, 2]\nk: -> no rule\n");
    const Read again = read("x.cases", plainly);
    ASSERT_TRUE(again.file);
    for (std::size_t i = 0; i < again.file->lines.size(); ++i) {
        EXPECT_EQ(again.file->lines[i].one, once.file->lines[i].one);
        EXPECT_EQ(again.file->lines[i].given, once.file->lines[i].given);
        EXPECT_EQ(again.file->lines[i].name, once.file->lines[i].name);
    }
}

constexpr const char* kPolicies[] = {"UNIQUE", "ANY", "FIRST", "RULE ORDER", "COLLECT"};

// What an answer is said to be holds as a case: the runner agrees with what it prints.
TEST(Cases, OfAnyTableHoldWithTheAnswerThatWasSeen) {
    int determined = 0, open = 0;
    for (std::uint64_t seed = 1; seed <= 120; ++seed) {
        std::mt19937_64 random(seed);
        generate::Wanted wanted;
        wanted.inputs = 1 + seed % 5;
        wanted.policy = kPolicies[seed % std::size(kPolicies)];
        const Loaded loaded = load({{"t.dmn", generate::table_xml(wanted, random)}});
        ASSERT_TRUE(loaded.model);
        Session session(loaded.model);
        std::string text = "decision Outcome\n";
        for (int i = 0; i < 10; ++i) {
            text += "c" + std::to_string(i) + ":";
            for (std::size_t input = 0; input < wanted.inputs; ++input) {
                const std::string literal = generate::literal(input, true, random),
                                  name = "fact " + std::to_string(input + 1);
                ASSERT_TRUE(session.give(name, *session.read(literal)));
                text += (input == 0 ? " " : ", ") + name + " = " + literal;
            }
            const Explanation explanation = session.explain(*loaded.model->find("Outcome"));
            (explanation.determined ? determined : open) += 1;
            text += " -> " +
                    (explanation.determined
                         ? answer_of(explanation, *loaded.model->find("Outcome"), Detail::rules_and_facts)
                         : std::string("undetermined")) +
                    "\n";
        }
        const Read file = read("t.cases", text);
        ASSERT_TRUE(file.file) << shown(file.faults.front());
        const Ran out = run(*file.file, loaded.model);
        ASSERT_TRUE(out.faults.empty()) << shown(out.faults.front());
        for (const Result& one : out.results) EXPECT_TRUE(one.held) << "seed " << seed << ": " << one.why_not;
    }
    EXPECT_GT(determined, 200);
    EXPECT_GT(open, 100);
}
// The verifier's examples are lines of a file of cases, and hold.
TEST(Cases, OfTheVerifierHold) {
    int examples = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        std::mt19937_64 random(seed);
        generate::Wanted wanted;
        wanted.inputs = 1 + seed % 4;
        wanted.rules = 1 + seed % 7;
        wanted.shape = seed % 3 == 0 ? generate::Shape::random : generate::Shape::structured;
        wanted.policy = kPolicies[seed % std::size(kPolicies)];
        const Loaded loaded = load({{"t.dmn", generate::table_xml(wanted, random)}});
        ASSERT_TRUE(loaded.model);
        std::string text = "decision Outcome\n";
        for (const auto& table : verify::check(*loaded.model).tables)
            for (const verify::Finding& one : table.findings) {
                if (!one.example) continue;
                text += std::to_string(++examples) + ":";
                for (const verify::Fact& fact : one.example->facts)
                    text += (text.back() == ':' ? " " : ", ") + fact.name + " = " + fact.literal;
                text += " -> " + one.example->outcome + "\n";
            }
        const Read file = read("t.cases", text);
        ASSERT_TRUE(file.file) << shown(file.faults.front());
        const Ran out = run(*file.file, loaded.model);
        ASSERT_TRUE(out.faults.empty()) << shown(out.faults.front());
        for (const Result& one : out.results)
            EXPECT_TRUE(one.held) << "seed " << seed << ": expected " << one.expected << ", got " << one.got;
    }
    EXPECT_GT(examples, 200);
}
}  // namespace
}  // namespace kith::dmn::cases
