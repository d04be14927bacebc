// A multipart form as a request body: text fields into a Form, files into whatever the caller gives for them.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "web/http/form.hpp"
#include "web/http/message.hpp"
#include "web/http/multipart.hpp"

namespace kith::web::http {

/// Takes the files of one upload, one after another. A file field that was left empty never reaches it.
class FileReceiver {
  public:
    virtual ~FileReceiver() = default;
    virtual Result<void> begin(const PartHead& head) = 0;
    virtual Result<void> write(std::string_view piece) = 0;
    virtual Result<void> end() = 0;
};

class MultipartBody : public BodySink, private PartReceiver {
  public:
    /// `content_type` is the request's header; `invalid` when it is no multipart form.
    static Result<std::unique_ptr<MultipartBody>> create(std::string_view content_type,
                                                         std::unique_ptr<FileReceiver> files,
                                                         const FormLimits& form_limits = {},
                                                         const MultipartLimits& limits = {});

    Result<void> write(std::string_view piece) override { return parser_.write(piece); }
    Result<void> finish() override { return parser_.finish(); }

    const Form& form() const { return form_; }
    FileReceiver& files() { return *files_; }

  private:
    MultipartBody(std::string_view boundary, std::unique_ptr<FileReceiver> files, const FormLimits& form_limits,
                  const MultipartLimits& limits);
    Result<void> begin(const PartHead& head) override;
    Result<void> data(std::string_view piece) override;
    Result<void> end() override;

    enum class Part { text, file, empty_file };
    FormLimits form_limits_;
    std::unique_ptr<FileReceiver> files_;
    Form form_;
    Part part_ = Part::text;
    std::string name_;
    std::string value_;
    MultipartParser parser_;
};

}  // namespace kith::web::http
