// The shipped packs load, and each fault in a pack file is found at its line and column. The fault tests take the
// Plymouth pack and spoil one line of it.
#include <gmock/gmock.h>

#include <set>

#include "base/text.hpp"
#include "core/concerns/account.hpp"
#include "protocol/load.hpp"
#include "protocol/shipped.hpp"

namespace kith::protocol {
namespace {

using testing::HasSubstr;

const std::string kFolder = "plymouth-community";

struct Spoilt {
    std::string pack{shipped_files(kFolder).pack_toml};
    std::string clauses{shipped_files(kFolder).clauses_tsv};

    /// Replaces the first `from` after `after`, and remembers its line.
    Spoilt& replace(std::string_view after, std::string_view from, std::string_view to) {
        const auto section = pack.find(after);
        const auto at = section == std::string::npos ? section : pack.find(from, section);
        EXPECT_NE(at, std::string::npos) << after << " / " << from;
        if (at == std::string::npos) return *this;
        line = static_cast<std::size_t>(std::count(pack.begin(), pack.begin() + static_cast<long>(at), '\n')) + 1;
        pack.replace(at, from.size(), to);
        return *this;
    }
    std::vector<Problem> check() const { return check_pack({kFolder, pack, clauses}); }
    std::size_t line = 0;
};

/// Exactly one problem, there, saying so.
void expect_problem(const Spoilt& spoilt, std::size_t column, const std::string& says) {
    const auto problems = spoilt.check();
    ASSERT_EQ(problems.size(), 1u) << (problems.empty() ? "none"
                                                        : to_text(problems[0]) + "\n" + to_text(problems.back()));
    EXPECT_EQ(problems[0].file, kFolder + "/pack.toml");
    EXPECT_EQ(problems[0].line, spoilt.line) << problems[0].sentence;
    EXPECT_EQ(problems[0].column, column) << problems[0].sentence;
    EXPECT_THAT(problems[0].sentence, HasSubstr(says));
}

TEST(Packs, EveryShippedPackIsSound) {
    EXPECT_THAT(shipped_packs(), testing::ElementsAre("hackney-community", "plymouth-community"));
    for (const auto& name : shipped_packs())
        for (const auto& problem : check_pack(shipped_files(name))) ADD_FAILURE() << to_text(problem);
}

TEST(Packs, EveryClauseOfBothTextsHasARowAndEveryCitedClauseExists) {
    const Pack plymouth = *shipped_pack("plymouth-community"), hackney = *shipped_pack("hackney-community");
    EXPECT_EQ(plymouth.clauses.size(), 62u);
    EXPECT_EQ(hackney.clauses.size(), 60u);
    EXPECT_EQ(plymouth.clauses.front().id, "PLY-001");
    EXPECT_EQ(hackney.clauses.back().id, "HAC-060");
    for (const Pack* pack : {&plymouth, &hackney}) {
        const std::string_view toml = shipped_files(pack->name).pack_toml;
        for (auto at = toml.find("-0"); at != toml.npos; at = toml.find("-0", at + 1)) {
            if (at < 4 || toml[at - 4] != '"' || toml.size() < at + 5 || toml[at + 4] != '"') continue;
            const auto id = toml.substr(at - 3, 7);
            EXPECT_NE(pack->clause(id), nullptr) << id;
        }
    }
}

TEST(Packs, PlymouthsNumberAndOptionAreTwoSettingsWithADate) {
    const Pack pack = *shipped_pack("plymouth-community");
    const ContactPoint& gateway = pack.contacts.front();
    EXPECT_EQ(gateway.purpose, Purpose::front_door);
    EXPECT_EQ(gateway.number, "01752 668000");
    EXPECT_EQ(gateway.option, "1");
    EXPECT_TRUE(gateway.effective_from.ok());
    EXPECT_THAT(gateway.basis.clauses, testing::Contains("PLY-019"));
}

TEST(Packs, HackneyTakesNothingFromPlymouth) {
    const Pack pack = *shipped_pack("hackney-community");
    EXPECT_FALSE(pack.reply_within || pack.escalate || pack.written_form || pack.decides || pack.answers ||
                 pack.opening_hours);
    for (const auto& point : pack.contacts) EXPECT_EQ(point.purpose, Purpose::young_people);
    EXPECT_EQ(pack.word(Term::front_door), "First Access Screening Team (FAST)");
    for (const std::string_view word : {"PLY-", "Plymouth", "Gateway", "01752"})
        EXPECT_EQ(shipped_files("hackney-community").pack_toml.find(word), std::string_view::npos) << word;
}

TEST(Packs, EveryPartIsAFieldOfThatFormAndEveryFieldIsAskedFor) {
    for (const auto& name : shipped_packs()) {
        const Pack pack = *shipped_pack(name);
        for (const SubjectRule& rule : pack.subjects) {
            std::vector<std::string_view> asked, fields;
            for (const Part& part : rule.parts) asked.push_back(part.id);
            for (const auto& spec : concerns::field_specs())
                if (concerns::belongs(spec.field, concerns::form_of(rule.subject))) fields.push_back(spec.name);
            EXPECT_EQ(asked, fields) << name << ", " << rule.label;
            std::set<std::string_view> needed, expected;
            for (const Part& part : rule.parts)
                if (part.need == PartNeed::report) needed.insert(part.id);
            for (const auto field : concerns::needed(rule.subject)) expected.insert(concerns::spec_of(field).name);
            EXPECT_EQ(needed, expected) << name << ", " << rule.label;
        }
    }
}

TEST(Packs, ADemonstrationRingsNobody) {
    const Pack pack = for_demonstration(*shipped_pack("plymouth-community"));
    ASSERT_EQ(pack.contacts.size(), 3u);
    for (const auto& point : pack.contacts) EXPECT_THAT(point.number, testing::StartsWith("01632 960"));
    EXPECT_NE(pack.contacts[0].number, pack.contacts[1].number);
}

TEST(PackFaults, AnUnknownKeyIsRefusedWhereItStands) {
    expect_problem(Spoilt{}.replace("[pack]", "review =", "revue = 1\nreview ="), 1, "no setting \"revue\"");
    expect_problem(Spoilt{}.replace("# What Plymouth calls", "[words]", "[colours]\n\n[words]"), 2,
                   "no setting \"colours\"");
    expect_problem(
        Spoilt{}.replace("[words]", "says = \"Gateway manager\"", "says = \"Gateway manager\", sais = \"x\""), 39,
        "sais");
}

TEST(PackFaults, AMissingKeyIsReportedAtItsTable) {
    Spoilt spoilt;
    spoilt.replace("[emergency]", "cannot_speak", "# cannot_speak");
    const auto problems = spoilt.check();
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].line, spoilt.line - 3);
    EXPECT_EQ(problems[0].column, 1u);
    EXPECT_EQ(problems[0].sentence, "[emergency] needs \"cannot_speak\".");
}

