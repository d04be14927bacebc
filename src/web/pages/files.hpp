// Pictures and documents of a worry, as the front door looks at them: never by themselves, always by somebody's choice.
#pragma once
#include "app/attachments.hpp"
#include "web/components.hpp"

namespace kith::web {

/// "Picture 2": as every page calls it.
std::string file_label(concerns::FileKind kind, std::size_t number);

/// One of them on the worry's page: no thumbnail and no name, so that one can be shut away unseen.
struct FileRow {
    std::string label, state;
    Url look, quarantine;
    bool may_quarantine = false;
};
std::vector<FileRow> file_rows(ConcernId concern, const std::vector<app::AttachmentLine>& files);

struct FilePage {
    StaffFrame frame;
    Errors errors;
    std::string title, state, done;
    std::vector<Url> pictures;
    std::string text, more;  ///< more: that not all of it is shown
    Url original, quarantine, concern;
    bool may_open_original = false, is_quarantined = false;
    std::string afterwards;  ///< how a custodian opens it as it came, where the reader no longer can
};
FilePage file_page(const app::FileView& view);

struct QuarantinePage {
    StaffFrame frame;
    Errors errors;
    std::string title, why;
    Url action, stay;
};

}  // namespace kith::web
