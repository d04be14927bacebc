#include "web/handlers/reporter/added_files.hpp"

#include "app/come_back.hpp"
#include "ui/files_page.hpp"
#include "web/handlers/anyone/incoming_files.hpp"
#include "web/handlers/anyone/visitor.hpp"
#include "web/handlers/reporter/remembered.hpp"

namespace kith::web {
namespace {
using http::Response;

const Url kThread = "/come-back/read";
const Url kFiles = "/come-back/files";

/// To the worry of the code that this browser has put in.
class ToWorry final : public FilesTo {
  public:
    ToWorry(Site& site, const http::Request& request)
        : house_(site.house), remembered_(*site.remembered), cookies_(http::Cookies::parse(request.header("cookie"))) {}

    bool is_own_form(std::string_view form_token) override {
        code_ = remembered_.code_in(cookies_, house_.crypto, house_.clock.now());
        return code_ && remembered_.is_token(house_.crypto, *code_, form_token);
    }
    Result<std::unique_ptr<app::IncomingFile>> begin(std::string_view name) override {
        return app::add_file(house_, code_->expose(), name);
    }

  private:
    app::House& house_;
    Remembered& remembered_;
    const http::Cookies cookies_;
    std::optional<SecretText> code_;
};

/// Whoever chooses pictures for long is not forgotten over it.
Response renewed(const Ask& ask, const SecretText& code, Response response) {
    response.headers.push_back(ask.site.remembered->cookie(ask, code.expose()));
    return response;
}

Response show(Ask& ask, const SecretText& code, const Errors& errors) {
    const auto added = app::files_being_added(ask.house(), code.expose());
    if (!added && added.error().code == Code::not_found) return redirect("/come-back");
    if (!added) return problem_page(ask, added.error());
    const auto door = ask.site.front_door(added->front_door);
    if (!door) return problem_page(ask, door.error());
    FilesPage view;
    view.frame = frame_of(ask, *door, "Your worry");
    view.frame.back = kThread;
    view.ringing = ringing_of(*door, ask.now);
    for (const auto& file : added->files) view.files.push_back({file_words(file), file.name, file.file.text()});
    view.can_add = added->files.size() < concerns::kMostFiles;
    view.action = kFiles;
    view.take_away = "/come-back/files/take-away";
    view.leave = kThread;
    view.go_on = word("files.send");
    view.none_of_them = word("files.back");
    view.errors = errors;
    view.frame.has_errors = errors.any();
    view.form_token = ask.site.remembered->form_token(ask, code);
    return renewed(ask, code, page(piece([&](Html& o) { ui::files_page(o, view); }), errors.any() ? 422 : 200));
}

/// The half hour is over, or the form is of no page of this browser.
Response forgotten(const Ask& ask) {
    NoticePage view;
    view.frame = frame_anywhere(ask, "Come back with a code");
    view.title = "Put your code in again";
    view.paragraphs = {std::string(word("files.forgotten"))};
    view.ways = {{"Put my code in", "/come-back"}};
    return show_notice(view, 422);
}

Response get_files(Ask& ask) {
    const auto code = ask.site.remembered->code_of(ask);
    return code ? show(ask, *code, {}) : redirect("/come-back");
}

/// What came with the request waits under the code already, or is told of here.
Response post_files(Ask& ask) {
    const FilesTaken taken = files_taken(ask.request);
    const auto code = ask.site.remembered->code_of(ask);
    // A broken body may have lost the token that says it is ours: nothing is changed by showing the page again.
    if (!code || (taken.is_whole && !ask.site.remembered->is_own_form(ask, *code))) return forgotten(ask);
    Errors errors;
    add_file_troubles(errors, taken);
    const bool only_adds = ask.form.get("go") == "add";
    if (!errors.any() && only_adds && taken.taken == 0) errors.add("files", error_word("files", "none_to_send"));
    if (errors.any()) return show(ask, *code, errors);
    if (only_adds) return renewed(ask, *code, redirect(kFiles));
    const auto sent = app::send_added_files(ask.house(), code->expose());
    if (sent) return renewed(ask, *code, redirect(kThread.with("added", "files")));
    if (sent.error().code == Code::not_found) return redirect("/come-back");
    if (sent.error().code != Code::invalid) return problem_page(ask, sent.error());
    errors.add("files", error_word("files", "none_to_send"));
    return show(ask, *code, errors);
}

Response post_take_away(Ask& ask) {
    const auto code = ask.site.remembered->code_of(ask);
    if (!code || !ask.site.remembered->is_own_form(ask, *code)) return forgotten(ask);
    const auto file = app::FileId::parse(ask.form.get("file"));
    if (!file) return redirect(kFiles);
    const auto done = app::take_added_away(ask.house(), code->expose(), *file);
    // It was sent, or has run out: the page shows what is there.
    if (!done && done.error().code != Code::not_found) return problem_page(ask, done.error());
    return renewed(ask, *code, redirect(kFiles));
}
}  // namespace

std::unique_ptr<http::BodySink> files_added_by_code(Site& site, const http::Request& request) {
    if (request.method != http::Method::post || request.path != kFiles.text() ||
        !request.header("content-type").starts_with("multipart/form-data"))
        return nullptr;
    return take_files(site, request, std::make_unique<ToWorry>(site, request));
}

void add_added_files_routes(Routes& routes) {
    routes.anyone(http::Method::get, "/come-back/files", get_files);
    routes.anyone(http::Method::post, "/come-back/files", post_files);
    routes.anyone(http::Method::post, "/come-back/files/take-away", post_take_away);
}

}  // namespace kith::web
