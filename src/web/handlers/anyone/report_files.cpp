#include "web/handlers/anyone/report_files.hpp"

#include "app/draft_files.hpp"
#include "ui/files_page.hpp"
#include "web/handlers/anyone/incoming_files.hpp"
#include "web/handlers/routes.hpp"

namespace kith::web {
namespace {
using app::Draft;
using http::Response;

/// Into the draft of the browser that sent them.
class ToDraft final : public FilesTo {
  public:
    ToDraft(Site& site, const http::Request& request)
        : house_(site.house), cookie_(http::Cookies::parse(request.header("cookie")).get(kDraftCookie).value_or("")) {}

    bool is_own_form(std::string_view form_token) override {
        const auto key = app::DraftKey::parse(cookie_);
        if (!key || !house_.crypto.equal(as_bytes(form_token), as_bytes(key->form_token(house_.crypto)))) return false;
        key_ = *key;
        return true;
    }
    Result<std::unique_ptr<app::IncomingFile>> begin(std::string_view name) override {
        return app::IncomingFile::begin(house_, *key_, name);
    }

  private:
    app::House& house_;
    const std::string cookie_;
    std::optional<app::DraftKey> key_;
};

bool is_on_the_way_to_check(const Ask& ask) {
    return ask.query.get("then") == "check" || ask.form.get("then") == "check";
}

bool is_report_with_files(const http::Request& request) {
    constexpr std::string_view kBefore = "/at/", kAfter = "/report/files";
    return request.method == http::Method::post && request.path.starts_with(kBefore) &&
           request.path.ends_with(kAfter) && request.header("content-type").starts_with("multipart/form-data");
}
FilesPage files_page(const Ask& ask, const FrontDoorView& door, const app::Draft& draft) {
    FilesPage view;
    for (const auto& file : draft.files) view.files.push_back({file_words(file), file.name, file.file.text()});
    view.can_add = draft.files.size() < concerns::kMostFiles;
    view.action = url_of(door, Step::files);
    view.go_on = "Continue";
    view.none_of_them = word("files.leave");
    view.take_away = Url::path("/at/{}/report/files/take-away", door.slug);
    view.leave = Url::path("/at/{}/report/leave", door.slug);
    view.section = section_of(Step::files);
    view.ringing = ringing_of(door, ask.now);
    view.frame = frame_of(ask, door, "Tell us");  // neutral: it stands in the browser's history
    return view;
}

}  // namespace

std::unique_ptr<http::BodySink> files_of_report(Site& site, const http::Request& request) {
    if (!is_report_with_files(request)) return nullptr;
    return take_files(site, request, std::make_unique<ToDraft>(site, request));
}

namespace {
Response show_files(const Ask& ask, const Session& session, const Errors& errors) {
    FilesPage view = files_page(ask, session.door, session.draft);
    const bool to_check = is_on_the_way_to_check(ask);
    if (to_check) view.hidden.emplace_back("then", "check");
    const auto back = before(session.draft, Step::files);
    view.frame.back = url_of(session.door, to_check ? Step::check : back.value_or(Step::danger));
    view.errors = errors;
    view.frame.has_errors = errors.any();
    view.form_token = session.key.form_token(ask.house().crypto);
    return page(piece([&](Html& o) { ui::files_page(o, view); }), errors.any() ? 422 : 200);
}

Url files_again(const Ask& ask, const Session& session) {
    const Url url = url_of(session.door, Step::files);
    return is_on_the_way_to_check(ask) ? url.with("then", "check") : url;
}

Response get_files(Ask& ask) {
    auto found = session_of(ask);
    if (auto* response = std::get_if<Response>(&found)) return std::move(*response);
    const auto& session = std::get<Session>(found);
    if (session.draft.emergency == app::Emergency::holding) return redirect(url_of(session.door, Step::emergency));
    return show_files(ask, session, {});
}

/// What came with the request is in the draft already, or is told of here.
Response post_files(Ask& ask) {
    const FilesTaken taken = files_taken(ask.request);
    // A broken body may have lost the token that says it is ours: nothing is changed by showing the page again.
    auto found = session_of(ask, taken.is_whole ? Token::needed : Token::not_needed);
    if (auto* response = std::get_if<Response>(&found)) return std::move(*response);
    const auto& session = std::get<Session>(found);
    const auto go = ask.form.get("go");
    Errors errors;
    add_file_troubles(errors, taken);
    if (!errors.any() && go == "add" && taken.taken == 0) errors.add("files", error_word("files", "none"));
    if (errors.any()) return show_files(ask, session, errors);
    if (go == "add") return redirect(files_again(ask, session));
    const auto kept = app::change_draft(ask.house(), session.key,
                                        [](Draft& draft) { draft.passed.insert(std::string(name_of(Step::files))); });
    if (!kept && kept.error().code == Code::not_found) return gone(ask, session.door);
    if (!kept) return problem_page(ask, kept.error());
    const Step next = is_on_the_way_to_check(ask) ? first_open(*kept) : after(*kept, Step::files);
    return go_to(ask, session, *kept, url_of(session.door, next));
}

Response post_take_away(Ask& ask) {
    auto found = session_of(ask);
    if (auto* response = std::get_if<Response>(&found)) return std::move(*response);
    const auto& session = std::get<Session>(found);
    const auto file = app::FileId::parse(ask.form.get("file"));
    if (!file) return redirect(files_again(ask, session));
    const auto done = app::take_away(ask.house(), session.key, *file);
    if (!done && done.error().code == Code::not_found) return gone(ask, session.door);
    if (!done) return problem_page(ask, done.error());
    return redirect(files_again(ask, session));
}
}  // namespace

void add_report_files_routes(Routes& routes) {
    routes.anyone(http::Method::get, "/at/{slug}/report/files", get_files);
    routes.anyone(http::Method::post, "/at/{slug}/report/files", post_files);
    routes.anyone(http::Method::post, "/at/{slug}/report/files/take-away", post_take_away);
}

}  // namespace kith::web
