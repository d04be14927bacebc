#include "web/handlers/anyone/report_files.hpp"

#include "app/draft_files.hpp"
#include "ui/files_page.hpp"
#include "web/handlers/routes.hpp"
#include "web/upload_form.hpp"

namespace kith::web {
namespace {
using app::Draft;
using http::Response;

constexpr std::string_view kField = "files";
// A household, a school or a library is one network.
constexpr http::Rate kFromOneNetwork{60, std::chrono::seconds(10)};

/// One file of an upload that was not taken, and why: "too_large", "kind", "empty", "too_many", "no_room".
struct FileTrouble {
    std::string name, what;
};
/// What came of the files of this request; `token_missing`: it came from no page of this browser, and none was taken.
struct FilesTaken {
    std::vector<FileTrouble> troubles;
    std::size_t taken = 0;
    bool token_missing = false;
    bool is_whole = true;
};
/// Puts each file of one request into the draft of the browser that sent it.
class Incoming final : public UploadForm::Files {
  public:
    Incoming(Site& site, const http::Request& request)
        : site_(site),
          network_(request.peer_network),
          cookie_(http::Cookies::parse(request.header("cookie")).get(kDraftCookie).value_or("")) {}

    Result<void> begin(const http::PartHead& head) override {
        name_ = concerns::file_name(head.filename);
        file_.reset();
        if (head.name != kField || !is_own_form()) return {};
        const auto now = site_.house.clock.now();
        if (site_.limits.take("files", network_, kFromOneNetwork, now).answer == http::Taken::Answer::wait) {
            trouble("too_often");
            return {};
        }
        auto file = app::IncomingFile::begin(site_.house, *key_, head.filename);
        if (file)
            file_ = *std::move(file);
        else
            trouble(file.error());
        return {};
    }
    Result<void> write(std::string_view piece) override {
        if (!file_) return {};
        if (const auto taken = file_->write(as_bytes(piece)); !taken) trouble(taken.error());
        return {};
    }
    Result<void> end() override {
        if (!file_) return {};
        if (const auto kept = file_->keep(); !kept)
            trouble(kept.error());
        else
            ++taken_.taken;
        file_.reset();
        return {};
    }
    const FilesTaken& taken() const { return taken_; }

  private:
    /// The token stands before the files in our page. Without it nothing is written at all.
    bool is_own_form() {
        if (!key_) {
            const auto key = app::DraftKey::parse(cookie_);
            auto& crypto = site_.house.crypto;
            if (key && form != nullptr &&
                crypto.equal(as_bytes(form->get("form_token")), as_bytes(key->form_token(crypto))))
                key_ = *key;
        }
        taken_.token_missing = !key_;
        return key_.has_value();
    }
    void trouble(std::string what) {
        file_.reset();
        taken_.troubles.push_back({name_, std::move(what)});
    }
    void trouble(const Error& error) {
        if (error.code == Code::not_found) return;  // the draft is gone, and the page says so
        trouble(error.code == Code::too_large   ? "too_large"
                : error.code == Code::conflict  ? "too_many"
                : error.code != Code::invalid   ? "no_room"
                : error.what == "an empty file" ? "empty"
                                                : "kind");
    }

    Site& site_;
    const std::string network_;
    const std::string cookie_;
    std::optional<app::DraftKey> key_;
    std::unique_ptr<app::IncomingFile> file_;
    std::string name_;
    FilesTaken taken_;
};

bool is_on_the_way_to_check(const Ask& ask) {
    return ask.query.get("then") == "check" || ask.form.get("then") == "check";
}

bool is_report_with_files(const http::Request& request) {
    constexpr std::string_view kBefore = "/at/", kAfter = "/report/files";
    return request.method == http::Method::post && request.path.starts_with(kBefore) &&
           request.path.ends_with(kAfter) && request.header("content-type").starts_with("multipart/form-data");
}
FilesTaken files_taken(const http::Request& request) {
    auto* upload = dynamic_cast<UploadForm*>(request.sink.get());
    if (upload == nullptr) return {};
    FilesTaken out = static_cast<Incoming&>(upload->files()).taken();
    out.is_whole = upload->is_whole();
    return out;
}

void add_file_troubles(Errors& errors, const FilesTaken& taken) {
    for (const auto& trouble : taken.troubles)
        errors.add(kField, trouble.name + ": " + std::string(error_word(kField, trouble.what)));
    if (!taken.is_whole || taken.token_missing) errors.add(kField, error_word(kField, "broken"));
}

FilesPage files_page(const Ask& ask, const FrontDoorView& door, const app::Draft& draft) {
    FilesPage view;
    for (const auto& file : draft.files) view.files.push_back({file_words(file), file.name, file.file.text()});
    view.can_add = draft.files.size() < concerns::kMostFiles;
    view.action = url_of(door, Step::files);
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
    return std::make_unique<UploadForm>(request.header("content-type"), std::make_unique<Incoming>(site, request));
}

std::string file_words(const app::Original& file) {
    const auto tenths = (file.size * 10 + (1 << 19)) >> 20U;
    const std::string size = tenths == 0 ? std::to_string((file.size + 1023) / 1024) + " KB"
                                         : std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + " MB";
    return file.name + ", " + size;
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
