// The manager decides and answers, or asks for more (PLY-022, 023). Everything typed comes back when it is refused.
#include "app/decide.hpp"
#include "base/text.hpp"
#include "web/handlers/desk/show_concern.hpp"
#include "web/handlers/routes.hpp"
#include "web/pages/say.hpp"

namespace kith::web {
namespace {
using http::Response;

constexpr std::size_t kMostWords = 2000;

struct Form {
    DecisionTyped typed;
    std::uint64_t seen = 0;
    bool asks = false, replies = false, is_torn = false;
};

Form form_in(const Ask& ask) {
    const auto text_of = [&](std::string_view name) { return std::string(ask.form.get(name)); };
    Form form{.typed = {.decision = text_of("decision"),
                        .question = text_of("question"),
                        .decide_anyway = text_of("decide_anyway"),
                        .earlier_read = text_of("earlier_read"),
                        .reasons = text_of("reasons"),
                        .reply = text_of("reply"),
                        .late_reason = text_of("late_reason"),
                        .area = text_of("area"),
                        .judged = text_of("judged"),
                        .actions = {}}};
    for (const auto action : ask.form.all("actions")) form.typed.actions.emplace_back(action);
    const auto seen = text_of("seen_revision");
    if (!seen.empty() && seen.size() < 19 && text::is_digits(seen)) form.seen = std::stoull(seen);
    const auto send = ask.form.get("send");
    form.is_torn = send == "ask" && !form.typed.decision.empty() && form.typed.decision != "ask";
    form.asks = form.typed.decision == "ask" || (send == "ask" && form.typed.decision.empty());
    form.replies = send != "ring";
    return form;
}

void need(Errors& errors, std::string_view field, std::string_view typed) {
    if (text::tidy(typed).empty())
        errors.add(field, error_word(field, "empty"));
    else if (text::length(typed) > kMostWords)
        errors.add(field, error_word(field, "too_long"));
}

/// In the order of the form, all at once; the use case refuses each again.
Errors errors_in(const Form& form, const app::Reading& reading, Instant now) {
    Errors errors;
    const DecisionTyped& typed = form.typed;
    if (form.is_torn)
        errors.add("decision", word("decision.two_ways"));
    else if (form.asks) {
        need(errors, "question", typed.question);
        if (text::tidy(typed.decide_anyway).empty())
            errors.add("decide_anyway", word("decide_anyway.empty"));
        else if (const auto at = next_at(text::tidy(typed.decide_anyway), now); !at)
            errors.add(at.error());
        return errors;
    }
    const auto outcome = concerns::outcome_named(typed.decision);
    if (!outcome && !form.is_torn) errors.add("decision", word("decision.empty"));
    if (outcome == concerns::Outcome::act && typed.actions.empty()) errors.add("actions", word("actions.empty"));
    const bool elsewhere = std::ranges::find(typed.actions, "another_area") != typed.actions.end();
    if (outcome == concerns::Outcome::act && elsewhere) {
        need(errors, "area", typed.area);
        if (typed.judged.empty()) errors.add("judged", word("judged.empty"));
    }
    if (outcome == concerns::Outcome::no_action && typed.earlier_read != "yes")
        errors.add("earlier_read", word("earlier_read.invalid"));
    need(errors, "reasons", typed.reasons);
    const bool late = form.replies && concerns::is_late(reading.concern, now) && !reading.concern.answered_at;
    if (late) need(errors, "late_reason", typed.late_reason);
    if (form.replies) need(errors, "reply", typed.reply);
    return errors;
}

Errors refusal_of(const Error& error, const app::Reading& reading) {
    Errors errors;
    if (error.field == "account")
        errors.add("actions", word("actions.names_them"));
    else if (error.field == "reply" && reading.concern.stage != concerns::Stage::decided)
        errors.add("reply", reading.way_in_open ? word("reply.betrays") : word("reply.unchecked"));
    else
        errors.add(error);
    return errors;
}

Result<void> send(Ask& ask, const StaffSession& session, ConcernId id, const Form& form) {
    const app::Holder nobody{session.actor.member, {}, {}};
    const app::Holder& holder = session.holder ? *session.holder : nobody;
    const DecisionTyped& typed = form.typed;
    if (form.asks)
        return app::ask_for_more(ask.house(), session.actor, holder, id, typed.question,
                                 KITH_TRY(next_at(text::tidy(typed.decide_anyway), ask.now)));
    app::DecisionForm decision{.decision = {},
                               .reasons = typed.reasons,
                               .seen_revision = form.seen,
                               .earlier_read = typed.earlier_read == "yes",
                               .reply = form.replies ? typed.reply : "",
                               .late_reason = typed.late_reason,
                               .area = typed.area};
    decision.judged = typed.judged == "danger_now"  ? app::JudgedHere::danger_now
                      : typed.judged == "no_danger" ? app::JudgedHere::no_danger
                                                    : app::JudgedHere::not_said;
    decision.decision.outcome = concerns::outcome_named(typed.decision).value_or(concerns::Outcome::act);
    if (decision.decision.outcome == concerns::Outcome::act)
        for (const auto& name : typed.actions) {
            const auto action = concerns::action_named(name);
            if (!action) return fail(Code::invalid, "no such action", "actions");
            decision.decision.actions.push_back(*action);
        }
    return app::decide(ask.house(), session.actor, holder, id, decision);
}

/// The gate refuses and the ledger keeps that it did; whatever else may be wrong with the form, it looks like absence.
Response refused_by_the_gate(Ask& ask, const StaffSession& session, ConcernId id, const Form& form) {
    static_cast<void>(send(ask, session, id, form));
    return problem_page(ask, Error{Code::not_found, "not for this reader", {}});
}

Response post_decide(Ask& ask, const StaffSession& session) {
    auto reading = reading_of(ask, session);
    if (!reading) return not_read(ask, session, reading.error());
    const ConcernId id = reading->concern.id;
    const Form form = form_in(ask);
    if (reader_of(session) != Reader::manager) return refused_by_the_gate(ask, session, id, form);
    Shown shown{.typed = form.typed};
    shown.conflict = !form.asks && reading->concern.revision != form.seen;
    if (form.asks && reading->concern.stage == concerns::Stage::decided) shown.conflict = true;
    if (!shown.conflict) shown.errors = errors_in(form, *reading, ask.now);
    if (shown.conflict || shown.errors.any()) return show_concern(ask, session, *reading, shown);
    const auto done = send(ask, session, id, form);
    const Url self = Url::path("/concerns/{}", id);
    if (done && form.asks) return redirect(self.with("done", "asked"));
    if (done && !form.replies)
        return redirect(Url::path("/concerns/{}/contact", id).with("done", "decided_unanswered"));
    if (done) return redirect(self.with("done", "decided"));
    if (done.error().code == Code::not_found) return problem_page(ask, done.error());
    shown.conflict = done.error().code == Code::conflict;
    if (shown.conflict)
        reading = reading_of(ask, session);
    else
        shown.errors = refusal_of(done.error(), *reading);
    if (!reading) return not_read(ask, session, reading.error());
    return show_concern(ask, session, *reading, shown);
}

/// The reply to what was decided without one.
Response post_answer(Ask& ask, const StaffSession& session) {
    const auto id = ask.path.as<ConcernId>("id");
    if (!id) return problem_page(ask, id.error());
    const std::string reply(ask.form.get("reply")), late_reason(ask.form.get("late_reason"));
    const app::Holder nobody{session.actor.member, {}, {}};
    const auto done = app::answer_in_writing(ask.house(), session.actor, session.holder ? *session.holder : nobody, *id,
                                             reply, late_reason);
    if (done) return redirect(Url::path("/concerns/{}", *id).with("done", "answered"));
    if (done.error().code != Code::invalid && done.error().code != Code::conflict)
        return problem_page(ask, done.error());
    const auto reading = reading_of(ask, session);
    if (!reading) return not_read(ask, session, reading.error());
    Shown shown{.answer = AnswerTyped{reply, late_reason}, .conflict = done.error().code == Code::conflict};
    if (done.error().field == "reply" && text::tidy(reply).empty())
        shown.errors.add("reply", word("reply.empty"));
    else if (done.error().field == "reply")
        shown.errors.add("reply", reading->way_in_open ? word("reply.betrays") : word("reply.unchecked"));
    else if (!shown.conflict)
        shown.errors.add(done.error());
    return show_concern(ask, session, *reading, shown);
}

Response post_motive(Ask& ask, const StaffSession& session) {
    const auto id = ask.path.as<ConcernId>("id");
    if (!id) return problem_page(ask, id.error());
    const MotiveTyped typed{std::string(ask.form.get("motive")), std::string(ask.form.get("motive_why"))};
    const auto done = app::note_motive(ask.house(), session.actor, *id, typed.motive, typed.why);
    if (done) return redirect(Url::path("/concerns/{}", *id).with("done", "motive"));
    if (done.error().code != Code::invalid) return problem_page(ask, done.error());
    const auto reading = reading_of(ask, session);
    if (!reading) return not_read(ask, session, reading.error());
    Shown shown{.motive = typed};
    need(shown.errors, "motive", typed.motive);
    need(shown.errors, "motive_why", typed.why);
    if (!shown.errors.any()) shown.errors.add(done.error());
    return show_concern(ask, session, *reading, shown);
}
}  // namespace

void add_decide_routes(Routes& routes) {
    routes.staff(http::Method::post, "/concerns/{id}/decide", post_decide);
    routes.staff(http::Method::post, "/concerns/{id}/answer", post_answer);
    routes.staff(http::Method::post, "/concerns/{id}/motive", post_motive);
}

}  // namespace kith::web
