// Telling another area or the designated officer: each step recorded, and the notice in writing made (front-door 8,
// 21). The notice stands on the answer to the form that asked for it: no address shows it.
#include "web/pages/onward.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "ui/area_notice_page.hpp"
#include "ui/onward_page.hpp"
#include "web/handlers/desk/show_concern.hpp"
#include "web/handlers/routes.hpp"
#include "web/pages/say.hpp"

namespace kith::web {
namespace {
using concerns::OnwardStep;
using concerns::Whom;
using http::Response;

std::string typed(const Ask& ask, std::string_view name) { return std::string(ask.form.get(name)); }

/// The page as it stands, before anything typed or wrong is put in.
Result<OnwardPage> page_of(Ask& ask, const StaffSession& session) {
    const auto whom = concerns::whom_named(ask.path.get("whom"));
    if (!whom) return fail(Code::not_found, "nobody of that name is told");
    const auto reading = KITH_TRY(reading_of(ask, session));
    const auto view = std::ranges::find(reading.onward, *whom, &app::OnwardView::whom);
    if (view == reading.onward.end()) return fail(Code::not_found, "nothing was ever owed");
    const auto door = KITH_TRY(ask.site.front_door(reading.concern.front_door));
    OnwardPage page = onward_page(reading, *view, door.questions, ask.now);
    page.is_manager = reader_of(session) == Reader::manager;
    page.frame = ask.site.staff_frame(ask, session, "Told on " + reading.concern.reference);
    page.frame.back = Url::path("/concerns/{}", reading.concern.id);
    page.frame.back_text = page.heading;
    return page;
}

Response show(OnwardPage view) {
    view.frame.has_errors = view.errors.any();
    return page(piece([&](Html& o) { ui::onward_page(o, view); }), view.errors.any() ? 422 : 200);
}

Response get_onward(Ask& ask, const StaffSession& session) {
    auto view = page_of(ask, session);
    if (!view) return not_read(ask, session, view.error());
    if (ask.query.get("done") == "recorded") view->done = word("onward.done");
    return show(std::move(*view));
}

/// What is wrong, under the names that the page's fields have.
void add_error(Errors& errors, const Error& error, std::string_view before) {
    if (error.code == Code::conflict) return errors.add("", word("onward.conflict"));
    if (error.field == "account") return errors.add("contact_goes", word("contact_goes.names_them"));
    std::string field(error.field);
    if (field.starts_with("onward_")) field = std::string(before) + '_' + field.substr(7);
    if (field == "told_at") field = "told_when";
    if (field == "confirmed_at") field = "confirmed_when";
    if (field == "confirmed_to") field = "confirmed_by";
    errors.add(field, error_word(field, "empty"));
}

Response again(Ask& ask, const StaffSession& session, const Error& error, std::string_view before,
               const std::function<void(OnwardPage&)>& put) {
    if (error.code != Code::invalid && error.code != Code::conflict) return problem_page(ask, error);
    auto view = page_of(ask, session);
    if (!view) return not_read(ask, session, view.error());
    add_error(view->errors, error, before);
    put(*view);
    return show(std::move(*view));
}

struct Addressed {
    ConcernId id;
    Whom whom;
};
Result<Addressed> addressed_in(const Ask& ask) {
    const auto whom = concerns::whom_named(ask.path.get("whom"));
    if (!whom) return fail(Code::not_found, "nobody of that name is told");
    return Addressed{KITH_TRY(ask.path.as<ConcernId>("id")), *whom};
}

Url self(const Addressed& to) {
    return Url::path("/concerns/{}/onward/{}", to.id, name_of(to.whom)).with("done", "recorded");
}

Response post_step(Ask& ask, const StaffSession& session, OnwardStep step, std::string_view before) {
    const auto to = addressed_in(ask);
    if (!to) return problem_page(ask, to.error());
    const std::string prefix(before);
    const OnwardTyped said{typed(ask, step == OnwardStep::confirmed ? "confirmed_by" : prefix + "_to"),
                           typed(ask, prefix + "_how"), typed(ask, prefix + "_words"), typed(ask, prefix + "_when")};
    const auto at = last_at(said.when, ask.now);
    const auto done = at ? app::report_onward(ask.house(), session.actor, to->id,
                                              {to->whom, step, {said.to, said.how, text::tidy(said.words)}, *at})
                         : Result<void>(fail(Code::invalid, "no time", "onward_at"));
    if (done) return redirect(self(*to));
    return again(ask, session, done.error(), before,
                 [&](OnwardPage& view) { (step == OnwardStep::told ? view.told : view.confirmed) = said; });
}

Response post_told(Ask& ask, const StaffSession& session) { return post_step(ask, session, OnwardStep::told, "told"); }
Response post_confirmed(Ask& ask, const StaffSession& session) {
    return post_step(ask, session, OnwardStep::confirmed, "confirmed");
}

Response post_end(Ask& ask, const StaffSession& session) {
    const auto to = addressed_in(ask);
    if (!to) return problem_page(ask, to.error());
    const std::string why = typed(ask, "end_why");
    const auto done = app::end_onward(ask.house(), session.actor, to->id, to->whom, why);
    if (done) return redirect(self(*to));
    return again(ask, session, done.error(), "end", [&](OnwardPage& view) { view.end_why = why; });
}

std::optional<app::ContactGoes> goes_named(std::string_view name) {
    if (name == "left_out") return app::ContactGoes::left_out;
    if (name == "they_agree") return app::ContactGoes::they_agree;
    if (name == "danger_requires") return app::ContactGoes::danger_requires;
    return std::nullopt;
}

/// Why what was chosen cannot be: there is no danger, or the way in has closed.
void say_why_not(OnwardPage& view) {
    view.errors = {};
    const bool no_danger = view.notice.goes == "danger_requires" && !view.in_danger;
    view.errors.add("contact_goes", no_danger ? word("contact_goes.danger_hint") : word("contact_goes.closed"));
}

Response post_notice(Ask& ask, const StaffSession& session) {
    const auto to = addressed_in(ask);
    if (!to || to->whom != Whom::another_area)
        return problem_page(ask, Error{Code::not_found, "no notice goes there", {}});
    const NoticeTyped said{typed(ask, "contact_goes"), typed(ask, "contact_why"), typed(ask, "notice_to"),
                           typed(ask, "notice_how"), typed(ask, "notice_words")};
    const app::Holder nobody{session.actor.member, {}, {}};
    const auto notice = app::write_notice(ask.house(), session.actor, session.holder ? *session.holder : nobody, to->id,
                                          {goes_named(said.goes), said.why, said.to, said.how, said.words});
    if (!notice)
        return again(ask, session, notice.error(), "notice", [&](OnwardPage& view) {
            view.notice = said;
            if (notice.error().field == "contact_goes" && !said.goes.empty()) say_why_not(view);
        });
    const auto door = ask.site.front_door(notice->concern.front_door);
    if (!door) return problem_page(ask, door.error());
    AreaNoticePage view = area_notice_page(*notice, door->questions);
    view.frame = ask.site.staff_frame(ask, session, "Notice " + notice->reference);
    view.frame.back = view.back;
    return page(piece([&](Html& o) { ui::area_notice_page(o, view); }));
}
}  // namespace

void add_onward_routes(Routes& routes) {
    using http::Method;
    routes.staff(Method::get, "/concerns/{id}/onward/{whom}", get_onward);
    routes.staff(Method::post, "/concerns/{id}/onward/{whom}/told", post_told);
    routes.staff(Method::post, "/concerns/{id}/onward/{whom}/confirmed", post_confirmed);
    routes.staff(Method::post, "/concerns/{id}/onward/{whom}/end", post_end);
    routes.staff(Method::post, "/concerns/{id}/onward/{whom}/notice", post_notice);
}

}  // namespace kith::web