TEST(PackFaults, AValueOfTheWrongKindIsRefused) {
    expect_problem(Spoilt{}.replace("[pack]", "2027-06-01", "\"2027-06-01\""), 10, "must be a date such as 2026-11-21");
    expect_problem(Spoilt{}.replace("[clocks]", "within_minutes = 60", "within_minutes = \"60\""), 28, "whole number");
    expect_problem(Spoilt{}.replace("[clocks]", "within_minutes = 60", "within_minutes = 0"), 28, "from 1 to");
    expect_problem(Spoilt{}.replace("[asking_for_more]", "false", "\"no\""), 13, "true or false");
    expect_problem(Spoilt{}.replace("[opening_hours]", "[\"08:00-20:00\"]", "\"08:00-20:00\""), 10, "must be a list");
    expect_problem(Spoilt{}.replace("[roles]", "\"call_taker\"", "\"robot\""), 21, "is not one of \"call_taker\"");
}

TEST(PackFaults, ABadTimeSpanAndOverlappingHoursAreRefused) {
    expect_problem(Spoilt{}.replace("[opening_hours]", "\"08:00-20:00\"", "\"8-20\""), 11,
                   "\"8-20\" is not a time span");
    expect_problem(Spoilt{}.replace("[opening_hours]", "\"08:00-20:00\"", "\"20:00-08:00\""), 11, "is not a time span");
    expect_problem(Spoilt{}.replace("[opening_hours]", "\"08:00-20:00\"", "\"08:00-12:00\", \"11:59-20:00\""), 26,
                   "\"11:59-20:00\" overlaps \"08:00-12:00\"");
}

TEST(PackFaults, ATelephoneNumberMustBeOneThatCanBeDialled) {
    for (const char* bad : {"01752", "1752 668000", "01752  668000", "01752-668000", "0x752 668000", "04752 668000"})
        expect_problem(Spoilt{}.replace("[[contact]]", "01752 668000", bad), 1, "is not a telephone number");
    expect_problem(Spoilt{}.replace("[[contact]]", "option = \"1\"", "option = \"12\""), 1, "one key");
}

TEST(PackFaults, AClauseGivenTwiceOrUnknownIsRefused) {
    expect_problem(Spoilt{}.replace("[naming]", "\"PLY-031\"", "\"PLY-031\", \"PLY-031\""), 34,
                   "PLY-031 is given twice");
    expect_problem(Spoilt{}.replace("[naming]", "\"PLY-031\"", "\"PLY-031\", \"XYZ-063\""), 34,
                   "XYZ-063 is not in clauses.tsv");
    Spoilt spoilt;
    spoilt.clauses += "PLY-005\tmust\tAgain.\tcode\n";
    const auto problems = spoilt.check();
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(to_text(problems[0]),
              "plymouth-community/clauses.tsv:64:1: Clause PLY-005 is given twice; it stands on line 6 already.");
}

