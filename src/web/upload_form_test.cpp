#include "web/upload_form.hpp"

#include <gtest/gtest.h>

namespace kith::web {
namespace {

/// Remembers what stood in the form when a file began, and what came of it.
class Seen final : public UploadForm::Files {
  public:
    Result<void> begin(const http::PartHead& head) override {
        log += head.filename + "(token " + std::string(form->get("form_token")) + ")";
        return {};
    }
    Result<void> write(std::string_view piece) override {
        log += piece;
        return {};
    }
    Result<void> end() override {
        log += ";";
        return {};
    }
    std::string log;
};

constexpr std::string_view kType = "multipart/form-data; boundary=xyz";
std::string part(std::string_view name, std::string_view value, std::string_view more = "") {
    return "--xyz\r\nContent-Disposition: form-data; name=\"" + std::string(name) + '"' + std::string(more) +
           "\r\n\r\n" + std::string(value) + "\r\n";
}
const std::string kFile = part("files", "words", "; filename=\"a.txt\"");

struct Taken {
    explicit Taken(std::string_view body, std::size_t piece = 5, std::string_view type = kType)
        : form(type, std::make_unique<Seen>()) {
        for (; !body.empty(); body.remove_prefix(std::min(piece, body.size())))
            EXPECT_TRUE(form.write(body.substr(0, piece))) << "the body itself is never refused";
        EXPECT_TRUE(form.finish());
    }
    std::string log() { return static_cast<Seen&>(form.files()).log; }
    UploadForm form;
};

TEST(AnUploadForm, GivesFilesAsTheyComeWithTheFieldsThatStoodBeforeThem) {
    Taken taken(part("form_token", "t1") + kFile + part("go", "on") + "--xyz--\r\n");
    EXPECT_TRUE(taken.form.is_whole());
    EXPECT_EQ(taken.log(), "a.txt(token t1)words;");
    EXPECT_EQ(taken.form.form().get("go"), "on");
}

TEST(AnUploadForm, ThatBreaksOffKeepsWhatCameWholeAndSaysSo) {
    Taken taken(part("form_token", "t1") + kFile + "--xyz\r\nnonsense\r\n\r\n");
    EXPECT_FALSE(taken.form.is_whole());
    EXPECT_EQ(taken.log(), "a.txt(token t1)words;");
    EXPECT_EQ(taken.form.form().get("form_token"), "t1");
    Taken cut(part("form_token", "t1") + kFile.substr(0, kFile.size() - 4));
    EXPECT_FALSE(cut.form.is_whole());
    EXPECT_EQ(cut.log().find(';'), std::string::npos) << "half a file never ends";
}

TEST(AnUploadForm, OfAnotherTypeOrWithoutABoundaryIsEmptyAndNotWhole) {
    for (const std::string_view type : {"multipart/form-data", "multipart/form-data; boundary=", "text/plain"}) {
        Taken taken(kFile, 5, type);
        EXPECT_FALSE(taken.form.is_whole());
        EXPECT_EQ(taken.log(), "");
        EXPECT_TRUE(taken.form.form().fields().empty());
    }
}

TEST(AnUploadForm, TakesNoMoreWordsThanAFormHas) {
    Taken taken(part("form_token", "t1") + part("words", std::string(20'000, 'w')) + kFile + "--xyz--\r\n", 4096);
    EXPECT_FALSE(taken.form.is_whole());
    EXPECT_EQ(taken.log(), "");
}

}  // namespace
}  // namespace kith::web
