// Opening who told, afterwards: asked by a custodian, answered by a second person, shown once in the answer to a form.
#include "web/pages/openings.hpp"
#include "app/attachments.hpp"
#include "app/contact.hpp"
#include "app/emergency.hpp"
#include "app/same_source.hpp"
#include "base/london.hpp"
#include "base/text.hpp"
#include "ui/opened_page.hpp"
#include "ui/openings_page.hpp"
#include "ui/review_page.hpp"
#include "web/handlers/desk/original.hpp"
#include "web/handlers/routes.hpp"
#include "web/pages/files.hpp"
#include "web/pages/say.hpp"

namespace kith::web {
namespace {
using app::OpeningPurpose;
using app::OpeningState;
using http::Response;

struct PurposeWords {
    OpeningPurpose purpose;
    std::string_view text;
};
constexpr std::array<PurposeWords, 8> kPurposes{{
    {OpeningPurpose::protect_the_child, "To protect the child"},
    {OpeningPurpose::protect_the_reporter, "To protect the reporter"},
    {OpeningPurpose::correction, "To correct what is kept about them"},
    {OpeningPurpose::court_order, "A court orders it"},
    {OpeningPurpose::police, "The police ask who told"},
    {OpeningPurpose::coroner, "A coroner asks who told"},
    {OpeningPurpose::inspectorate, "An inspectorate asks who told"},
    {OpeningPurpose::access_request, "An access request asks who told"},
}};

std::string purpose_text(std::string_view name) {
    for (const auto& [purpose, text] : kPurposes)
        if (app::name_of(purpose) == name) return std::string(text);
    return std::string(name);
}

std::string typed(const Ask& ask, std::string_view name) { return text::tidy(ask.form.get(name)); }

void put_state(OpeningItem& item, const app::OpeningView& view) {
    switch (view.state) {
        case OpeningState::asked:
            item.state = "Asked";
            item.colour = TagColour::blue;
            return;
        case OpeningState::agreed:
            item.state = "Agreed";
            item.colour = TagColour::green;
            return;
        case OpeningState::opened: {
            const bool waits = view.emergency && view.second.empty();
            item.state = waits ? "To review" : "Opened";
            item.colour = waits ? TagColour::red : TagColour::purple;
            return;
        }
        case OpeningState::refused:
            item.state = view.intermediary.empty() ? "Refused" : "Answered by an intermediary";
            item.colour = TagColour::grey;
            return;
    }
}

OpeningItem item_of(const app::OpeningView& view) {
    OpeningItem item;
    item.id = view.id.text();
    item.reference = view.reference;
    item.purpose = purpose_text(view.purpose);
    item.is_demand = view.demand != app::Demand{};
    put_state(item, view);
    const auto add = [&](std::string key, std::string text) {
        if (!text.empty()) item.facts.push_back({.key = std::move(key), .text = std::move(text)});
    };
    if (view.original) {
        item.original = file_label(view.original->kind, view.original->number);
        add("What", item.original + ", " + say("file_kind", concerns::name_of(view.original->kind)) + ", as it came");
    } else {
        add("What", "Who told");
    }
    add("Why", view.reason);
    add(view.emergency ? "Opened by" : "Asked by", view.asked_by + ", " + london::to_short(view.asked_at));
    add("Who asks", view.demand.asker);
    add("Power claimed", view.demand.power);
    add("Exactly what", view.demand.exactly);
    add("Legal advice", view.demand.advice);
    add("Reporter told first", view.demand.told_first);
    add(view.emergency ? "Reviewed by" : "Second person",
        view.second.empty() || !view.answered_at ? view.second
                                                 : view.second + ", " + london::to_short(*view.answered_at));
    add("Answer given", view.intermediary);
    if (view.opened_at) add("Opened", london::to_short(*view.opened_at));
    if (view.emergency)
        add("Emergency", view.second.empty() ? "Opened by one person alone; no other custodian has reviewed it yet"
                                             : "Opened by one person alone; reviewed");
    add("Review", view.review);
    if (view.may_review) item.review = Url::path("/openings/{}/review", view.id);
    if (view.may_second) item.answer = Url::path("/openings/{}/answer", view.id);
    if (view.may_open)
        item.open =
            view.original ? Url::path("/openings/{}/original", view.id) : Url::path("/openings/{}/open", view.id);
    return item;
}

Response show(Ask& ask, const StaffSession& session, OpeningsPage view) {
    const auto all = app::see_openings(ask.house(), session.actor);
    if (!all) return problem_page(ask, all.error());
    view.frame = ask.site.staff_frame(ask, session, "Openings");
    view.frame.has_errors = view.errors.any();
    view.may_ask = session.actor.roles.has(parties::Role::custodian);
    for (const auto& [purpose, text] : kPurposes)
        view.purposes.push_back({.value = std::string(app::name_of(purpose)), .text = std::string(text)});
    view.may_open_alone = session.holder && app::holds_custody(ask.house(), session.actor);
    for (std::size_t i = 0; i < 2; ++i) view.alone_purposes.push_back(view.purposes[i]);
    for (auto one = all->rbegin(); one != all->rend(); ++one) {
        if (one->emergency && one->second.empty()) {
            view.to_review.push_back(item_of(*one));
            continue;
        }
        const bool waits = one->state == OpeningState::asked || one->state == OpeningState::agreed;
        (waits ? view.waiting : view.done).push_back(item_of(*one));
    }
    return page(piece([&](Html& o) { ui::openings_page(o, view); }), view.errors.any() ? 422 : 200);
}

Response get_openings(Ask& ask, const StaffSession& session) {
    OpeningsPage view;
    if (ask.query.get("done") == "source") view.done_words = word("concern.done_source");
    return show(ask, session, std::move(view));
}

/// Nothing where who told is asked for; 0 for what is no number of a file.
std::optional<std::size_t> file_asked_for(const OpeningsPage& view) {
    if (view.opening_of != "original") return std::nullopt;
    if (view.file.empty() || view.file.size() > 4 || !text::is_digits(view.file)) return 0;
    return std::stoul(view.file);
}

Response post_openings(Ask& ask, const StaffSession& session) {
    OpeningsPage view;
    view.reference = typed(ask, "reference");
    view.purpose = typed(ask, "purpose");
    view.opening_of = typed(ask, "opening_of");
    view.file = typed(ask, "file");
    view.reason = typed(ask, "reason");
    view.demand_asker = typed(ask, "demand_asker");
    view.demand_power = typed(ask, "demand_power");
    view.demand_exactly = typed(ask, "demand_exactly");
    view.demand_advice = typed(ask, "demand_advice");
    view.demand_told_first = typed(ask, "demand_told_first");
    const auto purpose = app::opening_purpose_named(view.purpose);
    const auto file = file_asked_for(view);
    if (view.opening_of != "who_told" && view.opening_of != "original")
        view.errors.add("opening_of", word("any.choose"));
    if (file == 0U) view.errors.add("file", word("opening.file"));
    if (!purpose) view.errors.add("purpose", word("any.choose"));
    if (view.errors.any()) return show(ask, session, std::move(view));
    const app::Demand demand{view.demand_asker, view.demand_power, view.demand_exactly, view.demand_advice,
                             view.demand_told_first};
    const auto asked =
        app::ask_opening(ask.house(), session.actor, view.reference, *purpose, view.reason, demand, file);
    if (asked) return redirect("/openings");
    // A reference that is not there and one that is not for this reader say the same.
    if (asked.error().code == Code::not_found)
        view.errors.add("reference", word("any.not_found"));
    else if (asked.error().code == Code::invalid && asked.error().field == "file")
        view.errors.add("file", word("opening.file"));
    else if (asked.error().code == Code::invalid)
        view.errors.add(asked.error().field, error_word(asked.error().field, "empty"));
    else
        return problem_page(ask, asked.error());
    return show(ask, session, std::move(view));
}

Response post_answer(Ask& ask, const StaffSession& session) {
    const auto id = ask.path.as<OpeningId>("id");
    if (!id) return problem_page(ask, id.error());
    const auto said = ask.form.get("answer");
    OpeningsPage view;
    view.intermediary = typed(ask, "intermediary");
    view.trouble_with = id->text();
    if (said != "agreed" && said != "refused" && said != "by_intermediary") return redirect("/openings");
    const auto done = said == "by_intermediary"
                          ? app::answer_by_intermediary(ask.house(), session.actor, *id, view.intermediary)
                          : app::second_opening(ask.house(), session.actor, *id,
                                                said == "agreed" ? OpeningState::agreed : OpeningState::refused);
    if (done) return redirect("/openings");
    if (done.error().code != Code::invalid) return problem_page(ask, done.error());
    view.errors.add("intermediary", word("intermediary.empty"));
    return show(ask, session, std::move(view));
}

/// Whether two worries have the same source, by whoever has read who told one of them; nobody is named.
Response post_source(Ask& ask, const StaffSession& session) {
    OpeningsPage view;
    view.source_reference = typed(ask, "source_reference");
    view.source_other = typed(ask, "source_other");
    view.source_is = typed(ask, "sameness");
    const auto is = concerns::sameness_named(view.source_is);
    if (!is || *is == concerns::Sameness::told_before) {
        view.errors.add("sameness", word("any.choose"));
        return show(ask, session, std::move(view));
    }
    const auto done = app::record_source(ask.house(), session.actor, view.source_reference, view.source_other, *is);
    if (done) return redirect("/openings?done=source");
    if (done.error().code == Code::not_found)
        view.errors.add("source_reference", word("any.not_found"));
    else if (done.error().code == Code::invalid)
        view.errors.add("source_other", word("sameness.itself"));
    else
        return problem_page(ask, done.error());
    return show(ask, session, std::move(view));
}

std::string reach_words(const concerns::Contact& contact) {
    switch (contact.reach) {
        case concerns::Reach::ring:
            return contact.may_leave_message ? "Ring them. A message may be left." : "Ring them. Leave no message.";
        case concerns::Reach::text:
            return "Text message only.";
        case concerns::Reach::this_page_only:
            return "Only by their code: do not ring.";
    }
    throw Bug("a reach without words");
}

/// The contact goes from the use case into the page and nowhere else.
Response show_contact(Ask& ask, const StaffSession& session, const concerns::Contact& contact) {
    OpenedPage view{ask.site.staff_frame(ask, session, "Who told"), {}, reach_words(contact)};
    const auto add = [&](std::string key, const std::string& text) {
        view.rows.push_back({.key = std::move(key), .text = text.empty() ? "Not given" : text});
    };
    add("Name", contact.name);
    add("Post", contact.post);
    add("Organisation", contact.organisation);
    add("Telephone", contact.telephone);
    add("E-mail", contact.email);
    add("Safe to ring", contact.when_safe);
    add("Who must not know", contact.must_not_know);
    if (contact.under_18) add("Age", "Under 18");
    return page(piece([&](Html& o) { ui::opened_page(o, view); }));
}

Response post_open(Ask& ask, const StaffSession& session) {
    const auto id = ask.path.as<OpeningId>("id");
    if (!id) return problem_page(ask, id.error());
    if (!session.holder) return problem_page(ask, Error{Code::not_found, "no key pair", {}});
    const auto contact = app::open_afterwards(ask.house(), session.actor, *session.holder, *id);
    return contact ? show_contact(ask, session, *contact) : problem_page(ask, contact.error());
}

/// Goes from the use case into the answer, to be kept by whoever asked.
Response post_original(Ask& ask, const StaffSession& session) {
    const auto id = ask.path.as<OpeningId>("id");
    if (!id) return problem_page(ask, id.error());
    if (!session.holder) return problem_page(ask, Error{Code::not_found, "no key pair", {}});
    const auto original = app::open_original_afterwards(ask.house(), session.actor, *session.holder, *id);
    return original ? file_to_keep(*original) : problem_page(ask, original.error());
}

Response post_emergency(Ask& ask, const StaffSession& session) {
    if (!session.holder) return problem_page(ask, Error{Code::not_found, "no key pair", {}});
    OpeningsPage view;
    view.alone_reference = typed(ask, "alone_reference");
    view.alone_purpose = typed(ask, "alone_purpose");
    view.alone_reason = typed(ask, "alone_reason");
    const auto purpose = app::opening_purpose_named(view.alone_purpose);
    if (ask.form.get("alone") != "yes") view.errors.add("alone", word("alone.empty"));
    if (!purpose) view.errors.add("alone_purpose", word("any.choose"));
    if (view.errors.any()) return show(ask, session, std::move(view));
    const auto contact = app::open_in_emergency(ask.house(), session.actor, *session.holder, view.alone_reference,
                                                *purpose, view.alone_reason);
    if (contact) return show_contact(ask, session, *contact);
    if (contact.error().code == Code::not_found)
        view.errors.add("alone_reference", word("any.not_found"));
    else if (contact.error().code == Code::invalid)
        view.errors.add("alone_" + std::string(contact.error().field), error_word(contact.error().field, "empty"));
    else
        return problem_page(ask, contact.error());
    return show(ask, session, std::move(view));
}

/// The page of one review; absent for whoever may not make it.
Response show_review(Ask& ask, const StaffSession& session, OpeningId id, ReviewPage view) {
    const auto all = app::see_openings(ask.house(), session.actor);
    if (!all) return problem_page(ask, all.error());
    const auto one = std::ranges::find(*all, id, &app::OpeningView::id);
    if (one == all->end() || !one->may_review) return problem_page(ask, Error{Code::not_found, "no review", {}});
    view.frame = ask.site.staff_frame(ask, session, "Review an emergency");
    view.frame.has_errors = view.errors.any();
    view.frame.back = "/openings";
    view.item = item_of(*one);
    return page(piece([&](Html& o) { ui::review_page(o, view); }), view.errors.any() ? 422 : 200);
}

Response get_review(Ask& ask, const StaffSession& session) {
    const auto id = ask.path.as<OpeningId>("id");
    return id ? show_review(ask, session, *id, {}) : problem_page(ask, id.error());
}

Response post_review(Ask& ask, const StaffSession& session) {
    const auto id = ask.path.as<OpeningId>("id");
    if (!id) return problem_page(ask, id.error());
    ReviewPage view;
    view.verdict = typed(ask, "verdict");
    view.review = typed(ask, "review");
    if (view.verdict != "right" && view.verdict != "wrong") view.errors.add("verdict", word("verdict.empty"));
    if (view.errors.any()) return show_review(ask, session, *id, std::move(view));
    const auto verdict = view.verdict == "right" ? app::Verdict::right : app::Verdict::wrong;
    const auto done = app::review_opening(ask.house(), session.actor, *id, verdict, view.review);
    if (done) return redirect("/openings");
    if (done.error().code != Code::invalid) return problem_page(ask, done.error());
    view.errors.add("review", word("review.empty"));
    return show_review(ask, session, *id, std::move(view));
}
}  // namespace

void add_custodian_routes(Routes& routes) {
    routes.staff(http::Method::get, "/openings", get_openings);
    routes.staff(http::Method::post, "/openings", post_openings);
    routes.staff(http::Method::post, "/openings/source", post_source);
    routes.staff(http::Method::post, "/openings/emergency", post_emergency);
    routes.staff(http::Method::get, "/openings/{id}/review", get_review);
    routes.staff(http::Method::post, "/openings/{id}/review", post_review);
    routes.staff(http::Method::post, "/openings/{id}/answer", post_answer);
    routes.staff(http::Method::post, "/openings/{id}/open", post_open);
    routes.staff(http::Method::post, "/openings/{id}/original", post_original);
}

}  // namespace kith::web
