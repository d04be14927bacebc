// Opening how to reach who told, and recording that they were rung. The contact stands on the answer to the form that
// named its purpose and nowhere else: no address shows it, nothing keeps it.
#include "web/pages/contact.hpp"
#include "ui/contact_page.hpp"
#include "web/handlers/desk/show_concern.hpp"
#include "web/handlers/routes.hpp"

namespace kith::web {
namespace {
using http::Response;

Response not_there(const Ask& ask) { return problem_page(ask, Error{Code::not_found, "not for this reader", {}}); }

Response show(Ask& ask, const StaffSession& session, ContactPage view) {
    view.frame = ask.site.staff_frame(ask, session, "How to reach who told");
    view.frame.has_errors = view.errors.any();
    view.frame.back = view.back;
    view.frame.back_text = view.heading;
    return page(piece([&](Html& o) { ui::contact_page(o, view); }), view.errors.any() ? 422 : 200);
}

Response get_contact(Ask& ask, const StaffSession& session) {
    const auto reading = reading_of(ask, session);
    if (!reading) return not_read(ask, session, reading.error());
    if (reader_of(session) != Reader::manager) return not_there(ask);
    ContactPage view = contact_page(*reading, ask.now);
    if (ask.query.get("done") == "decided_unanswered") view.done = word("concern.done_decided_unanswered");
    return show(ask, session, std::move(view));
}

/// Opened for that purpose, or the page with why it was not: one act, one question to the gate.
Response open_and_show(Ask& ask, const StaffSession& session, ConcernId id, const Errors& errors,
                       const RingBackTyped& typed) {
    const app::Holder nobody{session.actor.member, {}, {}};
    const auto purpose = app::opening_purpose_named(ask.form.get("purpose"));
    const auto opened = app::open_to_answer(ask.house(), session.actor, session.holder ? *session.holder : nobody, id,
                                            purpose.value_or(app::OpeningPurpose::answer));
    const auto put = [&](ContactPage view) {
        view.purpose = ask.form.get("purpose");
        view.typed = typed;
        view.errors = errors;
        return view;
    };
    if (reader_of(session) != Reader::manager) return not_there(ask);
    if (opened) {
        ContactPage view = put(contact_page(opened->concern, opened->heading, ask.now));
        view.opened = opened_contact(opened->contact);
        return show(ask, session, std::move(view));
    }
    const auto reading = app::read_concern(ask.house(), session.actor, id);
    if (!reading) return not_read(ask, session, reading.error());
    ContactPage view = put(contact_page(*reading, ask.now));
    view.errors.add("purpose",
                    opened.error().code == Code::invalid ? word("purpose.invalid") : word("purpose.unavailable"));
    return show(ask, session, std::move(view));
}

Response post_contact(Ask& ask, const StaffSession& session) {
    const auto id = ask.path.as<ConcernId>("id");
    if (!id) return problem_page(ask, id.error());
    const bool is_manager = reader_of(session) == Reader::manager;
    if (!is_manager || app::opening_purpose_named(ask.form.get("purpose")))
        return open_and_show(ask, session, *id, {}, {});
    const auto reading = reading_of(ask, session);
    if (!reading) return not_read(ask, session, reading.error());
    ContactPage view = contact_page(*reading, ask.now);
    view.errors.add("purpose", word("purpose.empty"));
    return show(ask, session, std::move(view));
}

std::optional<app::Reached> reached_named(std::string_view name) {
    if (name == "reached") return app::Reached::reached;
    if (name == "no_answer") return app::Reached::no_answer;
    if (name == "impossible") return app::Reached::impossible;
    return std::nullopt;
}

Response post_ring_back(Ask& ask, const StaffSession& session) {
    const auto id = ask.path.as<ConcernId>("id");
    if (!id) return problem_page(ask, id.error());
    const RingBackTyped typed{std::string(ask.form.get("reached")), std::string(ask.form.get("note")),
                              std::string(ask.form.get("late_reason"))};
    const auto outcome = reached_named(typed.reached);
    Errors errors;
    if (!outcome)
        errors.add("reached", word("reached.empty"));
    else {
        const auto done = app::ring_back(ask.house(), session.actor, *id, {*outcome, typed.note, typed.late_reason});
        if (done)
            return redirect(
                Url::path("/concerns/{}", *id).with("done", *outcome == app::Reached::no_answer ? "tried" : "rang"));
        if (done.error().code == Code::not_found || reader_of(session) != Reader::manager) return not_there(ask);
        errors.add(done.error());
    }
    // Whoever has it open before them, with the telephone in hand, keeps it: opened once more for the same purpose.
    if (app::opening_purpose_named(ask.form.get("purpose"))) return open_and_show(ask, session, *id, errors, typed);
    const auto reading = reading_of(ask, session);
    if (!reading) return not_read(ask, session, reading.error());
    if (reader_of(session) != Reader::manager) return not_there(ask);
    ContactPage view = contact_page(*reading, ask.now);
    view.errors = errors;
    view.typed = typed;
    return show(ask, session, std::move(view));
}
}  // namespace

void add_contact_routes(Routes& routes) {
    using http::Method;
    routes.staff(Method::get, "/concerns/{id}/contact", get_contact);
    routes.staff(Method::post, "/concerns/{id}/contact", post_contact);
    routes.staff(Method::post, "/concerns/{id}/ring-back", post_ring_back);
}

}  // namespace kith::web
