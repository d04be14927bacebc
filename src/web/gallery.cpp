#include "web/gallery.hpp"

#include <array>

#include "ui/choose_area_page.hpp"
#include "ui/contact_page.hpp"
#include "ui/first_page.hpp"
#include "ui/gallery_call_page.hpp"
#include "ui/gallery_page.hpp"
#include "ui/gallery_report_page.hpp"
#include "ui/leave_page.hpp"
#include "ui/notice_page.hpp"
#include "ui/openings_page.hpp"
#include "ui/problem_page.hpp"
#include "ui/question_page.hpp"
#include "ui/queue_page.hpp"
#include "ui/refusal_page.hpp"
#include "ui/sent_page.hpp"
#include "ui/shown_once_page.hpp"
#include "ui/sign_in_page.hpp"
#include "ui/thread_page.hpp"

namespace kith::web {
namespace {

constexpr std::string_view kCode = "7K4Q-9XWM-2T8D-H3NV-P6RC";

Ringing ringing() {
    return {.now = RingLine{"Westmead Gateway", "01632 960100", "1", "tel:01632960100"},
            .else_when = RingLine{"Out of hours", "01632 960101", "", "tel:01632960101"},
            .hours = "Monday to Friday 8:00 to 20:00"};
}
Ringing ringing_at_night() {
    auto at_night = ringing();
    at_night.is_staffed = false;
    at_night.now = at_night.else_when;
    at_night.opens = "Monday 23 November 2026, 08:00";
    return at_night;
}
Ringing ringing_when_closed() {
    auto closed = ringing();
    closed.is_open = false;
    return closed;
}

Html components(GalleryFrames frames) {
    return piece([&](Html& o) { ui::gallery_page(o, frames.staff); });
}
Html report(GalleryFrames frames) {
    return piece([&](Html& o) { ui::gallery_report_page(o, frames.open); });
}
Html call(GalleryFrames frames) {
    return piece([&](Html& o) { ui::gallery_call_page(o, frames.staff, "/save", "/hand-over"); });
}

Html first(PublicFrame frame, Ringing whom) {
    const FirstPage view{.frame = std::move(frame),
                         .ringing = std::move(whom),
                         .doors = {{Icon::child, "A child, or a family", "One child, or what happens at home.", "#c"},
                                   {Icon::group, "A group of young people", "You need not know their names.", "#g"},
                                   {Icon::place, "A place", "A park, a stairwell, a shop, a website.", "#p"}},
                         .young = "#young",
                         .reply_within = "one hour",
                         .draft = {}};
    return piece([&](Html& o) { ui::first_page(o, view); });
}
Html first_at_night(GalleryFrames frames) { return first(std::move(frames.open), ringing_at_night()); }
Html first_when_closed(GalleryFrames frames) { return first(std::move(frames.open), ringing_when_closed()); }

Html choose_area(GalleryFrames frames) {
    const ChooseAreaPage view{
        std::move(frames.open),
        {{"Westmead", "Westmead Children's Services", "#w"}, {"Eastmead", "Eastmead Children's Services", "#e"}}};
    return piece([&](Html& o) { ui::choose_area_page(o, view); });
}

Html question_with_errors(GalleryFrames frames) {
    QuestionPage view{.frame = std::move(frames.open)};
    view.frame.has_errors = true;
    view.action = "#";
    view.leave = "#leave";
    view.form_token = "token";
    view.section = "About the place";
    view.title = "When does it happen?";
    view.errors.add("when", "Put a day that has been, such as 20 11 2026");
    view.groups = {
        {"", {TextInput{.field = {.name = "when", .label = "When", .error = view.errors.of("when")}, .value = "30 2"}}},
        {"And where", {Textarea{.field = {.name = "where", .label = "Where"}, .value = "Steps behind the shops"}}}};
    view.can_say_dont_know = view.can_stop = true;
    view.ringing = ringing();
    return piece([&](Html& o) { ui::question_page(o, view); });
}

Html emergency(GalleryFrames frames) {
    QuestionPage view{.frame = std::move(frames.open)};
    view.action = "#";
    view.form_token = "token";
    view.important = "If someone is in danger now, ring 999 first. What you typed is kept.";
    view.title = "Have you rung 999?";
    view.groups = {{"",
                    {Radios{.field = {.name = "rung", .label = "Have you rung 999?"},
                            .choices = {{.value = "rung", .text = "I have rung"},
                                        {.value = "will", .text = "I will ring as soon as I have sent this"}}}}}};
    return piece([&](Html& o) { ui::question_page(o, view); });
}

Html leave_worried(GalleryFrames frames) {
    const LeavePage view{.frame = std::move(frames.open),
                         .action = "#",
                         .back_to = "#back",
                         .form_token = "token",
                         .is_worried = true,
                         .ringing = ringing()};
    return piece([&](Html& o) { ui::leave_page(o, view); });
}

Html sent_at_night(GalleryFrames frames) {
    const SentPage view{
        .frame = std::move(frames.open),
        .code = std::string(kCode),
        .reply_within = "one hour",
        .form_due = "Monday 23 November 2026, 21:10",
        .is_staffed = false,
        .cannot_say_more = "We may not be able to tell you what was decided: that belongs to the family.",
        .ringing = ringing_at_night()};
    return piece([&](Html& o) { ui::sent_page(o, view); });
}

Html thread(PublicFrame frame, std::vector<ThreadMessage> messages) {
    ThreadPage view{.frame = std::move(frame)};
    view.form_token = "token";
    view.received = "Saturday 21 November 2026, 14:02";
    view.cannot_say_more = "We may not be able to tell you what was decided: that belongs to the family.";
    view.question_open = !messages.empty();
    view.messages = std::move(messages);
    view.ringing = ringing();
    return piece([&](Html& o) { ui::thread_page(o, view); });
}
Html thread_unanswered(GalleryFrames frames) { return thread(std::move(frames.open), {}); }
Html thread_with_question(GalleryFrames frames) {
    return thread(std::move(frames.open), {{"You", "14:02", "They meet on the steps behind the shops.", false},
                                           {"The Gateway", "14:20", "Which evenings have you seen them there?", true}});
}

Html notice_of_draft(GalleryFrames frames) {
    const NoticePage view{.frame = std::move(frames.open),
                          .title = "What you had typed is gone",
                          .paragraphs = {"A worry that is not sent is kept for one day only, and then deleted.",
                                         "Nothing of it was passed on. You can start again."},
                          .ways = {{"Start again", "#"}},
                          .ringing = ringing()};
    return piece([&](Html& o) { ui::notice_page(o, view); });
}

Html problem(GalleryFrames frames) {
    const ProblemPage view{std::move(frames.open), "There is nothing here, or it is not for you", 404};
    return piece([&](Html& o) { ui::problem_page(o, view); });
}
Html refusal(GalleryFrames frames) {
    return piece([&](Html& o) { ui::refusal_page(o, frames.open, 503, "Service Unavailable", "K7-2041"); });
}

Html signed_out_mid_form(GalleryFrames frames) {
    SignInPage view{.frame = std::move(frames.staff)};
    view.frame.who.clear();
    view.frame.navigation.clear();
    view.frame.has_errors = true;
    view.errors.add("user", "That e-mail address, password or code is not right");
    view.email = "jo.marsh@westmead.example";
    view.was_signed_out = true;
    view.kept = {{"reasons", "Three worries about the same steps in a week."}};
    return piece([&](Html& o) { ui::sign_in_page(o, view); });
}

Html shown_once(GalleryFrames frames) {
    const ShownOncePage view{.frame = std::move(frames.staff),
                             .title = "Print this page, then go on",
                             .text = "It is shown once. Keep it away from this machine.",
                             .pass_phrase = "harbour violet saddle thistle lantern copper",
                             .recovery_code = std::string(kCode),
                             .fingerprint = "9c41 77e0 b2d5 4f18",
                             .onward = "#on",
                             .onward_text = "I have printed it"};
    return piece([&](Html& o) { ui::shown_once_page(o, view); });
}

QueuePage queue_view(StaffFrame frame) {
    QueuePage view{.frame = std::move(frame), .heading = "Waiting for a decision"};
    view.lists = {{.text = "Waiting", .href = "#w", .is_here = true}, {.text = "More asked", .href = "#m"}};
    view.when_empty = "Nothing is waiting.";
    view.in_time = "0 of 0";
    view.late = "None late";
    view.as_of = "14:30:08";
    return view;
}
Html queue_empty_and_unattended(GalleryFrames frames) {
    const auto view = queue_view(std::move(frames.staff));
    return piece([&](Html& o) { ui::queue_page(o, view); });
}
Html queue_under_pressure(GalleryFrames frames) {
    auto view = queue_view(std::move(frames.staff));
    view.done = "The worry was handed to Jo Marsh.";
    view.items = {{.id = "1",
                   .in_danger = true,
                   .clock = Clock{.pressure = Pressure::soon, .text = "11 min left"},
                   .title = "A child, now",
                   .words = "She says she is not going home tonight.",
                   .facts = {"By telephone", "14:12", "Caller still talking"},
                   .href = "#1",
                   .action = "Decide"},
                  {.id = "2",
                   .clock = Clock{.pressure = Pressure::late, .text = "Late by 7 min"},
                   .title = "A group by the precinct, and a word that is far longer than any line can hold: "
                            "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
                   .words = "",
                   .facts = {"Online", "13:23"},
                   .href = "#2",
                   .action = "Decide"},
                  {.id = "3",
                   .clock = Clock{.pressure = Pressure::calm, .text = "34 min left"},
                   .title = "A place: steps behind the shops",
                   .words = "Lights out since August.",
                   .facts = {"Online", "14:04"},
                   .href = "#3",
                   .action = "Read"}};
    view.on_duty = {{"Jo Marsh", "until 17:00"}};
    view.next = {{"Priya Nair", "from 17:00"}};
    view.in_time = "11 of 12";
    view.late = "1 late";
    return piece([&](Html& o) { ui::queue_page(o, view); });
}

Html contact_closed(GalleryFrames frames) {
    ContactPage view{.frame = std::move(frames.staff)};
    view.heading = "A group by the precinct";
    view.reference = "W-7K4QX";
    view.closed = "This worry was answered at 14:41. Who told is sealed to the custodians now.";
    view.back = "#back";
    return piece([&](Html& o) { ui::contact_page(o, view); });
}

Html openings_empty(GalleryFrames frames) {
    const OpeningsPage view{.frame = std::move(frames.staff)};
    return piece([&](Html& o) { ui::openings_page(o, view); });
}

constexpr std::array kStates{
    GalleryState{"components", "Components", components},
    GalleryState{"report", "Parts of a public page", report},
    GalleryState{"call", "Parts of the call page", call},
    GalleryState{"first-at-night", "First page when nobody is reading", first_at_night},
    GalleryState{"first-when-closed", "First page of a front door that is not open", first_when_closed},
    GalleryState{"choose-area", "More than one area", choose_area},
    GalleryState{"question-with-errors", "A question answered in a way that cannot be", question_with_errors},
    GalleryState{"emergency", "An emergency, before anything is sent", emergency},
    GalleryState{"leave-worried", "Leaving, worried about confidentiality", leave_worried},
    GalleryState{"sent-at-night", "Sent when nobody is reading", sent_at_night},
    GalleryState{"thread-unanswered", "Come back before there is a reply", thread_unanswered},
    GalleryState{"thread-with-question", "Come back to a question", thread_with_question},
    GalleryState{"notice-of-draft", "A draft that has expired", notice_of_draft},
    GalleryState{"problem", "Nothing here, or not for you", problem},
    GalleryState{"refusal", "A request that could not be taken", refusal},
    GalleryState{"signed-out-mid-form", "Signed out in the middle of a form", signed_out_mid_form},
    GalleryState{"shown-once", "What is shown once", shown_once},
    GalleryState{"queue-empty", "Nothing waits, nobody on duty", queue_empty_and_unattended},
    GalleryState{"queue-under-pressure", "Danger, late, and very long words", queue_under_pressure},
    GalleryState{"contact-closed", "A way in that has closed", contact_closed},
    GalleryState{"openings-empty", "No openings", openings_empty},
};

}  // namespace

GalleryFrames gallery_frames() {
    const Area area{.name = "Westmead Gateway"};
    return {{.title = {}, .area = area, .setting = Setting::demonstration},
            {.title = {},
             .area = area,
             .setting = Setting::demonstration,
             .back = "/gallery",
             .back_text = "Gallery",
             .who = "Jo Marsh, manager",
             .form_token = "token",
             .navigation = {{.text = "Waiting", .href = "#w", .is_here = true, .count = "4"},
                            {.text = "Record a call", .href = "#c"},
                            {.text = "Rota", .href = "#r"}},
             .now = "2026-11-21T14:30:08.000Z"}};
}

std::span<const GalleryState> gallery_states() { return kStates; }

}  // namespace kith::web
