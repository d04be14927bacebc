#include "web/pages/files.hpp"

#include "web/pages/say.hpp"

namespace kith::web {
namespace {
using app::CopyState;
using concerns::FileKind;

std::string_view state_words(CopyState state) {
    switch (state) {
        case CopyState::waiting:
            return word("file.waiting");
        case CopyState::shown:
            return word("file.shown");
        case CopyState::not_shown:
            return word("file.not_shown");
        case CopyState::quarantined:
            return word("file.quarantined");
    }
    throw Bug("a copy without a state");
}
}  // namespace

std::string file_label(FileKind kind, std::size_t number) {
    const bool is_picture = kind != FileKind::pdf && kind != FileKind::text;
    return std::string(word(is_picture ? "file.picture" : "file.document")) + ' ' + std::to_string(number);
}

std::vector<FileRow> file_rows(ConcernId concern, const std::vector<app::AttachmentLine>& files) {
    std::vector<FileRow> out;
    for (const auto& file : files) {
        const bool is_open = file.state != CopyState::quarantined;
        out.push_back({file_label(file.kind, out.size() + 1) + ", " + say("file_kind", concerns::name_of(file.kind)),
                       std::string(state_words(file.state)), Url::path("/concerns/{}/files/{}", concern, file.id),
                       Url::path("/concerns/{}/files/{}/quarantine", concern, file.id), is_open});
    }
    return out;
}

FilePage file_page(const app::FileView& view) {
    FilePage page;
    const ConcernId concern = view.concern.id;
    const AttachmentId id = view.line.id;
    page.title = file_label(view.line.kind, view.number);
    page.concern = Url::path("/concerns/{}", concern);
    page.original = Url::path("/concerns/{}/files/{}/original", concern, id);
    page.quarantine = Url::path("/concerns/{}/files/{}/quarantine", concern, id);
    page.is_quarantined = view.line.state == CopyState::quarantined;
    if (view.line.state != CopyState::shown) page.state = state_words(view.line.state);
    page.text = view.text;
    if (view.line.kind != FileKind::text)
        for (std::uint32_t n = 1; n <= view.shown; ++n)
            page.pictures.push_back(Url::path("/concerns/{}/files/{}/pages/{}", concern, id, std::to_string(n)));
    if (view.pages > view.shown)
        page.more = view.line.kind == FileKind::text
                        ? std::string(word("file.text_cut"))
                        : std::to_string(view.shown) + " of " + std::to_string(view.pages) + " pages are shown here.";
    return page;
}

}  // namespace kith::web
