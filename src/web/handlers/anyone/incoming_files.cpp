#include "web/handlers/anyone/incoming_files.hpp"

#include "web/upload_form.hpp"

namespace kith::web {
namespace {
constexpr std::string_view kField = "files";
// A household, a school or a library is one network.
constexpr http::Rate kFromOneNetwork{60, std::chrono::seconds(10)};

class Incoming final : public UploadForm::Files {
  public:
    Incoming(Site& site, const http::Request& request, std::unique_ptr<FilesTo> to)
        : site_(site), network_(request.peer_network), to_(std::move(to)) {}

    Result<void> begin(const http::PartHead& head) override {
        name_ = concerns::file_name(head.filename);
        file_.reset();
        if (head.name != kField || !is_own_form()) return {};
        const auto now = site_.house.clock.now();
        if (site_.limits.take("files", network_, kFromOneNetwork, now).answer == http::Taken::Answer::wait) {
            trouble("too_often");
            return {};
        }
        auto file = to_->begin(head.filename);
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
    bool is_own_form() {
        is_own_ = is_own_ || (form != nullptr && to_->is_own_form(form->get("form_token")));
        taken_.token_missing = !is_own_;
        return is_own_;
    }
    void trouble(std::string what) {
        file_.reset();
        taken_.troubles.push_back({name_, std::move(what)});
    }
    void trouble(const Error& error) {
        if (error.code == Code::not_found) return;  // what they were added to is gone, and the page says so
        trouble(error.code == Code::too_large   ? "too_large"
                : error.code == Code::conflict  ? "too_many"
                : error.code != Code::invalid   ? "no_room"
                : error.what == "an empty file" ? "empty"
                                                : "kind");
    }

    Site& site_;
    const std::string network_;
    const std::unique_ptr<FilesTo> to_;
    bool is_own_ = false;
    std::unique_ptr<app::IncomingFile> file_;
    std::string name_;
    FilesTaken taken_;
};
}  // namespace

std::unique_ptr<http::BodySink> take_files(Site& site, const http::Request& request, std::unique_ptr<FilesTo> to) {
    return std::make_unique<UploadForm>(request.header("content-type"),
                                        std::make_unique<Incoming>(site, request, std::move(to)));
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

std::string file_words(const app::Original& file) {
    const auto tenths = (file.size * 10 + (1 << 19)) >> 20U;
    const std::string size = tenths == 0 ? std::to_string((file.size + 1023) / 1024) + " KB"
                                         : std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + " MB";
    return file.name + ", " + size;
}

}  // namespace kith::web
