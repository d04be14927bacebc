#include "protocol/questions.hpp"

#include <gmock/gmock.h>

#include <random>

#include "base/london.hpp"
#include "protocol/shipped.hpp"

namespace kith::protocol {
namespace {

using namespace std::chrono_literals;
using std::chrono::minutes;
using testing::ElementsAre;

Day day(int y, unsigned m, unsigned d) { return Day(std::chrono::year(y), std::chrono::month(m), std::chrono::day(d)); }
Instant at(int y, unsigned m, unsigned d, int hour, int minute = 0) {
    return london::instant_of({day(y, m, d), minutes(hour * 60 + minute)});
}
const Instant kNoon = at(2026, 11, 21, 12);  // a Saturday
const LocalDecision kDecider{"A. Example, head of service", day(2026, 11, 1)};

Questions plymouth() {
    return {std::make_shared<const Pack>(*shipped_pack("plymouth-community")), {}, shipped_calendar()};
}
Questions hackney(LocalTerms terms = {}) {
    return {std::make_shared<const Pack>(*shipped_pack("hackney-community")), std::move(terms), shipped_calendar()};
}
LocalTerms with(std::initializer_list<std::pair<TermKey, std::string_view>> values) {
    LocalTerms terms;
    for (const auto& [key, text] : values) EXPECT_TRUE(terms.set(key, text, kDecider)) << text;
    return terms;
}
LocalTerms everything_decided() {
    return with({{TermKey::contact_number, "01632 960001, option 2"},
                 {TermKey::out_of_hours_contact, "01632 960002"},
                 {TermKey::opening_hours, "Mon-Fri 09:00-12:00 13:00-17:00; holidays 10:00-11:00"},
                 {TermKey::who_decides, "duty_worker"},
                 {TermKey::who_answers, "manager"},
                 {TermKey::reply_clock, "3 h"},
                 {TermKey::escalation, "-30, 0"},
                 {TermKey::written_form, "24 h: guardian"}});
}

TEST(Plymouth, TheReplyIsDueOneElapsedHourAfterReceipt) {
    const auto answer = plymouth().reply_due(kNoon);
    EXPECT_EQ(answer.value(), kNoon + 1h);
    EXPECT_THAT(answer.clauses(), ElementsAre("PLY-023"));
    EXPECT_FALSE(answer.locally_decided_by());
}

TEST(Plymouth, TheWrittenFormIsDueFortyEightElapsedHoursAfterTheCall) {
    const auto due = [&](Instant call) {
        return plymouth().written_form_due(Channel::telephone, {.category = Category::stakeholder}, call).value();
    };
    EXPECT_EQ(due(at(2026, 11, 23, 9)), at(2026, 11, 25, 9));
    EXPECT_EQ(due(at(2026, 10, 24, 9)), at(2026, 10, 26, 8));  // the clocks go back between
    EXPECT_EQ(due(at(2026, 3, 28, 9)), at(2026, 3, 30, 10));   // and forward
}

TEST(Plymouth, TheWrittenFormIsOwedByStakeholdersAndGuardiansWhoTelephonedAndNobodyElse) {
    const Questions ask = plymouth();
    const auto owed = [&](Channel channel, Teller teller) {
        return ask.written_form_due(channel, teller, kNoon).value().has_value();
    };
    for (const auto& category : all_of<Category>()) {
        const bool promised = category.value == Category::stakeholder || category.value == Category::guardian;
        EXPECT_EQ(owed(Channel::telephone, {.category = category.value}), promised) << category.name;
        EXPECT_FALSE(owed(Channel::online, {.category = category.value}));
        EXPECT_FALSE(owed(Channel::telephone, {.category = category.value, .identity = Identity::withheld}));
        EXPECT_FALSE(owed(Channel::telephone, {.category = category.value, .age = Age::under_18}));
    }
}

TEST(Plymouth, AnUnansweredWorryIsRaisedBeforeAtAndAfterTheDueTime) {
    EXPECT_THAT(plymouth().escalate_at(kNoon).value(), ElementsAre(kNoon + 45min, kNoon + 60min, kNoon + 90min));
}

TEST(Plymouth, TheCallTakerReceivesAndTheManagerDecidesAndAnswers) {
    EXPECT_EQ(plymouth().who_receives().value(), Duty::call_taker);
    EXPECT_EQ(plymouth().who_decides().value(), Duty::manager);
    EXPECT_THAT(plymouth().who_decides().clauses(), ElementsAre("PLY-022"));
    EXPECT_EQ(plymouth().who_answers().value(), Duty::manager);
    EXPECT_EQ(plymouth().may_open_front_door(), Permission::yes);
}

TEST(Plymouth, AnIdleCallGoesOnAfterTenMinutes) {
    EXPECT_EQ(plymouth().idle_call_handed_over_at(kNoon).value(), kNoon + 10min);
    EXPECT_GT(plymouth().draft_expires_at(kNoon).value(), kNoon);
}

TEST(WayIn, StaysOpenUntilTheWorryIsAnswered) {
    const Questions ask = plymouth();
    const WayIn unanswered{kNoon, std::nullopt, FormState::awaited};
    EXPECT_EQ(ask.who_may_open_contact(unanswered, kNoon + 1000h).value(), ContactOpening::manager_alone);
    EXPECT_EQ(ask.way_in_closes_at(unanswered).value(), std::nullopt);
    const WayIn answered{kNoon, kNoon + 1h, FormState::not_owed};
    EXPECT_EQ(ask.who_may_open_contact(answered, kNoon + 59min).value(), ContactOpening::manager_alone);
    EXPECT_EQ(ask.who_may_open_contact(answered, kNoon + 1h).value(), ContactOpening::custodian_and_second_person);
}

TEST(WayIn, StaysOpenWhileTheFormIsAwaitedButNotPastSeventyTwoHoursFromReceipt) {
    const Questions ask = plymouth();
    const auto opens = [&](FormState form, Duration after) {
        return ask.who_may_open_contact({kNoon, kNoon + 1h, form}, kNoon + after).value() ==
               ContactOpening::manager_alone;
    };
    EXPECT_TRUE(opens(FormState::awaited, 72h - 1ms));
    EXPECT_FALSE(opens(FormState::awaited, 72h));
    EXPECT_FALSE(opens(FormState::received, 2h));
    const WayIn late{kNoon, kNoon + 100h, FormState::awaited};
    EXPECT_EQ(ask.way_in_closes_at(late).value(), kNoon + 100h);
}

TEST(AskingForMore, IsRefusedWhileDangerIsMarked) {
    EXPECT_EQ(plymouth().may_ask_for_more(Danger::marked).value(), Permission::no);
    EXPECT_EQ(plymouth().may_ask_for_more(Danger::unmarked).value(), Permission::yes);
    EXPECT_EQ(hackney().may_ask_for_more(Danger::marked).value(), Permission::no);
}

TEST(Naming, TakesTwoConsentsAndOnlyGivenNames) {
    const std::vector<NamingConsent> all{NamingConsent::unset, NamingConsent::given, NamingConsent::refused,
                                         NamingConsent::withdrawn};
    for (const auto person : all)
        for (const auto organisation : all) {
            const auto may = plymouth().may_be_named(person, organisation);
            EXPECT_EQ(may.value().person == Permission::yes, person == NamingConsent::given);
            EXPECT_EQ(may.value().organisation == Permission::yes, organisation == NamingConsent::given);
            EXPECT_THAT(may.clauses(), ElementsAre("PLY-030", "PLY-031", "PLY-032"));
        }
    EXPECT_THAT(hackney().may_be_named(NamingConsent::unset, NamingConsent::unset).clauses(),
                ElementsAre("HAC-035", "HAC-036", "HAC-037"));
}

TEST(Telling, AStakeholderHearsOfAChildOnlyThatItWasReceived) {
    for (const Questions& ask : {plymouth(), hackney()}) {
        for (const Subject subject : {Subject::child, Subject::family, Subject::place})
            EXPECT_THAT(ask.what_a_reporter_may_be_told(subject, Category::stakeholder).value(),
                        ElementsAre(Tellable::received));
        EXPECT_EQ(ask.what_a_reporter_may_be_told(Subject::group, Category::guardian).value().size(), 3u);
        EXPECT_THAT(ask.what_a_reporter_may_be_told(Subject::group, Category::ordinary).value(),
                    ElementsAre(Tellable::received));
        EXPECT_TRUE(ask.what_a_reporter_may_be_told(Subject::child, Category::in_their_job).asks_a_person());
    }
}

TEST(Contacts, ANewNumberTakesEffectOnItsDay) {
    Pack pack = *shipped_pack("plymouth-community");
    ContactPoint next = pack.contacts.front();
    next.number = "01632 960321";
    next.effective_from = day(2026, 12, 1);
    pack.contacts.insert(pack.contacts.begin() + 1, next);
    const Questions ask(std::make_shared<const Pack>(pack), {}, shipped_calendar());
    EXPECT_EQ(ask.contact_points(at(2026, 11, 30, 23, 59)).value().front().number, "01752 668000");
    EXPECT_EQ(ask.contact_points(at(2026, 12, 1, 0)).value().front().number, "01632 960321");
    EXPECT_EQ(ask.contact_points(at(2026, 12, 1, 0)).value().size(), 3u);
    EXPECT_TRUE(ask.contact_points(at(2000, 1, 1, 0)).value().empty());
}

TEST(Staffing, SaysWhenTheDoorOpensNext) {
    const Questions ask = plymouth();
    EXPECT_TRUE(ask.is_staffed(kNoon).value().staffed);
    const auto night = ask.is_staffed(at(2026, 12, 25, 3)).value();
    EXPECT_FALSE(night.staffed);
    EXPECT_EQ(night.opens, at(2026, 12, 25, 9));
}

TEST(Categories, NoAgreementNoGuardian) {
    for (const Questions& ask : {plymouth(), hackney()}) {
        EXPECT_EQ(ask.may_hold_category(Category::guardian, Agreement::none).value(), Permission::no);
        EXPECT_EQ(ask.may_hold_category(Category::guardian, Agreement::ended).value(), Permission::no);
        EXPECT_EQ(ask.may_hold_category(Category::guardian, Agreement::current).value(), Permission::yes);
        EXPECT_EQ(ask.may_hold_category(Category::stakeholder, Agreement::none).value(), Permission::yes);
        EXPECT_EQ(ask.categories().value().size(), 5u);
    }
}

TEST(Parts, AReportNeedsWhatWhereAndTheWorryAndTheWrittenFormAlsoHowItIsKnown) {
    for (const Questions& ask : {plymouth(), hackney()}) {
        const auto ids = [](const Answer<std::vector<Part>>& parts) {
            std::vector<std::string> all;
            for (const Part& part : parts.value()) all.push_back(part.id);
            return all;
        };
        for (const Subject subject : {Subject::child, Subject::family, Subject::group}) {
            EXPECT_THAT(ids(ask.required_parts(subject)), ElementsAre("what_seen", "where_seen", "worry"));
            EXPECT_THAT(ids(ask.required_parts_of_written_form(subject)),
                        ElementsAre("what_seen", "where_seen", "worry", "how_known"));
        }
        EXPECT_THAT(ids(ask.required_parts(Subject::place)), ElementsAre("what_seen", "place_name", "worry"));
        EXPECT_EQ(ask.subjects().value().size(), 4u);
        EXPECT_EQ(ask.acts().value().size(), 6u);
    }
}

TEST(Words, TheReplyHasNoWordOfADecisionAndDangerNamesPolice) {
    for (const Questions& ask : {plymouth(), hackney()}) {
        EXPECT_THAT(ask.emergency_words().value().headline, testing::HasSubstr("999"));
        const auto reply = ask.reply_words().value();
        for (const char* word : {"assess", "no action", "act ", "police", "referr"}) {
            EXPECT_EQ(reply.received.find(word), std::string::npos) << word;
            EXPECT_EQ(reply.cannot_say_more.find(word), std::string::npos) << word;
        }
    }
}

TEST(Hackney, UndecidedTermsKeepTheDoorShutAndAreAskedOfAPerson) {
    const Questions ask = hackney();
    EXPECT_EQ(ask.may_open_front_door(), Permission::no);
    EXPECT_EQ(ask.missing_terms().size(), 8u);
    EXPECT_TRUE(ask.reply_due(kNoon).asks_a_person());
    EXPECT_TRUE(ask.written_form_due(Channel::telephone, {.category = Category::guardian}, kNoon).asks_a_person());
    EXPECT_TRUE(ask.escalate_at(kNoon).asks_a_person());
    EXPECT_TRUE(ask.who_decides().asks_a_person());
    EXPECT_TRUE(ask.who_answers().asks_a_person());
    EXPECT_TRUE(ask.is_staffed(kNoon).asks_a_person());
    EXPECT_THAT(ask.reply_due(kNoon).clauses(), ElementsAre("HAC-060"));
    EXPECT_EQ(ask.who_receives().value(), Duty::duty_worker);
    ASSERT_EQ(ask.contact_points(kNoon).value().size(), 1u);
    EXPECT_EQ(ask.contact_points(kNoon).value()[0].purpose, Purpose::young_people);
}

TEST(Hackney, DecidedTermsOpenTheDoorAndCarryTheirDecider) {
    const Questions ask = hackney(everything_decided());
    EXPECT_EQ(ask.may_open_front_door(), Permission::yes);
    EXPECT_EQ(ask.reply_due(kNoon).value(), kNoon + 3h);
    EXPECT_EQ(ask.reply_due(kNoon).locally_decided_by(), kDecider);
    EXPECT_EQ(ask.who_decides().value(), Duty::duty_worker);
    EXPECT_THAT(ask.escalate_at(kNoon).value(), ElementsAre(kNoon + 150min, kNoon + 180min));
    const auto form = ask.written_form_due(Channel::telephone, {.category = Category::guardian}, kNoon);
    EXPECT_EQ(form.value(), kNoon + 24h);
    EXPECT_EQ(ask.written_form_due(Channel::telephone, {.category = Category::stakeholder}, kNoon).value(),
              std::nullopt);
    const auto contacts = ask.contact_points(kNoon);
    ASSERT_EQ(contacts.value().size(), 3u);
    EXPECT_EQ(contacts.value()[0].number, "01632 960001");
    EXPECT_EQ(contacts.value()[0].option, "2");
    EXPECT_EQ(contacts.locally_decided_by(), kDecider);
    EXPECT_EQ(ask.is_staffed(at(2026, 11, 23, 12, 30)).value().opens, at(2026, 11, 23, 13));
    EXPECT_EQ(ask.is_staffed(at(2026, 12, 25, 9)).value().opens, at(2026, 12, 25, 10));
}

TEST(Hackney, ItMayBeDecidedThatThereIsNoClock) {
    LocalTerms terms = with({{TermKey::reply_clock, "none"}, {TermKey::written_form, "none"}});
    const Questions ask = hackney(terms);
    EXPECT_FALSE(ask.reply_due(kNoon).asks_a_person());
    EXPECT_EQ(ask.reply_due(kNoon).value(), std::nullopt);
    EXPECT_TRUE(ask.escalate_at(kNoon).value().empty());
    EXPECT_THAT(ask.missing_terms(), testing::Not(testing::Contains(TermKey::escalation)));
    EXPECT_EQ(ask.written_form_due(Channel::telephone, {.category = Category::guardian}, kNoon).value(), std::nullopt);
}

TEST(Hackney, TakingAwayAnyOneTermShutsTheDoor) {
    const LocalTerms all = everything_decided();
    for (const auto& [left_out, term] : all.all()) {
        LocalTerms terms;
        for (const auto& [key, other] : all.all()) {
            if (key == left_out) continue;
            ASSERT_TRUE(terms.set(key, other.text, other.decision));
        }
        EXPECT_THAT(hackney(terms).missing_terms(), ElementsAre(left_out));
    }
}

TEST(LocalTerms, DoNotOverruleAText) {
    const Pack pack = *shipped_pack("plymouth-community");
    const Questions ask(std::make_shared<const Pack>(pack), everything_decided(), shipped_calendar());
    EXPECT_EQ(ask.reply_due(kNoon).value(), kNoon + 1h);
    EXPECT_EQ(ask.who_decides().value(), Duty::manager);
}

// PLY-019: the number is a setting with a date, and may be set anew without a new pack.
TEST(LocalTerms, ANumberSetLocallyReplacesThePacksFromItsDate) {
    const Pack pack = *shipped_pack("plymouth-community");
    const Questions ask(std::make_shared<const Pack>(pack), everything_decided(), shipped_calendar());
    EXPECT_EQ(ask.contact_points(kNoon).value().front().number, "01632 960001");
    const Questions unset(std::make_shared<const Pack>(pack), {}, shipped_calendar());
    EXPECT_EQ(unset.contact_points(kNoon).value().front().number, "01752 668000");
}

TEST(LocalTerms, EachKeyReadsItsFormAndNothingElse) {
    const std::vector<std::pair<TermKey, std::vector<std::string_view>>> bad{
        {TermKey::contact_number,
         {"", "960001", "01632 960001, 2", "01632 960001, option 22", "01632 960001, option 2, 3", "none"}},
        {TermKey::opening_hours,
         {"never", "Mon 9-5", "Fri-Mon 09:00-17:00", "Mon", "Mon 09:00-17:00 16:00-18:00",
          "Mon 09:00-17:00; Mon 10:00-11:00", ";", "Montag 09:00-17:00"}},
        {TermKey::who_decides, {"somebody", "Manager", "none"}},
        {TermKey::reply_clock, {"60", "1 hour", "0 h", "-1 h", "60min", "721 h", "1.5 h", "99999999999 h"}},
        {TermKey::escalation, {"0, 0", "30, 0", "x", "1441", "1.5"}},
        {TermKey::written_form,
         {"48 h", "48 h:", "48 h: everyone", "90 min: guardian", "48: guardian", "48 h: guardian: x"}}};
    for (const auto& [key, texts] : bad)
        for (const auto text : texts) {
            LocalTerms terms;
            const auto done = terms.set(key, text, kDecider);
            ASSERT_FALSE(done) << text;
            EXPECT_EQ(done.error().field, "value") << text;
            EXPECT_EQ(terms.find(key), nullptr);
        }
}

TEST(LocalTerms, NeedADeciderAndADay) {
    LocalTerms terms;
    EXPECT_EQ(terms.set(TermKey::who_decides, "manager", {" ", day(2026, 1, 1)}).error().field, "decider");
    EXPECT_EQ(terms.set(TermKey::who_decides, "manager", {"A. Example", day(2026, 2, 30)}).error().field, "decided_on");
    EXPECT_TRUE(terms.set(TermKey::who_decides, "manager", {"A. Example", day(2026, 2, 28)}));
}

TEST(LocalTerms, ADemonstrationIsCompleteAndRingsNobody) {
    const Pack pack = *shipped_pack("hackney-community");
    const auto terms = demonstration_terms(pack, day(2026, 1, 1));
    const Questions ask(std::make_shared<const Pack>(for_demonstration(pack)), terms, shipped_calendar());
    EXPECT_EQ(ask.may_open_front_door(), Permission::yes);
    for (const auto& point : ask.contact_points(kNoon).value())
        EXPECT_THAT(point.number, testing::StartsWith("01632 960"));
    EXPECT_THAT(demonstration_terms(*shipped_pack("plymouth-community"), day(2026, 1, 1)).all(),
                ElementsAre(testing::Key(TermKey::guardian_definition)));
}

TEST(Guardians, AreWhatTheTextSaysOrWhatWasDecidedHere) {
    const Questions hackneys = hackney({});
    EXPECT_NE(hackneys.meaning_of_guardian().value().find("agreement with the council"), std::string::npos);
    EXPECT_FALSE(hackneys.meaning_of_guardian().locally_decided_by());

    const auto undecided = plymouth().meaning_of_guardian();
    EXPECT_TRUE(undecided.asks_a_person());
    EXPECT_THAT(undecided.clauses(), ElementsAre("PLY-012"));
    EXPECT_TRUE(plymouth().missing_terms().empty()) << "the front door opens all the same";

    const Questions decided(std::make_shared<const Pack>(*shipped_pack("plymouth-community")),
                            with({{TermKey::guardian_definition, "Somebody who looks out for a street."}}),
                            shipped_calendar());
    EXPECT_EQ(decided.meaning_of_guardian().value(), "Somebody who looks out for a street.");
    EXPECT_EQ(decided.meaning_of_guardian().locally_decided_by(), kDecider);
    EXPECT_THAT(decided.meaning_of_guardian().clauses(), ElementsAre("PLY-012"));
}

TEST(Times, AreMonotonicAndElapsedThroughAWholeYear) {
    const Questions ask = plymouth();
    std::mt19937_64 random(20261121);
    std::uniform_int_distribution<std::int64_t> millis(0, 366LL * 24 * 3600 * 1000);
    for (int i = 0; i < 2000; ++i) {
        Instant a = at(2026, 1, 1, 0) + Duration(millis(random)), b = at(2026, 1, 1, 0) + Duration(millis(random));
        if (b < a) std::swap(a, b);
        ASSERT_EQ(*ask.reply_due(a).value() - a, 1h);
        const Teller stakeholder{.category = Category::stakeholder};
        ASSERT_EQ(*ask.written_form_due(Channel::telephone, stakeholder, a).value() - a, 48h);
        ASSERT_LE(*ask.reply_due(a).value(), *ask.reply_due(b).value());
        const auto raised = ask.escalate_at(a).value();
        ASSERT_TRUE(std::ranges::is_sorted(raised));
        ASSERT_GE(raised.front(), a);
        const auto here = ask.is_staffed(a).value(), there = ask.is_staffed(b).value();
        const Instant first = here.staffed ? a : *here.opens, second = there.staffed ? b : *there.opens;
        ASSERT_LE(first, second);
        ASSERT_TRUE(ask.is_staffed(first).value().staffed);
    }
}

}  // namespace
}  // namespace kith::protocol
