#include "web/pages/queue.hpp"

#include <algorithm>
#include <array>

#include "base/london.hpp"
#include "web/pages/onward.hpp"
#include "web/pages/say.hpp"

namespace kith::web {
namespace {
using app::QueueLine;
using concerns::Concern;
using concerns::Stage;

constexpr std::array<std::string_view, 6> kNames{"waiting",  "more_asked", "added_to",
                                                 "form_due", "told_on",    "answered_today"};

std::vector<QueueLine> lines_of(const app::Queue& queue, QueueList list) {
    switch (list) {
        case QueueList::waiting:
            return queue.waiting;
        case QueueList::more_asked:
            return queue.more_asked;
        case QueueList::added_to:
            return queue.added_to;
        case QueueList::form_due: {
            auto lines = queue.forms_came;  // these are to be read; the others are only waited for
            lines.insert(lines.end(), queue.form_due.begin(), queue.form_due.end());
            return lines;
        }
        case QueueList::told_on:
            return queue.told_on;
        case QueueList::answered_today:
            return queue.answered_today;
    }
    throw Bug("a list that the queue has not");
}

/// The soonest of what is owed outside.
std::optional<Instant> onward_due(const QueueLine& line) {
    std::optional<Instant> due;
    for (const auto& one : line.onward)
        if (one.due_at && (!due || *one.due_at < *due)) due = one.due_at;
    return due;
}

Clock clock_of(const QueueLine& line, QueueList list, Instant now) {
    const Concern& concern = line.concern;
    if (list == QueueList::added_to && line.added_at) return {.text = "Added " + time_of_day(*line.added_at, now)};
    if (list == QueueList::form_due && line.form_came_at)
        return {.text = "Came in " + time_of_day(*line.form_came_at, now)};
    if (list == QueueList::told_on)
        if (const auto due = onward_due(line)) return clock_until(*due, now, std::chrono::hours(4));
    if (list == QueueList::form_due && concern.form_due_at)
        return clock_until(*concern.form_due_at, now, std::chrono::hours(4));
    if (concern.answered_at) {
        const bool late = concerns::is_late(concern, now);
        return {.pressure = late ? Pressure::late : Pressure::calm,
                .text = (late ? "Late: after " : "After ") + spoken(*concern.answered_at - concern.received_at)};
    }
    if (concern.stage == Stage::on_call) return {.text = std::string(word("queue.on_call"))};
    if (concern.reply_due_at) return clock_until(*concern.reply_due_at, now);
    return {.text = "Waiting " + spoken(now - concern.received_at)};
}

std::string who_has(const QueueLine& line, Instant now) {
    const Concern& concern = line.concern;
    if (concern.stage == Stage::on_call) return line.taken_by_name.empty() ? "" : "with " + line.taken_by_name;
    if (line.with_name.empty()) return std::string(word("queue.unattended"));
    return "with " + line.with_name +
           (concern.handed_over_at ? " since " + time_of_day(*concern.handed_over_at, now) : "");
}

std::vector<std::string> facts_of(const QueueLine& line, QueueList list, Instant now) {
    const Concern& concern = line.concern;
    std::vector<std::string> facts{
        say("about", name_of(concern.subject)),
        say("about", name_of(concern.channel)) + ' ' + time_of_day(concern.received_at, now)};
    if (line.someone_forced) facts.emplace_back(word("queue.forced"));
    if (concern.incomplete) facts.emplace_back(word("queue.incomplete"));
    if (line.must_not_see_unmatched) facts.emplace_back(word("queue.must_not_see"));
    if (list == QueueList::answered_today || list == QueueList::added_to) {
        facts.push_back("Answered " + time_of_day(*concern.answered_at, now));
    } else if (list == QueueList::told_on) {
        for (const auto& one : line.onward)
            if (one.state.is_open()) facts.push_back(onward_standing(one));
    } else {
        if (auto with = who_has(line, now); !with.empty()) facts.push_back(std::move(with));
        if (concern.stage == Stage::on_call && concern.reply_due_at)
            facts.push_back(clock_until(*concern.reply_due_at, now).text);
        if (concern.decided_at && !concern.answered_at)
            facts.push_back("Decided " + time_of_day(*concern.decided_at, now) + ", not answered yet");
        if (list == QueueList::more_asked && concern.decide_anyway_at)
            facts.push_back("Decide anyway at " + time_of_day(*concern.decide_anyway_at, now));
        if (list == QueueList::form_due && concern.form_due_at)
            facts.push_back((line.form_came_at && *line.form_came_at > *concern.form_due_at ? "Late: was due "
                             : line.form_came_at                                            ? "In time: was due "
                                                                                            : "Due ") +
                            london::to_short(*concern.form_due_at));
    }
    facts.push_back(line.reference);
    return facts;
}

std::string action_of(const Concern& concern, QueueList list) {
    if (list == QueueList::added_to || list == QueueList::form_due || list == QueueList::told_on ||
        list == QueueList::answered_today || concern.stage == Stage::on_call)
        return "Read";
    return concern.stage == Stage::decided ? "Answer" : "Decide";
}

QueueItem item_of(const QueueLine& line, QueueList list, Instant now) {
    QueueItem item{.id = "w-" + line.reference,
                   .in_danger = line.concern.danger != concerns::DangerMark::none,
                   .clock = clock_of(line, list, now),
                   .title = line.heading,
                   .words = line.words,
                   .facts = facts_of(line, list, now),
                   .href = Url::path("/concerns/{}", line.id),
                   .action = action_of(line.concern, list)};
    if (line.unreadable) {
        item.title = word("queue.cannot_open_title");
        item.words = word("queue.cannot_open");
        item.action = "Read";
    }
    return item;
}

std::string pace_of(const std::vector<QueueLine>& answered) {
    std::vector<Duration> took;
    for (const QueueLine& line : answered)
        if (line.concern.answered_at) took.push_back(*line.concern.answered_at - line.concern.received_at);
    if (took.empty()) return {};
    std::ranges::sort(took);
    if (took.size() == 1) return "It took " + spoken(took.front()) + '.';
    return "Half took " + spoken(took[(took.size() - 1) / 2]) + " or less, the longest " + spoken(took.back()) + '.';
}

std::string empty_words(const app::Queue& queue, QueueList list) {
    std::string words = say("queue", std::string(name_of(list)) + "_none");
    if (list != QueueList::waiting || queue.answered_today.empty()) return words;
    const auto& last = *std::ranges::max_element(queue.answered_today, {},
                                                 [](const QueueLine& line) { return line.concern.answered_at; });
    return words + " The last worry was answered at " + london::to_clock(*last.concern.answered_at) + '.';
}

std::string said(const app::Queue& queue) {
    const auto in_danger = std::ranges::count_if(
        queue.waiting, [](const QueueLine& line) { return line.concern.danger != concerns::DangerMark::none; });
    return std::to_string(queue.waiting.size()) + " waiting, " + std::to_string(in_danger) + " in danger, " +
           std::to_string(queue.waiting_late) + " late";
}
}  // namespace

std::string_view name_of(QueueList list) { return kNames[static_cast<std::size_t>(list)]; }

QueueList queue_list_named(std::string_view name) {
    const auto at = std::ranges::find(kNames, name);
    return at == kNames.end() ? QueueList::waiting : static_cast<QueueList>(at - kNames.begin());
}

QueuePage queue_page(const app::Queue& queue, QueueList list) {
    QueuePage page;
    page.heading = list == QueueList::answered_today ? std::string(word("queue.answered_today"))
                                                     : say("queue", std::string(name_of(list)) + "_heading");
    for (const std::string_view name : kNames) {
        const QueueList each = queue_list_named(name);
        const Url href = each == QueueList::waiting ? Url("/queue") : Url("/queue").with("list", name);
        if (each == list) page.again = href;
        page.lists.push_back({say("queue", name), href, each == list, std::to_string(lines_of(queue, each).size())});
    }
    for (const QueueLine& line : lines_of(queue, list)) page.items.push_back(item_of(line, list, queue.as_of));
    page.when_empty = empty_words(queue, list);
    page.say = said(queue);
    for (const auto& one : queue.on_duty)
        page.on_duty.push_back({one.name, "until " + time_of_day(one.until, queue.as_of)});
    constexpr std::size_t kNext = 2;
    for (const auto& one : queue.next)
        if (page.next.size() < kNext) page.next.push_back({one.name, "from " + time_of_day(one.until, queue.as_of)});
    const std::size_t all = queue.answered_in_time + queue.answered_late + queue.waiting_late;
    page.in_time = std::to_string(queue.answered_in_time) + " of " + std::to_string(all);
    page.late = std::to_string(queue.answered_late) + " answered late, " + std::to_string(queue.waiting_late) +
                " waiting and late";
    page.pace = pace_of(queue.answered_today);
    page.as_of = london::to_clock_with_seconds(queue.as_of);
    return page;
}

}  // namespace kith::web
