#include "web/pages/queue.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/london.hpp"
#include "tests/clause.hpp"

namespace kith::web {
namespace {
using namespace std::chrono_literals;
using concerns::DangerMark;
using concerns::Stage;

const Instant now =
    london::instant_of({Day(std::chrono::year(2026), std::chrono::month(11), std::chrono::day(21)), 14h + 30min});

app::QueueLine line(std::chrono::minutes ago) {
    app::QueueLine out;
    out.reference = "W-7K4QX";
    out.heading = "Steps behind the shops";
    out.words = "Older men offering vapes.";
    out.with_name = "Amir Shah";
    out.concern.received_at = now - ago;
    out.concern.reply_due_at = now - ago + 60min;
    out.concern.handed_over_at = now - ago;
    return out;
}

app::Queue queue_of(app::QueueLine one) {
    app::Queue queue;
    queue.as_of = now;
    queue.waiting.push_back(std::move(one));
    return queue;
}

bool says(const QueueItem& item, std::string_view part) {
    return std::ranges::any_of(item.facts, [&](const std::string& fact) { return fact.find(part) != fact.npos; });
}

TEST(QueuePage, TimeLeftAndLateAreSaidInWords) {
    KITH_CLAUSE("PLY-023");
    EXPECT_EQ(queue_page(queue_of(line(26min)), QueueList::waiting).items.front().clock->text, "34 min left");
    const auto late = queue_page(queue_of(line(67min)), QueueList::waiting).items.front();
    EXPECT_EQ(late.clock->text, "Late by 7 min");
    EXPECT_EQ(late.clock->pressure, Pressure::late);
    EXPECT_TRUE(says(late, "with Amir Shah since 13:23"));
}

TEST(QueuePage, WithoutAClockItSaysHowLongItWaits) {
    auto one = line(90min);
    one.concern.reply_due_at.reset();
    EXPECT_EQ(queue_page(queue_of(one), QueueList::waiting).items.front().clock->text, "Waiting 1 h 30 min");
}

TEST(QueuePage, ACallStillOnSaysWithWhomAndKeepsItsHour) {
    auto one = line(8min);
    one.concern.stage = Stage::on_call;
    one.concern.channel = concerns::Channel::telephone;
    one.with_name.clear();
    one.taken_by_name = "Sam Oduya";
    const auto item = queue_page(queue_of(one), QueueList::waiting).items.front();
    EXPECT_EQ(item.clock->text, "Caller still talking");
    EXPECT_EQ(item.action, "Read");
    EXPECT_TRUE(says(item, "with Sam Oduya"));
    EXPECT_TRUE(says(item, "52 min left"));
    EXPECT_FALSE(says(item, "Unattended"));
}

TEST(QueuePage, NobodyOnDutyIsSaid) {
    auto one = line(5min);
    one.with_name.clear();
    const auto view = queue_page(queue_of(one), QueueList::waiting);
    EXPECT_TRUE(says(view.items.front(), "Unattended"));
    EXPECT_TRUE(view.on_duty.empty());
}

TEST(QueuePage, WhetherAFormIsOwedStandsInItsOwnListOnly) {
    auto one = line(5min);
    one.concern.form = concerns::WrittenForm::awaited;
    one.concern.form_due_at = now + 40h;
    auto queue = queue_of(one);
    queue.form_due.push_back(one);
    EXPECT_FALSE(says(queue_page(queue, QueueList::waiting).items.front(), "Due"));
    EXPECT_TRUE(says(queue_page(queue, QueueList::form_due).items.front(), "Due Mon 23 Nov, 6:30"));
}

TEST(QueuePage, AFormThatCameStandsBeforeThoseThatAreAwaitedAndSaysWhetherItWasInTime) {
    auto awaited = line(5min), came = line(50h);
    awaited.concern.form_due_at = now + 40h;
    came.concern.form_due_at = now - 2h;
    came.form_came_at = now - 1h;
    app::Queue queue;
    queue.as_of = now;
    queue.form_due.push_back(awaited);
    queue.forms_came.push_back(came);
    const auto items = queue_page(queue, QueueList::form_due).items;
    ASSERT_EQ(items.size(), 2u);
    EXPECT_EQ(items[0].clock->text, "Came in 13:30");
    EXPECT_TRUE(says(items[0], "Late: was due"));
    EXPECT_TRUE(says(items[1], "Due "));
}

TEST(QueuePage, WhatWasAddedAfterTheAnswerSaysWhenItCame) {
    auto one = line(50h);
    one.concern.answered_at = now - 40h;
    one.added_at = now - 1h;
    app::Queue queue;
    queue.as_of = now;
    queue.added_to.push_back(one);
    const auto items = queue_page(queue, QueueList::added_to).items;
    ASSERT_EQ(items.size(), 1u);
    EXPECT_EQ(items[0].clock->text, "Added 13:30");
    EXPECT_EQ(items[0].action, "Read");
    EXPECT_TRUE(queue_page(queue, QueueList::waiting).items.empty());
}

TEST(QueuePage, WhatIsToldOnSaysWhatIsStillOwedAndByWhen) {
    auto one = line(30h);
    app::OnwardView area;
    area.area = "Exampleshire";
    area.state.owed_at = now - 30h;
    area.state.told_at = now - 29h;
    area.due_at = now - 1h;
    one.onward = {area};
    app::Queue queue;
    queue.as_of = now;
    queue.told_on.push_back(one);
    const auto item = queue_page(queue, QueueList::told_on).items.at(0);
    EXPECT_TRUE(says(item, "Exampleshire: not written to yet, not confirmed yet"));
    EXPECT_EQ(item.clock->pressure, Pressure::late);
}

TEST(QueuePage, WhatDoesNotOpenStillWaitsInTheList) {
    auto one = line(5min);
    one.unreadable = true;
    one.heading.clear();
    const auto item = queue_page(queue_of(one), QueueList::waiting).items.front();
    EXPECT_EQ(item.title, word("queue.cannot_open_title"));
    EXPECT_EQ(item.action, "Read");
    EXPECT_TRUE(says(item, "W-7K4QX"));
}

TEST(QueuePage, TodaysFiguresCountTheLateAndTheUnanswered) {
    app::Queue queue;
    queue.as_of = now;
    queue.answered_in_time = 3;
    queue.answered_late = 1;
    queue.waiting_late = 1;
    for (const auto took : {10min, 24min, 30min, 67min}) {
        auto one = line(120min);
        one.concern.answered_at = one.concern.received_at + took;
        queue.answered_today.push_back(one);
    }
    const auto view = queue_page(queue, QueueList::waiting);
    EXPECT_EQ(view.in_time, "3 of 5");
    EXPECT_EQ(view.late, "1 answered late, 1 waiting and late");
    EXPECT_EQ(view.pace, "Half took 24 min or less, the longest 1 h 7 min.");
    EXPECT_EQ(view.when_empty, "Nothing waits for a decision. The last worry was answered at 13:37.");
}

TEST(QueuePage, AnUnknownListIsTheWaitingOne) {
    EXPECT_EQ(queue_list_named("form_due"), QueueList::form_due);
    EXPECT_EQ(queue_list_named("<b>"), QueueList::waiting);
}

}  // namespace
}  // namespace kith::web
