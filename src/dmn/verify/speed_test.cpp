// Tables of the sizes that people write and far above them: faults put into complete tables are found, and nothing else
// is. The time that it takes is printed, not asserted.
#include <gtest/gtest.h>

#include <chrono>
#include <iostream>

#include "dmn/verify/check.hpp"
#include "dmn/verify/generate.hpp"

namespace kith::dmn::verify {
namespace {
using generated::TableText;

struct Checked {
    std::shared_ptr<const Model> model;
    TableReport report;
    double seconds = 0;
};

Checked checked(const TableText& text) {
    Checked out;
    Loaded found = load({{"t.dmn", generated::model(text)}});
    for (const Fault& fault : found.faults) ADD_FAILURE() << shown(fault);
    out.model = found.model;
    const auto begin = std::chrono::steady_clock::now();
    out.report = check(*out.model, *out.model->tables().front());
    out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return out;
}

std::size_t count(const TableReport& report, FindingKind kind) {
    return static_cast<std::size_t>(std::count_if(report.findings.begin(), report.findings.end(),
                                                  [&](const Finding& one) { return one.kind == kind; }));
}

void print(const char* shape, const TableText& text, const Checked& done) {
    std::cout << shape << ", " << text.rules.size() << " rules x " << text.inputs.size() << " inputs: " << done.seconds
              << " s, " << done.report.findings.size() << " findings";
    for (const Analysis& one : done.report.analyses)
        if (!one.proved) std::cout << "; " << one.name << " not complete: " << one.why_not;
    std::cout << "\n";
}

TEST(VerifierOnLargeTables, FindsNothingWhereNothingIsWrong) {
    for (const auto& [rules, inputs] : {std::pair<std::size_t, std::size_t>{100, 8}, {300, 8}, {1000, 12}}) {
        generated::Random random(rules);
        const TableText text = generated::structured(random, rules, inputs);
        const Checked done = checked(text);
        print("structured", text, done);
        EXPECT_TRUE(done.report.complete());
        EXPECT_EQ(count(done.report, FindingKind::gap), 0U);
        EXPECT_EQ(count(done.report, FindingKind::overlap), 0U);
        EXPECT_EQ(count(done.report, FindingKind::never_fires), 0U);
        EXPECT_EQ(count(done.report, FindingKind::never_matters), 0U);
    }
}

TEST(VerifierOnLargeTables, FindsTheRuleThatWasTakenOutAndTheOneThatWasWidened) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        generated::Random random(seed);
        TableText text = generated::structured(random, 60, 6);
        const std::size_t missing = generated::below(random, text.rules.size());
        std::vector<std::string> cells = text.rules[missing].cells;
        text.rules.erase(text.rules.begin() + static_cast<std::ptrdiff_t>(missing));
        const Checked holed = checked(text);
        EXPECT_EQ(count(holed.report, FindingKind::gap), 1U) << seed;
        EXPECT_EQ(count(holed.report, FindingKind::overlap), 0U);
        for (const Finding& one : holed.report.findings)
            if (one.kind == FindingKind::gap) {
                EXPECT_EQ(one.example->answer, "no rule");
            }

        for (std::string& cell : text.rules.front().cells)
            if (cell != "-") {
                cell = "-";
                break;
            }
        const Checked widened = checked(text);
        EXPECT_GT(count(widened.report, FindingKind::overlap), 0U) << seed;
        for (const Finding& one : widened.report.findings)
            if (one.kind == FindingKind::overlap) {
                EXPECT_EQ(one.rules.front(), 1U);
            }
    }
}

TEST(VerifierOnLargeTables, SaysWhatItNeedsWhereRulesOverlap) {
    for (const auto& [rules, inputs] : {std::pair<std::size_t, std::size_t>{100, 8}, {300, 12}, {1000, 12}}) {
        generated::Random random(rules);
        const TableText text = generated::sparse(random, rules, inputs);
        print("sparse", text, checked(text));
    }
}

TEST(VerifierOnLargeTables, SaysWhatItNeedsForTheWorstShape) {
    for (const auto& [rules, inputs] : {std::pair<std::size_t, std::size_t>{50, 6}, {100, 8}, {200, 8}}) {
        generated::Random random(rules);
        const TableText text = generated::random(random, rules, inputs);
        print("random", text, checked(text));
    }
}

}  // namespace
}  // namespace kith::dmn::verify
