#include "web/upload_form.hpp"

namespace kith::web {
namespace {
/// So much of a form that brings files is words.
constexpr http::FormLimits kWords{.bytes = 16 * 1024, .fields = 100, .name_bytes = 256};
constexpr http::MultipartLimits kParts{.parts = 100};
}  // namespace

UploadForm::UploadForm(std::string_view content_type, std::unique_ptr<Files> files) : files_(files.get()) {
    if (!http::boundary_of(content_type)) {
        kept_ = std::move(files);
        whole_ = false;
        return;
    }
    auto body = http::MultipartBody::create(content_type, std::move(files), kWords, kParts);
    KITH_CHECK(body.has_value());
    body_ = *std::move(body);
    files_->form = &body_->form();
}

Result<void> UploadForm::write(std::string_view piece) {
    if (whole_) whole_ = body_->write(piece).has_value();
    return {};
}

Result<void> UploadForm::finish() {
    if (whole_) whole_ = body_->finish().has_value();
    return {};
}

}  // namespace kith::web
