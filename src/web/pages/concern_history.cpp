#include "web/pages/concern_history.hpp"

#include <algorithm>

#include "base/london.hpp"
#include "web/pages/say.hpp"

namespace kith::web {
namespace {
using app::MessageKind;
using app::NoteKind;
using app::Side;

std::string title_of(const app::Note& note) {
    switch (note.kind) {
        case NoteKind::decision:
        case NoteKind::ring_back:
            return say("history", note.word);
        case NoteKind::question:
            return std::string(word("history.question"));
        case NoteKind::step_back:
            return std::string(word("history.step_back"));
        case NoteKind::danger:
            return std::string(word("history.danger"));
        case NoteKind::correction:
            return std::string(word("history.correction"));
        case NoteKind::quarantine:
            return std::string(word("history.quarantine"));
        case NoteKind::motive:
            return std::string(word("history.motive"));
        case NoteKind::late_reply:
            return std::string(word("history.late_reply"));
        case NoteKind::same_source:
            return std::string(word("history.same_source"));
        case NoteKind::must_not_see:
            return say("history", note.word);
    }
    throw Bug("a note without a title");
}

std::string who_wrote(const app::Message& message) {
    if (message.kind == MessageKind::files) return std::string(word("thread.files"));
    if (message.side == Side::reporter)
        return std::string(message.kind == MessageKind::addition ? word("thread.addition")
                                                                 : word("thread.reporter_reply"));
    return std::string(message.kind == MessageKind::question ? word("thread.question") : word("thread.reply"));
}
}  // namespace

std::vector<TimelineItem> history_of(const app::Reading& reading) {
    std::vector<std::pair<Instant, TimelineItem>> events;
    const auto add = [&](Instant at, std::string title, std::string text, std::string by) {
        events.emplace_back(
            at,
            TimelineItem{
                .when = london::to_short(at), .title = std::move(title), .text = std::move(text), .by = std::move(by)});
    };
    const auto& concern = reading.concern;
    add(concern.received_at, std::string(word("history.received")), {}, say("about", name_of(concern.channel)));
    if (concern.handed_over_at)
        add(*concern.handed_over_at, std::string(word("history.handed_over")), {}, reading.taken_by_name);
    for (const auto& note : reading.notes) add(note.at, title_of(note), note.text, note.by);
    if (reading.form)
        add(reading.form->received_at, std::string(word("history.form_came")), {}, reading.form->typed_by);
    if (concern.answered_at && concern.answered_by == concerns::AnswerMeans::reply_placed)
        add(*concern.answered_at, std::string(word("history.answered")), {}, {});
    std::ranges::stable_sort(events, {}, [](const auto& event) { return event.first; });
    std::vector<TimelineItem> out;
    for (auto& event : events) out.push_back(std::move(event.second));
    return out;
}

std::vector<Addition> thread_of(const app::Reading& reading) {
    std::vector<Addition> out;
    for (const auto& message : reading.messages)
        out.push_back({who_wrote(message), london::to_short(message.at),
                       message.kind == MessageKind::files ? so_many_files(message.text) : message.text,
                       message.side == Side::reporter});
    return out;
}

}  // namespace kith::web
