#include "web/http/upload.hpp"

namespace kith::web::http {

Result<std::unique_ptr<MultipartBody>> MultipartBody::create(std::string_view content_type,
                                                             std::unique_ptr<FileReceiver> files,
                                                             const FormLimits& form_limits,
                                                             const MultipartLimits& limits) {
    const std::string boundary = KITH_TRY(boundary_of(content_type));
    return std::unique_ptr<MultipartBody>(new MultipartBody(boundary, std::move(files), form_limits, limits));
}

MultipartBody::MultipartBody(std::string_view boundary, std::unique_ptr<FileReceiver> files,
                             const FormLimits& form_limits, const MultipartLimits& limits)
    : form_limits_(form_limits), files_(std::move(files)), parser_(boundary, *this, limits) {
    KITH_CHECK(files_ != nullptr);
}

Result<void> MultipartBody::begin(const PartHead& head) {
    name_ = head.name;
    value_.clear();
    if (head.kind == PartHead::Kind::text) {
        part_ = Part::text;
        return {};
    }
    // What a browser sends for a file field in which nothing was chosen.
    part_ = head.filename.empty() ? Part::empty_file : Part::file;
    return part_ == Part::file ? files_->begin(head) : Result<void>();
}

Result<void> MultipartBody::data(std::string_view piece) {
    switch (part_) {
        case Part::file:
            return files_->write(piece);
        case Part::empty_file:
            return fail(Code::invalid, "file has no name");
        case Part::text:
            break;
    }
    if (value_.size() + piece.size() > form_limits_.bytes) return fail(Code::too_large, "form is too long");
    value_ += piece;
    return {};
}

Result<void> MultipartBody::end() {
    switch (part_) {
        case Part::file:
            return files_->end();
        case Part::empty_file:
            return {};
        case Part::text:
            break;
    }
    return form_.add(std::move(name_), std::move(value_), form_limits_);
}

}  // namespace kith::web::http