TEST(PackFaults, APartIsAFieldOfItsSubjectsForm) {
    expect_problem(Spoilt{}.replace("kind = \"child\"", "id = \"worry\"", "id = \"wory\""), 1,
                   "is not a field of this");
    expect_problem(Spoilt{}.replace("kind = \"child\"", "id = \"worry\"", "id = \"weekdays\""), 1,
                   "is not a field of this");
    expect_problem(
        Spoilt{}
            .replace("kind = \"child\"", "id = \"worry\"", "id = \"names\"")
            .replace("kind = \"child\"", "id = \"names\"\nprompt = \"What are", "id = \"names\"\nprompt = \"What are"),
        1, "given twice");
}

TEST(PackFaults, ASettingRestsOnAClauseOrASource) {
    Spoilt spoilt;
    spoilt.replace("[naming]", "clauses = [\"PLY-030\", \"PLY-031\", \"PLY-032\"]", "");
    const auto problems = spoilt.check();
    ASSERT_EQ(problems.size(), 3u);  // the setting, and two clauses that nothing rests on now
    EXPECT_EQ(problems[0].line, spoilt.line - 1);
    EXPECT_THAT(problems[0].sentence, HasSubstr("[naming] needs \"clauses\" to rest on"));
    EXPECT_THAT(problems[1].sentence, HasSubstr("PLY-031 is said to be carried out by the pack"));
}

TEST(PackFaults, DatesVersionsAndNamesMustAgree) {
    expect_problem(Spoilt{}
                       .replace("[pack]", "in_force = 2025-06-02", "in_force = 2027-06-01")
                       .replace("[pack]", "review =", "review ="),
                   1, "must come after");
    expect_problem(Spoilt{}.replace("[pack]", "\"1.0.0\"", "\"1.0\""), 1, "is not a version");
    expect_problem(Spoilt{}.replace("[pack]", "\"plymouth-community\"", "\"plymouth\""), 1, "its folder is called");
}

TEST(PackFaults, WhatIsLeftOpenIsNotGivenAsWellAndWhatIsNotGivenIsLeftOpen) {
    expect_problem(
        Spoilt{}
            .replace("[locally_decided]", "guardian_definition", "who_decides = [\"PLY-022\"]\nguardian_definition")
            .replace("[roles]", "decides =", "decides ="),
        1, "\"who_decides\" is said to be locally decided");
    Spoilt spoilt;
    spoilt.replace("[roles]", "answers", "# answers");
    const auto problems = spoilt.check();
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_THAT(problems[0].sentence, HasSubstr("or \"who_answers\" in [locally_decided]"));
}

TEST(PackFaults, AllAreFoundAtOnceInTheOrderOfTheFile) {
    Spoilt spoilt;
    spoilt.replace("[pack]", "\"1.0.0\"", "\"one\"");
    spoilt.replace("[[contact]]", "01752 668000", "nobody");
    spoilt.replace("[opening_hours]", "08:00-20:00", "always");
    spoilt.replace("[[act]]", "id =", "ident =");
    spoilt.clauses += "PLY-63\tmust\tx\tcode\nXYZ-064\tought\tx\tthere\nXYZ-065\n";
    const auto problems = spoilt.check();
    std::vector<std::string> where;
    for (const auto& problem : problems)
        where.push_back(problem.file.substr(kFolder.size() + 1, 1) + std::to_string(problem.line));
    EXPECT_EQ(problems.size(), 9u);
    EXPECT_TRUE(std::is_sorted(problems.begin(), problems.begin() + 5,
                               [](const Problem& a, const Problem& b) { return a.line < b.line; }));
    EXPECT_THAT(where, testing::IsSupersetOf({"c64", "c65", "c65", "c66"}));
}

TEST(PackFaults, AFileThatIsNotTomlIsOneProblemWithItsPlace) {
    Spoilt spoilt;
    spoilt.replace("[pack]", "title =", "title ==");
    const auto problems = check_pack({kFolder, spoilt.pack, spoilt.clauses});
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].line, spoilt.line);
    EXPECT_THAT(problems[0].sentence, HasSubstr("not well-formed TOML"));
    EXPECT_FALSE(check_pack({kFolder, "", ""}).empty());
    EXPECT_FALSE(check_pack({kFolder, "a = \"\xff\"", spoilt.clauses}).empty());
    EXPECT_FALSE(check_pack({kFolder, std::string(2 << 20, ' '), spoilt.clauses}).empty());
}

TEST(PackFaults, NoCutOfAPackLoads) {
    const std::string whole(shipped_files(kFolder).pack_toml);
    for (std::size_t size = 0; size + 400 < whole.size(); size += 97)
        EXPECT_FALSE(check_pack({kFolder, whole.substr(0, size), shipped_files(kFolder).clauses_tsv}).empty()) << size;
}

}  // namespace
}  // namespace kith::protocol
