#include "web/handlers/anyone/report.hpp"

#include <array>

#include "base/london.hpp"
#include "ui/check_page.hpp"
#include "ui/leave_page.hpp"
#include "ui/question_page.hpp"
#include "ui/sent_page.hpp"
#include "web/handlers/anyone/report_files.hpp"
#include "web/handlers/anyone/report_session.hpp"
#include "web/handlers/routes.hpp"

namespace kith::web {
namespace {
using app::Draft;
using app::DraftKey;
using http::Method;
using http::Response;

// So long may the page with the code be asked for again by the browser that sent it, and no longer.
constexpr std::chrono::seconds kAfterSending = std::chrono::minutes(10);

Response show(const QuestionPage& view) {
    return page(piece([&](Html& o) { ui::question_page(o, view); }), view.errors.any() ? 422 : 200);
}

// --- beginning
// ---------------------------------------------------------------------------------------------------------

enum class About { child_or_family, child, me, group, place };
std::optional<About> about_named(std::string_view name) {
    constexpr std::array<std::string_view, 5> names{"child_or_family", "child", "me", "group", "place"};
    const auto at = std::ranges::find(names, name);
    return at == names.end() ? std::nullopt : std::optional(static_cast<About>(at - names.begin()));
}

QuestionPage start_page(const Ask& ask, const FrontDoorView& door, const http::Form& said, const DraftKey& key) {
    QuestionPage view;
    const bool asks_subject = about_named(said.get("about")) == About::child_or_family;
    const std::string_view field = asks_subject ? "subject" : "danger";
    if (ask.is_post()) view.errors.add(field, error_word(field, "empty"));
    view.action = Url::path("/at/{}/report/start", door.slug);
    view.form_token = key.form_token(ask.house().crypto);
    view.hidden = {{"about", std::string(said.get("about"))}, {"young", std::string(said.get("young"))}};
    Radios radios{.field = {.name = std::string(field),
                            .label = std::string(asks_subject ? word("subject.which") : word("danger.label")),
                            .error = view.errors.of(field),
                            .size = LabelSize::l,
                            .heading = Heading::page},
                  .value = std::string(said.get(field))};
    if (asks_subject)
        radios.choices = {{.value = "child", .text = std::string(word("subject.child"))},
                          {.value = "family",
                           .text = std::string(word("subject.family")),
                           .hint = std::string(word("subject.family_hint"))}};
    else
        radios.choices = {{.value = "yes", .text = std::string(word("danger.yes"))},
                          {.value = "no", .text = std::string(word("danger.no"))},
                          {.value = "unsure", .text = std::string(word("danger.unsure"))}};
    Checkboxes keep{.field = named("keep"),
                    .choices = {{.value = "yes", .text = std::string(word("keep.yes"))}},
                    .layout = ChoiceLayout::small};
    if (said.get("keep") == "yes") keep.values = {"yes"};
    view.groups = {{{}, {radios, keep}}};
    view.ringing = ringing_of(door, ask.now);
    view.frame = frame_of(ask, door, "Tell us");
    view.frame.has_errors = view.errors.any();
    view.frame.back = said.get("young") == "yes" ? Url::path("/at/{}/young", door.slug) : view.frame.area.home;
    return view;
}

Response half_told(const Ask& ask, const FrontDoorView& wanted, const DraftKey& key, const Draft& draft,
                   const http::Form& said) {
    const auto found = ask.site.front_door(draft.front_door);
    if (!found) return problem_page(ask, found.error());
    const FrontDoorView& door = *found;
    NoticePage view;
    view.frame = frame_of(ask, door, "Tell us");
    view.title = "You have begun to tell us something";
    view.paragraphs = {"What you typed is still here. You can go on with it, or delete it and begin something new."};
    view.ways = {{"Go on with it", url_of(door, first_open(draft))}, {"Read what I typed", url_of(door, Step::check)}};
    view.action = Url::path("/at/{}/report/new", door.slug)
                      .with("about", said.get("about"))
                      .with("young", said.get("young"))
                      .with("to", wanted.slug);
    view.form_token = key.form_token(ask.house().crypto);
    view.button = "Delete it and begin something new";
    return show_notice(view);
}

Response get_start(Ask& ask) {
    const auto door = ask.site.front_door_called(ask.path.get("slug"));
    if (!door) return problem_page(ask, door.error());
    if (!door->open) return closed(ask, *door);
    if (!about_named(ask.query.get("about"))) return redirect(door->area.home);
    auto key = draft_key(ask);
    if (key)
        if (const auto draft = app::read_draft(ask.house(), *key))
            return half_told(ask, *door, *key, *draft, ask.query);
    // A key that has sent its worry would answer the next one with the first one's code.
    const bool is_new = !key || app::receipt_of(ask.house(), *key);
    if (is_new) key = DraftKey::create(ask.house().crypto);
    Response response = show(start_page(ask, *door, ask.query, *key));
    if (is_new) response.headers.push_back(draft_cookie(*key, std::nullopt));
    return response;
}

std::optional<Draft> new_draft(const http::Form& form, FrontDoorId front_door) {
    const auto about = about_named(form.get("about"));
    if (!about) return std::nullopt;
    Draft draft;
    draft.front_door = front_door;
    if (form.get("keep") == "yes") draft.stay = app::Stay::on_this_device;
    if (form.get("young") == "yes") draft.teller = app::Teller::young;
    if (*about == About::me) {
        draft.contact.source = concerns::Source::about_themselves;
        draft.passed.insert(std::string(name_of(Step::about_you)));
    }
    if (*about == About::child_or_family) {
        const auto subject = form.get("subject");
        if (subject != "child" && subject != "family") return std::nullopt;
        draft.account.subject = subject == "child" ? concerns::Subject::child : concerns::Subject::family;
        return draft;
    }
    draft.account.subject = *about == About::group   ? concerns::Subject::group
                            : *about == About::place ? concerns::Subject::place
                                                     : concerns::Subject::child;
    take_answers(draft, Step::danger, form, Said::what_was_typed);
    if (draft.emergency == app::Emergency::not_asked) return std::nullopt;
    draft.passed.insert(std::string(name_of(Step::danger)));
    return draft;
}

Response post_start(Ask& ask) {
    const auto door = ask.site.front_door_called(ask.path.get("slug"));
    if (!door) return problem_page(ask, door.error());
    if (!door->open) return closed(ask, *door);
    const auto key = draft_key(ask);
    if (!key || !has_form_token(ask, *key)) return gone(ask, *door);
    const auto draft = new_draft(ask.form, door->id);
    if (!draft) return show(start_page(ask, *door, ask.form, *key));
    const auto begun = app::begin_draft(ask.house(), *key, *draft);
    if (!begun && begun.error().code == Code::conflict) {
        const auto there = app::read_draft(ask.house(), *key);
        return there ? half_told(ask, *door, *key, *there, ask.form) : problem_page(ask, there.error());
    }
    if (!begun) return problem_page(ask, begun.error());
    return go_to(ask, {*door, *key, *draft}, *draft, url_of(*door, first_open(*draft)));
}

Response post_new(Ask& ask) {
    auto found = session_of(ask);
    if (auto* response = std::get_if<Response>(&found)) return std::move(*response);
    const auto& session = std::get<Session>(found);
    if (const auto dropped = app::drop_draft(ask.house(), session.key); !dropped)
        return problem_page(ask, dropped.error());
    const auto to = ask.site.front_door_called(ask.query.get("to"));
    if (!to || !about_named(ask.query.get("about"))) return redirect(session.door.area.home);
    return redirect(Url::path("/at/{}/report/start", to->slug)
                        .with("about", ask.query.get("about"))
                        .with("young", ask.query.get("young")));
}

// --- asking
// ------------------------------------------------------------------------------------------------------------

bool is_asked(const Draft& draft, Step step) {
    const auto steps = steps_of(draft);
    return std::ranges::find(steps, step) != steps.end();
}

Response show_check(const Ask& ask, const Session& session, const Errors& errors, int status) {
    CheckPage view = check_page(ask, session.door, session.draft);
    view.errors = errors;
    view.frame.has_errors = errors.any();
    view.form_token = session.key.form_token(ask.house().crypto);
    if (const auto back = before(session.draft, Step::check)) view.frame.back = url_of(session.door, *back);
    return page(piece([&](Html& o) { ui::check_page(o, view); }), status);
}

Response get_step(Ask& ask) {
    const auto step = step_named(ask.path.get("step"));
    if (!step) return problem_page(ask, Error{Code::not_found, "no such question", {}});
    auto found = session_of(ask);
    if (auto* response = std::get_if<Response>(&found)) return std::move(*response);
    const auto& session = std::get<Session>(found);
    const bool held =
        session.draft.emergency == app::Emergency::holding && *step != Step::danger && *step != Step::emergency;
    if (held) return redirect(url_of(session.door, Step::emergency));
    if (!is_asked(session.draft, *step)) return redirect(url_of(session.door, first_open(session.draft)));
    if (*step == Step::check) return show_check(ask, session, {}, 200);
    return show(page_of(ask, session, session.draft, *step));
}

Response post_check(Ask& ask);

Response post_step(Ask& ask) {
    const auto step = step_named(ask.path.get("step"));
    if (!step) return problem_page(ask, Error{Code::not_found, "no such question", {}});
    if (*step == Step::check) return post_check(ask);
    auto found = session_of(ask);
    if (auto* response = std::get_if<Response>(&found)) return std::move(*response);
    const auto& session = std::get<Session>(found);
    const auto go = ask.form.get("go");
    const Said said = go == "dont_know" ? Said::dont_know : Said::what_was_typed;
    Draft typed = session.draft;
    take_answers(typed, *step, ask.form, said);
    auto troubles = troubles_at(typed, *step);
    // Adding a person and stopping here ask for nothing that is missing.
    if (go == "add" || go == "enough")
        std::erase_if(troubles, [](const Trouble& trouble) { return trouble.what == "empty"; });
    if (!troubles.empty()) return show(page_of(ask, session, typed, *step));
    const auto kept = app::change_draft(ask.house(), session.key, [&](Draft& draft) {
        take_answers(draft, *step, ask.form, said);
        if (go == "add") return;
        draft.passed.insert(std::string(name_of(*step)));
        if (go == "enough")
            for (const Step one : steps_of(draft))
                if (one < kAfterAllIKnow) draft.passed.insert(std::string(name_of(one)));
    });
    if (!kept && kept.error().code == Code::not_found) return gone(ask, session.door);
    if (!kept) return problem_page(ask, kept.error());
    Step next = after(*kept, *step);
    if (go == "add")
        next = *step;
    else if (kept->emergency == app::Emergency::holding)
        next = Step::emergency;
    else if (go == "enough" || ask.form.get("then") == "check")
        next = first_open(*kept);
    Url url = url_of(session.door, next);
    if (ask.form.get("then") == "check" && next != Step::check) url = url.with("then", "check");
    if (go == "add") {
        const bool people = *step == Step::people;
        const auto there = people ? kept->account.people.size() : kept->account.adults.size();
        url = url.at((people ? "person_name-" : "adult_name-") + std::to_string(there + 1));
    }
    return go_to(ask, session, *kept, url);
}

// --- sending
// -----------------------------------------------------------------------------------------------------------

Response sent(const Ask& ask, const FrontDoorView& door, const DraftKey& key, const app::Receipt& receipt,
              app::Teller teller) {
    SentPage view;
    view.frame = frame_of(ask, door, "Your code");
    view.code = receipt.code;
    view.is_staffed = receipt.staffed;
    view.is_young = teller == app::Teller::young;
    if (receipt.reply_due_at) view.reply_within = reply_within(door, ask.now);
    if (receipt.form_due_at) view.form_due = london::to_day_and_clock(*receipt.form_due_at);
    const auto words = door.questions.reply_words();
    view.cannot_say_more = words.asks_a_person() ? std::string(word("next.no_outcome")) : words.value().cannot_say_more;
    view.ringing = ringing_of(door, ask.now);
    Response response = page(piece([&](Html& o) { ui::sent_page(o, view); }));
    response.headers.push_back(draft_cookie(key, kAfterSending));
    return response;
}

Response send(Ask& ask, Session session) {
    const auto marks = marks_of(ask.form, session.draft);
    const auto marked =
        app::change_draft(ask.house(), session.key, [&](Draft& draft) { draft.account.marked = marks; });
    if (marked) session.draft = *marked;
    for (const Step step : steps_of(session.draft))
        if (!troubles_at(session.draft, step).empty()) return show(page_of(ask, session, session.draft, step));
    if (!troubles_at_end(session.draft).empty()) {
        Errors errors;
        add_troubles(errors, troubles_at_end(session.draft));
        return show_check(ask, session, errors, 422);
    }
    const auto receipt = app::send_draft(ask.house(), session.key);
    if (receipt) return sent(ask, session.door, session.key, *receipt, session.draft.teller);
    return show_check(ask, session, Errors(Error{receipt.error().code, receipt.error().what, {}}),
                      http::status_of(receipt.error().code));
}

Response post_check(Ask& ask) {
    auto found = session_of(ask);
    if (auto* response = std::get_if<Response>(&found)) {
        // The same form once more: the same code.
        const auto door = ask.site.front_door_called(ask.path.get("slug"));
        const auto key = draft_key(ask);
        if (!door || !key || !has_form_token(ask, *key)) return std::move(*response);
        const auto receipt = app::receipt_of(ask.house(), *key);
        return receipt ? sent(ask, *door, *key, *receipt, app::Teller::adult) : std::move(*response);
    }
    auto& session = std::get<Session>(found);
    const auto go = ask.form.get("go");
    if (go != "stay" && go != "forget") return send(ask, std::move(session));
    const auto kept = app::change_draft(ask.house(), session.key, [&](Draft& draft) {
        draft.stay = go == "stay" ? app::Stay::on_this_device : app::Stay::until_browser_closes;
        draft.account.marked = marks_of(ask.form, draft);
    });
    if (!kept) return problem_page(ask, kept.error());
    Response response = redirect(url_of(session.door, Step::check));
    response.headers.push_back(draft_cookie(session.key, stays_for(ask, session.door, *kept)));
    return response;
}

// --- leaving
// -----------------------------------------------------------------------------------------------------------

LeavePage leave_view(const Ask& ask, const Session& session) {
    LeavePage view;
    view.frame = frame_of(ask, session.door, "Stop");
    view.action = Url::path("/at/{}/report/leave", session.door.slug);
    view.back_to = url_of(session.door, first_open(session.draft));
    view.frame.back = view.back_to;
    view.form_token = session.key.form_token(ask.house().crypto);
    view.ringing = ringing_of(session.door, ask.now);
    // HAC-005: whoever is anxious is offered somebody to ask.
    if (auto advice = line_for(session.door, protocol::Purpose::advice, ask.now)) view.ringing.now = std::move(advice);
    return view;
}

Response get_leave(Ask& ask) {
    auto found = session_of(ask);
    if (auto* response = std::get_if<Response>(&found)) return std::move(*response);
    const auto view = leave_view(ask, std::get<Session>(found));
    return page(piece([&](Html& o) { ui::leave_page(o, view); }));
}

Response post_leave(Ask& ask) {
    auto found = session_of(ask);
    if (auto* response = std::get_if<Response>(&found)) return std::move(*response);
    const auto& session = std::get<Session>(found);
    const auto why = ask.form.get("leave_why");
    const bool is_sure = ask.form.get("sure") == "yes";
    if (!is_sure && (why.empty() || why == "who_knows" || why == "not_sure")) {
        LeavePage view = leave_view(ask, session);
        view.is_worried = why == "who_knows";
        view.is_unsure = why == "not_sure";
        if (why.empty()) view.errors.add("leave_why", word("leave_why.empty"));
        view.frame.has_errors = view.errors.any();
        return page(piece([&](Html& o) { ui::leave_page(o, view); }), view.errors.any() ? 422 : 200);
    }
    // Why they left is kept nowhere.
    if (const auto dropped = app::drop_draft(ask.house(), session.key); !dropped)
        return problem_page(ask, dropped.error());
    NoticePage view;
    view.frame = frame_of(ask, session.door, "Stop");
    view.title = "What you typed is deleted";
    view.paragraphs = {"Nothing was sent. If you are still worried, you can tell us at any time."};
    view.ringing = ringing_of(session.door, ask.now);
    view.ways = {{"Go to the first page", view.frame.area.home}};
    Response response = show_notice(view);
    response.headers.push_back(http::clear_cookie(kDraftCookie));
    return response;
}
}  // namespace

std::vector<concerns::MarkedWords> marks_of(const http::Form& form, const Draft& draft) {
    std::vector<concerns::MarkedWords> out;
    for (const auto& found : app::words_that_tell(draft.account, draft.contact)) {
        const std::string value = std::string(concerns::spec_of(found.at.field).name) + ':' +
                                  std::to_string(found.at.from) + ':' + std::to_string(found.at.to);
        const auto marks = form.all("mark");
        if (std::ranges::find(marks, value) != marks.end()) out.push_back(found.at);
    }
    return out;
}

void add_report_routes(Routes& routes) {
    add_report_files_routes(routes);
    routes.anyone(Method::get, "/at/{slug}/report/start", get_start);
    routes.anyone(Method::post, "/at/{slug}/report/start", post_start);
    routes.anyone(Method::post, "/at/{slug}/report/new", post_new);
    routes.anyone(Method::get, "/at/{slug}/report/leave", get_leave);
    routes.anyone(Method::post, "/at/{slug}/report/leave", post_leave);
    routes.anyone(Method::get, "/at/{slug}/report/{step}", get_step);
    routes.anyone(Method::post, "/at/{slug}/report/{step}", post_step);
}

}  // namespace kith::web
