// An edit changes its span and no other byte, whatever the file looks like.
#include "dmn/edit/edit.hpp"

#include <gtest/gtest.h>

#include "dmn/generate/tables.hpp"
#include "dmn/session.hpp"
#include "dmn/value/text.hpp"

namespace kith::dmn::edit {
namespace {
const std::string kOdd =
    "\xef\xbb\xbf<?xml version='1.0' encoding=\"UTF-8\"?>\r\n"
    "<d:definitions xmlns:d=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" xmlns:x=\"urn:x\" namespace=\"urn:t\" "
    "name=\"t\">\r\n"
    "\t<!-- kept -->\r\n\t<d:inputData id=\"i\" name=\"age\"><d:variable name=\"age\" "
    "typeRef=\"number\"/></d:inputData>\r\n"
    "\t<d:decision id=\"b\" name='the  band'><d:variable name=\"the band\"/><d:informationRequirement><d:requiredInput "
    "href=\"#i\"/>"
    "</d:informationRequirement>\r\n"
    "\t<d:decisionTable hitPolicy=\"FIRST\">\r\n"
    "\t\t<d:input label=\"age\"><d:inputExpression><d:text>age</d:text></d:inputExpression></d:input>\r\n"
    "\t\t<d:output name=\"band\"/><d:annotation name=\"why\"/>\r\n"
    "\t\t<d:rule id=\"r1\" x:colour=\"red\">\r\n\t\t\t<d:inputEntry id=\"c1\"><d:text>&lt; "
    "13</d:text></d:inputEntry>\r\n"
    "\t\t\t<d:outputEntry ><d:text ><![CDATA[\"child\"]]></d:text ></d:outputEntry><!-- between "
    "-->\r\n\t\t</d:rule>\r\n"
    "\t\t<!-- of the second -->\r\n"
    "\t\t<d:rule>\r\n\t\t\t<d:inputEntry><d:text  "
    "/></d:inputEntry>\r\n\t\t\t<d:outputEntry><d:text>&quot;o&#116;her&quot;</d:text></d:outputEntry>\r\n"
    "\t\t\t<d:annotationEntry/>\r\n\t\t</d:rule>\r\n"
    "\t</d:decisionTable></d:decision>\r\n\t<?keep this?>\r\n</d:definitions>\r\n<!-- end -->";

TableText table(const std::string& bytes) {
    Faults faults;
    auto out = TableText::find("t.dmn", bytes, "the band", faults);
    EXPECT_TRUE(out.has_value()) << (faults.empty() ? "" : shown(faults.front()));
    return *std::move(out);
}

// The bytes with one stretch replaced.
std::string with(const std::string& bytes, const std::string& old, const std::string& now) {
    const std::size_t at = bytes.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return bytes.substr(0, at) + now + bytes.substr(at + old.size());
}

std::string set(std::size_t rule, CellKind kind, const std::string& text) {
    const Edited out = table(kOdd).set_cell(rule, kind, 0, text);
    EXPECT_TRUE(out.bytes) << out.why_not;
    const auto again = table(out.bytes.value_or(kOdd));
    EXPECT_EQ(again.cell(rule, kind, 0), text);
    return out.bytes.value_or("");
}

TEST(AnEdit, OfACellChangesItsTextAlone) {
    EXPECT_EQ(table(kOdd).bytes(), kOdd);
    EXPECT_EQ(set(0, CellKind::input, "< 12 & \"x\""), with(kOdd, "&lt; 13", "&lt; 12 &amp; \"x\""));
    EXPECT_EQ(set(0, CellKind::output, "\"<kid>\""), with(kOdd, "[\"child\"]", "[\"<kid>\"]"));
    EXPECT_EQ(set(0, CellKind::output, "\"]]>\""), with(kOdd, "<![CDATA[\"child\"]]>", "\"]]&gt;\""));
    EXPECT_EQ(set(1, CellKind::input, "-"), with(kOdd, "<d:text  />", "<d:text  >-</d:text>"));
    EXPECT_EQ(set(1, CellKind::output, "null"), with(kOdd, "&quot;o&#116;her&quot;", "null"));
    EXPECT_EQ(set(1, CellKind::annotation, "by-law 4"),
              with(kOdd, "<d:annotationEntry/>", "<d:annotationEntry><d:text>by-law 4</d:text></d:annotationEntry>"));
}

TEST(AnEdit, OfARuleIsLaidOutAsItsNeighboursAre) {
    const Edited added = table(kOdd).add_rule(1, {{"[13..17]"}, {"\"young\""}, {"n"}});
    ASSERT_TRUE(added.bytes) << added.why_not;
    const std::string made =
        "<d:rule>\r\n\t\t\t<d:inputEntry><d:text>[13..17]</d:text></"
        "d:inputEntry>\r\n\t\t\t<d:outputEntry><d:text>\"young\"</d:text></d:outputEntry>"
        "\r\n\t\t\t<d:annotationEntry><d:text>n</d:text></d:annotationEntry>";
    EXPECT_NE(added.bytes->find("<!-- of the second -->\r\n\t\t" + made), std::string::npos) << *added.bytes;
    const Edited removed = table(*added.bytes).delete_rule(1);
    EXPECT_EQ(removed.bytes, kOdd);
    const Edited last = table(kOdd).add_rule(2, {{"-"}, {"1"}, {}});
    ASSERT_TRUE(last.bytes);
    EXPECT_EQ(table(*last.bytes).cell(2, CellKind::output, 0), "1");
    EXPECT_EQ(table(*last.bytes).delete_rule(2).bytes, kOdd);
}

TEST(AnEdit, IsTheModelThatRunsAfterwards) {
    const auto answer = [](const std::string& bytes) {
        const Loaded loaded = load({{"t.dmn", bytes}});
        EXPECT_TRUE(loaded.model) << (loaded.faults.empty() ? "" : shown(loaded.faults.front()));
        Session session(loaded.model);
        EXPECT_TRUE(session.give("age", Value::of(std::int64_t{13})));
        return literal_of(session.decide("the band").value);
    };
    EXPECT_EQ(answer(kOdd), "\"other\"");
    EXPECT_EQ(answer(set(0, CellKind::input, "<= 13")), "\"child\"");
    const Edited added = table(kOdd).add_rule(0, {{"[13..17]"}, {"\"young\""}, {}});
    EXPECT_EQ(answer(added.bytes.value_or("")), "\"young\"");
    const Edited moved = table(*added.bytes).move_rule(0, 2);
    EXPECT_EQ(answer(moved.bytes.value_or("")), "\"other\"");
    EXPECT_EQ(answer(table(kOdd).delete_rule(1).bytes.value_or("")), "null");
}

TEST(AnEdit, ThatIsTakenBackLeavesNoTrace) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        std::mt19937_64 random(seed);
        const std::string bytes = generate::table_xml({}, random);
        Faults faults;
        const auto made = [&](const std::string& text) { return *TableText::find("t.dmn", text, "Outcome", faults); };
        const TableText before = made(bytes);
        for (std::size_t rule = 0; rule < before.rules(); ++rule) {
            for (std::size_t i = 0; i < before.columns(CellKind::input); ++i) {
                const Edited there = before.set_cell(rule, CellKind::input, i, "null");
                const Edited back =
                    made(*there.bytes).set_cell(rule, CellKind::input, i, before.cell(rule, CellKind::input, i));
                EXPECT_EQ(made(*back.bytes).cell(rule, CellKind::input, i), before.cell(rule, CellKind::input, i));
            }
            const std::size_t to = (rule * 7) % before.rules();
            const Edited moved = before.move_rule(rule, to);
            EXPECT_EQ(made(*moved.bytes).cell(to, CellKind::input, 0), before.cell(rule, CellKind::input, 0));
            EXPECT_EQ(made(*moved.bytes).move_rule(to, rule).bytes, bytes) << seed;
        }
    }
}

