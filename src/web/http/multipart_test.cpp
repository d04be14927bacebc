#include "web/http/multipart.hpp"

#include <gtest/gtest.h>

#include <random>

#include "web/http/upload.hpp"

namespace kith::web::http {
namespace {

struct Part {
    PartHead head;
    std::string data;
    bool ended = false;
    friend bool operator==(const Part&, const Part&) = default;
};

struct Collected : PartReceiver {
    std::vector<Part> parts;
    Result<void> begin(const PartHead& head) override {
        parts.push_back({head, {}});
        return {};
    }
    Result<void> data(std::string_view piece) override {
        parts.back().data += piece;
        return {};
    }
    Result<void> end() override {
        parts.back().ended = true;
        return {};
    }
};

struct Outcome {
    std::vector<Part> parts;
    Result<void> result;
};

Outcome read(std::string_view body, const MultipartLimits& limits = {}) {
    Collected collected;
    MultipartParser parser("b", collected, limits);
    auto result = parser.write(body);
    if (result) result = parser.finish();
    return {collected.parts, result};
}

const std::string kBody =
    "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nTwo\r\nlines\r\n"
    "--b\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"C:\\up\\yard %22a%22.jpg\"\r\n"
    "Content-Type: image/jpeg\r\n\r\n\xff\xd8\r\n--\r\n--a\r\n-\r\n--b\r\n"
    "Content-Disposition: form-data; name=empty\r\n\r\n\r\n--b--\r\nepilogue";

TEST(Multipart, ReadsFieldsAndFiles) {
    const Outcome read_whole = read(kBody);
    ASSERT_TRUE(read_whole.result);
    using Kind = PartHead::Kind;
    EXPECT_EQ(
        read_whole.parts,
        (std::vector<Part>{{{"note", "", "", Kind::text}, "Two\r\nlines", true},
                           {{"photo", "yard \"a\".jpg", "image/jpeg", Kind::file}, "\xff\xd8\r\n--\r\n--a\r\n-", true},
                           {{"empty", "", "", Kind::text}, "", true}}));
}

TEST(Multipart, AnyCutOfTheInputGivesTheSameParts) {
    const auto whole = read(kBody).parts;
    ASSERT_EQ(whole.size(), 3U);
    std::mt19937 random(3);
    for (int round = 0; round < 2000; ++round) {
        Collected collected;
        MultipartParser parser("b", collected);
        const std::size_t longest = 1 + random() % 60;
        for (std::string_view rest = kBody; !rest.empty();) {
            const std::size_t size = std::min(rest.size(), random() % (longest + 1));
            ASSERT_TRUE(parser.write(rest.substr(0, size)));
            rest.remove_prefix(size);
        }
        ASSERT_TRUE(parser.finish());
        ASSERT_EQ(collected.parts, whole) << "round " << round;
    }
}

TEST(Multipart, ABodyCutShortIsRefused) {
    const std::size_t last = kBody.find("--b--") + 5;
    for (std::size_t size = 0; size < last; ++size)
        EXPECT_FALSE(read(kBody.substr(0, size)).result) << "after " << size << " bytes";
    EXPECT_TRUE(read(kBody.substr(0, last)).result);
}

std::string_view why(const std::string& head, const MultipartLimits& limits = {}) {
    const auto result = read("--b\r\n" + head + "\r\n\r\nx\r\n--b--", limits).result;
    return result ? "accepted" : result.error().what;
}

TEST(Multipart, RefusesHeadsThatCouldBeReadInTwoWays) {
    const std::string fine = "Content-Disposition: form-data; name=\"a\"";
    EXPECT_EQ(why(fine), "accepted");
    EXPECT_EQ(why(fine + "\r\n" + fine), "multipart part is named twice");
    EXPECT_EQ(why(fine + "\r\n folded"), "multipart head line is malformed");
    EXPECT_EQ(why(fine + "\nX: y"), "multipart head line is malformed");
    EXPECT_EQ(why("no colon"), "multipart head line is malformed");
    EXPECT_EQ(why("Content-Type: text/plain"), "multipart part is not form-data");
    EXPECT_EQ(why("Content-Disposition: attachment; name=\"a\""), "multipart part is not form-data");
    EXPECT_EQ(why("Content-Disposition: form-data"), "multipart part has no name");
    EXPECT_EQ(why("Content-Disposition: form-data; name=\"\""), "multipart part has no name");
    EXPECT_EQ(why("Content-Disposition: form-data; name=\"a"), "multipart part has no name");
    EXPECT_EQ(why("Content-Disposition: form-data; name=\"a\"; name=\"b\""), "multipart part has no name");
    EXPECT_EQ(why(fine + "; filename=\"x\"; filename=\"y\""), "multipart part has no name");
    EXPECT_EQ(why(fine + "\r\nContent-Transfer-Encoding: base64"), "multipart transfer encoding is not known");
    EXPECT_EQ(why(fine + "\r\nContent-Transfer-Encoding: binary"), "accepted");
}

TEST(Multipart, RefusesMoreThanItsLimits) {
    const std::string fine = "Content-Disposition: form-data; name=\"abc\"";
    EXPECT_EQ(why(fine, {.head_bytes = fine.size() - 1}), "multipart head is too long");
    EXPECT_EQ(why(fine, {.head_bytes = fine.size()}), "accepted");
    EXPECT_EQ(why(fine, {.name_bytes = 2}), "multipart name is too long");
    EXPECT_EQ(read(kBody, {.parts = 2}).result.error().what, "multipart body has too many parts");
    EXPECT_EQ(read(std::string(5000, 'x') + "\r\n" + kBody).result.error().what, "multipart preamble is too long");
    EXPECT_EQ(read("--b\r\n" + std::string(100'000, 'x')).result.error().what, "multipart head is too long");
}

TEST(Multipart, AnErrorStays) {
    Collected collected;
    MultipartParser parser("b", collected);
    ASSERT_FALSE(parser.write("--b\r\nnothing\r\n\r\n"));
    EXPECT_FALSE(parser.write(kBody));
    EXPECT_FALSE(parser.finish());
    EXPECT_TRUE(collected.parts.empty());
}

TEST(Multipart, BoundaryComesFromTheContentType) {
    EXPECT_EQ(boundary_of("multipart/form-data; boundary=----x9"), "----x9");
    EXPECT_EQ(boundary_of("Multipart/Form-Data; charset=utf-8; boundary=\"a b\""), "a b");
    for (const char* bad : {"", "text/plain; boundary=x", "multipart/form-data", "multipart/form-data; boundary=",
                            "multipart/form-data; boundary=\"x", "multipart/form-data; boundary=a; boundary=b",
                            "multipart/form-data; boundary=\"a\r\n\"", "multipart/form-data; boundary=<>"})
        EXPECT_FALSE(boundary_of(bad)) << bad;
    EXPECT_FALSE(boundary_of("multipart/form-data; boundary=" + std::string(71, 'x')));
}

struct Kept : FileReceiver {
    std::vector<std::string> names;
    std::string bytes;
    std::size_t ended = 0;
    Result<void> begin(const PartHead& head) override {
        names.push_back(head.filename);
        return {};
    }
    Result<void> write(std::string_view piece) override {
        bytes += piece;
        if (bytes.size() > 1000) return fail(Code::too_large, "file is too large");
        return {};
    }
    Result<void> end() override {
        ++ended;
        return {};
    }
};

TEST(MultipartBody, ParsesFieldsAndHandsFilesOn) {
    const auto body = *MultipartBody::create("multipart/form-data; boundary=b", std::make_unique<Kept>());
    ASSERT_TRUE(body->write(kBody));
    ASSERT_TRUE(body->finish());
    EXPECT_EQ(body->form().get("note"), "Two\r\nlines");
    EXPECT_TRUE(body->form().has("empty"));
    EXPECT_FALSE(body->form().has("photo"));
    const auto& kept = dynamic_cast<const Kept&>(body->files());
    EXPECT_EQ(kept.names, std::vector<std::string>{"yard \"a\".jpg"});
    EXPECT_EQ(kept.ended, 1U);
}

TEST(MultipartBody, AFileFieldLeftEmptyIsNoFile) {
    const auto body = *MultipartBody::create("multipart/form-data; boundary=b", std::make_unique<Kept>());
    const std::string head = "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"\"\r\n\r\n";
    ASSERT_TRUE(body->write(head + "\r\n--b--"));
    EXPECT_TRUE(dynamic_cast<const Kept&>(body->files()).names.empty());

    const auto nameless = *MultipartBody::create("multipart/form-data; boundary=b", std::make_unique<Kept>());
    EXPECT_EQ(nameless->write(head + "bytes\r\n--b--").error().what, "file has no name");
}

TEST(MultipartBody, PassesOnWhatTheReceiverRefuses) {
    const auto body = *MultipartBody::create("multipart/form-data; boundary=b", std::make_unique<Kept>());
    const std::string head = "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a\"\r\n\r\n";
    EXPECT_EQ(body->write(head + std::string(5000, 'x')).error().code, Code::too_large);
    EXPECT_FALSE(MultipartBody::create("text/plain", std::make_unique<Kept>()));
}

TEST(MultipartBody, BoundsTextFieldsWhileTheyCome) {
    const auto body =
        *MultipartBody::create("multipart/form-data; boundary=b", std::make_unique<Kept>(), {.bytes = 100});
    ASSERT_TRUE(body->write("--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n"));
    EXPECT_EQ(body->write(std::string(200, 'x')).error().what, "form is too long");
}

}  // namespace
}  // namespace kith::web::http
