// Looking at what came with a worry, page by page, each a look that is recorded; shutting it away, seen or unseen.
#include "web/pages/files.hpp"

#include <charconv>

#include "ui/file_page.hpp"
#include "ui/quarantine_page.hpp"
#include "web/handlers/desk/original.hpp"
#include "web/handlers/desk/show_concern.hpp"
#include "web/handlers/routes.hpp"

namespace kith::web {
namespace {
using http::Response;

struct Asked {
    ConcernId concern;
    AttachmentId file;
};
Result<Asked> asked_for(const Ask& ask) {
    return Asked{KITH_TRY(ask.path.as<ConcernId>("id")), KITH_TRY(ask.path.as<AttachmentId>("file"))};
}

Response show_file(Ask& ask, const StaffSession& session, const app::FileView& file, const Errors& errors) {
    FilePage view = file_page(file);
    view.may_open_original = reader_of(session) == Reader::manager && file.way_in_open && !view.is_quarantined;
    if (reader_of(session) == Reader::manager && !file.way_in_open && !view.is_quarantined)
        view.afterwards =
            std::string(word("file.original_afterwards")) + ' ' + file.concern.reference + ", " + view.title + '.';
    view.errors = errors;
    if (ask.query.get("done") == "quarantined") view.done = word("file.done_quarantined");
    view.frame = ask.site.staff_frame(ask, session, view.title + ", worry " + file.concern.reference);
    view.frame.back = view.concern;
    view.frame.back_text = "Worry " + file.concern.reference;
    view.frame.has_errors = errors.any();
    return page(piece([&](Html& o) { ui::file_page(o, view); }), errors.any() ? 422 : 200);
}

Response get_file(Ask& ask, const StaffSession& session) {
    const auto asked = asked_for(ask);
    if (!asked) return problem_page(ask, asked.error());
    const auto file = app::see_file(ask.house(), session.actor, asked->concern, asked->file);
    if (!file) return problem_page(ask, file.error());
    return show_file(ask, session, *file, {});
}

Response get_page(Ask& ask, const StaffSession& session) {
    const auto asked = asked_for(ask);
    const std::string_view typed = ask.path.get("page");
    std::uint32_t number = 0;
    const auto read = std::from_chars(typed.data(), typed.data() + typed.size(), number);
    if (!asked || read.ec != std::errc() || read.ptr != typed.data() + typed.size())
        return problem_page(ask, Error{Code::not_found, "no such page", {}});
    const auto picture = app::see_page(ask.house(), session.actor, asked->concern, asked->file, number);
    if (!picture) return problem_page(ask, picture.error());
    return {.body = to_text(picture->expose()), .type = "image/jpeg"};
}

Response show_quarantine(Ask& ask, const StaffSession& session, const Asked& asked, const Errors& errors) {
    const auto reading = app::read_concern(ask.house(), session.actor, asked.concern);
    if (!reading) return not_read(ask, session, reading.error());
    const auto rows = file_rows(asked.concern, reading->files);
    const auto at = std::ranges::find(reading->files, asked.file, &app::AttachmentLine::id);
    if (at == reading->files.end()) return problem_page(ask, Error{Code::not_found, "no such file", {}});
    QuarantinePage view;
    view.title = rows[static_cast<std::size_t>(at - reading->files.begin())].label;
    view.action = Url::path("/concerns/{}/files/{}/quarantine", asked.concern, asked.file);
    view.stay = Url::path("/concerns/{}", asked.concern);
    view.why = ask.form.get("quarantine_why");
    view.errors = errors;
    view.frame = ask.site.staff_frame(ask, session, "Shut away, worry " + reading->concern.reference);
    view.frame.back = view.stay;
    view.frame.back_text = "Worry " + reading->concern.reference;
    view.frame.has_errors = errors.any();
    return page(piece([&](Html& o) { ui::quarantine_page(o, view); }), errors.any() ? 422 : 200);
}

Response get_quarantine(Ask& ask, const StaffSession& session) {
    const auto asked = asked_for(ask);
    if (!asked) return problem_page(ask, asked.error());
    return show_quarantine(ask, session, *asked, {});
}

Response post_quarantine(Ask& ask, const StaffSession& session) {
    const auto asked = asked_for(ask);
    if (!asked) return problem_page(ask, asked.error());
    const auto done =
        app::quarantine(ask.house(), session.actor, asked->concern, asked->file, ask.form.get("quarantine_why"));
    if (done)
        return redirect(Url::path("/concerns/{}/files/{}", asked->concern, asked->file).with("done", "quarantined"));
    if (done.error().code != Code::invalid) return problem_page(ask, done.error());
    Errors errors;
    errors.add(done.error());
    return show_quarantine(ask, session, *asked, errors);
}

Response post_original(Ask& ask, const StaffSession& session) {
    const auto asked = asked_for(ask);
    if (!asked) return problem_page(ask, asked.error());
    const app::Holder nobody{session.actor.member, {}, {}};
    const auto original = app::see_original(ask.house(), session.actor, session.holder ? *session.holder : nobody,
                                            asked->concern, asked->file);
    if (original) {
        return file_to_keep(*original);
    }
    const auto file = app::see_file(ask.house(), session.actor, asked->concern, asked->file);
    if (!file || reader_of(session) != Reader::manager)
        return problem_page(ask, Error{Code::not_found, "not for this reader", {}});
    Errors errors;
    errors.add("original", word("file.original_unavailable"));
    return show_file(ask, session, *file, errors);
}
}  // namespace

void add_file_routes(Routes& routes) {
    using http::Method;
    routes.staff(Method::get, "/concerns/{id}/files/{file}", get_file);
    routes.staff(Method::get, "/concerns/{id}/files/{file}/pages/{page}", get_page);
    routes.staff(Method::get, "/concerns/{id}/files/{file}/quarantine", get_quarantine);
    routes.staff(Method::post, "/concerns/{id}/files/{file}/quarantine", post_quarantine);
    routes.staff(Method::post, "/concerns/{id}/files/{file}/original", post_original);
}

}  // namespace kith::web
