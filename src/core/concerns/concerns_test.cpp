#include <gtest/gtest.h>

#include <random>

#include "core/concerns/concern.hpp"
#include "core/concerns/contact.hpp"
#include "core/parties/rota.hpp"

namespace kith::concerns {
namespace {
using namespace std::chrono_literals;

Account account_of(Subject subject) {
    Account account;
    account.subject = subject;
    account.answers[Field::what_seen] = "crying, by the door under mine";
    account.answers[subject == Subject::place ? Field::place_name : Field::where_seen] = "Larch Terrace";
    account.answers[Field::worry] = "alone since Friday";
    return account;
}

TEST(Account, EachKindNeedsOnlyItsOwnThreeParts) {
    for (const Subject subject : {Subject::child, Subject::family, Subject::group, Subject::place}) {
        EXPECT_TRUE(problems(account_of(subject)).empty());
        for (const Field field : needed(subject)) {
            Account account = account_of(subject);
            account.answers.erase(field);
            EXPECT_EQ(problems(account), (std::vector{Problem{field, Problem::Kind::empty}}));
        }
    }
}

TEST(Account, DontKnowAnswersAPartButNotAllOfThem) {
    Account account = account_of(Subject::child);
    account.answers[Field::where_seen] = kDontKnow;
    EXPECT_TRUE(problems(account).empty());
    EXPECT_TRUE(is_incomplete(account));
    for (const Field field : needed(Subject::child)) account.answers[field] = kDontKnow;
    EXPECT_FALSE(problems(account).empty());
}

TEST(Account, RefusesAFieldOfAnotherFormAndAnOptionNobodyOffered) {
    Account account = account_of(Subject::child);
    account.answers[Field::weekdays] = "friday";
    EXPECT_EQ(problems(account).front().kind, Problem::Kind::wrong_form);
    Account place = account_of(Subject::place);
    place.answers[Field::weekdays] = "friday blursday";
    EXPECT_EQ(problems(place).front().kind, Problem::Kind::not_an_option);
    place.answers[Field::weekdays] = "friday monday";
    EXPECT_TRUE(problems(place).empty());
}

TEST(Account, ACallKeepsAnswersToAnotherKindAndCarriesThemIntoTheWordsAtItsEnd) {
    Account account = account_of(Subject::group);
    account.answers[Field::who_leads] = "the tall one";
    account.answers[Field::police_log] = "123";
    account.subject = Subject::child;
    EXPECT_TRUE(problems_on_call(account).empty());
    EXPECT_FALSE(problems_so_far(account).empty());
    Account carried = carried_to_its_form(account);
    EXPECT_EQ(carried.answer(Field::what_seen), "crying, by the door under mine\nWho leads: the tall one");
    EXPECT_FALSE(carried.answers.contains(Field::who_leads));
    EXPECT_EQ(carried.answer(Field::police_log), "123");

    account.answers[Field::what_seen] = std::string(4000, 'a');
    EXPECT_EQ(carried_to_its_form(account), account) << "what does not fit stays where it is";
}

TEST(Account, AnUnnamedPersonCarriesATemporaryLabel) {
    EXPECT_EQ(label({}, 2), "Person 2");
    EXPECT_EQ(label({"", "Peaches", "", "", Part::forced}, 1), "“Peaches”");
}

TEST(Account, MarkedWordsAreGoneFromHeadingsLinesAndMaskedText) {
    Account account = account_of(Subject::child);
    account.marked.push_back({Field::what_seen, 8, 30});
    EXPECT_EQ(masked(account, Field::what_seen), "crying, […]");
    account.answers.erase(Field::worry);
    EXPECT_EQ(first_words(account, 100).find("mine"), std::string::npos);
}

TEST(Account, DecodesWhatItEncodesAndRefusesEveryTruncation) {
    Account account = account_of(Subject::group);
    account.people.push_back({"Ann Example", "", "14", "blue blazer", Part::leads});
    account.adults.push_back({"", "tall, grey van"});
    account.marked.push_back({Field::what_seen, 1, 4});
    const Bytes bytes = encode(account);
    EXPECT_EQ(*decode(bytes), account);
    for (std::size_t n = 0; n < bytes.size(); ++n) EXPECT_FALSE(decode(BytesView(bytes).first(n)));
}

TEST(Contact, DecodesWhatItEncodesAndRefusesEveryTruncation) {
    const Contact contact{
        "Ann Example", "The Corner Shop", "01632 960123", "",   "shopkeeper", Source::community, Category::stakeholder,
        "AG-7",        Reach::ring,       "after 18:00",  true, "my landlord"};
    const Bytes bytes = encode(contact);
    EXPECT_EQ(*decode_contact(bytes), contact);
    for (std::size_t n = 0; n < bytes.size(); ++n) EXPECT_FALSE(decode_contact(BytesView(bytes).first(n)));
}

TEST(Contact, OfBeforeThereWerePostsIsStillRead) {
    const Contact contact{.name = "Ann Example", .under_18 = true};
    Bytes before = encode(contact);
    before.resize(before.size() - 4);  // the post
    const auto version = std::ranges::find(before, Byte{2});
    ASSERT_LT(version - before.begin(), 4);
    *version = Byte{1};
    EXPECT_EQ(*decode_contact(before), contact);
}

TEST(Contact, KeepsThatTheCallerIsAChild) {
    const Contact child{.name = "Ann Example", .under_18 = true};
    EXPECT_EQ(*decode_contact(encode(child)), child);
}

const Instant kNoon = from_millis(1'800'000'000'000);
const MemberId kJo(ByteArray<16>{1}), kAmir(ByteArray<16>{2});

Concern waiting() {
    Concern concern;
    concern.received_at = kNoon;
    concern.reply_due_at = kNoon + 1h;
    return *hand_over(concern, kJo, kNoon);
}

TEST(Concern, TwoManagersAreToldApart) {
    const Concern concern = waiting();
    const Concern decided = *decide(concern, {Outcome::no_action, {}}, kJo, concern.revision, kNoon + 5min);
    EXPECT_EQ(decided.decided_by, kJo);
    EXPECT_EQ(decide(decided, {Outcome::act, {Action::assessment}}, kAmir, concern.revision, kNoon + 6min).error().code,
              Code::conflict);
    EXPECT_EQ(decide(concern, {Outcome::no_action, {}}, kAmir, concern.revision - 1, kNoon).error().code,
              Code::conflict);
}

TEST(Concern, AskingForMoreNeverStopsTheHourAndIsRefusedInDanger) {
    const Concern asked = *ask_for_more(waiting(), kNoon + 5min, kNoon + 40min);
    EXPECT_EQ(asked.reply_due_at, kNoon + 1h);
    EXPECT_TRUE(is_late(asked, kNoon + 61min));
    const Concern danger = *mark_danger(asked, DangerMark::by_manager);
    EXPECT_FALSE(danger.decide_anyway_at);
    EXPECT_FALSE(ask_for_more(danger, kNoon + 6min, kNoon + 40min));
}

TEST(Concern, ActingSaysWhat) {
    EXPECT_EQ(decide(waiting(), {Outcome::act, {}}, kJo, 1, kNoon).error().field, "actions");
}

TEST(Concern, TheWayInClosesWithTheAnswerUnlessTheFormIsAwaited) {
    Concern concern = waiting();
    EXPECT_TRUE(way_in_is_open(concern, kNoon + 24h * 30, 72h));
    concern.form = WrittenForm::awaited;
    concern = *answer(concern, AnswerMeans::ring_back, kNoon + 20min);
    EXPECT_TRUE(way_in_is_open(concern, kNoon + 72h, 72h));
    EXPECT_FALSE(way_in_is_open(concern, kNoon + 72h + 1ms, 72h));
    concern = *receive_form(concern);
    EXPECT_FALSE(way_in_is_open(concern, kNoon + 21min, 72h));
}

TEST(Concern, DangerComesFirstThenTheOneDueSoonest) {
    Concern early = waiting(), late = waiting(), danger = waiting(), unclocked = waiting();
    early.reply_due_at = kNoon + 10min;
    danger.danger = DangerMark::by_reporter;
    danger.reply_due_at = kNoon + 50min;
    unclocked.reply_due_at.reset();
    EXPECT_TRUE(comes_before(danger, early));
    EXPECT_TRUE(comes_before(early, late));
    EXPECT_TRUE(comes_before(late, unclocked));
    EXPECT_FALSE(comes_before(early, early));
}

using parties::Seat;
using parties::Shift;

TEST(Rota, FindsEveryGapAndPassesOverWhoMustNotSeeIt) {
    const std::vector<Shift> shifts{{kJo, Seat::manager, kNoon, kNoon + 4h},
                                    {kAmir, Seat::manager, kNoon + 3h, kNoon + 8h},
                                    {kJo, Seat::custodian, kNoon, kNoon + 7h}};
    EXPECT_EQ(parties::gaps(shifts, kNoon, kNoon + 8h),
              (std::vector{parties::Gap{Seat::custodian, kNoon + 7h, kNoon + 8h}}));
    EXPECT_EQ(parties::receiver(shifts, kNoon + 3h, {}), kJo);
    EXPECT_EQ(parties::receiver(shifts, kNoon + 3h, {kJo}), kAmir);
    EXPECT_EQ(parties::receiver(shifts, kNoon + 1h, {kJo}), std::nullopt);
}

TEST(Rota, NoGapIsFoundExactlyWhenSomebodyIsThereAtEveryMinute) {
    std::mt19937 random(11);
    for (int round = 0; round < 300; ++round) {
        std::vector<Shift> shifts;
        for (int i = 0; i < 6; ++i) {
            const auto from = kNoon + std::chrono::minutes(random() % 60);
            shifts.push_back({kJo, Seat::manager, from, from + std::chrono::minutes(1 + random() % 40)});
            shifts.push_back({kJo, Seat::custodian, kNoon, kNoon + 2h});
        }
        bool always = true;
        for (int minute = 0; minute < 60; ++minute)
            always &= !parties::on_duty(shifts, Seat::manager, kNoon + std::chrono::minutes(minute)).empty();
        EXPECT_EQ(parties::gaps(shifts, kNoon, kNoon + 1h).empty(), always);
    }
}

}  // namespace
}  // namespace kith::concerns
