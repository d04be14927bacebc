// One concern: read, danger marked, words marked, stepped back from, its written form received.
#include "app/decide.hpp"
#include "app/same_source.hpp"
#include "ui/concern_page.hpp"
#include "ui/marks_page.hpp"
#include "ui/step_back_page.hpp"
#include "ui/unreadable_page.hpp"
#include "web/handlers/desk/show_concern.hpp"
#include "web/handlers/routes.hpp"
#include "web/pages/marks.hpp"
#include "web/pages/say.hpp"

namespace kith::web {
namespace {
using concerns::DangerMark;
using http::Response;

constexpr std::string_view kDone[] = {"decided", "decided_unanswered", "asked",  "rang",      "tried",
                                      "danger",  "no_danger",          "form",   "kept_away", "nobody_meant",
                                      "source",  "answered",           "motive", "officer"};

Response get_concern(Ask& ask, const StaffSession& session) {
    const auto reading = reading_of(ask, session);
    if (!reading) return not_read(ask, session, reading.error());
    Shown shown;
    for (const auto name : kDone)
        if (ask.query.get("done") == name) shown.done = say("concern", "done_" + std::string(name));
    return show_concern(ask, session, *reading, shown);
}

Response post_danger(Ask& ask, const StaffSession& session) {
    const auto id = ask.path.as<ConcernId>("id");
    if (!id) return problem_page(ask, id.error());
    const bool takes_away = ask.form.get("danger") == "none";
    const auto by = reader_of(session) == Reader::manager ? DangerMark::by_manager : DangerMark::by_call_taker;
    const auto marked =
        app::mark_danger(ask.house(), session.actor, *id, takes_away ? DangerMark::none : by, ask.form.get("why"));
    if (marked) return redirect(Url::path("/concerns/{}", *id).with("done", takes_away ? "no_danger" : "danger"));
    if (marked.error().code != Code::invalid && marked.error().code != Code::conflict)
        return problem_page(ask, marked.error());
    const auto reading = reading_of(ask, session);
    if (!reading) return not_read(ask, session, reading.error());
    Shown shown{.danger_why = std::string(ask.form.get("why")), .conflict = marked.error().code == Code::conflict};
    if (!shown.conflict) shown.errors.add(marked.error());
    return show_concern(ask, session, *reading, shown);
}

Response post_works_with_children(Ask& ask, const StaffSession& session) {
    const auto id = ask.path.as<ConcernId>("id");
    if (!id) return problem_page(ask, id.error());
    const auto done = app::mark_works_with_children(ask.house(), session.actor, *id, ask.form.get("onward_why"));
    if (done) return redirect(Url::path("/concerns/{}", *id).with("done", "officer"));
    if (done.error().code != Code::invalid && done.error().code != Code::conflict)
        return problem_page(ask, done.error());
    const auto reading = reading_of(ask, session);
    if (!reading) return not_read(ask, session, reading.error());
    Shown shown{.officer_why = std::string(ask.form.get("onward_why")),
                .conflict = done.error().code == Code::conflict};
    if (!shown.conflict) shown.errors.add(done.error());
    return show_concern(ask, session, *reading, shown);
}

Response show_marks(Ask& ask, const StaffSession& session, ConcernId id, const concerns::Account& account,
                    const concerns::Account* form, MarksPage view) {
    const bool refused = view.errors.any();
    put_marks(view, id, account, form);
    view.frame = ask.site.staff_frame(ask, session, "Words that tell who told");
    view.frame.has_errors = refused;
    view.frame.back = view.back;
    view.frame.back_text = concerns::heading(account);
    return page(piece([&](Html& o) { ui::marks_page(o, view); }), refused ? 422 : 200);
}

Response get_marks(Ask& ask, const StaffSession& session) {
    const auto reading = reading_of(ask, session);
    if (!reading) return not_read(ask, session, reading.error());
    MarksPage view;
    const auto done = ask.query.get("done");
    if (done == "marked" || done == "unmarked" || done == "instead")
        view.done = say("concern", "done_" + std::string(done));
    return show_marks(ask, session, reading->concern.id, reading->account,
                      reading->form ? &reading->form->account : nullptr, std::move(view));
}

/// The act that the form asks for, and the word for its having been done.
std::pair<Result<app::Marking>, std::string_view> change_marks(Ask& ask, const StaffSession& session, ConcernId id) {
    if (ask.form.has("unmark")) {
        const auto mark = mark_named(ask.form.get("unmark"));
        return {app::unmark(ask.house(), session.actor, id, mark.value_or(concerns::MarkedWords{})), "unmarked"};
    }
    if (ask.form.has("of")) {
        const auto mark = mark_named(ask.form.get("of"));
        return {app::put_instead(ask.house(), session.actor, id, mark.value_or(concerns::MarkedWords{}),
                                 ask.form.get("mark_instead")),
                "instead"};
    }
    const auto field = concerns::field_named(ask.form.get("mark_field"));
    return {app::mark_each(ask.house(), session.actor, id, field, ask.form.get("mark_words")), "marked"};
}

Response post_marks(Ask& ask, const StaffSession& session) {
    const auto id = ask.path.as<ConcernId>("id");
    if (!id) return problem_page(ask, id.error());
    const auto [done, what] = change_marks(ask, session, *id);
    if (!done) return problem_page(ask, done.error());
    if (!done->refused) return redirect(Url::path("/concerns/{}/marks", *id).with("done", what));
    MarksPage view;
    view.errors.add(*done->refused);
    view.field = ask.form.get("mark_field");
    view.words = ask.form.get("mark_words");
    view.trouble_with = ask.form.get("of");
    view.typed_instead = ask.form.get("mark_instead");
    return show_marks(ask, session, *id, done->account, done->form ? &*done->form : nullptr, std::move(view));
}

Response post_keep_away(Ask& ask, const StaffSession& session) {
    const auto id = ask.path.as<ConcernId>("id");
    if (!id) return problem_page(ask, id.error());
    const auto said = ask.form.get("meant");
    const auto who = MemberId::parse(said);
    if (!who && said != "nobody") {
        const auto reading = reading_of(ask, session);
        if (!reading) return not_read(ask, session, reading.error());
        Shown shown;
        shown.errors.add("meant", word("meant.empty"));
        return show_concern(ask, session, *reading, shown);
    }
    const auto done = app::keep_away(ask.house(), session.actor, *id, who ? std::optional(*who) : std::nullopt);
    if (!done) return problem_page(ask, done.error());
    if (who && *who == session.actor.member) return redirect(Url("/queue").with("done", "stepped_back"));
    return redirect(Url::path("/concerns/{}", *id).with("done", who ? "kept_away" : "nobody_meant"));
}

Response post_source(Ask& ask, const StaffSession& session) {
    const auto id = ask.path.as<ConcernId>("id");
    if (!id) return problem_page(ask, id.error());
    const auto is = concerns::sameness_named(ask.form.get("sameness"));
    const auto done = app::record_source(ask.house(), session.actor, ask.form.get("reference"), ask.form.get("other"),
                                         is.value_or(concerns::Sameness::told_before));
    if (!done) return problem_page(ask, done.error());
    return redirect(Url::path("/concerns/{}", *id).with("done", "source"));
}

Response get_step_back(Ask& ask, const StaffSession& session) {
    const auto reading = reading_of(ask, session);
    if (!reading) return not_read(ask, session, reading.error());
    const ConcernId id = reading->concern.id;
    StepBackPage view{ask.site.staff_frame(ask, session, "Step back"), concerns::heading(reading->account),
                      Url::path("/concerns/{}/step-back", id), Url::path("/concerns/{}", id)};
    view.frame.back = view.stay;
    view.frame.back_text = view.heading;
    return page(piece([&](Html& o) { ui::step_back_page(o, view); }));
}

Response post_step_back(Ask& ask, const StaffSession& session) {
    const auto id = ask.path.as<ConcernId>("id");
    if (!id) return problem_page(ask, id.error());
    const auto done = app::step_back(ask.house(), session.actor, *id);
    if (!done) return problem_page(ask, done.error());
    return redirect(Url("/queue").with("done", "stepped_back"));
}

/// Who did what since the page was read.
std::string changed_words(const app::Reading& reading) {
    if (const auto decided = decided_of(reading))
        return decided->by + ", " + decided->when + ". " + decided->what + '.';
    const auto* last = reading.notes.empty() ? nullptr : &reading.notes.back();
    return last && !last->by.empty() ? last->by + " changed this while you were working."
                                     : "This changed while you were working.";
}
}  // namespace

Result<app::Reading> reading_of(Ask& ask, const StaffSession& session) {
    const ConcernId id = KITH_TRY(ask.path.as<ConcernId>("id"));
    return app::read_concern(ask.house(), session.actor, id);
}

Response not_read(Ask& ask, const StaffSession& session, const Error& error) {
    if (error.code != Code::betrayed) return problem_page(ask, error);
    UnreadablePage view{ask.site.staff_frame(ask, session, "This worry cannot be opened")};
    view.frame.back = "/queue";
    view.frame.back_text = word("queue.waiting_heading");
    return page(piece([&](Html& o) { ui::unreadable_page(o, view); }), 409);
}

Response show_concern(Ask& ask, const StaffSession& session, const app::Reading& reading, const Shown& shown) {
    const auto door = ask.site.front_door(reading.concern.front_door);
    if (!door) return problem_page(ask, door.error());
    ConcernPage view = concern_page(reading, door->questions, reader_of(session), ask.now);
    view.frame = ask.site.staff_frame(
        ask, session, "Worry " + reading.concern.reference);  // a title stays in the browser's history: no name
    view.frame.back = "/queue";
    view.frame.back_text = word("queue.waiting_heading");
    view.frame.has_errors = shown.errors.any();
    view.errors = shown.errors;
    view.done = shown.done;
    view.danger_why = shown.danger_why;
    view.motive = shown.motive;
    view.officer_why = shown.officer_why;
    if (shown.answer) {
        view.answer.reply.say(shown.answer->reply);
        view.answer.late_reason = shown.answer->late_reason;
        if (!view.awaits_answer)
            view.kept = kept_of({.reply = shown.answer->reply, .late_reason = shown.answer->late_reason});
    }
    if (shown.conflict) view.changed = changed_words(reading);
    if (shown.typed && view.may_decide) {
        view.form.typed = *shown.typed;
        view.form.reply.say(shown.typed->reply);
    } else if (shown.typed) {
        view.kept = kept_of(*shown.typed);
    }
    return page(piece([&](Html& o) { ui::concern_page(o, view); }), shown.conflict      ? 409
                                                                    : view.errors.any() ? 422
                                                                                        : 200);
}

void add_concern_routes(Routes& routes) {
    using http::Method;
    routes.staff(Method::get, "/concerns/{id}", get_concern);
    routes.staff(Method::post, "/concerns/{id}/danger", post_danger);
    routes.staff(Method::post, "/concerns/{id}/works-with-children", post_works_with_children);
    routes.staff(Method::get, "/concerns/{id}/marks", get_marks);
    routes.staff(Method::post, "/concerns/{id}/marks", post_marks);
    routes.staff(Method::post, "/concerns/{id}/keep-away", post_keep_away);
    routes.staff(Method::post, "/concerns/{id}/source", post_source);
    routes.staff(Method::get, "/concerns/{id}/step-back", get_step_back);
    routes.staff(Method::post, "/concerns/{id}/step-back", post_step_back);
}

}  // namespace kith::web
