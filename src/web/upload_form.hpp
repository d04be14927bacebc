// The body of a form with files, as the site takes it: what was wrong with it is for the page to say, beside all that
// was right, so the body itself is never refused.
#pragma once
#include "web/http/upload.hpp"

namespace kith::web {

class UploadForm : public http::BodySink {
  public:
    /// Told of the form before the first file: its text fields as far as they have come.
    class Files : public http::FileReceiver {
      public:
        const http::Form* form = nullptr;
    };

    UploadForm(std::string_view content_type, std::unique_ptr<Files> files);

    Result<void> write(std::string_view piece) override;
    Result<void> finish() override;

    const http::Form& form() const { return body_ ? body_->form() : none_; }
    Files& files() { return *files_; }
    /// The body was read to its end as what it said it was.
    bool is_whole() const { return whole_; }

  private:
    Files* files_;
    std::unique_ptr<Files> kept_;  ///< when there is no body to own them
    std::unique_ptr<http::MultipartBody> body_;
    http::Form none_;
    bool whole_ = true;
};

}  // namespace kith::web
