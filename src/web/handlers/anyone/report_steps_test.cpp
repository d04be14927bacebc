#include "web/handlers/anyone/report_steps.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/words.hpp"

namespace kith::web {
namespace {
using concerns::Field;
using concerns::Subject;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

app::Draft about(Subject subject) {
    app::Draft draft;
    draft.account.subject = subject;
    draft.emergency = app::Emergency::none;
    return draft;
}

http::Form form(std::initializer_list<std::pair<std::string, std::string>> fields) {
    http::Form out;
    for (const auto& [name, value] : fields) EXPECT_TRUE(out.add(name, value));
    return out;
}

std::string names(const std::vector<Step>& steps) {
    std::string out;
    for (const Step step : steps) out += (out.empty() ? "" : " ") + std::string(name_of(step));
    return out;
}

TEST(ReportSteps, ASubjectIsAskedItsOwnQuestionsInOrder) {
    EXPECT_EQ(
        names(steps_of(about(Subject::child))),
        "danger what where when worry how names people now home adults interpreter files you contact private check");
    EXPECT_EQ(steps_of(about(Subject::family)), steps_of(about(Subject::child)));
    EXPECT_EQ(names(steps_of(about(Subject::group))),
              "danger what where when worry how names people now group forced adults interpreter files you contact "
              "private check");
    EXPECT_EQ(names(steps_of(about(Subject::place))),
              "danger what place when worry how names people group forced features times adults interpreter files you "
              "contact private check");
}

TEST(ReportSteps, NobodyIsAskedHowTheyKnowWhatHappensToThemselves) {
    auto draft = about(Subject::child);
    draft.contact.source = concerns::Source::about_themselves;
    EXPECT_EQ(names(steps_of(draft)),
              "danger what where when worry names people now home adults interpreter files you contact private check");
}

TEST(ReportSteps, EveryFieldIsAskedOnEveryFormThatHasIt) {
    for (const Subject subject : {Subject::child, Subject::group, Subject::place}) {
        const auto steps = steps_of(about(subject));
        for (const auto& spec : concerns::field_specs()) {
            if (!concerns::belongs(spec.field, concerns::form_of(subject))) continue;
            const auto step = step_of(spec.field, concerns::form_of(subject));
            ASSERT_TRUE(step.has_value()) << spec.name;
            EXPECT_THAT(steps, Contains(*step)) << spec.name;
        }
    }
}

TEST(ReportSteps, EveryFieldAndOptionHasItsWords) {
    for (const auto& spec : concerns::field_specs()) {
        if (spec.forms.empty()) continue;  // the desk's own, asked on no form
        EXPECT_FALSE(find_word(std::string(spec.name) + ".label").empty()) << spec.name;
        for (const auto option : concerns::options_of(spec.field)) {
            const bool own = !find_word(std::string(spec.name) + '.' + std::string(option)).empty();
            EXPECT_TRUE(own || !find_word("any." + std::string(option)).empty()) << spec.name << ' ' << option;
        }
    }
    for (const Subject subject : {Subject::child, Subject::family, Subject::group, Subject::place})
        for (const Field field : concerns::needed(subject))
            EXPECT_FALSE(find_word(std::string(concerns::spec_of(field).name) + ".empty").empty())
                << concerns::spec_of(field).name;
    for (const auto* key : {"danger.yes",
                            "danger.no",
                            "danger.unsure",
                            "emergency.have_rung",
                            "source.community",
                            "source.in_their_job",
                            "source.about_themselves",
                            "reach_how.ring",
                            "reach_how.text",
                            "reach_how.this_page_only",
                            "any.nothing",
                            "any.dont_know",
                            "contact.title",
                            "contact.left_out",
                            "person.add",
                            "person.title",
                            "adult.add",
                            "reach_message.may",
                            "reach_message.may_not",
                            "telling.own_name",
                            "telling.own_number",
                            "telling.own_organisation",
                            "rung_999.have_rung",
                            "rung_999.will_ring"})
        EXPECT_FALSE(find_word(key).empty()) << key;
    for (const auto part : {concerns::Part::leads, concerns::Part::forced, concerns::Part::bullied,
                            concerns::Part::follows, concerns::Part::unknown})
        EXPECT_FALSE(find_word("person_part." + std::string(concerns::name_of(part))).empty());
}

TEST(ReportSteps, AnEmergencyHoldsTheFormUntilTheySayTheyRangOrWill) {
    auto draft = about(Subject::child);
    take_answers(draft, Step::danger, form({{"danger", "yes"}}), Said::what_was_typed);
    EXPECT_EQ(after(draft, Step::danger), Step::emergency);
    EXPECT_EQ(after(draft, Step::worry), Step::emergency) << "from wherever they come";
    EXPECT_THAT(troubles_at(draft, Step::emergency), ElementsAre(Trouble{"rung_999", "empty"}));
    take_answers(draft, Step::worry, form({{"worry", "He is hurt"}}), Said::what_was_typed);
    EXPECT_EQ(draft.account.answer(Field::worry), "He is hurt") << "what is typed meanwhile is kept";
    take_answers(draft, Step::emergency, form({{"rung_999", "have_rung"}}), Said::what_was_typed);
    EXPECT_EQ(after(draft, Step::emergency), Step::what_seen);
    take_answers(draft, Step::danger, form({{"danger", "yes"}}), Said::what_was_typed);
    EXPECT_EQ(draft.emergency, app::Emergency::rung) << "said once is enough";
}

TEST(ReportSteps, OnlyWhatIsNeededIsAskedForByName) {
    auto draft = about(Subject::child);
    EXPECT_THAT(troubles_at(draft, Step::what_seen), ElementsAre(Trouble{"what_seen", "empty"}));
    EXPECT_THAT(troubles_at(draft, Step::when_seen), IsEmpty());
    take_answers(draft, Step::what_seen, form({{"what_seen", ""}}), Said::dont_know);
    EXPECT_THAT(troubles_at(draft, Step::what_seen), IsEmpty());
    take_answers(draft, Step::where_seen, form({{"where_seen", "the steps"}}), Said::dont_know);
    EXPECT_EQ(draft.account.answer(Field::where_seen), "the steps") << "typed words are never thrown away";
    EXPECT_THAT(troubles_at(about(Subject::place), Step::place), ElementsAre(Trouble{"place_name", "empty"}));
}

TEST(ReportSteps, ANameSaidToBeKnownIsAskedFor) {
    auto draft = about(Subject::family);
    take_answers(draft, Step::names_known, form({{"names_known", "yes"}}), Said::what_was_typed);
    EXPECT_THAT(troubles_at(draft, Step::people), ElementsAre(Trouble{"person_name", "empty"}));
    take_answers(draft, Step::names_known, form({{"names_known", "no"}}), Said::what_was_typed);
    EXPECT_THAT(troubles_at(draft, Step::people), IsEmpty());
}

TEST(ReportSteps, PeopleAreTakenRowByRowAndEmptyRowsLeftOut) {
    auto draft = about(Subject::group);
    take_answers(draft, Step::people,
                 form({{"person_name", "Ash"},
                       {"person_nickname", ""},
                       {"person_age", "14"},
                       {"person_looks", ""},
                       {"person_part_1", "leads"},
                       {"person_name", ""},
                       {"person_nickname", ""},
                       {"person_age", ""},
                       {"person_looks", "red coat"},
                       {"person_part_2", "forced"},
                       {"person_name", " "},
                       {"person_nickname", ""},
                       {"person_age", ""},
                       {"person_looks", ""}}),
                 Said::what_was_typed);
    EXPECT_EQ(draft.account.people,
              (std::vector<concerns::ToldPerson>{{"Ash", "", "14", "", concerns::Part::leads},
                                                 {"", "", "", "red coat", concerns::Part::forced}}));
}

TEST(ReportSteps, HowToReachAndNamingAreAskedOnlyOfThoseWhoCanBeReachedOrNamed) {
    auto draft = about(Subject::child);
    EXPECT_THAT(steps_of(draft), Not(Contains(Step::naming)));
    take_answers(draft, Step::contact, form({{"reporter_name", "Pat"}}), Said::what_was_typed);
    EXPECT_THAT(steps_of(draft), Contains(Step::naming));
    EXPECT_THAT(steps_of(draft), Not(Contains(Step::reach)));
    take_answers(draft, Step::contact, form({{"reporter_phone", "01632 960 100"}}), Said::what_was_typed);
    EXPECT_THAT(steps_of(draft), Contains(Step::reach));
    EXPECT_FALSE(draft.naming.person || draft.naming.organisation) << "withheld unless said";
}

TEST(ReportSteps, AChangedAnswerLosesMarksThatStoodInTheOldOne) {
    auto draft = about(Subject::child);
    draft.account.answers[Field::what_seen] = "my neighbour shouts";
    draft.account.marked = {{Field::what_seen, 0, 12}};
    take_answers(draft, Step::what_seen, form({{"what_seen", "my neighbour shouts"}}), Said::what_was_typed);
    EXPECT_EQ(draft.account.marked.size(), 1u);
    take_answers(draft, Step::what_seen, form({{"what_seen", "shouting"}}), Said::what_was_typed);
    EXPECT_THAT(draft.account.marked, IsEmpty());
}

}  // namespace
}  // namespace kith::web