TEST(AnEdit, ThatCannotBeMadeSaysWhy) {
    const TableText odd = table(kOdd);
    EXPECT_EQ(odd.set_cell(2, CellKind::input, 0, "1").why_not, "there is no such cell");
    EXPECT_EQ(odd.set_cell(0, CellKind::input, 1, "1").why_not, "there is no such cell");
    EXPECT_EQ(odd.set_cell(0, CellKind::input, 0, std::string("\x01", 1)).why_not,
              "this text has a character that a file cannot hold");
    EXPECT_EQ(odd.set_cell(0, CellKind::input, 0, "\xff").why_not, "this text has a character that a file cannot hold");
    EXPECT_EQ(odd.add_rule(0, {{}, {"1"}, {}}).why_not, "a rule has as many cells as the table has columns");
    EXPECT_EQ(odd.delete_rule(2).why_not, "there is no such rule");
    for (const char* bytes : {"\xff\xfe<", "<?xml version='1.0' encoding='ISO-8859-1'?><a/>"}) {
        Faults faults;
        EXPECT_FALSE(TableText::find("t.dmn", bytes, "the band", faults));
        ASSERT_EQ(faults.size(), 1U);
        EXPECT_EQ(faults.front().message, "a file that is not UTF-8 is read and not edited");
    }
    Faults faults;
    EXPECT_FALSE(TableText::find("t.dmn", kOdd, "band", faults));
}
}  // namespace
}  // namespace kith::dmn::edit
